"""Look places up by name: candidates from the index, then a score for each.

A name is tried from the sure to the doubtful: as spelled, without the Arabic article (separate or
written together), by sound classes. The first step that finds anything in scope answers. A kind
word ("province", "airport") steers the choice; population breaks ties.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import msgspec
from incidents.gazetteer.build import ARTICLE, LEVEL_BITS, NAME, OWN_FIRST, SOUND, SPELLING
from incidents.gazetteer.countries import country_name, country_of, is_demonym
from incidents.gazetteer.data_files import StopFile, read_file
from incidents.gazetteer.kinds import Reading, needs_word, read_name
from incidents.gazetteer.model import Place, PlaceMatch
from incidents.gazetteer.names import article_key, fold_name, sound_key, unfused

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable

_REASONS = {NAME: "exact", SPELLING: "spelling", ARTICLE: "article dropped", SOUND: "sound"}
_BASE = {NAME: 1.0, SPELLING: 0.97, ARTICLE: 0.92, SOUND: 0.7}
_MIN_SOUND_LETTERS = 5
# Without a country in scope, sound classes answer only for long names of cities that news would
# name bare; shorter ones meet strangers (Wehda, Ueda).
_SOUND_POPULATION = 100_000
_MIN_SOUND_KEY_ANYWHERE = 6
_OUT_OF_SCOPE = 0.5
_DOUBTFUL = 0.4
_NEAR_KM = 60.0
_NEAR_BONUS = 1.15
_KM_PER_DEGREE = 111.2
_KIND_PRIOR = {"country": 1.0, "city": 1.0, "region": 0.98, "admin1": 0.95}
_BLOCK_SQL = "SELECT entries FROM blocks WHERE first<=? ORDER BY first DESC LIMIT 1"
_decode_block = msgspec.json.Decoder(dict[str, list[int]]).decode
_PLACE_SQL = "SELECT n,id,name,kind,lat,lon,country,population,parent FROM places WHERE "


@cache
def _stop_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that are never places, and those that are doubtful as places."""
    file = read_file("place_stopwords.json", StopFile)
    return frozenset(file.never), frozenset(file.doubtful) | frozenset(file.people)


