"""The user's own gazetteer: places and actors that add to the shipped ones and override them.

One SQLite file, kept apart from the built index so that it survives upgrades:

    places(n, id, name, kind, lat, lon, country, population, parent, source)
    names(n, name)     all spellings, for shipped places as well
    keys(key, n, level)   what look-ups read; made anew where names are folded in a new way
    actors(id, row)    a row as in actors.json, as JSON
"""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from incidents.errors import GazetteerError
from incidents.gazetteer.build import ARTICLE, NAME, SPELLING
from incidents.gazetteer.cache import fingerprint
from incidents.gazetteer.data_files import ActorRow, check_actors
from incidents.gazetteer.names import article_key, fold_name, plain_key
from incidents.gazetteer.shipped_actors import read_shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

VARIABLE = "INCIDENTS_GAZETTEER"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS places (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL,
    lat REAL, lon REAL, country TEXT NOT NULL, population INTEGER NOT NULL, parent INTEGER,
    source TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS names (
    n INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (n, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS keys (
    key TEXT NOT NULL, n INTEGER NOT NULL, level INTEGER NOT NULL,
    PRIMARY KEY (key, n)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS actors (id TEXT PRIMARY KEY, row BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class UserPlace:
    """A place of the user's; `parent` is the number of its container in the index."""

    id: str
    name: str
    kind: str
    lat: float | None
    lon: float | None
    country: str
    source: str
    population: int = 0
    parent: int | None = None
    names: tuple[str, ...] = ()


def user_path() -> Path:
    """Return the file of the user's gazetteer, whether it is there or not."""
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return Path(chosen).expanduser()
    import platformdirs  # noqa: PLC0415 - only when no file is given

    return Path(platformdirs.user_data_dir("incidents")) / "gazetteer.sqlite"


class UserGazetteer:
    """The open user gazetteer.

    Args:
        path: its file; default `user_path()`.

    Raises:
        GazetteerError: the file is no gazetteer, or cannot be made.

    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or user_path()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.connection = sqlite3.connect(self.path, check_same_thread=False)
            self.connection.executescript(_SCHEMA)
        except (OSError, sqlite3.Error) as exc:
            msg = f"{self.path}: no user gazetteer ({exc}); set {VARIABLE} to another file"
            raise GazetteerError(msg) from exc
        self._refresh()

    @classmethod
    def if_present(cls) -> UserGazetteer | None:
        """Open the user's gazetteer if there is one."""
        return cls() if user_path().is_file() else None

    def add_places(self, places: Iterable[UserPlace]) -> int:
        """Add places, all or none; one whose id is there already is replaced.

        Returns:
            How many.

        """
        count = 0
        with self.connection:
            for place in places:
                self._add(place)
                count += 1
        return count

    def add_names(self, names: Iterable[tuple[int, str]]) -> int:
        """Add spellings for places of the index or of the user, by number; all or none."""
        count = 0
        with self.connection:
            for number, name in names:
                self._add_keys(number, name, SPELLING)
                count += 1
        return count

    def add_actors(self, rows: Iterable[ActorRow]) -> int:
        """Add actors, all or none; one whose id is there already, or shipped, is replaced.

        Raises:
            GazetteerError: an unknown parent or country, no source.

        """
        rows = tuple(rows)
        with self.connection:
            for row in rows:
                self.connection.execute(
                    "REPLACE INTO actors VALUES (?,?)", (row.id, msgspec.json.encode(row))
                )
            check_actors(str(self.path), with_users(read_shipped(), self.actors()))
        return len(rows)

    def actors(self) -> tuple[ActorRow, ...]:
        """Return the user's actors."""
        found = self.connection.execute("SELECT row FROM actors ORDER BY id")
        return tuple(msgspec.json.decode(row, type=ActorRow) for (row,) in found)

    def places(self) -> Iterator[UserPlace]:
        """Yield the user's places, by id."""
        sql = (
            "SELECT n,id,name,kind,lat,lon,country,source,population,parent FROM places ORDER BY id"
        )
        for row in self.connection.execute(sql).fetchall():
            number, place_id, name, kind, lat, lon, country, source, population, parent = row
            spelled = self.connection.execute("SELECT name FROM names WHERE n=?", (number,))
            others = tuple(spelling for (spelling,) in spelled if spelling != name)
            yield UserPlace(
                place_id, name, kind, lat, lon, country, source, population, parent, others
            )

    def _add(self, place: UserPlace) -> None:
        number = self._number(place.id)
        for table in ("places", "names", "keys"):
            self.connection.execute(f"DELETE FROM {table} WHERE n=?", (number,))  # noqa: S608
        row = (number, place.id, place.name, place.kind, place.lat, place.lon, place.country)
        self.connection.execute(
            "INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?,?)",
            (*row, place.population, place.parent, place.source),
        )
        self._add_keys(number, place.name, NAME)
        for name in place.names:
            self._add_keys(number, name, SPELLING)

    def _number(self, place_id: str) -> int:
        """Return a place's number: GeoNames' own, else one below zero, where the index has none."""
        prefix, _, rest = place_id.partition(":")
        if prefix == "geonames" and rest.isdecimal():
            return int(rest)
        sql = "SELECT n FROM places WHERE id=?"
        known = self.connection.execute(sql, (place_id,)).fetchone()
        if known:
            return int(known[0])
        sql = "SELECT coalesce(min(n), 0) FROM places WHERE n < 0"
        return int(self.connection.execute(sql).fetchone()[0]) - 1

    def _add_keys(self, number: int, name: str, level: int) -> None:
        folded = fold_name(name)
        if not folded:
            return
        self.connection.execute("INSERT OR IGNORE INTO names VALUES (?,?)", (number, name))
        keys = {plain_key(folded): level}
        keys.setdefault(article_key(folded), ARTICLE)
        self.connection.executemany(
            "INSERT OR IGNORE INTO keys VALUES (?,?,?)",
            [(key, number, each) for key, each in keys.items()],
        )

    def _refresh(self) -> None:
        """Make the keys anew if another version of the program folded the names."""
        version = fingerprint((), ("names.py",))
        sql = "SELECT value FROM about WHERE key='names'"
        known = self.connection.execute(sql).fetchone()
        if known and known[0] == version:
            return
        with self.connection:
            self.connection.execute("DELETE FROM keys")
            own = dict(self.connection.execute("SELECT n, name FROM places"))
            for number, name in self.connection.execute("SELECT n, name FROM names").fetchall():
                self._add_keys(number, name, NAME if own.get(number) == name else SPELLING)
            self.connection.execute("REPLACE INTO about VALUES ('names', ?)", (version,))


def with_users(shipped: Iterable[ActorRow], own: Iterable[ActorRow]) -> tuple[ActorRow, ...]:
    """Return the shipped actors, those of the user in place of their namesakes, new ones behind."""
    mine = {row.id: row for row in own}
    rows = [mine.pop(row.id, row) for row in shipped]
    return (*rows, *mine.values())
