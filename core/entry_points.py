"""What other packages offer under entry points, loaded and looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from incidents.errors import InputError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

T = TypeVar("T")


def load_offer(point: EntryPoint, kind: type[T], *, what: str, name: str) -> T:
    """Load what a package offers.

    Args:
        point: where it lies.
        kind: what it has to be.
        what: a word for it, for messages.
        name: of the kind, as authors of packages know it.

    Raises:
        InputError: it cannot be loaded, or is something else.
    """
    origin = point.dist.name if point.dist else point.value
    try:
        found = point.load()
    except Exception as exc:  # whatever goes wrong in a package that is not ours
        msg = f"{what} {point.name} of {origin}: cannot be loaded ({exc}); repair that package"
        raise InputError(msg) from exc
    if not isinstance(found, kind):
        msg = f"{what} {point.name} of {origin}: is no {name}; tell its authors"
        raise InputError(msg)
    return found
