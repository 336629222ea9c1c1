"""Files that are built once from the package's data and kept in the user's cache folder."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from incidents.gazetteer.data_folder import data_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


T = TypeVar("T")


def cache_folders(cache_dir: Path | None = None) -> list[Path]:
    """Return the folders that built files may lie in, the preferred one first.

    Args:
        cache_dir: the only folder, if given; else `INCIDENTS_CACHE`, else the user's cache folder
            and a temporary one.

    """
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


def is_writable(folder: Path) -> bool:
    """Tell whether files can be put into a folder, which is made if it is missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)


def can_be_made(folder: Path) -> bool:
    """Tell the same without making the folder."""
    nearest = next(each for each in (folder, *folder.parents) if each.exists())
    return nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)


def fingerprint(data: Iterable[str], code: Iterable[str], extra: str = "") -> str:
    """Return a hash of everything that a file is built from.

    Args:
        data: names of data files of the package.
        code: names of its modules that build the file.
        extra: what else it depends on, such as a library's version.

    """
    digest = hashlib.sha256(extra.encode())
    for name in data:
        digest.update(data_bytes(name))
    package = resources.files("incidents.gazetteer")
    for name in code:
        digest.update((package / name).read_bytes())
    return digest.hexdigest()[:16]


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Write a file under a temporary name and give it its own when it is whole.

    Two processes that build at once both end up with a whole file.
    """
    handle, name = tempfile.mkstemp(prefix=".building-", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    draft = Path(name)
    try:
        write(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def remove_others(path: Path, pattern: str) -> None:
    """Remove the files of earlier versions beside a new one, as far as the system lets go."""
    for other in path.parent.glob(pattern):
        if other != path:
            with suppress(OSError):
                other.unlink()


def load_or_build(kind: str, version: str, form: type[T], build: Callable[[], T]) -> T:
    """Read a table from the cache folder, or build it and keep it there.

    A file that cannot be read or written is no error: the table is built anew.

    Args:
        kind: what the file is called; only the newest version of a kind is kept.
        version: changes with all that the table is built from.
        form: type of the table, which msgspec can encode.
        build: makes it.

    """
    name = f"{kind}-{version}.msgpack"
    folders = cache_folders()
    for folder in folders:
        with suppress(OSError, msgspec.DecodeError):
            return msgspec.msgpack.decode((folder / name).read_bytes(), type=form)
    table = build()
    content = msgspec.msgpack.encode(table)
    home = next(filter(is_writable, folders), None)
    if home is not None:
        with suppress(OSError):
            write_whole(home / name, lambda path: _write(path, content))
            remove_others(home / name, f"{kind}-*.msgpack")
    return table


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
