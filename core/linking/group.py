"""Reports into groups: the anchored ones among themselves, then the loose ones to them.

An anchored report states day and town. What is loose (printed without a day, no more than a
province, recalled) never holds two groups together, and what it joins depends on the anchored
reports near it alone. So a change touches few groups, and `regroup` needs no others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from incidents.linking.attach import RIVAL_SLACK, attach
from incidents.linking.block import is_anchored
from incidents.linking.cluster import cluster
from incidents.linking.compare import compare_reports, exclude_early
from incidents.linking.score import weigh

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from incidents.linking.sides import ActorSource
    from incidents.model import Report

Edge = tuple[str, str]
"""Ids of two reports, the smaller first."""

JOINED = 100.0
"""Weight in bits of a pair that people joined."""


@dataclass(frozen=True)
class Decisions:
    """What people decided: pairs of report ids, the smaller first.

    Attributes:
        together: one event, whatever the weights say.
        apart: never one event.
    """

    together: frozenset[Edge] = frozenset()
    apart: frozenset[Edge] = frozenset()

    @cached_property
    def joined(self) -> frozenset[str]:
        """Ids of the reports that were joined to another one."""
        return frozenset(id_ for pair in self.together for id_ in pair)


@dataclass(slots=True)
class Weights:
    """The weights of pairs of reports, each worked out once.

    Attributes:
        reports: by id.
        gazetteer: tells which body an actor belongs to.
        decisions: what outweighs all comparison.
        known: weights that are known already.
    """

    reports: Mapping[str, Report]
    gazetteer: ActorSource | None
    decisions: Decisions
    known: dict[Edge, float | None] = field(default_factory=dict)

    def __call__(self, one: str, two: str) -> float | None:
        """Weight in bits, or None for a pair that is excluded."""
        edge = (one, two) if one < two else (two, one)
        if edge not in self.known:
            self.known[edge] = self.look(*edge)
        return self.known[edge]

    def look(self, one: str, two: str) -> float | None:
        """The weight of a pair, the smaller id first, worked out and not kept."""
        if (one, two) in self.decisions.apart:
            return None
        if (one, two) in self.decisions.together:
            return JOINED
        first, second = self.reports[one], self.reports[two]
        if exclude_early(first, second):
            return None
        return weigh(compare_reports(first, second, self.gazetteer))


def is_sure(report: Report, decisions: Decisions) -> bool:
    """Whether a report makes groups instead of being attached to them."""
    return is_anchored(report) or report.id in decisions.joined


def find_edges(
    pairs: Iterable[Edge], sure: Collection[str], weights: Weights, *, min_weight: float
) -> dict[Edge, float]:
    """Keep the pairs that matter for the groups, with their weights.

    Args:
        pairs: candidates, the smaller id first.
        sure: ids of the anchored reports.
        weights: weighs them.
        min_weight: least weight of two reports that are one event.
    """
    edges = {}
    for one, two in pairs:
        weight = weights.look(one, two)
        is_mixed = (one in sure) != (two in sure)
        if weight is not None and weight >= (min_weight - RIVAL_SLACK if is_mixed else min_weight):
            edges[one, two] = weight
    return edges


def regroup(
    ids: Iterable[str],
    sure: Collection[str],
    edges: Iterable[Edge],
    weights: Weights,
    *,
    min_weight: float,
) -> list[list[str]]:
    """Group reports of the same event.

    Args:
        ids: of the reports.
        sure: those that are anchored.
        edges: as `find_edges` gives them, of any reports; those of `ids` count.
        weights: weighs pairs; those that people joined are in one group from the beginning.
        min_weight: least weight of two reports that are one event.

    Returns:
        Sorted groups of sorted ids.
    """
    members = sorted(set(ids))
    inside = set(members)
    near: dict[str, list[str]] = {id_: [] for id_ in members}
    for one, two in edges:
        if one in inside and two in inside:
            near[one].append(two)
            near[two].append(one)
    firm = [id_ for id_ in members if id_ in sure]
    joined = [pair for pair in sorted(weights.decisions.together) if inside.issuperset(pair)]
    groups = cluster(firm, _between(firm, near), weights, min_weight=min_weight, joined=joined)
    loose = [id_ for id_ in members if id_ not in sure]
    apart = keep_apart(weights)
    attached = attach(groups, loose, near, weights, min_weight=min_weight, keeps_apart=apart)
    for id_, position in attached.items():
        groups[position].append(id_)
    rest = [id_ for id_ in loose if id_ not in attached]
    groups += cluster(rest, _between(rest, near), weights, min_weight=min_weight)
    return sorted(sorted(group) for group in groups)


def _between(ids: Iterable[str], near: Mapping[str, Iterable[str]]) -> list[Edge]:
    chosen = set(ids)
    return [(one, two) for one in chosen for two in near[one] if two in chosen and one < two]


def keep_apart(weights: Weights) -> Callable[[str, str], bool]:
    """Whether two loose reports may never meet in one group."""

    def keeps_apart(one: str, two: str) -> bool:
        same = weights.reports[one].article.id == weights.reports[two].article.id
        return same or (min(one, two), max(one, two)) in weights.decisions.apart

    return keeps_apart
