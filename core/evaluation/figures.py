"""Precision, recall and F1, field by field.

Figures are micro-averages: hits over all articles by all that is annotated (recall) and by all that
the reports say (precision). Fields are counted on primary incidents; one that no report tells
counts as wrong in every field. Reports that tell no annotated incident lower the precision of the
incidents, and of no field.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from incidents.evaluation.agreement import (
    distance_km,
    is_same_date,
    is_same_place,
    match_casualties,
    pair_actors,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidents.evaluation.gold import GoldIncident
    from incidents.model import Report

FIGURES = (
    "article has an incident",
    "primary incidents",
    "all incidents",
    "event type",
    "sub-event type",
    "date",
    "place (most specific)",
    "place within 25 km",
    "place within 161 km",
    "actors",
    "actors with role",
    "casualties (kind and range)",
    "casualties (and group)",
)
"""All figures in the order of the table; one that nothing is counted for is left out."""

# Distances at which geoparsers are measured: a town, and 100 miles ("accuracy@161").
# Source: Gritta, Pilehvar and Collier, "A pragmatic guide to geoparsing evaluation" (2020).
_NEAR_KM = (25, 161)


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the table.

    Attributes:
        precision: share of what is predicted that is right.
        recall: share of what is annotated that is found.
        f1: harmonic mean of both.
        hit: how many agree.
        gold: how many are annotated.
        predicted: how many the reports have.
    """

    precision: float
    recall: float
    f1: float
    hit: int
    gold: int
    predicted: int


def make_figure(hit: int, gold: int, predicted: int) -> Figure:
    """A figure of three counts; a share of nothing is 0."""
    precision = hit / predicted if predicted else 0.0
    recall = hit / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Figure(
        precision=round(precision, 3),
        recall=round(recall, 3),
        f1=round(f1, 3),
        hit=hit,
        gold=gold,
        predicted=predicted,
    )


@dataclass(slots=True)
class Tally:
    """Counts behind the figures, article by article."""

    counts: dict[str, tuple[int, int, int]] = field(default_factory=dict)

    def add(self, name: str, hit: int, gold: int, predicted: int) -> None:
        """Add to the counts of one figure."""
        old = self.counts.get(name, (0, 0, 0))
        self.counts[name] = (old[0] + hit, old[1] + gold, old[2] + predicted)

    def figures(self) -> dict[str, Figure]:
        """The figures so far, by name, in the order of the table."""
        return {name: make_figure(*self.counts[name]) for name in FIGURES if name in self.counts}

    def add_article(
        self,
        gold: Sequence[GoldIncident],
        reports: Sequence[Report],
        pairs: Sequence[tuple[int, int]],
    ) -> None:
        """Count one article.

        Args:
            gold: its annotated incidents.
            reports: its reports.
            pairs: which tells which, as `align` gives them.
        """
        report_of = {i: reports[j] for i, j in pairs}
        told = {j for _, j in pairs}
        primary = [i for i, incident in enumerate(gold) if incident.primary]
        found = sum(i in report_of for i in primary)
        extra = sum(j not in told and not r.background for j, r in enumerate(reports))
        has = (bool(gold), bool(reports))
        self.add("article has an incident", int(all(has)), int(has[0]), int(has[1]))
        self.add("primary incidents", found, len(primary), found + extra)
        self.add("all incidents", len(pairs), len(gold), len(reports))
        for i in primary:
            self._add_type(gold[i], report_of.get(i))
            self._add_date_and_place(gold[i], report_of.get(i))
            self._add_people(gold[i], report_of.get(i))

    def _add_type(self, gold: GoldIncident, report: Report | None) -> None:
        # every report has a type, so a missed incident counts as predicted too
        same = report is not None and report.event_type == gold.event_type
        same_sub = report is not None and report.sub_event_type == gold.sub_event_type
        self.add("event type", int(same), 1, 1)
        self.add("sub-event type", int(same_sub), 1, 1)

    def _add_date_and_place(self, gold: GoldIncident, report: Report | None) -> None:
        if gold.date_start is not None:
            hit = report is not None and is_same_date(gold, report)
            has_date = report is not None and report.date.start is not None
            self.add("date", int(hit), 1, int(has_date))
        if gold.names:
            hit = report is not None and is_same_place(gold, report)
            has_place = report is not None and bool(report.places)
            self.add("place (most specific)", int(hit), 1, int(has_place))
        if gold.lat is not None:
            away = distance_km(gold, report) if report is not None else math.inf
            for limit in _NEAR_KM:
                is_near = away <= limit
                self.add(f"place within {limit} km", int(is_near), 1, int(away < math.inf))

    def _add_people(self, gold: GoldIncident, report: Report | None) -> None:
        actors = report.actors if report is not None else ()
        pairs = pair_actors(gold.actors, actors)
        in_role = sum(own.role == other.role for own, other in pairs)
        self.add("actors", len(pairs), len(gold.actors), len(actors))
        self.add("actors with role", in_role, len(gold.actors), len(actors))
        claims = report.casualties if report is not None else ()
        hits = match_casualties(gold, claims)
        wanted = len(gold.casualties)
        self.add("casualties (kind and range)", hits.counted, wanted, len(claims))
        self.add("casualties (and group)", hits.grouped, wanted, len(claims))
