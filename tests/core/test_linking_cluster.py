"""Groups of pairs: what is asked, and how often."""

from __future__ import annotations

from itertools import combinations

from incidents.linking.cluster import cluster

HALF = 40


def test_cluster_refuses_once() -> None:
    """Two groups that must stay apart are compared once, not for each pair across them."""
    asked = 0

    def weigh(one: int, two: int) -> float | None:
        nonlocal asked
        asked += 1
        if (one < HALF) == (two < HALF):
            return 10.0
        return None if {one, two} == {HALF - 1, 2 * HALF - 1} else 5.0

    pairs = list(combinations(range(2 * HALF), 2))

    assert cluster(2 * HALF, pairs, weigh, min_weight=2.5) == [
        list(range(HALF)),
        list(range(HALF, 2 * HALF)),
    ]
    assert asked < 3 * len(pairs)
