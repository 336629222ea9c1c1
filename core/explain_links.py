"""Why the reports of an incident are one, and which report came nearest without joining."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from incidents.linking.block import keys_of
from incidents.linking.compare import compare_reports
from incidents.linking.score import to_probability, weigh, weigh_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from incidents.linking.sides import ActorSource
    from incidents.model import Report
    from incidents.store import Store


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """How far two reports agree.

    Attributes:
        report: id of a report.
        other: id of the one that it is compared with.
        levels: feature to how far it agrees: `place: within`, `date: same` …
        weights: feature to its weight in bits; `prior` is what there is before anything agrees.
        weight: what counts in all, in bits; None where something excludes the pair.
        probability: the same as a probability; 0 for an excluded pair.
        incident: the incident of the other report, where it is another one.
    """

    report: str
    other: str
    levels: dict[str, str]
    weights: dict[str, float]
    weight: float | None
    probability: float
    incident: str | None = None


def compare_two(one: Report, two: Report, gazetteer: ActorSource | None) -> Tie:
    """Say how far two reports agree, feature by feature."""
    comparison = compare_reports(one, two, gazetteer)
    weight = weigh(comparison)
    levels = {
        "place": comparison.place,
        "date": comparison.date,
        "sides": comparison.sides,
        "type": comparison.kind,
        "tolls": comparison.counts,
        "victims": "same" if comparison.names else "unknown",
    }
    if comparison.same_article:
        levels["article"] = "same"
    return Tie(
        report=one.id,
        other=two.id,
        levels=levels,
        weights=weigh_parts(comparison),
        weight=weight,
        probability=0.0 if weight is None else to_probability(weight),
    )


def explain_joins(reports: Sequence[Report], gazetteer: ActorSource | None) -> list[Tie]:
    """Say for each report of an incident which other one it is tied to most, and how.

    Args:
        reports: of one incident.
        gazetteer: the one that was linked with.

    Returns:
        One entry a report, in their order; empty for a single report.
    """
    ties = []
    for one in reports:
        others = [compare_two(one, two, gazetteer) for two in reports if two.id != one.id]
        if others:
            ties.append(max(others, key=_order))
    return ties


def find_nearest(
    store: Store, reports: Iterable[Report], gazetteer: ActorSource | None
) -> Tie | None:
    """Find the report of another incident that comes nearest to one of this incident.

    Args:
        store: holds the incident and all others.
        reports: those of the incident.
        gazetteer: the one that was linked with.

    Returns:
        The tie of greatest weight, an excluded one only where there is no other; None where no
        report shares a day, a town or a victim.
    """
    own = {report.id: report for report in reports}
    pairs = store.links.partners({id_: keys_of(report) for id_, report in own.items()})
    outside = {id_ for pair in pairs for id_ in pair} - own.keys()
    others = {report.id: report for report in store.links.reports(outside)}
    ties = []
    for one, two in sorted(pairs):
        for id_, other in ((one, two), (two, one)):
            if id_ in own and other in others:
                ties.append(compare_two(own[id_], others[other], gazetteer))
    if not ties:
        return None
    nearest = max(ties, key=_order)
    incidents = list(store.links.members([nearest.other]))
    return msgspec.structs.replace(nearest, incident=incidents[0] if incidents else None)


def _order(tie: Tie) -> tuple[bool, float, float, str]:
    """Sort key: the weight that counts, then all that agrees."""
    total = sum(tie.weights.values())
    return tie.weight is not None, tie.weight or 0.0, total, tie.other
