"""Which report tells which annotated incident: the most similar pairs first, one to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.evaluation.agreement import (
    has_same_name,
    is_same_date,
    match_casualties,
    pair_actors,
    place_names,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidents.evaluation.gold import GoldIncident
    from incidents.model import Report

LEAST_SIMILAR = 0.25
"""A pair less similar than this is no pair: the incident is missed, the report is extra."""


def similarity(gold: GoldIncident, report: Report) -> float:
    """How far a report tells an annotated incident, 0 to 1.

    Place 0.3, day 0.2, sides 0.2, casualties 0.2, type 0.15 and background 0.05. What the
    annotation leaves open gives nothing, so that two bare incidents are not alike by default.
    """
    score = 0.0
    names = place_names(report)
    if has_same_name(gold.names, names):
        score += 0.3
    elif has_same_name(gold.place_also, names):
        score += 0.1
    if is_same_date(gold, report):
        score += 0.2
    if gold.sub_event_type == report.sub_event_type:
        score += 0.15
    elif gold.event_type == report.event_type:
        score += 0.1
    if gold.actors:
        score += 0.2 * len(pair_actors(gold.actors, report.actors)) / len(gold.actors)
    if gold.casualties:
        counted = match_casualties(gold, report.casualties).counted
        score += 0.2 * counted / len(gold.casualties)
    if report.background != gold.primary:
        score += 0.05
    return score


def align(gold: Sequence[GoldIncident], reports: Sequence[Report]) -> list[tuple[int, int]]:
    """Pair incidents and reports of one article.

    Returns:
        (number of the incident, number of the report), the most similar pair first.
    """
    scored = sorted(
        (-similarity(g, r), i, j) for i, g in enumerate(gold) for j, r in enumerate(reports)
    )
    taken_gold: set[int] = set()
    taken_reports: set[int] = set()
    pairs = []
    for minus, i, j in scored:
        if -minus < LEAST_SIMILAR or i in taken_gold or j in taken_reports:
            continue
        taken_gold.add(i)
        taken_reports.add(j)
        pairs.append((i, j))
    return pairs
