"""The tables of actors, built once and kept as a file: folding 20,000 names takes time."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from incidents.gazetteer.cache import fingerprint, load_or_build
from incidents.gazetteer.data_folder import ACTORS, further_actor_files, name_files
from incidents.gazetteer.model import Actor, Branch  # noqa: TC001 - msgspec reads them

if TYPE_CHECKING:
    from collections.abc import Callable

_PATTERNS = ("countries.json", "state_forces.json", "outlets.json")
_CODE = ("actors.py", "actor_cache.py", "data_files.py", "model.py", "names.py", "state_forces.py")


class ActorTables(msgspec.Struct, frozen=True):
    """Actors in the order of their files, and where names and branches lead.

    Attributes:
        actors: all actors.
        names: folded tokens of every name to the ids of the actors that share it.
        acronyms: names of one token, outlets' too, that are written in capitals only.
        branches: ISO code and branch to the id of the country's army, police or government.

    """

    actors: tuple[Actor, ...]
    names: dict[tuple[str, ...], tuple[str, ...]]
    acronyms: frozenset[tuple[str, ...]]
    branches: dict[tuple[str, Branch], str]


def load_tables(build: Callable[[], ActorTables]) -> ActorTables:
    """Read the tables from the cache folder, or build them and keep them there."""
    return load_or_build("actors", _version(), ActorTables, build)


@cache
def _version() -> str:
    data = (ACTORS, *further_actor_files(), *name_files(), *_PATTERNS)
    return fingerprint(data, _CODE)
