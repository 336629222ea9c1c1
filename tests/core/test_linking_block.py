"""Which pairs of reports are compared at all."""

from __future__ import annotations

from math import cos, radians
from typing import TYPE_CHECKING

import msgspec
import pytest

from incidents.linking.block import find_pairs, keys_of
from incidents.model import PlaceRef

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidents.model import Report

    Build = Callable[..., Report]


@pytest.mark.parametrize(
    ("one", "two", "paired"),
    [
        ({}, {"date": "2021-04-21"}, True),
        ({}, {"date": "2021-04-20..2021-04-25"}, True),
        ({"date": "2021-04-20..2021-04-22"}, {"date": "2021-04-23"}, True),
        ({"date": "2021-04-20"}, {"date": "2021-04-21..2021-04-23"}, True),
        ({"casualties": "killed 1 ISF: Khaled Haji"},
         {"places": "Hasakah", "casualties": "killed 1 ISF: Khalid Hajji"}, True),
        ({"places": "Al-Hasakah"}, {"places": "Al-Hasakah"}, True),
        ({"places": ""}, {"places": ""}, True),
        ({}, {"places": "Hasakah"}, False),
        ({}, {"date": "Tuesday"}, True),
        ({}, {"date": "2021-04"}, True),
        ({}, {"places": ""}, True),
        ({"places": "", "actors": ">NDF"}, {"actors": "xNDF"}, True),
        ({"date": "", "casualties": "killed 1 ISF: Khaled Haji"},
         {"places": "Amuda", "casualties": "killed 1 ISF: Khalid Hajji"}, True),
        ({"date": "", "places": "Tay"}, {"places": "Tay"}, True),
        ({"date": "2021-04-20..2021-04-25"}, {"date": "2021-04-25"}, True),
        ({}, {"date": "2021-04-22"}, False),
        ({"type": "Attack"}, {"date": "2021-04"}, False),
        ({}, {"date": "2021-04-25"}, False),
        ({}, {"date": "Friday"}, False),
        ({"date": ""}, {}, False),
        ({"date": "Tuesday", "actors": ">NDF"}, {"actors": ">NDF <ISF"}, True),
        ({"date": "Tuesday", "actors": ">NDF"}, {"actors": ">ISIS <ISF"}, False),
        ({"date": "Tuesday", "actors": ">gunmen"}, {"actors": ">gunmen <NDF"}, True),
        ({"date": "Tuesday", "actors": ">gunmen <NDF"}, {"actors": ">gunmen"}, True),
        ({"date": "Tuesday", "actors": ">gunmen <NDF"}, {"actors": ">gunmen <ISIS"}, False),
    ],
)  # fmt: skip
def test_find_pairs_meets_what_could_be_one_event(
    build_report: Build,
    one: dict[str, str],
    two: dict[str, str],
    paired: bool,  # noqa: FBT001
) -> None:
    """Reports that share a day, a town's weekday or month, a spot or a victim are compared."""
    pairs = list(find_pairs([build_report("a.1", **one), build_report("b.1", **two)]))

    assert ([(0, 1)] if paired else []) == pairs


@pytest.mark.parametrize(("day", "paired"), [("18", False), ("20", True), ("21", True)])
def test_find_pairs_meets_the_days_before_a_day_of_printing(
    build_report: Build,
    day: str,
    paired: bool,  # noqa: FBT001
) -> None:
    """What an article without a day tells of may have happened two days before it was printed."""
    printed = build_report("a.1", date="2021-04-22")
    date = msgspec.structs.replace(printed.date, basis="published", mention=None)
    assumed = msgspec.structs.replace(printed, date=date)

    pairs = list(find_pairs([assumed, build_report("b.1", date=f"2021-04-{day}")]))
    assert pairs == ([(0, 1)] if paired else [])


def test_keys_of_a_place_with_half_a_point(build_report: Build) -> None:
    """A place whose latitude alone is known lies in no square."""
    report = build_report("a.1")
    half = msgspec.structs.replace(report.places[0], lon=None)

    assert keys_of(msgspec.structs.replace(report, places=(half,)))


def test_keys_are_numbers_that_a_database_holds(build_report: Build) -> None:
    """SQLite keeps whole numbers of 64 bits with a sign."""
    keys = [
        key for day in range(10, 30) for key in keys_of(build_report("a", date=f"2021-04-{day}"))
    ]

    assert min(keys) < 0 < max(keys)
    assert all(-(2**63) <= key < 2**63 for key in keys)


@pytest.mark.parametrize(
    ("north", "east", "paired"),
    [
        (9.9, 0, True), (0, 9.9, True), (7, 7, True), (7, -7, True), (60, 0, False), (0, 60, False),
    ],
)  # fmt: skip
def test_find_pairs_meets_towns_close_by(
    build_report: Build,
    north: float,
    east: float,
    paired: bool,  # noqa: FBT001
) -> None:
    """Two towns less than 10 km apart are compared, up to 63 degrees north; far ones are not."""
    for step in range(50):
        lat, lon = 62.0 + step * 0.013, 41.0 + step * 0.017
        points = (lat, lon), (lat + north / 111.2, lon + east / (111.2 * cos(radians(lat))))
        reports = [
            msgspec.structs.replace(
                build_report(f"{name}.1", type=kind),
                places=(
                    PlaceRef(
                        id=f"x:{name}",
                        name=f"Town {name}",
                        mention=name,
                        kind="town",
                        lat=lat,
                        lon=lon,
                        country_code="NO",
                    ),
                ),
            )
            for name, kind, (lat, lon) in zip("ab", ("Attack", "Armed clash"), points, strict=True)
        ]
        assert list(find_pairs(reports)) == ([(0, 1)] if paired else []), points


def test_find_pairs_meets_one_spot_under_two_names(build_report: Build) -> None:
    """Without a day, a spot is found by its id, or by its name where it has none."""
    one = build_report("a.1", date="", places="Tay")
    (place,) = one.places

    def with_place(**changed: str | None) -> Report:
        other = msgspec.structs.replace(place, **changed)
        return msgspec.structs.replace(build_report("b.1", date=""), places=(other,))

    unnamed = with_place(id=None)
    assert list(find_pairs([one, with_place(name="Hayy Tay")])) == [(0, 1)]
    assert list(find_pairs([unnamed, with_place(id=None)])) == [(0, 1)]
    assert list(find_pairs([unnamed, with_place(id=None, name="Halko")])) == []
