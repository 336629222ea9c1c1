"""Counts by week, place, actor and type."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.model import ActorRef, EventDate, Fatalities, Incident, PlaceRef
from incidents.summary import Summary, summarise, town_of, week_of, write_summary_csv

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidents.model import Report

    Build = Callable[..., Report]

NUMBERS = itertools.count()


@pytest.fixture
def make(build_report: Build) -> Callable[..., Incident]:
    """Build an incident as `build_report` builds a report, with this many deaths."""

    def call(deaths: int = 0, **fields: object) -> Incident:
        report = build_report(f"000.{next(NUMBERS)}", **fields)
        shared = ("event_type", "sub_event_type", "background", "date", "places", "actors")
        return Incident(
            id=report.id,
            fatalities=Fatalities(low=deaths, best=deaths, high=2 * deaths),
            **{name: getattr(report, name) for name in shared},
        )

    return call


@pytest.mark.parametrize(
    ("start", "end", "monday"),
    [
        pytest.param("2021-04-19", None, "2021-04-19", id="Monday"),
        pytest.param("2021-04-25", None, "2021-04-19", id="Sunday"),
        pytest.param("2021-01-01", None, "2020-12-28", id="a week over New Year"),
        pytest.param("2021-04-25", "2021-04-27", "2021-04-19", id="the first day counts"),
        pytest.param("2021-04-19", "2021-04-25", "2021-04-19", id="a week"),
        pytest.param("2021-04-19", "2021-04-26", None, id="longer than a week"),
        pytest.param("2021-02-01", "2021-02-28", None, id="a month"),
        pytest.param(None, None, None, id="undated"),
    ],
)
def test_summary_week_of_a_date(start: str | None, end: str | None, monday: str | None) -> None:
    """Weeks begin on Monday; what is longer falls into none."""
    first = start and dt.date.fromisoformat(start)
    last = dt.date.fromisoformat(end) if end else first
    date = EventDate(start=first or None, end=last or None)

    assert week_of(date) == (monday and dt.date.fromisoformat(monday))


QAMISHLI = PlaceRef(id="g:q", name="Qamishli", mention="", kind="city", country="Syria")
TAY = PlaceRef(
    id="x:t", name="Tay", mention="", kind="neighbourhood", country="Syria", within=("Qamishli",)
)
STREET = PlaceRef(
    id="x:s", name="Wahda", mention="", kind="street", country="Syria", within=("Tay", "Qamishli")
)
SYRIA = PlaceRef(id="g:sy", name="Syria", mention="", kind="country", country="Syria")
CAMP = PlaceRef(name="Camp 7", mention="", kind="camp")


@pytest.mark.parametrize(
    ("places", "town"),
    [
        pytest.param((), (None, None, None), id="none"),
        pytest.param((QAMISHLI, SYRIA), ("g:q", "Qamishli", "Syria"), id="town"),
        pytest.param((TAY, QAMISHLI), ("g:q", "Qamishli", "Syria"), id="neighbourhood"),
        pytest.param((STREET, TAY, QAMISHLI), ("g:q", "Qamishli", "Syria"), id="street in it"),
        pytest.param((TAY,), (None, "Qamishli", "Syria"), id="town not among the places"),
        pytest.param((TAY, SYRIA), (None, "Qamishli", "Syria"), id="country is no town"),
        pytest.param((CAMP, QAMISHLI), ("g:q", "Qamishli", "Syria"), id="unresolved"),
        pytest.param((CAMP,), (None, "Camp 7", None), id="unresolved, alone"),
    ],
)
def test_summary_town_of_places(
    places: tuple[PlaceRef, ...], town: tuple[str | None, str | None, str | None]
) -> None:
    """A street counts for its town, whether the article names the town or not."""
    assert town_of(places) == town


def test_summary_counts_incidents_and_deaths(make: Callable[..., Incident]) -> None:
    """Each group has its incidents and their deaths, the fullest group first."""
    summary = summarise(
        [
            make(2, date="2021-04-20", places="Qamishli", actors=">NDF <ISF"),
            make(3, date="2021-04-25", places="Tay", actors="xSDF xISF ~Turkey"),
            make(0, date="2021-05-03", places="Hasakah", actors=">gunmen", type="Attack"),
            make(1, date="2021-02", places="", actors=">Gunmen", type="Attack", background=True),
        ]
    )

    assert (summary.incidents, summary.background) == (4, 1)
    assert summary.fatalities == Fatalities(low=6, best=6, high=12)
    assert (summary.first, summary.last) == (dt.date(2021, 4, 20), dt.date(2021, 5, 3))
    assert [(week.start, week.incidents, week.fatalities.best) for week in summary.weeks] == [
        (dt.date(2021, 4, 19), 2, 5),
        (dt.date(2021, 5, 3), 1, 0),
        (None, 1, 1),
    ]
    assert [(place.id, place.name, place.incidents) for place in summary.places] == [
        ("geonames:173377", "Qamishli", 2),
        (None, None, 1),
        ("geonames:173811", "Hasakah", 1),
    ]
    assert [(actor.name, actor.incidents, actor.fatalities.best) for actor in summary.actors] == [
        ("ISF", 2, 5),
        ("gunmen", 2, 1),
        ("SDF", 1, 3),
        ("NDF", 1, 2),
    ]
    assert [(each.sub_event_type, each.incidents) for each in summary.types] == [
        ("Armed clash", 2),
        ("Attack", 2),
    ]


def test_summary_keeps_towns_of_one_name_apart(make: Callable[..., Incident]) -> None:
    """A street whose town is known by name alone joins a town only where one has that name."""
    other = PlaceRef(id="g:other", name="Qamishli", mention="", kind="city", country="Syria")
    lone, towns = make(), (make(), make())
    incidents = [
        _at(lone, TAY),
        _at(towns[0], QAMISHLI),
        _at(towns[1], other),
    ]

    assert [place.id for place in summarise(incidents[:2]).places] == ["g:q"]
    assert {place.id for place in summarise(incidents).places} == {"g:q", "g:other", None}


def _at(incident: Incident, place: PlaceRef) -> Incident:
    fields = {name: getattr(incident, name) for name in incident.__struct_fields__}
    return Incident(**{**fields, "places": (place,)})


def test_summary_counts_an_actor_once_an_incident(make: Callable[..., Incident]) -> None:
    """An actor that is named twice, in two roles, takes part once; a mediator is no side."""
    twice = (
        ActorRef(id="a", name="A", mention="A", role="initiator"),
        ActorRef(id="a", name="A", mention="the A", role="target"),
        ActorRef(id="m", name="M", mention="M", role="mediator"),
    )
    incident = make()
    fields = {name: getattr(incident, name) for name in incident.__struct_fields__}

    found = summarise([Incident(**{**fields, "actors": twice})]).actors

    assert [(actor.id, actor.incidents) for actor in found] == [("a", 1)]


def test_summary_of_nothing() -> None:
    """No incident gives zeros and empty groups."""
    summary = summarise([])

    assert (summary.incidents, summary.fatalities, summary.first) == (0, Fatalities(), None)
    assert (summary.weeks, summary.places, summary.actors, summary.types) == ((), (), (), ())


@given(seed=st.integers(0, 10_000))
def test_summary_order_of_input_does_not_matter(build_report: Build, seed: int) -> None:
    """Any order of the incidents gives the same summary, and the parts add up to the whole."""
    names = ("event_type", "sub_event_type", "background", "date", "places", "actors")
    chance = random.Random(seed)  # noqa: S311 - no secret
    incidents = []
    for number in range(12):
        report = build_report(
            f"000.{number}",
            date=chance.choice(("2021-04-20", "2021-04-27", "2021", "Tuesday")),
            places=chance.choice(("Qamishli", "Tay", "Hasakah, Syria", "")),
            actors=chance.choice((">NDF <ISF", "xSDF", "")),
            type=chance.choice(("Armed clash", "Grenade")),
        )
        deaths = Fatalities(best=number, high=number)
        fields = {name: getattr(report, name) for name in names}
        incidents.append(Incident(id=report.id, fatalities=deaths, **fields))
    summary = summarise(incidents)
    chance.shuffle(incidents)

    assert summarise(incidents) == summary
    for groups in (summary.weeks, summary.places, summary.types):
        assert sum(group.incidents for group in groups) == summary.incidents
        assert sum(group.fatalities.best for group in groups) == summary.fatalities.best


def test_summary_csv_has_a_row_a_group(make: Callable[..., Incident]) -> None:
    """The CSV has all four groups, and a name that a spreadsheet would run is made safe."""
    stream = io.StringIO()

    write_summary_csv(_summary(make), stream)

    rows = list(csv.DictReader(io.StringIO(stream.getvalue())))
    assert [(row["group"], row["name"], row["incidents"]) for row in rows] == [
        ("week", "2021-04-19", "1"),
        ("place", "'=cmd()", "1"),
        ("actor", "NDF", "1"),
        ("type", "Armed clash", "1"),
    ]
    assert rows[2]["id"] == "sy-ndf"
    assert rows[0]["fatalities_high"] == "4"


def _summary(make: Callable[..., Incident]) -> Summary:
    return summarise([make(2, places="=cmd()", actors=">NDF")])
