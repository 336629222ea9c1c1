"""Incidents and deaths counted by week, place, actor and type."""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypedDict

import msgspec

from incidents.exports.cells import cell as safe_cell
from incidents.lines import clean
from incidents.model import EVENT_TYPE_OF, ActorKind, Fatalities
from incidents.words import SMALL_PLACES

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable
    from typing import TextIO

    from incidents.model import ActorRef, EventDate, Incident, PlaceRef

_WEEK = dt.timedelta(days=7)
_LAST_DAY = dt.timedelta(days=6)


class _Count(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is counted of each group.

    Attributes:
        incidents: how many.
        fatalities: deaths in these incidents, as UCDP counts them.
    """

    incidents: int
    fatalities: Fatalities


class WeekCount(_Count, frozen=True, kw_only=True):
    """Incidents of one week, Monday to Sunday (ISO 8601).

    Attributes:
        start: the Monday; None for incidents that no week holds: undated ones, and those of which
            only the month or the year is known.
        end: the Sunday; None likewise.
    """

    start: dt.date | None
    end: dt.date | None


class PlaceCount(_Count, frozen=True, kw_only=True):
    """Incidents of one town, those of its neighbourhoods and streets among them.

    Attributes:
        id: as in `PlaceRef`; None where it is not resolved.
        name: canonical name, or the article's; None where no place is named.
        country: English short name.
    """

    id: str | None
    name: str | None
    country: str | None


class ActorCount(_Count, frozen=True, kw_only=True):
    """Incidents with one actor as a side; with both sides each, they add up to more than there are.

    Attributes:
        id: as in `ActorRef`; None where the gazetteer lacks it.
        name: canonical name, or the article's.
        kind: ACLED's kind of actor.
    """

    id: str | None
    name: str
    kind: ActorKind | None


class TypeCount(_Count, frozen=True, kw_only=True):
    """Incidents of one sub-event type.

    Attributes:
        event_type: ACLED's event type.
        sub_event_type: ACLED's sub-event type.
    """

    event_type: str
    sub_event_type: str


class Summary(_Count, frozen=True, kw_only=True):
    """Incidents counted: what `incidents show --summary --json` prints.

    Attributes:
        background: how many of the incidents are only recalled.
        first: first day of the earliest incident that falls into a week.
        last: last day of the latest one.
        weeks: in order of time, without the empty ones; those that no week holds come last.
        places: the place with most incidents first.
        actors: likewise.
        types: likewise.
    """

    background: int
    first: dt.date | None
    last: dt.date | None
    weeks: tuple[WeekCount, ...]
    places: tuple[PlaceCount, ...]
    actors: tuple[ActorCount, ...]
    types: tuple[TypeCount, ...]


def summarise(incidents: Iterable[Incident]) -> Summary:
    """Count incidents and their deaths.

    An incident counts in the week of its first day, where it took no longer than a week; in the
    town of its most specific place; and once with each actor that is a side of it, which leaves
    mediators out. Deaths of a group are those of its incidents, whoever died.

    Args:
        incidents: in any order, which does not matter.
    """
    found = list(incidents)
    dated = [each.date for each in found if week_of(each.date) is not None]
    return Summary(
        **_tally(found),
        background=sum(each.background for each in found),
        first=min((date.start for date in dated if date.start), default=None),
        last=max((date.end for date in dated if date.end), default=None),
        weeks=_weeks(found),
        places=_places(found),
        actors=_actors(found),
        types=_types(found),
    )


def week_of(date: EventDate) -> dt.date | None:
    """The Monday of the week that an incident falls into; None where no one week holds it."""
    if date.start is None or date.end is None or date.end - date.start >= _WEEK:
        return None
    return date.start - dt.timedelta(days=date.start.weekday())


class _Town(NamedTuple):
    id: str | None
    name: str | None
    country: str | None


def town_of(places: tuple[PlaceRef, ...]) -> _Town:
    """The town that the most specific place is or lies in; that place where no town is known."""
    if not places:
        return _Town(None, None, None)
    first = places[0]
    if first.kind not in SMALL_PLACES:
        return _Town(first.id, clean(first.name), first.country)
    small = {place.name for place in places if place.kind in SMALL_PLACES}
    around = next((name for name in first.within if name not in small), None)
    town = next(
        (
            place
            for place in places
            if place.kind not in SMALL_PLACES and around in (None, place.name)
        ),
        None,
    )
    if town is None:
        return _Town(None, clean(around or first.name), first.country)
    return _Town(town.id, clean(town.name), town.country)


def _weeks(incidents: list[Incident]) -> tuple[WeekCount, ...]:
    by_week: defaultdict[dt.date | None, list[Incident]] = defaultdict(list)
    for incident in incidents:
        by_week[week_of(incident.date)].append(incident)
    weeks = sorted(by_week, key=lambda start: (start is None, start or dt.date.min))
    return tuple(
        WeekCount(start=start, end=start and start + _LAST_DAY, **_tally(by_week[start]))
        for start in weeks
    )


def _places(incidents: list[Incident]) -> tuple[PlaceCount, ...]:
    towns = [town_of(incident.places) for incident in incidents]
    ids: defaultdict[Hashable, set[str]] = defaultdict(set)
    for id_, name, country in towns:
        if id_ is not None:
            ids[name, country].add(id_)
    groups: defaultdict[_Town, list[Incident]] = defaultdict(list)
    for (id_, name, country), incident in zip(towns, incidents, strict=True):
        known = ids[name, country]
        # a street's town is known by name only: it is the one town that others name by this name
        whole = id_ or (next(iter(known)) if len(known) == 1 else None)
        groups[_Town(whole, name, country)].append(incident)
    counts = (
        PlaceCount(id=id_, name=name, country=country, **_tally(found))
        for (id_, name, country), found in groups.items()
    )
    return tuple(sorted(counts, key=lambda each: (*_rank(each), each.name or "", each.id or "")))


def _actors(incidents: list[Incident]) -> tuple[ActorCount, ...]:
    groups: defaultdict[str, list[Incident]] = defaultdict(list)
    known: dict[str, ActorRef] = {}
    for incident in incidents:
        sides = {_key(actor): actor for actor in incident.actors if actor.role != "mediator"}
        for key, actor in sides.items():
            known.setdefault(key, actor)
            groups[key].append(incident)
    counts = (
        ActorCount(
            id=known[key].id,
            name=clean(known[key].name),
            kind=known[key].kind,
            **_tally(found),
        )
        for key, found in groups.items()
    )
    return tuple(sorted(counts, key=lambda each: (*_rank(each), each.name, each.id or "")))


def _key(actor: ActorRef) -> str:
    """What tells actors apart: the id, else the name in any case, which no id can be."""
    return actor.id or f" {clean(actor.name).casefold()}"


def _types(incidents: list[Incident]) -> tuple[TypeCount, ...]:
    groups: defaultdict[str, list[Incident]] = defaultdict(list)
    for incident in incidents:
        groups[incident.sub_event_type].append(incident)
    counts = (
        TypeCount(event_type=EVENT_TYPE_OF[sub], sub_event_type=sub, **_tally(found))
        for sub, found in groups.items()
    )
    return tuple(sorted(counts, key=lambda each: (*_rank(each), each.sub_event_type)))


def _rank(count: _Count) -> tuple[int, int]:
    """Sort most incidents first, most deaths first among equals."""
    return -count.incidents, -count.fatalities.best


class _Tally(TypedDict):
    incidents: int
    fatalities: Fatalities


def _tally(incidents: list[Incident]) -> _Tally:
    deaths = [incident.fatalities for incident in incidents]
    return {
        "incidents": len(incidents),
        "fatalities": Fatalities(
            low=sum(each.low for each in deaths),
            best=sum(each.best for each in deaths),
            high=sum(each.high for each in deaths),
        ),
    }


CSV_COLUMNS = (
    "group",
    "id",
    "name",
    "incidents",
    "fatalities_low",
    "fatalities_best",
    "fatalities_high",
)
"""The header of a summary as CSV; `group` is week, place, actor or type."""


def write_summary_csv(summary: Summary, stream: TextIO) -> None:
    """Write a header and a row a group; a week is called by its Monday.

    Args:
        summary: what was counted.
        stream: open with `newline=""` or a standard stream.
    """
    groups: list[tuple[str, str | None, object, _Count]] = [
        *(("week", None, week.start, week) for week in summary.weeks),
        *(("place", place.id, place.name, place) for place in summary.places),
        *(("actor", actor.id, actor.name, actor) for actor in summary.actors),
        *(("type", None, type_.sub_event_type, type_) for type_ in summary.types),
    ]
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for group, id_, name, count in groups:
        deaths = count.fatalities
        cells = (group, id_, name, count.incidents, deaths.low, deaths.best, deaths.high)
        writer.writerow(safe_cell(cell) for cell in cells)
