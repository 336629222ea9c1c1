"""Which pairs of reports are worth comparing: those that share a key.

A key is a day and a town, a day and a wider place, a victim's name and the like. Only *leading*
reports of a key look for partners in it: who says no more than "in Hasakah province" has to be
compared with every report of that day there, but those reports need not be compared with each
other for it. So the number of pairs grows with the reports of a day, not with all reports.

The keys find every pair that can reach the default threshold, by the weights of `score.py`, save
these: two types for one event, where one report states no day or no town; sides that only the
gazetteer knows to be of one body, where one report names no place or states no more than a
weekday; and towns north of 63 degrees that are close but share no name.
"""

from __future__ import annotations

import datetime as dt
from hashlib import blake2b
from math import floor
from typing import TYPE_CHECKING

from incidents.gazetteer.names import fold_name, sound_key
from incidents.linking.counts import victims
from incidents.linking.dates import MAX_LATE_DAYS, is_assumed, is_day, span, weekday_of
from incidents.linking.places import CITY_RANK, city_names, places_of, rank
from incidents.linking.sides import actor_key, is_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from incidents.model import EventDate, PlaceRef, Report

_MAX_DAYS = 31  # of a range; a longer one is found by month, place and name
_MAX_ANCHOR_DAYS = 3
_DAY = dt.timedelta(days=1)
# Squares of a grid, and of one shifted by half: two points nearer than half a square share one.
_CELL_LAT, _CELL_LON = 0.2, 0.4  # half of it is 11 km, and 10 km at 63 degrees

Keys = dict[int, bool]
"""Key to whether the report leads in it."""


def find_pairs(reports: Sequence[Report]) -> Iterator[tuple[int, int]]:
    """Find the pairs to compare.

    Args:
        reports: any order.

    Yields:
        Index pairs, the smaller index first, each once, in order.
    """
    leading: dict[int, list[int]] = {}
    following: dict[int, list[int]] = {}
    keys = [keys_of(report) for report in reports]
    for index, own in enumerate(keys):
        for key, leads in own.items():
            (leading if leads else following).setdefault(key, []).append(index)
    for index, own in enumerate(keys):
        for other in sorted(_partners(own, leading, following)):
            if other > index:
                yield index, other


def _partners(
    own: Keys, leading: Mapping[int, Sequence[int]], following: Mapping[int, Sequence[int]]
) -> set[int]:
    found: set[int] = set()
    for key, leads in own.items():
        found.update(leading.get(key, ()))
        if leads:
            found.update(following.get(key, ()))
    return found


def is_anchored(report: Report) -> bool:
    """Whether a report states day and town, so that it can be compared without guessing.

    The others (printed without a day, with no more than a province, recalled) are linked to what
    the anchored ones make, and never hold two of those together.
    """
    days = span(report.date)
    if report.background or days is None or not is_day(report.date) or is_assumed(report.date):
        return False
    if (days[1] - days[0]).days > _MAX_ANCHOR_DAYS:
        return False
    return any(place.id and rank(place) <= CITY_RANK for place in places_of(report))


def keys_of(report: Report) -> Keys:
    """The keys under which a report looks for partners, and is found."""
    found: Keys = {}
    for leads, *parts in _list_keys(report):
        key = _hash(parts)
        found[key] = found.get(key, False) or bool(leads)
    return found


def _hash(parts: Iterable[object]) -> int:
    """A key in 64 bits, as SQLite stores numbers; two keys that fall together cost a comparison."""
    text = "\0".join(map(str, parts))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def _list_keys(report: Report) -> Iterator[tuple[object, ...]]:
    """Yield whether the report leads, the sort of key, and what its members share."""
    places = places_of(report)
    towns = sorted({town for place in places for town in city_names(place)})
    days = _list_days(report.date)
    for day in [*days, days[-1] + _DAY] if days else ():
        yield from ((True, "day", day, town) for town in towns)
    for day in days:
        yield from _wide_keys(report, places, day)
    undated = not is_day(report.date)
    kind = report.sub_event_type
    # A day that nothing fixes could be any week's: without type and party these grow fastest.
    for weekday in _list_weekdays(report.date):
        for town in towns:
            for leads, *party in _party_keys(report, undated=undated):
                yield leads, "about", weekday, town, kind, *party
    for month in _list_months(report.date):
        yield from ((undated, "about", month, town, kind) for town in towns)
    for place in places:
        if rank(place) < CITY_RANK:
            yield undated, "spot", place.id or fold_name(place.name), kind
    for word in {word for name in victims(report.casualties) for word in name.split()}:
        sound = sound_key(word) or fold_name(word)
        yield undated, "victim", sound
        yield from ((True, "victim", sound, day) for day in days)


def _wide_keys(
    report: Report, places: Sequence[PlaceRef], day: dt.date
) -> Iterator[tuple[object, ...]]:
    """Yield what brings towns close by together, and a province or country and what lies in it."""
    kind = report.sub_event_type
    fine = [place for place in places if place.id and rank(place) <= CITY_RANK]
    for place in fine:
        yield from ((True, "near", day, *cell) for cell in _cells(place))
    countries = sorted({place.country_code for place in places if place.country_code})
    yield from ((not fine, "country", day, kind, country) for country in countries)
    parties = sorted({actor_key(actor) for actor in report.actors if is_named(actor)})
    yield from ((not countries, "party", day, kind, party) for party in parties)


def _cells(place: PlaceRef) -> Iterator[tuple[int, int, int, int]]:
    if place.lat is None or place.lon is None:
        return
    lat, lon = place.lat / _CELL_LAT, place.lon / _CELL_LON
    for down in (0, 1):
        for left in (0, 1):
            yield down, left, floor(lat + down / 2), floor(lon + left / 2)


def _list_days(date: EventDate) -> list[dt.date]:
    """List the days that a date can mean."""
    days = span(date)
    if days is None or date.precision not in {"day", "week"}:
        return []
    first = days[0] - MAX_LATE_DAYS * _DAY if is_assumed(date) else days[0]
    length = min((days[1] - first).days, _MAX_DAYS)
    return [first + number * _DAY for number in range(length + 1)]


def _party_keys(report: Report, *, undated: bool) -> Iterator[tuple[bool, str, str]]:
    """Yield what reports share that name a party in common.

    An unnamed party counts only where one of the two names nobody: else the named ones decide.
    """
    parties = sorted({(is_named(actor), actor_key(actor)) for actor in report.actors})
    names_nobody = not any(named for named, _ in parties)
    for named, party in parties:
        if named:
            yield undated, "named", party
            continue
        yield undated and names_nobody, "anyone", party
        if undated or names_nobody:
            yield undated, "nobody named", party


def _list_weekdays(date: EventDate) -> set[str]:
    """The weekdays that a date falls on."""
    found = {date.weekday.casefold()} if date.weekday else set()
    return found | (set(map(weekday_of, _list_days(date))) if is_day(date) else set())


def _list_months(date: EventDate) -> set[str]:
    """The months that a date falls in."""
    days = span(date)
    return {f"{day:%Y-%m}" for day in days} if days else set()
