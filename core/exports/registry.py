"""The formats that incidents can be exported in, and how they are found.

A format is a module `core/exports/to_<name>.py` with an `EXPORT`, or an object of another package
under the entry point `<name>` of the group `incidents.exports`. No list has to be kept.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from importlib.util import find_spec
from typing import IO, TYPE_CHECKING, Any

from incidents.entry_points import load_offer
from incidents.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from importlib.metadata import EntryPoint, EntryPoints

    from incidents.exports.columns import Column
    from incidents.exports.material import Material
    from incidents.model import Incident

ENTRY_POINTS = "incidents.exports"
"""The group under which other packages offer formats."""

_PACKAGE = "incidents.exports"
_PREFIX = "to_"


@dataclass(frozen=True, slots=True)
class ExportOption:
    """A choice that one format leaves to the user, given as `--option NAME=VALUE`.

    Attributes:
        name: a word in small letters.
        help: one line.
        default: the value that holds where the user names none.
        choices: the values there are; empty where any text will do.
    """

    name: str
    help: str
    default: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """A format that incidents can be exported in.

    Attributes:
        name: what the user types.
        help: one line for the list of formats.
        suffix: of file names, with its dot.
        write: writes the incidents on a stream, which is text (UTF-8, line ends as given) or
            binary as `is_binary` says; the `Material` holds the articles, the reports and the
            user's options. Heavy libraries are imported inside.
        is_binary: whether it is no text; such a format refuses a terminal.
        options: what it leaves to the user.
        columns: of a table, each with what it holds.
    """

    name: str
    help: str
    suffix: str
    write: Callable[[Sequence[Incident], IO[Any], Material], None]
    is_binary: bool = False
    options: tuple[ExportOption, ...] = ()
    columns: tuple[Column, ...] = ()

    def settle(self, chosen: Mapping[str, str]) -> dict[str, str]:
        """Complete the user's options by the defaults.

        Args:
            chosen: option name to value.

        Raises:
            InputError: the format has no such option, or the option no such value.
        """
        known = {option.name: option for option in self.options}
        for name, value in chosen.items():
            if name not in known:
                has = f"it has: {', '.join(known)}" if known else "it has none; leave it out"
                msg = f"--option {name}: {self.name} has no such option; {has}"
                raise InputError(msg)
            choices = known[name].choices
            if choices and value not in choices:
                msg = f"--option {name}={value}: no such value; choose of: {', '.join(choices)}"
                raise InputError(msg)
        return {name: option.default for name, option in known.items()} | dict(chosen)


def load_export(name: str) -> Export:
    """Load one format by its name; the project's own come before those of other packages.

    Raises:
        NotFoundError: there is no such format.
        InputError: another package offers it and it cannot be loaded.
    """
    if name.isidentifier() and find_spec(f"{_PACKAGE}.{_PREFIX}{name}") is not None:
        return _load_own(name)
    for point in _points():
        if point.name == name:
            return _load_point(point)
    msg = f"no format called {name!r}; there are: {', '.join(export_names())}"
    raise NotFoundError(msg)


def export_names() -> list[str]:
    """The names of all formats, in order of the alphabet."""
    return sorted({*_own_names(), *(point.name for point in _points())})


def _own_names() -> list[str]:
    path = importlib.import_module(_PACKAGE).__path__
    found = (module.name for module in pkgutil.iter_modules(path))
    return [name.removeprefix(_PREFIX) for name in found if name.startswith(_PREFIX)]


def _points() -> EntryPoints:
    from importlib.metadata import entry_points  # noqa: PLC0415 - `show` does not need it

    return entry_points(group=ENTRY_POINTS)


def _load_own(name: str) -> Export:
    export: Export = importlib.import_module(f"{_PACKAGE}.{_PREFIX}{name}").EXPORT
    return export


def _load_point(point: EntryPoint) -> Export:
    return load_offer(point, Export, what="format", name="incidents.exports.Export")
