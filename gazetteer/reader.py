"""Read places and keys from the index file."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from incidents.gazetteer.build import LEVEL_BITS
from incidents.gazetteer.countries import country_name
from incidents.gazetteer.fuzzy import CountryNames
from incidents.gazetteer.model import Place
from incidents.gazetteer.numbers import AIRPORT_FIRST, OWN_FIRST, number_in

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator

_PLACES_KEPT, _KEYS_KEPT, _COUNTRIES_KEPT = 20_000, 20_000, 32
_LEVEL_MASK = (1 << LEVEL_BITS) - 1
_COLUMNS = "SELECT n,id,name,kind,lat,lon,country,population,parent FROM places WHERE n"
_PLACE_SQL = _COLUMNS + "=?"
_BLOCK_SQL = "SELECT entries FROM blocks WHERE first<=? ORDER BY first DESC LIMIT 1"
_SPELLINGS_SQL = "SELECT entries FROM spellings WHERE country=?"
_OWN_SQL = "SELECT n FROM places WHERE id=?"
_IDS_SQL = "SELECT id FROM places"
_KEY_SQL = "SELECT n, level FROM keys WHERE key=?"
_decode_block = msgspec.json.Decoder(dict[str, list[int]]).decode

_Row = tuple[int, str | None, str, str, float, float, str | None, int, int | None]


class IndexReader:
    """What the index holds, by number and by key; what was read once is kept.

    Args:
        connection: an index as `incidents.gazetteer.build` writes it.
        user: the user's gazetteer, if any; its places stand in for those of the same number.

    """

    def __init__(
        self, connection: sqlite3.Connection, user: sqlite3.Connection | None = None
    ) -> None:
        self.connection = connection
        self._cursor = connection.cursor()  # one for all single rows: a new one costs a third
        self._user = user
        # asked of every candidate, so that a query each would cost more than all else
        self._own_ids = frozenset(row[0] for row in user.execute(_IDS_SQL)) if user else frozenset()
        self._places: dict[int, tuple[Place, int | None]] = {}
        self.refs = lru_cache(maxsize=_KEYS_KEPT)(self._find_refs)
        self.country_names = lru_cache(maxsize=_COUNTRIES_KEPT)(self._load_names)

    def place(self, number: int) -> tuple[Place, int | None]:
        """Return a place and the number of its container."""
        known = self._places.get(number)
        if known is None:
            row = self._row(number)
            if row is None:
                raise KeyError(number)
            known = self._keep(row)
        return known

    def _row(self, number: int) -> _Row | None:
        found: _Row | None = None
        if self._user is not None:
            found = self._user.execute(_PLACE_SQL, (number,)).fetchone()
        return found or self._cursor.execute(_PLACE_SQL, (number,)).fetchone()

    def is_own(self, place_id: str) -> bool:
        """Tell whether a place is the user's."""
        return place_id in self._own_ids

    def number(self, place_id: str) -> int | None:
        """Return the number of the place with this id, or None."""
        own = self._user and self._user.execute(_OWN_SQL, (place_id,)).fetchone()
        if own:
            return int(own[0])
        number = number_in(place_id)
        if number is not None:
            sql = "SELECT n FROM places WHERE n=?"
            row = self.connection.execute(sql, (number,)).fetchone()
        else:
            sql = "SELECT n FROM places WHERE n BETWEEN ? AND ? AND id=?"
            row = self.connection.execute(sql, (OWN_FIRST, AIRPORT_FIRST, place_id)).fetchone()
        return None if row is None else int(row[0])

    def towns_near(self, lat: float, lon: float, degrees: float) -> frozenset[str]:
        """Return the countries that have a city of the index within a square of degrees."""
        sql = (
            "SELECT DISTINCT country FROM places WHERE kind='city' "
            "AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?"
        )
        square = (lat - degrees, lat + degrees, lon - degrees, lon + degrees)
        return frozenset(country for (country,) in self.connection.execute(sql, square))

    def largest_within(
        self, box: tuple[float, float, float, float], kinds: Collection[str]
    ) -> Iterator[tuple[str, float, float]]:
        """Yield name, latitude and longitude of the places in a box, the most populous first.

        Args:
            box: south, west, north, east in degrees.
            kinds: kinds of places that are wanted.

        """
        south, west, north, east = box
        marks = ",".join("?" * len(kinds))
        sql = (
            f"SELECT name,lat,lon FROM places WHERE kind IN ({marks}) AND lat BETWEEN ? AND ? "  # noqa: S608 - the marks are question marks
            "AND lon BETWEEN ? AND ? ORDER BY population DESC, n"
        )
        yield from self.connection.execute(sql, (*kinds, south, north, west, east))

    def _find_refs(self, key: str) -> list[tuple[int, int]]:
        """Return the places that bear a key, each with the level at which."""
        row = self._cursor.execute(_BLOCK_SQL, (key,)).fetchone()
        refs = [] if row is None else _decode_block(row[0]).get(key, [])
        found = [(ref >> LEVEL_BITS, ref & _LEVEL_MASK) for ref in refs]
        if self._user is None:
            return found
        own = dict(self._user.execute(_KEY_SQL, (key,)).fetchall())
        known = self._known(own)
        return [ref for ref in found if ref[0] not in own] + [
            (number, level) for number, level in own.items() if number in known
        ]

    def _known(self, numbers: Iterable[int]) -> set[int]:
        """Return the numbers that some layer has a place for."""
        known = set()
        for number in numbers:
            # a spelling may belong to a place that this version no longer ships
            if number in self._places or self._row(number) is not None:
                known.add(number)
        return known

    def _load_names(self, country: str) -> CountryNames | None:
        row = self.connection.execute(_SPELLINGS_SQL, (country,)).fetchone()
        return None if row is None else CountryNames(country, row[0])

    def _keep(self, row: _Row) -> tuple[Place, int | None]:
        if len(self._places) >= _PLACES_KEPT:
            self._places.clear()
        number, place_id, name, kind, lat, lon, code, population, parent = row
        within: tuple[str, ...] = ()
        within_ids: tuple[str, ...] = ()
        admin1 = name if kind == "admin1" else None
        if parent is not None:
            outer, _ = self.place(parent)
            within, within_ids = (outer.name, *outer.within), (outer.id, *outer.within_ids)
            admin1 = admin1 or outer.admin1
        place = Place(
            id=place_id or f"geonames:{number}",
            name=name,
            kind=kind,
            lat=lat,
            lon=lon,
            country=country_name(code) if code else None,
            country_code=code,
            admin1=admin1,
            population=population,
            within=within,
            within_ids=within_ids,
        )
        self._places[number] = place, parent
        return place, parent
