"""Deaths by side, as UCDP counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.gazetteer.names import fold_name
from incidents.linking.counts import REAL
from incidents.model import Deaths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidents.model import ActorRef, Casualty, Fatalities

_UNARMED = frozenset({"civilians", "protesters", "rioters"})


def count_deaths(
    casualties: Sequence[Casualty], actors: Sequence[ActorRef], fatalities: Fatalities
) -> Deaths:
    """Share the best estimate of deaths out to the sides.

    Side A is who attacked, or the first party of a clash; side B the other. What no side is named
    for is unknown.

    Args:
        casualties: merged, one entry a kind and group.
        actors: of the incident.
        fatalities: their best estimate is what the four numbers add up to, at most.

    Source:
        UCDP Georeferenced Event Dataset codebook (v23.1): deaths_a, deaths_b, deaths_civilians,
        deaths_unknown.
    """
    side_of = _sides(actors)
    counts = dict.fromkeys(("a", "b", "civilians", "unknown"), 0)
    for claim in casualties:
        if claim.kind == "killed" and claim.modality in REAL:
            side = side_of.get(fold_name(claim.group), "unknown")
            counts[side] += claim.min or 0
    named = sum(counts.values()) - counts["unknown"]
    counts["unknown"] = max(0, fatalities.best - named)
    return Deaths(**counts)


def _sides(actors: Sequence[ActorRef]) -> dict[str, str]:
    """The side of each group, by its folded name."""
    found = dict.fromkeys(_UNARMED, "civilians")
    parties = [actor for actor in actors if actor.role != "mediator"]
    clashing = [actor for actor in parties if actor.role == "participant"]
    has_initiator = any(actor.role == "initiator" for actor in parties)
    for actor in parties:
        is_first = bool(clashing) and actor is clashing[0] and not has_initiator
        side = "a" if actor.role == "initiator" or is_first else "b"
        is_unarmed = actor.kind in _UNARMED
        found.setdefault(fold_name(actor.name), "civilians" if is_unarmed else side)
    return found
