"""What fell short in one article: the annotated value, the reported one, and why they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from incidents.evaluation.agreement import (
    distance_km,
    is_same_date,
    is_same_name,
    is_same_place,
    match_casualties,
    pair_actors,
)
from incidents.evaluation.align import LEAST_SIMILAR, similarity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from incidents.evaluation.gold import GoldIncident
    from incidents.model import Casualty, Report

_NEAR_KM = 25


class Miss(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is annotated and not reported so, or reported and not annotated.

    Attributes:
        article: id of the article.
        incident: the annotated incident in a few words; None for a report that tells none.
        field: what differs: incident, type, date, place, actors, role, casualties, report.
        expected: the annotated value; None where nothing is annotated.
        found: the report's value; None where there is none.
        why: what the difference comes from, as far as the report shows it.
    """

    article: str
    incident: str | None
    field: str
    expected: str | None
    found: str | None
    why: str


def find_misses(
    article: str,
    gold: Sequence[GoldIncident],
    reports: Sequence[Report],
    pairs: Sequence[tuple[int, int]],
) -> Iterator[Miss]:
    """List what fell short in one article: primary incidents in full, recalled ones as a whole.

    Args:
        article: its id.
        gold: its annotated incidents.
        reports: its reports.
        pairs: which tells which, as `align` gives them.
    """
    report_of = {i: reports[j] for i, j in pairs}
    for i, incident in enumerate(gold):
        report = report_of.get(i)
        if report is None:
            yield _missed(article, incident, reports)
        elif incident.primary:
            yield from _differences(article, incident, report)
    told = {j for _, j in pairs}
    for j, report in enumerate(reports):
        if j not in told:
            yield _extra(article, gold, report)


def _missed(article: str, gold: GoldIncident, reports: Sequence[Report]) -> Miss:
    why = "the article has no report"
    if reports:
        best = max(reports, key=lambda report: similarity(gold, report))
        alike = similarity(gold, best)
        is_taken = alike >= LEAST_SIMILAR
        reason = "and tells another incident better" if is_taken else f"below {LEAST_SIMILAR}"
        why = f"the nearest report, {name_report(best)}, is {alike:.2f} alike, {reason}"
    return Miss(
        article=article,
        incident=name_gold(gold),
        field="incident" if gold.primary else "recalled incident",
        expected=name_gold(gold),
        found=None,
        why=why,
    )


def _extra(article: str, gold: Sequence[GoldIncident], report: Report) -> Miss:
    why = "nothing in the article is annotated as an incident"
    if gold:
        alike = max(similarity(incident, report) for incident in gold)
        is_taken = alike >= LEAST_SIMILAR
        reason = "which another report tells better" if is_taken else f"below {LEAST_SIMILAR}"
        why = f"{alike:.2f} alike to the nearest annotated incident, {reason}"
    rules = ", ".join(e.rule for e in report.evidence if e.rule.startswith("event:"))
    return Miss(
        article=article,
        incident=None,
        field="report",
        expected=None,
        found=name_report(report),
        why=f"{why}; read by {rules}" if rules else why,
    )


def _differences(article: str, gold: GoldIncident, report: Report) -> Iterator[Miss]:
    label = name_gold(gold)

    def miss(field: str, expected: str | None, found: str | None, why: str) -> Miss:
        return Miss(
            article=article, incident=label, field=field, expected=expected, found=found, why=why
        )

    if gold.sub_event_type != report.sub_event_type:
        level = "sub-event type" if gold.event_type == report.event_type else "event type"
        why = f"another {level}{_rules(report, 'type')}"
        yield miss("type", gold.sub_event_type, report.sub_event_type, why)
    if gold.date_start is not None and not is_same_date(gold, report):
        yield miss("date", _gold_date(gold), _date(report), _why_date(report))
    if gold.names and not is_same_place(gold, report):
        found = ", ".join(place.name for place in report.places) or None
        yield miss("place", ", ".join(dict.fromkeys(gold.names)), found, _why_place(gold, report))
    yield from _actor_misses(miss, gold, report)
    hits = match_casualties(gold, report.casualties)
    if hits.counted < len(gold.casualties) or hits.counted < len(report.casualties):
        why = f"{hits.counted} of {len(gold.casualties)} annotated claims have their kind and range"
        yield miss("casualties", _gold_claims(gold), _claims(report.casualties), why)
    elif hits.grouped < hits.counted:
        why = f"{hits.grouped} of {hits.counted} claims have their group"
        yield miss("casualties", _gold_claims(gold), _claims(report.casualties), why)


