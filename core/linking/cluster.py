"""Pairs into groups: the heaviest pairs first, never against an exclusion."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def cluster(
    count: int,
    pairs: Iterable[tuple[int, int]],
    weigh: Callable[[int, int], float | None],
    *,
    min_weight: float,
) -> list[list[int]]:
    """Group items agglomeratively.

    Pairs are taken by falling weight. Two groups are joined where no pair across them is excluded
    and the mean weight across them reaches `min_weight`, so that a chain of lucky pairs does not
    draw different events together.

    Args:
        count: number of items, numbered from 0.
        pairs: candidate pairs.
        weigh: weight of a pair in bits, None if it is excluded; the same both ways round.
        min_weight: least weight of a pair, and least mean weight between groups.

    Returns:
        Sorted groups of sorted numbers. Equal weights are taken in the items' order, so number
        the items by something stable.
    """
    groups = {number: [number] for number in range(count)}
    group_of = list(range(count))
    # groups only grow, so that their sizes tell whether a refusal still stands
    refused: set[tuple[int, int, int, int]] = set()
    for _, one, two in _order(pairs, weigh, min_weight):
        first, second = sorted((group_of[one], group_of[two]))
        state = first, second, len(groups[first]), len(groups[second])
        if first == second or state in refused:
            continue
        if not _may_join(groups[first], groups[second], weigh, min_weight):
            refused.add(state)
            continue
        for number in groups[second]:
            group_of[number] = first
        groups[first] += groups.pop(second)
    return sorted(sorted(group) for group in groups.values())


def _order(
    pairs: Iterable[tuple[int, int]],
    weigh: Callable[[int, int], float | None],
    min_weight: float,
) -> list[tuple[float, int, int]]:
    found = []
    for one, two in pairs:
        weight = weigh(one, two)
        if weight is not None and weight >= min_weight:
            found.append((-weight, min(one, two), max(one, two)))
    return sorted(found)


def _may_join(
    first: list[int],
    second: list[int],
    weigh: Callable[[int, int], float | None],
    min_weight: float,
) -> bool:
    total = 0.0
    for one in first:
        for two in second:
            weight = weigh(one, two)
            if weight is None:
                return False
            total += weight
    return total >= min_weight * len(first) * len(second)
