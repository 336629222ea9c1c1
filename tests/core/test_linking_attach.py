"""Loose reports: to the likeliest group, if there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from incidents.linking.attach import attach
from incidents.linking.block import is_anchored
from incidents.linking.place_names import is_same_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidents.model import Report

    Build = Callable[..., Report]


@pytest.mark.parametrize(
    ("weights", "chosen"),
    [
        pytest.param({"ax": 4.0}, {"x": 0}, id="sure"),
        pytest.param({"ax": 0.5}, {"x": 0}, id="alone and likelier than not"),
        pytest.param({"ax": 0.0}, {}, id="alone and as likely as not"),
        pytest.param({"ax": -0.5}, {}, id="alone and unlikely"),
        pytest.param({"ax": 4.0, "bx": 4.0}, {}, id="two as likely"),
        pytest.param({"ax": 4.0, "bx": 1.0}, {"x": 0}, id="one far likelier"),
        pytest.param({"ax": None}, {}, id="excluded"),
        pytest.param({"ax": 4.0, "bx": 9.0, "ay": 5.0}, {"x": 1, "y": 0}, id="each its own"),
        pytest.param({"ax": 4.0, "ay": 5.0}, {"y": 0}, id="two that may not meet"),
    ],
)
def test_attach(weights: dict[str, float | None], chosen: dict[str, int]) -> None:
    """A loose item joins the group that is likelier than all others and than none together."""
    near = {item: [pair[0] for pair in weights if pair[1] == item] for item in "xy"}

    found = attach(
        [["a"], ["b"]],
        ["x", "y"],
        near,
        lambda one, two: weights[two + one],
        min_weight=2.5,
        keeps_apart=lambda _one, _two: True,
    )

    assert found == chosen


def _joins(weights: list[float | None], *, min_weight: float) -> bool:
    """Whether an item joins a group that it has these weights with."""
    group = [str(at) for at in range(len(weights))]
    found = attach(
        [group],
        ["x"],
        {"x": group},
        lambda _item, other: weights[int(other)],
        min_weight=min_weight,
        keeps_apart=lambda _one, _two: False,
    )
    return found == {"x": 0}


@pytest.mark.parametrize(
    ("weights", "joins"),
    [
        pytest.param([4.0, -2.0, -2.0], True, id="one that tells more than the others"),
        pytest.param([1.0, -4.0, -4.0], False, id="one that hardly says more"),
        pytest.param([9.0, None], False, id="one that is excluded"),
    ],
)
def test_attach_listens_to_the_best_of_a_group(weights: list[float | None], *, joins: bool) -> None:
    """A group whose reports leave different things out is not the lighter for it."""
    assert _joins(weights, min_weight=2.5) is joins


@pytest.mark.parametrize(
    ("weights", "joins"),
    [
        ([1.5], False),
        ([2.5], True),
        ([3.0, 2.0], True),
        ([2.0, 1.0], False),
    ],
)
def test_attach_asks_for_more_where_more_is_asked(
    weights: list[float | None], *, joins: bool
) -> None:
    """Halfway from the mean to the best, an item and a group reach the weight that is asked."""
    assert _joins(weights, min_weight=4.5) is joins


@pytest.mark.parametrize(
    ("values", "anchored"),
    [
        ({}, True),
        ({"date": "2021-04-20..2021-04-23"}, True),
        ({"date": "2021-04-20..2021-04-24"}, False),
        ({"places": "Tay"}, True),
        ({"date": "2021-04-20..2021-04-22"}, True),
        ({"date": "2021-04-20..2021-04-29"}, False),
        ({"date": "2021-04"}, False),
        ({"date": "Tuesday"}, False),
        ({"places": "Al-Hasakah"}, False),
        ({"places": "Foo"}, False),
        ({"background": True}, False),
    ],
)
def test_is_anchored(build_report: Build, values: dict[str, str], *, anchored: bool) -> None:
    """Anchored is what states its day and its town and is no recalled event."""
    assert is_anchored(build_report("a.1", **values)) is anchored


def test_is_anchored_asks_for_more_than_the_day_of_printing(build_report: Build) -> None:
    """A day that is taken from the printing is no day that the report states."""
    printed = build_report("a.1")
    date = msgspec.structs.replace(printed.date, basis="published", mention=None)

    assert not is_anchored(msgspec.structs.replace(printed, date=date))


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("Zamzam camp", "Zamzam IDP camp", True),
        ("Al-Salamah", "al-Salama", True),
        ("Kufra Street", "Koufra street", True),
        ("city of Bardela", "Bardela", True),
        ("North Bridge", "South Bridge", False),
        ("Checkpoint 3", "Checkpoint 4", False),
        ("Bardela camp", "Bardela bridge", False),
        ("Tay", "Tall", False),
        ("Hama", "Hamma", True),
        ("Hama", "Hamah", True),
        ("Tay", "Tayh", False),
        ("Kim", "Kimr", False),
        ("Sarmada", "Mardasa", False),
        ("Bardela", "Bardela Hills", False),
        ("", "", True),
    ],
)
def test_is_same_place_name(one: str, two: str, *, same: bool) -> None:
    """Kind words and romanisation do not matter; directions, numbers and kinds do."""
    assert is_same_name(one, two) is is_same_name(two, one) is same


def test_a_report_without_a_day_does_not_hold_two_days_together(build_report: Build) -> None:
    """A clash "in April" joins neither of two clashes of that April that it fits as well."""
    from incidents.linking import link

    reports = [
        build_report("a.1", places="Tay", casualties="killed 2 ISF"),
        build_report("b.1", places="Tay", casualties="killed 2 ISF", date="2021-04-25"),
        build_report("c.1", places="Tay", casualties="killed 2 ISF", date="2021-04"),
    ]

    assert len(link(reports)) == 3
    assert len(link(reports[1:])) == 1
