"""Look places up by name: candidates from the index, then a score for each.

A name is tried from the sure to the doubtful: as spelled, without the Arabic article (separate or
written together), by sound classes. The first step that finds anything in scope answers. A kind
word ("province", "airport") steers the choice; population breaks ties.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from incidents.gazetteer.build import ARTICLE, NAME, SOUND, SPELLING
from incidents.gazetteer.countries import country_of, is_demonym
from incidents.gazetteer.data_files import StopFile, read_file
from incidents.gazetteer.fuzzy import fame_of
from incidents.gazetteer.kinds import Reading, needs_word, read_name
from incidents.gazetteer.model import REGION_KINDS, Place, PlaceMatch
from incidents.gazetteer.names import article_key, fold_name, plain_key, sound_key, unfused
from incidents.gazetteer.reader import IndexReader
from incidents.gazetteer.wide_places import WIDE_KINDS

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
_KIND_PRIOR = {
    "country": 1.0,
    "city": 1.0,
    "region": 0.98,
    "admin1": 0.95,
    "admin2": 0.85,
    "village": 0.8,
}
_MINOR = frozenset({"village", "admin2"})
_MIN_MINOR_LETTERS = 4
# "Nassiriya" without "district" is the town, even in another spelling
_BARE_DISTRICT = 0.75
# and a city in another spelling is likelier than the village of the very spelling
_BESIDE_TOWN = 0.8
# in an article on the United States alone Georgia is the state
_BESIDE_DIVISION = 0.9
# A fuzzy answer is given where it is this probable; others then come along as runners-up.
_PROBABLE, _RUNNER_UP = 0.3, 0.03
_FUZZY_BASE = 0.9
# A small place that is only spelled alike, beside a town of just that name elsewhere: in news of
# the United States "Kabul" is no Cabool, Missouri.
_BESIDE_FAMOUS = 0.5
_KNOWN_POPULATION = 50_000


@cache
def _stop_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that are never places, and those that are doubtful as places."""
    file = read_file("place_stopwords.json", StopFile)
    return frozenset(file.never), frozenset(file.doubtful) | frozenset(file.people)


