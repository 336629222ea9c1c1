"""What a pair of reports must agree in before its weight counts, and which pairs are kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest

from incidents.linking.attach import RIVAL_SLACK
from incidents.linking.compare import Comparison
from incidents.linking.group import Decisions, Weights, find_edges, regroup
from incidents.linking.score import INSUFFICIENT, to_probability, to_weight, weigh, weigh_parts

if TYPE_CHECKING:
    from collections.abc import Mapping

AGREED = Comparison(
    same_article=False,
    place="spot",
    date="same",
    sides="same",
    kind="same",
    counts="agree",
    names=False,
    background=False,
)


@pytest.mark.parametrize(
    ("changed", "is_enough"),
    [
        # a day
        ({"place": "country", "kind": "kindred", "counts": "conflict"}, True),
        # a weekday that the other's day has
        ({"date": "lent"}, True),
        ({"date": "weekday"}, True),
        ({"date": "lent", "counts": "unknown"}, True),
        ({"date": "lent", "place": "city"}, True),
        ({"date": "lent", "place": "city", "counts": "unknown"}, False),
        ({"date": "lent", "place": "near"}, False),
        ({"date": "lent", "kind": "kindred"}, False),
        ({"date": "lent", "counts": "conflict"}, False),
        ({"date": "lent", "sides": "overlap"}, True),
        ({"date": "lent", "sides": "unknown"}, False),
        ({"date": "lent", "sides": "unknown", "names": True}, True),
        ({"date": "lent", "kind": "kindred", "names": True}, False),
        # no day
        ({"date": "unknown"}, True),
        ({"date": "unknown", "counts": "strong"}, True),
        ({"date": "unknown", "place": "city"}, False),
        ({"date": "unknown", "counts": "rising"}, False),
        ({"date": "unknown", "background": True}, False),
        ({"date": "unknown", "place": "country", "counts": "unknown", "names": True}, True),
        # a month
        ({"date": "month", "place": "apart"}, True),
        ({"date": "year", "place": "city"}, True),
        ({"date": "month", "place": "near"}, False),
        ({"date": "month", "counts": "rising"}, False),
        ({"date": "month", "place": "near", "names": True}, True),
        # recalled
        ({"background": True, "kind": "kindred"}, True),
        ({"background": True, "date": "overlap", "place": "region"}, True),
        ({"background": True, "place": "within", "kind": "kindred"}, True),
        ({"background": True, "place": "apart", "kind": "kindred"}, False),
        ({"background": True, "sides": "unknown"}, False),
        ({"background": True, "counts": "conflict"}, False),
        ({"background": True, "sides": "unknown", "names": True}, True),
        ({"background": True, "date": "month"}, True),
        ({"background": True, "date": "year"}, False),
        ({"background": True, "date": "adjacent"}, False),
        ({"background": True, "date": "month", "kind": "kindred"}, False),
        ({"background": True, "date": "month", "place": "apart"}, False),
    ],
    ids=str,
)
def test_weigh_demands_more_of_what_is_half_known(
    changed: dict[str, Any],
    is_enough: bool,  # noqa: FBT001
) -> None:
    """A day that is not stated, or an event that is recalled, must be backed by the rest."""
    pair = replace(AGREED, **changed)

    assert weigh(pair) == (sum(weigh_parts(pair).values()) if is_enough else INSUFFICIENT)


@pytest.mark.parametrize("weight", [-12.0, 0.0, 2.5])
def test_weights_are_the_logarithms_of_odds(weight: float) -> None:
    """No bit either way is one in two; a weight comes back from its probability."""
    assert to_probability(0) == 0.5
    assert to_weight(to_probability(weight)) == pytest.approx(weight)


class FixedWeights:
    """Weighs pairs by a table."""

    def __init__(self, table: Mapping[tuple[str, str], float | None]) -> None:
        self._table = table

    def look(self, one: str, two: str) -> float | None:
        """The weight of a pair."""
        return self._table[one, two]


def test_regroup_leaves_reports_of_elsewhere_alone() -> None:
    """Edges to reports that are not asked for join nothing."""
    table: dict[tuple[str, str], float | None] = {("a", "b"): 5.0, ("b", "c"): 9.0}

    def weigh(one: str, two: str) -> float | None:
        return table[one, two]

    weigh.decisions = Decisions()  # type: ignore[attr-defined]  # what `regroup` asks of weights

    groups = regroup(["b", "a"], {"a", "b", "c"}, table, cast("Weights", weigh), min_weight=2.5)
    assert groups == [["a", "b"]]


def test_find_edges_keeps_rivals_of_loose_reports() -> None:
    """A pair must be heavy enough to join; one of a loose report and an anchored one to compete."""
    kept = {
        ("sure1", "sure2"): 2.5,
        ("loose1", "loose2"): 2.5,
        ("loose1", "sure1"): 2.5 - RIVAL_SLACK,
    }
    dropped = {
        ("sure1", "sure3"): 2.4,
        ("loose1", "loose3"): 2.4,
        ("loose1", "sure2"): 2.4 - RIVAL_SLACK,
        ("loose2", "sure1"): None,
    }
    weights = cast("Weights", FixedWeights(kept | dropped))

    sure = {"sure1", "sure2", "sure3"}
    assert find_edges([*kept, *dropped], sure, weights, min_weight=2.5) == kept
