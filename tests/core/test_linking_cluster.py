"""Groups of pairs: what is asked, and how often."""

from __future__ import annotations

from itertools import combinations

import pytest

from incidents.linking.cluster import cluster

HALF = 40


def test_cluster_refuses_once() -> None:
    """Two groups that must stay apart are compared once, not for each pair across them."""
    asked = 0

    def weigh(one: str, two: str) -> float | None:
        nonlocal asked
        asked += 1
        if one[0] == two[0]:
            return 10.0
        return None if {one, two} == {first[-1], second[-1]} else 5.0

    first = [f"a{number:02}" for number in range(HALF)]
    second = [f"b{number:02}" for number in range(HALF)]
    pairs = list(combinations(first + second, 2))

    assert cluster(first + second, pairs, weigh, min_weight=2.5) == [first, second]
    assert asked < 3 * len(pairs)


@pytest.mark.parametrize(("across", "groups"), [(2.0, ["abcd"]), (1.9, ["ab", "cd"])])
def test_cluster_weighs_groups_by_the_mean_of_all_pairs(across: float, groups: list[str]) -> None:
    """One heavy pair between two pairs joins them only if the other three bear it out."""
    weights = {("a", "b"): 9.0, ("c", "d"): 9.0, ("b", "c"): 4.0}

    def weigh(one: str, two: str) -> float:
        return weights.get((min(one, two), max(one, two)), across)

    assert cluster("abcd", weights, weigh, min_weight=2.5) == [list(group) for group in groups]


def test_cluster_goes_on_behind_pairs_that_change_nothing() -> None:
    """Pairs inside a group, and pairs of groups that must stay apart, keep no lighter pair back."""
    weights: dict[tuple[str, str], float | None] = {
        ("a", "b"): 9.0,
        ("b", "c"): 8.0,
        ("a", "c"): 7.0,  # inside
        ("d", "e"): 6.0,
        ("a", "d"): 5.0,  # refused, as b and d exclude each other
        ("c", "d"): 5.0,  # refused again
        ("f", "g"): 3.0,
    }

    def weigh(one: str, two: str) -> float | None:
        pair = min(one, two), max(one, two)
        return None if pair == ("b", "d") else weights.get(pair, 4.0)

    groups = cluster("abcdefg", weights, weigh, min_weight=2.5)

    assert groups == [["a", "b", "c"], ["d", "e"], ["f", "g"]]


def test_cluster_begins_with_what_people_joined() -> None:
    """A joined pair is one group against its exclusion, and is weighed as one from then on."""
    weights = {("a", "b"): None, ("a", "c"): 5.0, ("b", "c"): 1.0}

    def weigh(one: str, two: str) -> float | None:
        return weights[min(one, two), max(one, two)]

    assert cluster("abc", weights, weigh, min_weight=2.5, joined=[("a", "b")]) == [["a", "b", "c"]]
    assert cluster("abc", weights, weigh, min_weight=3.5, joined=[("a", "b")]) == [
        ["a", "b"],
        ["c"],
    ]


@pytest.mark.parametrize(
    ("weights", "groups"),
    [
        ({("a", "b"): 5.0, ("b", "c"): 5.0, ("a", "c"): 5.0}, [["a", "b", "c"]]),
        ({("a", "b"): 6.0, ("b", "c"): 5.0, ("a", "c"): None}, [["a", "b"], ["c"]]),
        ({("a", "b"): 5.0, ("b", "c"): 6.0, ("a", "c"): None}, [["a"], ["b", "c"]]),
        ({("a", "b"): 6.0, ("b", "c"): 4.0, ("a", "c"): -9.0}, [["a", "b"], ["c"]]),
        ({("a", "b"): 6.0, ("b", "c"): 5.0, ("a", "c"): 1.0}, [["a", "b", "c"]]),
        ({("a", "b"): 1.0, ("b", "c"): 1.0, ("a", "c"): 1.0}, [["a"], ["b"], ["c"]]),
        ({("a", "b"): None, ("b", "c"): 5.0, ("a", "c"): 5.0}, [["a", "c"], ["b"]]),
        ({("a", "b"): 2.5, ("b", "c"): 2.4, ("a", "c"): 2.4}, [["a", "b"], ["c"]]),
    ],
    ids=[
        "all",
        "excluded",
        "heavier first",
        "mean too low",
        "mean enough",
        "light",
        "tie",
        "just enough",
    ],
)
def test_cluster_joins_heaviest_first_and_respects_exclusions(
    weights: dict[tuple[str, str], float | None], groups: list[list[str]]
) -> None:
    """Groups grow from the surest pair, as long as nobody in them is excluded."""

    def weigh(one: str, two: str) -> float | None:
        return weights[min(one, two), max(one, two)]

    assert groups == cluster("abc", weights, weigh, min_weight=2.5)
