"""The data files of the package, found by their names: no list of them has to be kept."""

from __future__ import annotations

from fnmatch import fnmatchcase
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

ACTORS = "actors.json"
"""The project's own actors; they win over those of the other files where names clash."""


def data_folder() -> Traversable:
    """The folder of all data files."""
    return resources.files("incidents.gazetteer") / "data"


def data_bytes(name: str) -> bytes:
    """The content of a data file."""
    return (data_folder() / name).read_bytes()


def place_files() -> tuple[str, ...]:
    """Files of places, `places_<what>.json`, in order of the alphabet."""
    return _matching("places_*.json")


def wide_files() -> tuple[str, ...]:
    """Files of the wide layers of places, `places_<what>.tsv.gz`: they answer after towns."""
    return _matching("places_*.tsv.gz")


def name_files() -> tuple[str, ...]:
    """Files of further spellings for actors of other files, `actors_<source>_names.json`."""
    return _matching("actors_*_names.json")


def further_actor_files() -> tuple[str, ...]:
    """Files of actors beside the project's own, `actors_<source>.json`."""
    return tuple(name for name in _matching("actors_*.json") if name not in name_files())


def _matching(pattern: str) -> tuple[str, ...]:
    return tuple(sorted(f.name for f in data_folder().iterdir() if fnmatchcase(f.name, pattern)))
