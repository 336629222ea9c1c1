"""Linking: places that the gazetteer knows in part, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from incidents.linking.places import compare_place, distance_km, places_of, rank
from incidents.model import PlaceRef

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidents.model import Report

CITY = {"name": "Foo", "kind": "city", "country_code": "SY"}
QUARTER = {"name": "Bar", "kind": "neighbourhood", "country_code": "SY", "within": ("Foo",)}
HERE, FAR = {"lat": 37.0, "lon": 41.0}, {"lat": 36.0, "lon": 41.0}


def make(*parts: dict[str, Any], **more: Any) -> PlaceRef:  # noqa: ANN401
    """Make a place of the tables above."""
    fields: dict[str, Any] = {"mention": "it"}
    for part in (*parts, more):
        fields |= part
    return PlaceRef(**fields)


@pytest.mark.parametrize(
    ("one", "two", "level"),
    [
        # by name where one has no id
        (make(CITY, id="x:1"), make(CITY), "city"),
        (make(CITY, id="x:1"), make(CITY, id="x:2"), "conflict"),
        (make(CITY, id="x:1"), make(CITY, country_code=None), "city"),
        (make(CITY, id="x:1"), make(CITY, country_code="TR"), "unknown"),
        (make(CITY, id="x:1"), make(CITY, name="Quux"), "unknown"),
        # of one size, as far as it is known
        (make(CITY, id="x:1"), make(CITY, kind=None), "city"),
        (make(CITY, id="x:1", kind="admin1"), make(CITY, kind=None), "unknown"),
        (make(CITY, id="x:1", kind="admin1"), make(CITY), "unknown"),
        (make(CITY, id="x:1", kind="admin1"), make(CITY, kind="region"), "region"),
        (make(QUARTER, id="x:1"), make(QUARTER, kind=None), "city"),
        (make(CITY, id="x:1", kind="admin2"), make(CITY, kind="admin3"), "region"),
        # an id or coordinates place it
        (make(CITY, id="x:1"), make(CITY, name="Quux", **FAR), "conflict"),
        (make(CITY, id="x:1", **HERE), make(CITY, name="Quux", id="x:2"), "conflict"),
        # two quarters, with and without coordinates
        (make(QUARTER, id="x:1"), make(QUARTER, id="x:2", name="Baz"), "apart"),
        (make(QUARTER, id="x:1"), make(QUARTER, id="x:2", within=("Quux",)), "conflict"),
        (
            make(QUARTER, HERE, id="x:1"),
            make(QUARTER, FAR, id="x:2", name="Baz"),
            "conflict",
        ),
        # a spot in a quarter, and a city that is in another by name only
        (
            make(QUARTER, id="x:1", kind="street", within=("Bar",)),
            make(QUARTER, id="x:2"),
            "within",
        ),
        (make(CITY, id="x:1", name="Bar", within=("Foo",)), make(CITY, id="x:2"), "conflict"),
        # a quarter and a city that holds it, or whose name only is the same
        (make(QUARTER, id="x:1"), make(CITY, id="x:2"), "within"),
        (make(QUARTER, HERE, id="x:1"), make(CITY, FAR, id="x:2"), "conflict"),
        (make(QUARTER, id="x:1"), make(CITY, id="x:2", country_code="TR"), "conflict"),
        (make(QUARTER, FAR, id="x:1"), make(CITY, HERE, id="x:2", kind="admin1"), "region"),
    ],
)
def test_compare_place_by_what_is_known(one: PlaceRef, two: PlaceRef, level: str) -> None:
    """Id, country, size, containers and coordinates each decide where they are known."""
    assert compare_place(one, two) == level
    assert compare_place(two, one) == level


@pytest.mark.parametrize(
    ("kinds", "size"),
    [
        (("street", "airport"), 0),
        (("camp", "neighbourhood"), 1),
        (("city", "town", "village", None), 2),
        (("admin2", "admin3"), 3),
        (("admin1", "region"), 4),
        (("country",), 5),
    ],
)
def test_rank_is_the_size_of_a_kind(kinds: tuple[str | None, ...], size: int) -> None:
    """Kinds of one size are compared with each other; a smaller one lies in a larger one."""
    assert [rank(make(CITY, kind=kind)) for kind in kinds] == [size] * len(kinds)


def test_places_of_takes_the_first_four(build_report: Callable[..., Report]) -> None:
    """What stands further down is only mentioned."""
    report = build_report("a.1", places="Amuda, Himo, Hasakah, Qamishli, Sarmada")

    assert [place.name for place in places_of(report)] == ["Amuda", "Himo", "Hasakah", "Qamishli"]


@pytest.mark.parametrize("half", [{"lat": 37.0}, {"lon": 41.0}, {}])
def test_distance_needs_all_coordinates(half: dict[str, float]) -> None:
    """Half a point lies nowhere."""
    one, two = make(CITY, HERE), make(CITY, half)

    assert distance_km(one, two) is None
    assert distance_km(two, one) is None
