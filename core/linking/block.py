"""Which pairs of reports are worth comparing: those that share a day, a town or a victim."""

from __future__ import annotations

import datetime as dt
from itertools import combinations
from typing import TYPE_CHECKING

from incidents.gazetteer.names import fold_name, sound_key
from incidents.linking.counts import victims
from incidents.linking.dates import is_day, span, weekday_of
from incidents.linking.places import city_names, places_of, rank
from incidents.linking.sides import actor_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from incidents.model import Report

_MAX_DAYS = 31  # of a range; a longer one is found by month, place and name


def find_pairs(reports: Sequence[Report]) -> list[tuple[int, int]]:
    """Find the pairs to compare.

    Args:
        reports: any order.

    Returns:
        Sorted index pairs, the smaller index first.
    """
    blocks: dict[tuple[str, ...], list[int]] = {}
    for index, report in enumerate(reports):
        for key in set(_keys(report)):
            blocks.setdefault(key, []).append(index)
    return sorted({pair for block in blocks.values() for pair in combinations(block, 2)})


def _keys(report: Report) -> Iterator[tuple[str, ...]]:
    towns = {town for place in places_of(report) for town in city_names(place)}
    scopes = {place.country_code for place in report.places if place.country_code}
    scopes |= {actor_key(actor) for actor in report.actors}
    for moment in _moments(report):
        # A day is shared by whole countries of reports, a month or a weekday by a town's only.
        yield from ((moment, scope) for scope in (scopes if moment[:4].isdigit() else towns))
    for place in places_of(report):
        if rank(place) < 2:  # noqa: PLR2004 - below a town
            yield "spot", place.id or fold_name(place.name)
    for name in victims(report.casualties):
        yield from (("victim", sound_key(word)) for word in name.split())


def _moments(report: Report) -> Iterator[str]:
    """Days with the day after each, months and weekdays that a report may have happened on."""
    days = span(report.date)
    if report.date.weekday:
        yield report.date.weekday.casefold()
    if days is None:
        return
    yield f"m{days[0]:%Y-%m}"
    yield f"m{days[1]:%Y-%m}"
    if report.date.precision in {"day", "week"} and (days[1] - days[0]).days <= _MAX_DAYS:
        for number in range((days[1] - days[0]).days + 2):
            day = days[0] + dt.timedelta(days=number)
            yield day.isoformat()
            if is_day(report.date) and day <= days[1]:
                yield weekday_of(day)
