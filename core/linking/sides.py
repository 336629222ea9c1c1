"""Whether two reports can be about the same parties, whoever is named first."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal, Protocol

from incidents.gazetteer.names import fold_name
from incidents.linking.memo import by_identity

if TYPE_CHECKING:
    from incidents.gazetteer.model import Actor
    from incidents.model import ActorRef, Report

SidesLevel = Literal["same", "overlap", "differ", "unknown", "conflict"]

_fold = lru_cache(maxsize=1 << 16)(fold_name)  # the same few names come in every pair
_BOTH = 2


class ActorSource(Protocol):
    """What linking asks of a gazetteer: an actor by its id, whose parent then counts too."""

    def actor(self, actor_id: str, /) -> Actor | None:
        """Return the actor of that id, if there is one."""


def compare_sides(one: Report, two: Report, gazetteer: ActorSource | None = None) -> SidesLevel:
    """Compare the parties of two reports as sets; roles and order do not matter.

    Returns:
        `same`: two parties in common, or the only ones that both name.
        `overlap`: one party in common, or a party and the body that it belongs to.
        `differ`: one party in common, and each names one that the other does not.
        `unknown`: one names nobody, or only unnamed people ("gunmen", civilians).
        `conflict`: both name parties, and none is common.
    """
    named_one, unnamed_one = _split(one.actors)
    named_two, unnamed_two = _split(two.actors)
    shared = len(named_one & named_two) + len(unnamed_one & unnamed_two)
    if named_one and named_two:
        if not named_one & named_two:
            related = _parents(named_one, gazetteer) & _parents(named_two, gazetteer)
            return "overlap" if related else "conflict"
        everyone_shared = named_one | unnamed_one == named_two | unnamed_two
        if shared >= _BOTH or everyone_shared:
            return "same"
        return "differ" if named_one - named_two and named_two - named_one else "overlap"
    return "overlap" if shared else "unknown"


def actor_key(actor: ActorRef) -> str:
    """Return what makes two mentions one actor: the id, else the folded name."""
    return actor.id or _fold(actor.name)


@by_identity
def _split(actors: tuple[ActorRef, ...]) -> tuple[set[str], set[str]]:
    """Keys of the named parties, and of the unnamed ones."""
    parties = [actor for actor in actors if actor.role != "mediator"]
    named = {actor_key(actor) for actor in parties if is_named(actor)}
    return named, {actor_key(actor) for actor in parties if not is_named(actor)}


def is_named(actor: ActorRef) -> bool:
    """Whether a party is named rather than described ("gunmen", "suspected jihadists")."""
    if actor.kind in {"civilians", "protesters", "rioters"}:
        return False
    return actor.id is not None or any(word[:1].isupper() for word in actor.name.split())


def _parents(ids: set[str], gazetteer: ActorSource | None) -> set[str]:
    """Ids with those of the bodies directly above them."""
    if gazetteer is None:
        return ids
    found = set(ids)
    for actor_id in ids:
        actor = gazetteer.actor(actor_id)
        if actor is not None and actor.parent:
            found.add(actor.parent)
    return found
