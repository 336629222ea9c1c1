"""Keep what was worked out from an object, for as long as it is compared with others."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
R = TypeVar("R")

_LIMIT = 1 << 14


def by_identity(function: Callable[[T], R]) -> Callable[[T], R]:
    """Remember the results of a function for the very objects that it was called with.

    Hashing a report's places or casualties takes as long as working on them; their identity is
    known at once. The object is kept with the result, so that its identity stays its own.
    """
    known: dict[int, tuple[T, R]] = {}

    @wraps(function)
    def remembered(argument: T) -> R:
        entry = known.get(id(argument))
        if entry is None:
            if len(known) >= _LIMIT:
                known.clear()
            entry = known[id(argument)] = argument, function(argument)
        return entry[1]

    return remembered
