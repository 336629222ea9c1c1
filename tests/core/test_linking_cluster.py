"""Groups of pairs: what is asked, and how often."""

from __future__ import annotations

from itertools import combinations

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
