"""Which pairs of reports are worth comparing: those that share a day, a town or a victim."""

from __future__ import annotations

import datetime as dt
from itertools import combinations
from typing import TYPE_CHECKING

from incidents.gazetteer.names import fold_name, sound_key
from incidents.linking.counts import victims
from incidents.linking.dates import is_day, span, weekday_of
from incidents.linking.places import CITY_RANK, city_names, places_of, rank
from incidents.linking.sides import actor_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from incidents.model import EventDate, Report

_MAX_DAYS = 31  # of a range; a longer one is found by month, place and name

_Key = tuple[str, ...]


def find_pairs(reports: Sequence[Report]) -> list[tuple[int, int]]:
    """Find the pairs to compare.

    Args:
        reports: any order.

    Returns:
        Sorted index pairs, the smaller index first.
    """
    blocks: dict[_Key, list[int]] = {}
    for index, report in enumerate(reports):
        for key in set(_keys(report)):
            blocks.setdefault(key, []).append(index)
    dated = [is_day(report.date) for report in reports]
    return sorted(
        {
            (one, two)
            for (kind, *_), block in blocks.items()
            for one, two in combinations(block, 2)
            # Two days of one month or weekday are compared only if they share the day itself.
            if kind != "about" or not (dated[one] and dated[two])
        }
    )


def _keys(report: Report) -> Iterator[_Key]:
    """Yield the blocks that a report is in: kind of block, then what its members share."""
    towns = {town for place in places_of(report) for town in city_names(place)}
    scopes = {place.country_code for place in report.places if place.country_code}
    scopes |= {actor_key(actor) for actor in report.actors}
    for day in _list_days(report.date):
        yield from (("day", day.isoformat(), scope) for scope in scopes)
    for moment in _list_moments(report.date):
        yield from (("about", moment, town) for town in towns)
    for place in places_of(report):
        if rank(place) < CITY_RANK:
            yield "spot", place.id or fold_name(place.name)
    for name in victims(report.casualties):
        yield from (("victim", sound_key(word) or fold_name(word)) for word in name.split())


def _list_days(date: EventDate) -> list[dt.date]:
    """List the days of a date, and the one after, so that adjacent days meet."""
    days = span(date)
    if days is None or date.precision not in {"day", "week"}:
        return []
    length = min((days[1] - days[0]).days, _MAX_DAYS)
    return [days[0] + dt.timedelta(days=number) for number in range(length + 2)]


def _list_moments(date: EventDate) -> Iterator[str]:
    """Yield the weekdays and months that a date falls on."""
    if date.weekday:
        yield date.weekday.casefold()
    days = span(date)
    if days is None:
        return
    yield f"{days[0]:%Y-%m}"
    yield f"{days[1]:%Y-%m}"
    if is_day(date):
        yield from map(weekday_of, _list_days(date)[:-1])