if TYPE_CHECKING:
    from collections.abc import Callable

    _MakeMiss = Callable[[str, str | None, str | None, str], Miss]


def _actor_misses(miss: _MakeMiss, gold: GoldIncident, report: Report) -> Iterator[Miss]:
    pairs = pair_actors(gold.actors, report.actors)
    paired = {id(actor) for actor, _ in pairs}
    all_found = "; ".join(f"{a.name} ({a.role})" for a in report.actors) or None
    for actor in gold.actors:
        if id(actor) not in paired:
            why = "no side has this name" if report.actors else "the report has no sides"
            yield miss("actors", f"{actor.name} ({actor.role})", all_found, why)
    for actor, found in pairs:
        if actor.role != found.role:
            yield miss("role", f"{actor.name}: {actor.role}", found.role, "the role differs")
    used = {id(found) for _, found in pairs}
    for other in report.actors:
        if id(other) not in used:
            why = "this side is not annotated"
            yield miss("actors", None, f"{other.name} ({other.role})", why)


def name_gold(gold: GoldIncident) -> str:
    """An annotated incident in a few words."""
    place = gold.place or next(iter(gold.names), "no place")
    return f"{gold.sub_event_type}, {place}, {_gold_date(gold)}"


def name_report(report: Report) -> str:
    """A report in a few words."""
    place = report.places[0].name if report.places else "no place"
    return f"{report.sub_event_type}, {place}, {_date(report)}"


def _gold_date(gold: GoldIncident) -> str:
    return _span(gold.date_start, gold.last_day)


def _date(report: Report) -> str:
    return _span(report.date.start, report.date.end)


def _span(first: object, last: object) -> str:
    if first is None:
        return "no date"
    return str(first) if first == last else f"{first} to {last}"


def _why_date(report: Report) -> str:
    date = report.date
    if date.mention is None:
        return "no words of the article were taken for its date"
    if date.start is None:
        return f"nothing resolves “{date.mention}”"
    return f"read from “{date.mention}”, by {date.basis}"


def _why_place(gold: GoldIncident, report: Report) -> str:
    if not report.places:
        return "no place was found for it"
    away = distance_km(gold, report)
    near = f"{away:.0f} km away" if away < float("inf") else "not on the map"
    if away <= _NEAR_KM:
        return f"another name, {near}"
    if any(is_same_name(a, p.name) for a in gold.names for p in report.places[1:]):
        return f"the place is there, and another stands before it ({near})"
    return f"another place{_rules(report, 'place')} ({near})"


def _rules(report: Report, field: str) -> str:
    rules = {e.rule.partition(":")[2] for e in report.evidence if e.rule.startswith(f"{field}:")}
    return f", by {', '.join(sorted(rules))}" if rules else ""


def _claims(claims: Sequence[Casualty]) -> str | None:
    return "; ".join(_claim(c.kind, c.min, c.max, c.group) for c in claims) or None


def _gold_claims(gold: GoldIncident) -> str | None:
    return "; ".join(_claim(c.kind, c.min, c.max, c.group) for c in gold.casualties) or None


def _claim(kind: str, low: int | None, high: int | None, group: str) -> str:
    if low == high:
        count = str(low) if low is not None else "?"
    elif high is None:
        count = f"≥{low}"
    else:
        count = f"{low}–{high}" if low is not None else f"≤{high}"
    return f"{kind} {count} {group}"
