"""The order in which incidents are listed: by day, then as the articles tell them."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from incidents.model import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidents.model import Incident

_WEEK = len(WEEKDAYS)


def sort_incidents(incidents: Iterable[Incident]) -> list[Incident]:
    """Sort incidents for a list that people read.

    Dated ones come first, by day, background among them. The undated follow article by article:
    what it is about before what it recalls, weekdays as they follow each other, the rest as the
    text tells it.

    Args:
        incidents: in any order, which does not matter.
    """
    dated: list[Incident] = []
    undated: defaultdict[str, list[Incident]] = defaultdict(list)
    for incident in incidents:
        if incident.date.start is None:
            undated[_told_at(incident)[0]].append(incident)
        else:
            dated.append(incident)
    dated.sort(key=lambda each: (each.date.start, each.date.end, _told_at(each), each.id))
    for article in sorted(undated):
        dated += _sort_undated(undated[article])
    return dated


def _sort_undated(incidents: list[Incident]) -> list[Incident]:
    """Sort the undated incidents that one article tells first."""
    known = {_weekday(each) for each in incidents if not each.background}
    first = _first_weekday(number for number in known if number is not None)

    def key(incident: Incident) -> tuple[bool, int, tuple[str, int], str]:
        number = _weekday(incident)
        days = _WEEK if number is None else (number - first) % _WEEK
        return incident.background, days, _told_at(incident), incident.id

    return sorted(incidents, key=key)


def _weekday(incident: Incident) -> int | None:
    name = (incident.date.weekday or "").capitalize()
    return WEEKDAYS.index(name) if name in WEEKDAYS else None


def _first_weekday(numbers: Iterable[int]) -> int:
    """The weekday from which the others follow soonest: Saturday, of Sunday and Saturday."""
    days = sorted(numbers)
    if not days:
        return 0
    gaps = [(later - day, later % _WEEK) for day, later in pairwise([*days, days[0] + _WEEK])]
    longest = max(length for length, _ in gaps)
    return next(after for length, after in reversed(gaps) if length == longest)


def _told_at(incident: Incident) -> tuple[str, int]:
    """Article and character where the first of its articles tells of an incident."""
    article = min((source.article for source in incident.sources), default="")
    starts = [
        (not evidence.rule.startswith("event"), evidence.start)
        for evidence in incident.evidence
        if evidence.article == article
    ]
    # the sentence of the event itself, not of an actor's full name that stands further up
    return article, min(starts, default=(False, 0))[1]
