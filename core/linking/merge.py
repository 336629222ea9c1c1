"""Reports of one event into one incident: every field merged, every difference kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, TypeVar

import msgspec

from incidents.gazetteer.names import fold_name
from incidents.linking.copies import group_sources
from incidents.linking.dates import is_day
from incidents.linking.deaths import count_deaths
from incidents.linking.grade import find_grade, find_lent
from incidents.linking.identity import incident_id
from incidents.linking.merge_counts import merge_casualties, merge_fatalities
from incidents.linking.places import is_inside, is_same_place, rank
from incidents.linking.sides import actor_key
from incidents.model import (
    EVENT_TYPE_OF,
    SUB_EVENT_TYPES,
    ActorRef,
    Disagreement,
    DisagreementValue,
    EventDate,
    Incident,
    PlaceRef,
    Source,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from incidents.model import Evidence, Report

T = TypeVar("T")

_PRECISION = ("day", "week", "month", "year", "none")
_ROLES = ("initiator", "target", "participant", "mediator")
_SUB_EVENT_TYPES = tuple(sub for subs in SUB_EVENT_TYPES.values() for sub in subs)
_MAX_CONFIDENCE = 0.99  # agreement of outlets is no proof


def merge_reports(reports: Iterable[Report]) -> Incident:
    """Merge reports of one event.

    Args:
        reports: one or more, at most one an article; their order does not matter.

    Returns:
        An incident whose id depends on the smallest of the report ids only.
    """
    members = sorted(reports, key=lambda report: report.id)
    sub_event_type = _vote(members, lambda report: report.sub_event_type, _SUB_EVENT_TYPES.index)
    casualties, disagreements = merge_casualties(members)
    incident = Incident(
        id=incident_id(members[0].id),
        event_type=EVENT_TYPE_OF[sub_event_type],
        sub_event_type=sub_event_type,
        background=all(report.background for report in members),
        date=merge_dates(members),
        places=merge_places(members),
        geo_precision=min(
            (report.geo_precision for report in members if report.geo_precision), default=None
        ),
        actors=merge_actors(members),
        casualties=casualties,
        fatalities=merge_fatalities(members),
        attribution=_best(members, lambda report: report.attribution),
        confidence=_join_confidence(members),
        evidence=_join_evidence(members),
        reports=tuple(report.id for report in members),
        sources=_list_sources(members),
        disagreements=_find_disagreements(members) + disagreements,
    )
    return msgspec.structs.replace(
        incident,
        source_count=len(group_sources(members)),
        grade=find_grade(members),
        deaths=count_deaths(casualties, incident.actors, incident.fatalities),
        lent=find_lent(incident, members),
    )


def merge_dates(reports: Sequence[Report]) -> EventDate:
    """Find the most precise date that a report gives, lent to those that have none.

    Of equally precise dates the narrower one, then the one that most confidence stands behind,
    then the earlier one.
    """
    votes: Counter[tuple[object, object]] = Counter()
    for report in reports:
        votes[report.date.start, report.date.end] += round(report.confidence * 1000)

    def preference(report: Report) -> tuple[object, ...]:
        date = report.date
        days = (date.end - date.start).days if date.start and date.end else 0
        start = date.start.toordinal() if date.start else 0
        votes_for = votes[date.start, date.end]
        precision = _PRECISION.index(date.precision if date.start else "none")
        return precision, days, -votes_for, start, date.weekday is None, report.id

    return min(reports, key=preference).date


def merge_places(reports: Sequence[Report]) -> tuple[PlaceRef, ...]:
    """Unite all places, the most specific first; of equally specific ones the oftenest named."""
    groups: list[list[tuple[int, PlaceRef]]] = []
    for report in reports:
        for position, place in enumerate(report.places):
            for group in groups:
                if is_same_place(group[0][1], place):
                    group.append((position, place))
                    break
            else:
                groups.append([(position, place)])

    def preference(group: list[tuple[int, PlaceRef]]) -> tuple[object, ...]:
        first = min(position for position, _ in group)
        best = _richest(group)
        return rank(best), -len(group), first, best.name, best.id or ""

    return tuple(_richest(group) for group in sorted(groups, key=preference))


def merge_actors(reports: Sequence[Report]) -> tuple[ActorRef, ...]:
    """Unite all actors, each once, with the role that most reports give it."""
    groups: defaultdict[str, list[ActorRef]] = defaultdict(list)
    for report in reports:
        for actor in report.actors:
            groups[actor_key(actor)].append(actor)
    merged = []
    for actors in groups.values():
        # Of equal votes the role that says more: a target outweighs a mere participant.
        roles = Counter(actor.role for actor in actors)
        role = min(roles, key=lambda name: (-roles[name], _ROLES.index(name)))
        kind = next((actor.kind for actor in actors if actor.kind), None)
        mention = next(actor.mention for actor in actors if actor.role == role)
        actor = msgspec.structs.replace(actors[0], role=role, kind=kind, mention=mention)
        merged.append((_ROLES.index(role), -len(actors), actor.name, actor.id or "", actor))
    return tuple(entry[-1] for entry in sorted(merged, key=lambda entry: entry[:-1]))


def _vote(reports: Sequence[Report], value: Callable[[Report], T], order: Callable[[T], int]) -> T:
    """Find the value with most confidence behind it, then most reports, then the first in order."""
    weight: Counter[Hashable] = Counter()
    for report in reports:
        # Whole thousandths: sums of fractions would depend on the order.
        weight[value(report)] += round(report.confidence * 1000)
    counts = Counter(value(report) for report in reports)
    return min(counts, key=lambda item: (-weight[item], -counts[item], order(item)))


def _best(reports: Sequence[Report], value: Callable[[Report], str | None]) -> str | None:
    """Take the value of the most confident report that has one."""
    having = [report for report in reports if value(report)]
    best = min(having, key=lambda report: (-report.confidence, report.id), default=None)
    return value(best) if best else None


def _richest(group: list[tuple[int, PlaceRef]]) -> PlaceRef:
    """Of mentions of one place the one that says most; then the first."""
    places = [place for _, place in group]
    return min(places, key=lambda place: (place.id is None, place.lat is None))


def _join_confidence(reports: Sequence[Report]) -> float:
    """Noisy-or: each further source halves the doubt as its own confidence says."""
    if len(reports) == 1:
        return reports[0].confidence
    doubt = 1.0
    for source in group_sources(reports):  # a text that ten outlets print is one voice
        doubt *= 1 - max(report.confidence for report in reports if report.id in source)
    return round(min(_MAX_CONFIDENCE, 1 - doubt), 4)


def _join_evidence(reports: Sequence[Report]) -> tuple[Evidence, ...]:
    found = {
        msgspec.structs.replace(evidence, article=report.article.id)
        for report in reports
        for evidence in report.evidence
    }
    return tuple(sorted(found, key=lambda e: (e.article or "", e.start, e.end, e.rule, e.text)))


def _list_sources(reports: Sequence[Report]) -> tuple[Source, ...]:
    articles = {report.article.id: report.article for report in reports}
    return tuple(
        Source(publisher=article.publisher, url=article.url, article=article.id)
        for _, article in sorted(articles.items())
    )


def _find_disagreements(reports: Sequence[Report]) -> tuple[Disagreement, ...]:
    """Differences of type, day, place and role."""
    found = [
        _compare_values("sub_event_type", ((r.sub_event_type, r) for r in reports)),
        _compare_values("date", ((_show_days(r.date), r) for r in reports if is_day(r.date))),
        _compare_places(reports),
        *_compare_roles(reports),
    ]
    return tuple(disagreement for disagreement in found if disagreement)


def _compare_values(field: str, values: Iterable[tuple[str, Report]]) -> Disagreement | None:
    articles: defaultdict[str, set[str]] = defaultdict(set)
    for value, report in values:
        articles[value].add(report.article.id)
    if len(articles) < 2:  # noqa: PLR2004 - one value is no disagreement
        return None
    return Disagreement(
        field=field,
        values=tuple(
            DisagreementValue(value=value, articles=tuple(sorted(articles[value])))
            for value in sorted(articles)
        ),
    )


def _show_days(date: EventDate) -> str:
    return str(date.start) if date.start == date.end else f"{date.start} to {date.end}"


def _compare_places(reports: Sequence[Report]) -> Disagreement | None:
    """Compare the most specific places; a place and what contains it do not differ."""
    having = [report for report in reports if report.places]
    differing = {
        index
        for index, one in enumerate(having)
        for two in having
        if not (
            is_same_place(one.places[0], two.places[0])
            or is_inside(one.places[0], two.places[0])
            or is_inside(two.places[0], one.places[0])
        )
    }
    return _compare_values("place", ((having[i].places[0].name, having[i]) for i in differing))


def _compare_roles(reports: Sequence[Report]) -> list[Disagreement | None]:
    """Compare who attacked whom; a participant contradicts neither."""
    roles: defaultdict[str, list[tuple[str, Report]]] = defaultdict(list)
    names: dict[str, str] = {}
    for report in reports:
        for actor in report.actors:
            if actor.role in {"initiator", "target"}:
                key = actor_key(actor)
                names.setdefault(key, actor.name)
                roles[key].append((actor.role, report))
    ordered = sorted(roles, key=lambda key: fold_name(names[key]))
    return [_compare_values(f"role {names[key]}", roles[key]) for key in ordered]
