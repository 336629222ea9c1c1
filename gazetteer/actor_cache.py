"""The tables of actors, built once and kept as a file: folding 20,000 names takes time."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from incidents.gazetteer.cache import (
    cache_folders,
    fingerprint,
    is_writable,
    remove_others,
    write_whole,
)
from incidents.gazetteer.data_folder import ACTORS, further_actor_files, name_files
from incidents.gazetteer.model import Actor, Branch  # noqa: TC001 - msgspec reads them

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_PATTERNS = ("countries.json", "state_forces.json")
_CODE = ("actors.py", "actor_cache.py", "data_files.py", "model.py", "names.py", "state_forces.py")


class ActorTables(msgspec.Struct, frozen=True):
    """Actors in the order of their files, and where names and branches lead.

    Attributes:
        actors: all actors.
        names: folded tokens of every name to the ids of the actors that share it.
        branches: ISO code and branch to the id of the country's army, police or government.

    """

    actors: tuple[Actor, ...]
    names: dict[tuple[str, ...], tuple[str, ...]]
    branches: dict[tuple[str, Branch], str]


def kept_tables(build: Callable[[], ActorTables]) -> ActorTables:
    """Read the tables from the cache folder, or build them and keep them there.

    A file that cannot be read or written is no error: the tables are built anew.
    """
    name = f"actors-{_version()}.msgpack"
    folders = cache_folders()
    for folder in folders:
        with suppress(OSError, msgspec.DecodeError):
            return msgspec.msgpack.decode((folder / name).read_bytes(), type=ActorTables)
    tables = build()
    content = msgspec.msgpack.encode(tables)
    home = next(filter(is_writable, folders), None)
    if home is not None:
        with suppress(OSError):
            write_whole(home / name, lambda path: _write(path, content))
            remove_others(home / name, "actors-*.msgpack")
    return tables


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


@cache
def _version() -> str:
    data = (ACTORS, *further_actor_files(), *name_files(), *_PATTERNS)
    return fingerprint(data, _CODE)