class PlaceIndex:
    """The open place index.

    Args:
        connection: an index as `incidents.gazetteer.build` writes it.
        user: the user's gazetteer, if there is one.

    """

    def __init__(
        self, connection: sqlite3.Connection, user: sqlite3.Connection | None = None
    ) -> None:
        self._reader = IndexReader(connection, user)
        self.country_names = self._reader.country_names
        self.number = self._reader.number
        self.towns_near = self._reader.towns_near
        self.largest_within = self._reader.largest_within

    def place(self, place_id: str) -> Place | None:
        """Return the place with this id, or None."""
        number = self._reader.number(place_id)
        return None if number is None else self._reader.place(number)[0]

    def find(
        self,
        name: str,
        *,
        countries: Collection[str] = (),
        near: Collection[str] = (),
        limit: int = 10,
        fuzzy: bool = False,
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
        found = list(self._judge_all(reading, plain, scope, around, sound=not (fuzzy and scope)))
        if fuzzy and not _has_answer(found, scope) and not any(map(_is_known, found)):
            found += self._guess_all(reading, scope, elsewhere=found)
        town = any(m.place.population >= _KNOWN_POPULATION and _is_in(m, scope) for m in found)
        famous = any(map(_is_known, found))
        division = any(m.place.kind == "admin1" and _is_in(m, scope) for m in found)
        for match in found:
            minor = match.place.kind in _MINOR and not self._reader.is_own(match.place.id)
            if minor and doubt < 1:
                continue
            factor = doubt * _BESIDE_TOWN if minor and town else doubt
            if division and match.place.kind == "country" and not _is_in(match, scope):
                factor *= _BESIDE_DIVISION
            if famous and _is_small_likeness(match):
                factor *= _BESIDE_FAMOUS
            score = round(min(1.0, match.score * factor), 4)
            known = best.get(match.place.id)
            if known is None or score > known.score:
                best[match.place.id] = PlaceMatch(match.place, score, match.reason)
        if len(best) < 2:  # noqa: PLR2004 - nothing to sort
            return list(best.values())
        return sorted(best.values(), key=self._rank)[:limit]

    def _rank(self, match: PlaceMatch) -> tuple[float, bool, int, str]:
        """Return what matches sort by: score, the user's own first, population, id."""
        place = match.place
        return (-match.score, not self._reader.is_own(place.id), -place.population, place.id)

    def _judge_all(
        self,
        reading: Reading,
        plain: Reading,
        scope: frozenset[str],
        around: list[Place],
        *,
        sound: bool,
    ) -> Iterable[PlaceMatch]:
        """Yield judged candidates of the first step that finds one, full name first."""
        readings = [reading] if reading is plain or reading == plain else [plain, reading]
        found: list[PlaceMatch] = []
        for step_keys in _STEPS if sound else _STEPS[:-1]:
            for each in readings:
                # The whole name ("Kansas City") needs no help from its kind word.
                kinds = reading if each is reading else Reading(each.name, reading.kinds, 1.0, "")
                for number, level in self._refs(step_keys(each.name, scoped=bool(scope))):
                    match = self._judge(number, level, kinds, scope, around)
                    if match is not None:
                        found.append(match)
            if _has_answer(found, scope):
                break
        return found

    def _guess_all(
        self, reading: Reading, scope: frozenset[str], *, elsewhere: list[PlaceMatch]
    ) -> list[PlaceMatch]:
        """Return fuzzy answers in the countries of the scope, if the best one is probable."""
        fame = fame_of(match.place.population for match in elsewhere)
        kinds = reading.kinds or ("city",)
        guesses = [
            guess
            for country in sorted(scope)
            if (names := self.country_names(country)) is not None
            for guess in names.find(reading.name, kinds, fame)
        ]
        if max((guess.probability for guess in guesses), default=0.0) < _PROBABLE:
            return []
        return [
            PlaceMatch(
                self._reader.place(guess.number)[0],
                _FUZZY_BASE * guess.probability,
                "similar spelling",
            )
            for guess in guesses
            if guess.probability >= _RUNNER_UP
        ]

    def _refs(self, keys: Iterable[tuple[str, int]]) -> list[tuple[int, int]]:
        return [
            (number, max(level, surest))
            for key, surest in keys
            for number, level in self._reader.refs(key)
        ]

    def _judge(
        self,
        number: int,
        level: int,
        reading: Reading,
        scope: frozenset[str],
        around: list[Place],
    ) -> PlaceMatch | None:
        place, parent = self._reader.place(number)
        in_scope = not scope or place.country_code in scope
        reason = _REASONS[level]
        if level == SOUND and not in_scope:
            return None  # news of Nigeria that says "Kuriga" does not mean Khouribga in Morocco
        if level == SOUND and not scope and not _is_famous(place):
            return None
        close = bool(around) and any(_is_close(place, other) for other in around)
        if place.kind in needs_word() and not _may_answer(place, reading, scope, around):
            return None
        own = self._reader.is_own(place.id)
        if place.kind in _MINOR and not own:
            # anywhere else a village is no likelier than a word that is no place
            known = close or (bool(scope) and in_scope)
            if not (known and _may_be_minor(place, reading)):
                return None
        score = _BASE[level] * (1.0 if own else _KIND_PRIOR.get(place.kind, 0.97))
        if place.kind == "admin2" and not reading.kinds:
            score *= _BARE_DISTRICT
        if reading.kinds and place.kind not in reading.kinds:
            if reading.kinds[0] == "admin1" and parent is not None and place.kind == "city":
                division = self._reader.place(parent)[0]
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


def _has_answer(found: list[PlaceMatch], scope: frozenset[str]) -> bool:
    """Tell whether a search can end: villages in scope do not yet outdo a town's other spelling."""
    return any(match.place.kind not in WIDE_KINDS and _is_in(match, scope) for match in found)


def _is_in(match: PlaceMatch, scope: frozenset[str]) -> bool:
    return not scope or match.place.country_code in scope


def _whole_keys(name: str, *, scoped: bool) -> list[tuple[str, int]]:
    """Return the keys of a folded name as it stands, and the surest level they may claim."""
    del scoped
    return [(plain_key(name), NAME)]


def _article_keys(name: str, *, scoped: bool) -> list[tuple[str, int]]:
    """Return the keys of a folded name without its article, if it has one."""
    del scoped
    plain, without = plain_key(name), article_key(name)
    dropped = [(without, ARTICLE)] if without != plain else []
    shorter = unfused(plain)
    if shorter is not None and " " not in name:
        dropped.append((shorter, ARTICLE))
    return dropped


def _sound_keys(name: str, *, scoped: bool) -> list[tuple[str, int]]:
    """Return the sound key of a folded name; without countries in scope short names have none."""
    sound = sound_key(name) if len(article_key(name)) >= _MIN_SOUND_LETTERS else ""
    if not scoped and len(sound) < _MIN_SOUND_KEY_ANYWHERE:
        sound = ""
    return [("~" + sound, SOUND)] if sound else []


_STEPS = (_whole_keys, _article_keys, _sound_keys)


def _doubt(name: str, reading: Reading) -> float:
    """Return 0 for a word that is no place, a small factor for a doubtful one, else 1."""
    if reading.kinds:
        return 1.0
    code = country_of(name, reading.key)
    if code is not None:
        return _DOUBTFUL if is_demonym(name) else 1.0
    never, doubtful = _stop_words()
    folded = reading.name
    if folded in never or (folded in doubtful and name == name.lower()):
        return 0.0
    if folded in doubtful:
        return _DOUBTFUL
    return 1.0


def _may_be_minor(place: Place, reading: Reading) -> bool:
    """Tell whether a village or district may be what a reading means."""
    if reading.kinds:
        return place.kind in reading.kinds
    return len(reading.name) >= _MIN_MINOR_LETTERS


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
    if place.kind not in ("city", "admin1", "village"):
        return 1.0
    return 0.75 + 0.25 * min(1.0, math.log10(max(place.population, 1)) / 6)


def _is_famous(place: Place) -> bool:
    return place.population >= _SOUND_POPULATION


def _is_known(match: PlaceMatch) -> bool:
    """Tell whether a town of some size bears this very name: Zlín is no misspelt Zalin."""
    return match.reason == "exact" and match.place.population >= _KNOWN_POPULATION


def _is_small_likeness(match: PlaceMatch) -> bool:
    place = match.place
    small = place.kind in {"city", "village"} and place.population < _KNOWN_POPULATION
    return small and match.reason != "exact"


def _is_close(place: Place, other: Place) -> bool:
    if place.lat is None or place.lon is None or other.lat is None or other.lon is None:
        return False
    if other.kind in REGION_KINDS:
        return other.id in place.within_ids
    north = (place.lat - other.lat) * _KM_PER_DEGREE
    east = (place.lon - other.lon) * _KM_PER_DEGREE * math.cos(math.radians(place.lat))
    return math.hypot(north, east) <= _NEAR_KM


def _same_name(one: str, other: str) -> bool:
    return article_key(fold_name(one)) == article_key(fold_name(other)) or (
        sound_key(one) == sound_key(other) != ""
    )
