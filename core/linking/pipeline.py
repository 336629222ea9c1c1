"""All steps of linking in a row."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import msgspec

from incidents.linking.block import find_pairs
from incidents.linking.compare import Comparison, compare_reports
from incidents.linking.group import Decisions, Weights, find_edges, is_sure, regroup
from incidents.linking.merge import merge_reports
from incidents.linking.score import to_probability, to_weight, weigh
from incidents.order import sort_incidents

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidents.linking.sides import ActorSource
    from incidents.model import Incident, Report

DEFAULT_THRESHOLD = 0.85
"""Least probability that two reports are of one event (2.5 bits)."""


@dataclass(frozen=True, slots=True)
class PairScore:
    """Why two reports are in one incident.

    Attributes:
        reports: their ids, sorted.
        comparison: the agreement of each feature.
        weight: match weight in bits; None if the pair taken alone is excluded.
        probability: the same as a probability, 0 for an excluded pair.
    """

    reports: tuple[str, str]
    comparison: Comparison
    weight: float | None
    probability: float


def link(
    reports: Iterable[Report],
    *,
    gazetteer: ActorSource | None = None,
    threshold: float = DEFAULT_THRESHOLD,
    decisions: Decisions | None = None,
) -> list[Incident]:
    """Link reports of the same event, across articles, into incidents.

    Same event: place, day, sides and type agree; victims' names and casualties weigh in. Two
    reports of one article are different events. A report without a day takes it from a linked
    one. The order of the reports does not change the result.

    Args:
        reports: of any articles; one that comes twice, by id, counts once.
        gazetteer: tells which body an actor belongs to.
        threshold: least probability of a pair, more than 0 and less than 1; 1 links nothing.
        decisions: pairs of reports that people joined or kept apart.

    Returns:
        Incidents by day, the undated last (`sort_incidents`); every report is in exactly one.

    Raises:
        ValueError: the threshold is out of range.

    Example:
        >>> link([])
        []
    """
    min_weight = to_weight(threshold)
    members = _sort_reports(reports)
    by_id = {report.id: report for report in members}
    chosen = decisions or Decisions()
    sure = {report.id for report in members if is_sure(report, chosen)}
    weights = Weights(by_id, gazetteer, chosen)
    pairs = ((members[one].id, members[two].id) for one, two in find_pairs(members))
    edges = find_edges(pairs, sure, weights, min_weight=min_weight)
    weights.known.update(edges)  # which are not weighed again
    groups = regroup(by_id, sure, edges, weights, min_weight=min_weight)
    incidents = [merge_reports(by_id[id_] for id_ in group) for group in groups]
    return sort_incidents(incidents)


def explain(
    incident: Incident, reports: Iterable[Report], *, gazetteer: ActorSource | None = None
) -> list[PairScore]:
    """Tell pair by pair why the reports of an incident are one.

    Args:
        incident: as `link` returns it.
        reports: those it was made of, among any others.
        gazetteer: the one that was linked with.

    Returns:
        One entry a pair, sorted by report ids; empty for an incident of one report.
    """
    members = [report for report in _sort_reports(reports) if report.id in incident.reports]
    scores = []
    for one, two in combinations(members, 2):
        comparison = compare_reports(one, two, gazetteer)
        weight = weigh(comparison)
        probability = 0.0 if weight is None else to_probability(weight)
        scores.append(PairScore((one.id, two.id), comparison, weight, probability))
    return scores


def _sort_reports(reports: Iterable[Report]) -> list[Report]:
    """Sort by id, each id once; of different reports under one id the same one is always kept."""
    by_id: dict[str, Report] = {}
    for report in sorted(reports, key=lambda report: (report.id, msgspec.json.encode(report))):
        by_id.setdefault(report.id, report)
    return list(by_id.values())
