"""Linking: one feature of a pair of reports at a time."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from incidents.linking.compare import compare_reports, exclude_early
from incidents.linking.counts import is_same_name
from incidents.linking.kinds import KINDRED
from incidents.linking.places import distance_km
from incidents.linking.score import COUNTS, DATE, KIND, PLACE, PRIOR, SIDES, weigh, weigh_parts
from incidents.model import EVENT_TYPE_OF, EventDate, PlaceRef

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidents.linking.compare import Comparison
    from incidents.model import Report

    Build = Callable[..., Report]


def compare(build_report: Build, field: str, one: str, two: str) -> Comparison:
    """Compare two reports that differ in one field, both ways round."""
    reports = build_report("a.1", **{field: one}), build_report("b.1", **{field: two})
    comparison = compare_reports(*reports)
    assert comparison == compare_reports(*reversed(reports))
    return comparison


@pytest.mark.parametrize(
    ("one", "two", "level"),
    [
        # resolved
        ("2021-04-20", "2021-04-20", "same"),
        ("2021-04-20", "2021-04-21", "adjacent"),
        ("2021-12-31", "2022-01-01", "adjacent"),
        ("2021-04-20", "2021-04-22", "conflict"),
        ("2021-04-20", "2020-04-20", "conflict"),
        ("2021-04-20..2021-04-22", "2021-04-22", "overlap"),
        ("2021-04-20..2021-04-22", "2021-04-23", "adjacent"),
        ("2021-04-20..2021-04-22", "2021-04-20..2021-04-22", "overlap"),
        ("2021-04-20..2021-04-22", "2021-04-24", "conflict"),
        # coarse
        ("2021-04", "2021-04-20", "month"),
        ("2021-04", "2021-04", "month"),
        ("2021-04", "2021-05-01", "conflict"),
        ("2021", "2021-04-20", "year"),
        ("2021", "2021-04", "year"),
        ("2021", "2022", "conflict"),
        # weekdays
        ("Tuesday", "2021-04-20", "lent"),
        ("tuesday", "2021-04-20", "lent"),
        ("Wednesday", "2021-04-20", "conflict"),
        ("Wednesday", "2021-04-20..2021-04-22", "lent"),
        ("Sunday", "2021-04-20..2021-04-22", "conflict"),
        ("Monday", "2021-04-20..2021-04-26", "lent"),
        ("Monday", "2021-04-20..2021-04-30", "lent"),
        ("Tuesday", "Tuesday", "weekday"),
        ("Tuesday", "Wednesday", "conflict"),
        ("Tuesday", "2021-04", "unknown"),
        # nothing
        ("", "2021-04-20", "unknown"),
        ("", "Tuesday", "unknown"),
        ("", "", "unknown"),
    ],
)
def test_compare_dates(build_report: Build, one: str, two: str, level: str) -> None:
    """Days, ranges, coarse dates and weekdays agree as far as a calendar lets them."""
    assert level == compare(build_report, "date", one, two).date


def test_compare_dates_checks_the_weekday_of_a_coarse_date(build_report: Build) -> None:
    """A Tuesday in April is no Wednesday of that April."""
    april = EventDate(
        start=dt.date(2021, 4, 1), end=dt.date(2021, 4, 30), precision="month", weekday="Tuesday"
    )
    coarse = replace(build_report("a.1"), date=april)

    assert compare_reports(coarse, build_report("b.1", date="2021-04-20")).date == "month"
    assert compare_reports(coarse, build_report("b.1", date="2021-04-21")).date == "conflict"


@pytest.mark.parametrize(
    ("printed", "told", "level"),
    [
        ("2021-04-22", "2021-04-21", "assumed"),
        ("2021-04-22", "2021-04-20", "assumed"),
        ("2021-04-22", "2021-04-22", "same"),
        ("2021-04-22", "2021-04-19", "conflict"),
        ("2021-04-22", "2021-04-23", "adjacent"),
        ("2021-04-22", "2021-04-24", "conflict"),
    ],
)
def test_compare_dates_gives_a_day_of_printing_two_days(
    build_report: Build, printed: str, told: str, level: str
) -> None:
    """What an article without a day tells of happened on its day of printing or two days before."""
    day = replace(build_report("a.1", date=printed).date, basis="published", mention=None)
    assumed, dated = replace(build_report("a.1"), date=day), build_report("b.1", date=told)

    assert compare_reports(assumed, dated).date == level
    assert compare_reports(dated, assumed).date == level


@pytest.mark.parametrize(
    ("published", "level"),
    [
        ("2021-04-19", "conflict"),
        ("2021-04-20", "lent"),
        ("2021-04-21", "lent"),
        (None, "lent"),
    ],
)
def test_compare_dates_lends_no_day_after_the_printing(
    build_report: Build, published: str | None, level: str
) -> None:
    """A weekday is not the day of an event that came after the article."""
    weekday = build_report("a.1", date="Tuesday", published=published)

    told = build_report("b.1", date="2021-04-20..2021-04-22")
    assert compare_reports(weekday, told).date == level


@pytest.mark.parametrize(
    ("one", "two", "level"),
    [
        ("Tay", "Tay", "spot"),
        ("Wahda roundabout, Tay, Qamishli", "Tay, Qamishli", "spot"),
        ("Qamishli", "Qamishli", "city"),
        ("Tay, Qamishli", "Halko, Qamishli", "apart"),
        ("Tay", "Qamishli", "within"),
        ("Tay", "Halko", "apart"),
        ("Wahda roundabout", "Wahda Street", "apart"),
        ("Himo", "Qamishli", "near"),
        ("Amuda", "Qamishli", "conflict"),
        ("Tay", "Nashwa", "conflict"),
        ("Tay", "Hasakah", "conflict"),
        ("Qamishli, Hasakah", "Hasakah", "city"),
        ("Qamishli, Al-Hasakah", "Amuda, Al-Hasakah", "conflict"),
        ("Qamishli, Syria", "Amuda, Syria", "conflict"),
        ("Al-Hasakah", "Tay", "region"),
        ("Al-Hasakah", "Al-Hasakah", "region"),
        ("Syria", "Tay", "country"),
        ("Syria", "Syria", "country"),
        ("Foo", "Tay", "unknown"),
        ("Foo", "Foo", "city"),
        ("Foo, Qamishli", "Amuda", "conflict"),
        ("", "Tay", "unknown"),
        ("", "", "unknown"),
    ],
)
def test_compare_places(build_report: Build, one: str, two: str, level: str) -> None:
    """The best agreement among the most specific places counts."""
    assert level == compare(build_report, "places", one, two).place


def test_compare_places_of_one_name_in_two_countries_differ(build_report: Build) -> None:
    """A city contains no neighbourhood of its namesake far away."""
    tay = build_report("a.1", places="Tay")
    namesake = PlaceRef(
        id="x:namesake", name="Qamishli", mention="Qamishli", kind="city", lat=10.0, lon=10.0
    )

    assert (
        compare_reports(tay, replace(build_report("b.1"), places=(namesake,))).place == "conflict"
    )


@pytest.mark.parametrize(
    ("kind", "km", "level"),
    [
        ("neighbourhood", 2.9, "apart"),
        ("neighbourhood", 3.1, "across"),
        ("neighbourhood", 14.9, "across"),
        ("neighbourhood", 15.1, "conflict"),
        ("city", 9.9, "near"),
        ("city", 10.1, "conflict"),
        ("admin1", 9.9, "conflict"),
    ],
)
def test_compare_places_by_distance(build_report: Build, kind: str, km: float, level: str) -> None:
    """Quarters of a city are one up to 3 km and its own up to 15, towns near up to 10."""
    within = ("Qamishli", "Syria") if kind == "neighbourhood" else ("Syria",)
    one, two = (
        PlaceRef(
            id=f"x:{name}", name=name, mention=name, kind=kind, lat=lat, lon=41.2, within=within
        )
        for name, lat in (("Abu", 37.0), ("Bahr", 37.0 + km / 111.195))
    )
    first, second = (
        replace(build_report(id_), places=(place,)) for id_, place in (("a.1", one), ("b.1", two))
    )

    assert compare_reports(first, second).place == level
    assert compare_reports(second, first).place == level


def test_distance_is_a_great_circle() -> None:
    """One degree of latitude is some 111 km."""
    south, north = (PlaceRef(name="p", mention="p", lat=lat, lon=41.0) for lat in (36.0, 37.0))

    assert distance_km(south, north) == pytest.approx(111.2, abs=0.1)
    west, east = (PlaceRef(name="p", mention="p", lat=60.0, lon=lon) for lon in (41.0, 42.0))
    assert distance_km(west, east) == pytest.approx(111.2 / 2, abs=0.1)


@pytest.mark.parametrize(
    ("one", "two", "level"),
    [
        (">NDF <ISF", ">NDF <ISF", "same"),
        (">NDF <ISF", "xISF xNDF", "same"),
        (">NDF", ">NDF", "same"),
        (">ISIS <civilians", "xISIS <civilians", "same"),
        (">ISIS <civilians", ">ISIS <civilians xgunmen", "same"),
        (">NDF <ISF", ">NDF <ISF xgunmen", "same"),
        (">NDF <ISF", ">NDF", "overlap"),
        (">NDF <ISF", "<ISF >SDF", "differ"),
        (">Sutoro <ISF", ">Sutoro <NDF", "differ"),
        (">NDF <ISF", "<ISF >gunmen", "overlap"),
        (">gunmen <ISF", ">NDF <ISF", "overlap"),
        (">gunmen <civilians", ">ISIS <civilians", "overlap"),
        (">gunmen", ">ISIS <civilians", "unknown"),
        (">gunmen", "<civilians", "unknown"),
        ("", ">NDF", "unknown"),
        (">NDF <ISF", "<SDF >Turkey", "conflict"),
        (">ISIS <civilians", ">NDF <civilians", "conflict"),
        (">NDF ~Turkey", ">ISIS ~Turkey", "conflict"),
    ],
)
def test_compare_sides(build_report: Build, one: str, two: str, level: str) -> None:
    """Parties are sets: order and roles do not matter, mediators and crowds do not decide."""
    assert level == compare(build_report, "actors", one, two).sides


@pytest.mark.parametrize(
    ("one", "two", "level"),
    [
        ("killed 1 ISF", "killed 1 ISF", "agree"),
        ("killed 16 civilians", "killed 16 civilians", "strong"),
        ("killed 16 civilians", "killed 16 unknown", "strong"),
        ("killed 2 ISF; killed 1 NDF", "killed 3 unknown", "agree"),
        ("killed 3+ NDF", "killed 3+ NDF", "agree"),
        ("killed 20+ NDF", "killed 24 NDF", "agree"),
        ("killed 1-4 NDF", "killed 4 NDF", "agree"),
        ("killed 5 civilians", "killed 5 civilians", "strong"),
        ("killed 4 civilians", "killed 4 civilians", "agree"),
        ("killed 20+ NDF", "killed 30 NDF", "agree"),
        ("killed 20+ NDF", "killed 31 NDF", "rising"),
        ("killed 1-3 NDF", "killed 3-9 NDF", "agree"),
        ("killed 1-2 NDF", "killed 3-9 NDF", "rising"),
        ("killed 16 civilians", "killed 19 civilians", "rising"),
        ("killed 16 civilians", "killed 48 civilians", "rising"),
        ("killed 16 civilians", "killed 49 civilians", "conflict"),
        ("killed 1 ISF", "killed 4 ISF", "rising"),
        ("killed 1 ISF", "killed 5 ISF", "conflict"),
        ("killed 3+ NDF", "killed 12 NDF", "unknown"),
        ("killed 1+ NDF", "killed 30 NDF", "unknown"),
        ("killed 1 ISF", "wounded 1 ISF", "unknown"),
        ("killed 1 ISF", "", "unknown"),
        ("", "", "unknown"),
        ("killed 2 ISF", "killed 30 ISF", "conflict"),
        ("killed 2 ISF; wounded 9 ISF", "killed 30 ISF; wounded 9 ISF", "conflict"),
    ],
)
def test_compare_counts(build_report: Build, one: str, two: str, level: str) -> None:
    """Tolls are equal, rising, or too far apart; open and unsaid ones decide nothing."""
    assert level == compare(build_report, "casualties", one, two).counts


def test_compare_counts_leaves_denied_harm_out(build_report: Build) -> None:
    """A denied toll agrees with nothing."""
    told = build_report("a.1", casualties="killed 9 ISF")
    denied = replace(told, casualties=(replace(told.casualties[0], modality="denied"),))

    assert compare_reports(told, denied).counts == "unknown"
    both = replace(told, casualties=(*denied.casualties, *told.casualties))
    assert compare_reports(told, both).counts == compare_reports(told, told).counts != "unknown"


def test_exclude_early_needs_one_reason(build_report: Build) -> None:
    """One article, two days that conflict, or two types that do: each excludes by itself."""
    one = build_report("a.1")

    assert exclude_early(one, build_report("a.2"))
    assert exclude_early(one, build_report("b.1", date="2021-04-25"))
    assert exclude_early(one, build_report("b.1", type="Peaceful protest"))
    assert not exclude_early(one, build_report("b.1"))


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("Khaled Haji", "Khalid Hajji", True),
        ("Khaled Haji", "Haji Khaled", True),
        ("Khaled Haji", "KHALED HAJÎ", True),
        ("Khaled Haji", "Khaled Omar", False),
        ("Khaled", "Khaled H", False),
        ("Ahmad", "Ahmed", False),
        ("Ahmad", "Ahmad", True),
    ],
)
def test_victims_names_match_across_spellings(one: str, two: str, same: bool) -> None:  # noqa: FBT001
    """Full names match by sound and order, single words only as they are."""
    assert same == is_same_name(one, two)


@pytest.mark.parametrize(
    ("one", "two", "level"),
    [
        ("Armed clash", "Armed clash", "same"),
        ("Suicide bomb", "Remote explosive/landmine/IED", "kindred"),
        ("Armed clash", "Arrests", "conflict"),
        ("Peaceful protest", "Armed clash", "conflict"),
    ],
)
def test_compare_kinds(build_report: Build, one: str, two: str, level: str) -> None:
    """Some types are exchanged between outlets, others exclude each other."""
    assert level == compare(build_report, "type", one, two).kind


@pytest.mark.parametrize("pair", sorted(map(sorted, KINDRED)), ids=" ~ ".join)
def test_kindred_types_are_types(pair: list[str]) -> None:
    """Each pair of the table holds two different ACLED sub-event types."""
    assert len(pair) == len(set(pair) & EVENT_TYPE_OF.keys()) == 2


@pytest.mark.parametrize("weights", [PLACE, DATE, SIDES, COUNTS, KIND], ids=str)
def test_weights_fall_from_agreement_to_disagreement(weights: dict[str, float]) -> None:
    """The first level of each table weighs most."""
    assert next(iter(weights.values())) == max(weights.values())


def test_weigh_parts_of_what_excludes_is_nothing(build_report: Build) -> None:
    """Place, day, sides and type that exclude one event are told apart by level, not by weight."""
    other = {"date": "2021-04-25", "places": "Nashwa", "actors": ">ISIS", "type": "Arrests"}
    parts = weigh_parts(compare_reports(build_report("a.1"), build_report("b.1", **other)))

    assert parts == {"prior": PRIOR} | dict.fromkeys(
        ("place", "date", "sides", "type", "tolls", "victims"), 0.0
    )


def test_weigh_excludes_reports_of_one_article(build_report: Build) -> None:
    """One article never tells an event twice."""
    assert weigh(compare_reports(build_report("a.1"), build_report("a.2"))) is None