class PlaceIndex:
    """The open place index.

    Args:
        connection: an index as `incidents.gazetteer.build` writes it.

    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._by_number = lru_cache(maxsize=20_000)(self._load)
        self._entries = lru_cache(maxsize=20_000)(self._find_entries)

    def place(self, place_id: str) -> Place | None:
        """Return the place with this id, or None."""
        number = self._number(place_id)
        return None if number is None else self._by_number(number)[0]

    def is_within(self, place_id: str, container_id: str) -> bool:
        """Tell whether a place is the container or lies in it."""
        if place_id == container_id:
            return True
        place = self.place(place_id)
        return place is not None and container_id in place.within_ids

    def find(
        self,
        name: str,
        *,
        countries: Collection[str] = (),
        near: Collection[str] = (),
        limit: int = 10,
    ) -> list[PlaceMatch]:
        """Return the places that a name may mean, best first (see `Gazetteer.find_places`)."""
        reading = read_name(name)
        plain = Reading(reading.key, (), 1.0, reading.key)
        scope = frozenset(code.upper() for code in countries)
        around = [place for place in map(self.place, near) if place is not None]
        doubt = _doubt(name, reading)
        if not reading.name or doubt == 0:
            return []
        best: dict[str, PlaceMatch] = {}
        for match in self._judge_all(reading, plain, scope, around):
            score = round(min(1.0, match.score * doubt), 4)
            known = best.get(match.place.id)
            if known is None or score > known.score:
                best[match.place.id] = replace(match, score=score)
        return sorted(best.values(), key=_rank)[:limit]

    def _judge_all(
        self, reading: Reading, plain: Reading, scope: frozenset[str], around: list[Place]
    ) -> Iterable[PlaceMatch]:
        """Yield judged candidates of the first step that finds one, full name first."""
        readings = [reading] if reading is plain or reading == plain else [plain, reading]
        found: list[PlaceMatch] = []
        for keys in zip(*(_steps(each.name, scoped=bool(scope)) for each in readings), strict=True):
            for each, step in zip(readings, keys, strict=True):
                # The whole name ("Kansas City") needs no help from its kind word.
                kinds = reading if each is reading else Reading(each.name, reading.kinds, 1.0, "")
                for number, level in self._refs(step):
                    match = self._judge(number, level, kinds, scope, around)
                    if match is not None:
                        found.append(match)
            if any(not scope or match.place.country_code in scope for match in found):
                break
        return found

    def _refs(self, keys: Iterable[tuple[str, int]]) -> Iterable[tuple[int, int]]:
        for key, surest in keys:
            for ref in self._entries(key):
                yield ref >> LEVEL_BITS, max(ref & (1 << LEVEL_BITS) - 1, surest)

    def _find_entries(self, key: str) -> list[int]:
        row = self._connection.execute(_BLOCK_SQL, (key,)).fetchone()
        return [] if row is None else _decode_block(row[0]).get(key, [])

    def _judge(
        self,
        number: int,
        level: int,
        reading: Reading,
        scope: frozenset[str],
        around: list[Place],
    ) -> PlaceMatch | None:
        place, parent = self._by_number(number)
        in_scope = not scope or place.country_code in scope
        reason = _REASONS[level]
        if level == SOUND and not (scope and in_scope) and not _is_famous(place):
            return None
        close = any(_is_close(place, other) for other in around)
        if place.kind in needs_word() and not _may_answer(place, reading, scope, around):
            return None
        score = _BASE[level] * _KIND_PRIOR.get(place.kind, 0.97)
        if reading.kinds and place.kind not in reading.kinds:
            if reading.kinds[0] == "admin1" and parent is not None and place.kind == "city":
                division = self._by_number(parent)[0]
                if division.kind == "admin1" and _same_name(division.name, place.name):
                    return self._scored(
                        division, score * 0.98, f"{reason}, seat", scope, close=close
                    )
            score *= reading.otherwise
            reason = f"{reason}, kind word aside"
            if score == 0:
                return None
        return self._scored(place, score, reason, scope, close=close)

    @staticmethod
    def _scored(
        place: Place, score: float, reason: str, scope: frozenset[str], *, close: bool
    ) -> PlaceMatch:
        if scope and place.country_code not in scope and place.kind != "country":
            score *= _OUT_OF_SCOPE
        if not scope:
            score *= _fame(place)
        if close:
            score *= _NEAR_BONUS
        return PlaceMatch(place, score, reason)

    def _number(self, place_id: str) -> int | None:
        prefix, _, rest = place_id.partition(":")
        if prefix == "geonames":
            if not rest.isdecimal():
                return None
            sql, value = "SELECT n FROM places WHERE n=?", int(rest)
            row = self._connection.execute(sql, (value,)).fetchone()
        else:
            row = self._connection.execute(
                "SELECT n FROM places WHERE n>=? AND id=?", (OWN_FIRST, place_id)
            ).fetchone()
        return None if row is None else int(row[0])

    def _load(self, number: int) -> tuple[Place, int | None]:
        row = self._connection.execute(_PLACE_SQL + "n=?", (number,)).fetchone()
        _, place_id, name, kind, lat, lon, code, population, parent = row
        within: list[Place] = []
        container = parent
        while container is not None:
            outer, container = self._by_number(container)
            within.append(outer)
        admin1 = name if kind == "admin1" else None
        place = Place(
            id=place_id or f"geonames:{number}",
            name=name,
            kind=kind,
            lat=lat,
            lon=lon,
            country=country_name(code) if code else None,
            country_code=code,
            admin1=next((outer.name for outer in within if outer.kind == "admin1"), admin1),
            population=population,
            within=tuple(outer.name for outer in within),
            within_ids=tuple(outer.id for outer in within),
        )
        return place, parent


def _steps(name: str, *, scoped: bool) -> list[list[tuple[str, int]]]:
    """Return the keys of each step with the surest level that a hit on them may claim.

    Args:
        name: folded.
        scoped: whether countries are known; without them short names have no sound step.
    """
    plain = name.replace(" ", "")
    without = article_key(name)
    dropped = [(without, ARTICLE)] if without != plain else []
    shorter = unfused(plain)
    if shorter is not None and " " not in name:
        dropped.append((shorter, ARTICLE))
    sound = sound_key(name) if len(without) >= _MIN_SOUND_LETTERS else ""
    if not scoped and len(sound) < _MIN_SOUND_KEY_ANYWHERE:
        sound = ""
    return [[(plain, NAME)], dropped, [("~" + sound, SOUND)] if sound else []]


def _doubt(name: str, reading: Reading) -> float:
    """Return 0 for a word that is no place, a small factor for a doubtful one, else 1."""
    if reading.kinds:
        return 1.0
    code = country_of(name)
    if code is not None:
        return _DOUBTFUL if is_demonym(name) else 1.0
    never, doubtful = _stop_words()
    folded = reading.name
    if folded in never or (folded in doubtful and name == name.lower()):
        return 0.0
    if folded in doubtful:
        return _DOUBTFUL
    return 1.0


def _may_answer(place: Place, reading: Reading, scope: frozenset[str], around: list[Place]) -> bool:
    if scope and place.country_code not in scope:
        return False
    if place.kind in reading.kinds:
        return True
    if reading.kinds or not needs_word()[place.kind]:
        return False
    containers = set(place.within_ids[:-2]) or set(place.within_ids[:1])
    return any(containers & {other.id, *other.within_ids[:-2]} for other in around)


def _fame(place: Place) -> float:
    """Return 0.75 for a hamlet up to 1 for a metropolis; places without inhabitants get 1."""
    if place.kind not in ("city", "admin1"):
        return 1.0
    return 0.75 + 0.25 * min(1.0, math.log10(max(place.population, 1)) / 6)


def _is_famous(place: Place) -> bool:
    return place.population >= _SOUND_POPULATION


def _is_close(place: Place, other: Place) -> bool:
    if place.lat is None or place.lon is None or other.lat is None or other.lon is None:
        return False
    if other.kind in ("country", "admin1", "region"):
        return other.id in place.within_ids
    north = (place.lat - other.lat) * _KM_PER_DEGREE
    east = (place.lon - other.lon) * _KM_PER_DEGREE * math.cos(math.radians(place.lat))
    return math.hypot(north, east) <= _NEAR_KM


def _same_name(one: str, other: str) -> bool:
    return article_key(fold_name(one)) == article_key(fold_name(other)) or (
        sound_key(one) == sound_key(other) != ""
    )


def _rank(match: PlaceMatch) -> tuple[float, int, str]:
    return (-match.score, -match.place.population, match.place.id)
