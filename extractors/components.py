"""The steps of the pipeline, and how they are found.

A step is a module of this package with a `COMPONENT`, or an object of another package under the
entry point group `incidents.components`. No list has to be kept; docs/extending.md adds one.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from incidents.entry_points import load_offer
from incidents.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

ENTRY_POINTS = "incidents.components"
"""The group under which other packages offer steps."""

_PACKAGE = "incidents.extractors"


@dataclass(frozen=True, slots=True)
class Component:
    """A step of the pipeline, a spaCy component that finds mentions.

    Attributes:
        name: of its spaCy factory, which the module that holds this object registers.
        after: names of the steps whose spans it reads, or adds to.
        before: names of the steps that read its spans.
    """

    name: str
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


@cache
def component_names() -> tuple[str, ...]:
    """The names of all steps, in the order in which they run.

    Raises:
        InputError: another package's step cannot be loaded, or has no place in the order.
    """
    return order_components((*_own(), *_of_others()))


def order_components(components: Iterable[Component]) -> tuple[str, ...]:
    """Each step behind those that it needs; where that leaves a choice, by the alphabet.

    Raises:
        InputError: the steps wait for each other in a circle, or for one that does not exist.
    """
    known = {component.name: component for component in components}
    graph: dict[str, set[str]] = {name: set(known[name].after) for name in sorted(known)}
    for name in sorted(known):
        for later in known[name].before:
            graph.setdefault(later, set()).add(name)
    missing = (set(graph) | set().union(*graph.values())) - set(known)
    if missing:
        msg = f"component {min(missing)}: another one names it and it is not there; install it"
        raise InputError(msg)
    sorter = TopologicalSorter(graph)
    try:
        sorter.prepare()
    except CycleError as exc:
        msg = f"components {', '.join(exc.args[1])}: wait for each other; mend one's `after`"
        raise InputError(msg) from exc
    order: list[str] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        order += ready
        sorter.done(*ready)
    return tuple(order)


def _own() -> list[Component]:
    path = importlib.import_module(_PACKAGE).__path__
    names = sorted(module.name for module in pkgutil.iter_modules(path))
    modules = (importlib.import_module(f"{_PACKAGE}.{name}") for name in names)
    return [module.COMPONENT for module in modules if hasattr(module, "COMPONENT")]


def _of_others() -> list[Component]:
    from importlib.metadata import entry_points  # noqa: PLC0415 - as late as the rest is found

    points = entry_points(group=ENTRY_POINTS)
    return [load_offer(each, Component, what="component", name="Component") for each in points]
