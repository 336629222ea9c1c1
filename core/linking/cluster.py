"""Pairs into groups: the heaviest pairs first, never against an exclusion."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Weigh = Callable[[str, str], float | None]
    Groups = dict[str, list[str]]


def cluster(
    items: Iterable[str],
    pairs: Iterable[tuple[str, str]],
    weigh: Weigh,
    *,
    min_weight: float,
    joined: Iterable[tuple[str, str]] = (),
) -> list[list[str]]:
    """Group items agglomeratively.

    Pairs are taken by falling weight. Two groups are joined where no pair across them is excluded
    and the mean weight across them reaches `min_weight`, so that a chain of lucky pairs does not
    draw different events together.

    Args:
        items: their ids.
        pairs: candidate pairs.
        weigh: weight of a pair in bits, None if it is excluded; the same both ways round.
        min_weight: least weight of a pair, and least mean weight between groups.
        joined: pairs that are in one group from the beginning, against any exclusion.

    Returns:
        Sorted groups of sorted items. Equal weights are taken in the items' order, so call the
        items by something stable.
    """
    groups = {item: [item] for item in items}
    group_of = {item: item for item in groups}
    for one, two in joined:
        _join(groups, group_of, *sorted((group_of[one], group_of[two])))
    # groups only grow, so that their sizes tell whether a refusal still stands
    refused: set[tuple[str, str, int, int]] = set()
    for _, one, two in _order(pairs, weigh, min_weight):
        first, second = sorted((group_of[one], group_of[two]))
        if first == second:
            continue
        state = first, second, len(groups[first]), len(groups[second])
        if state in refused:
            continue
        if _may_join(groups[first], groups[second], weigh, min_weight):
            _join(groups, group_of, first, second)
        else:
            refused.add(state)
    return sorted(sorted(group) for group in groups.values())


def _join(groups: Groups, group_of: dict[str, str], first: str, second: str) -> None:
    if first == second:
        return
    for item in groups[second]:
        group_of[item] = first
    groups[first] += groups.pop(second)


def _order(
    pairs: Iterable[tuple[str, str]], weigh: Weigh, min_weight: float
) -> list[tuple[float, str, str]]:
    found = []
    for one, two in pairs:
        weight = weigh(one, two)
        if weight is not None and weight >= min_weight:
            found.append((-weight, min(one, two), max(one, two)))
    return sorted(found)


def _may_join(first: list[str], second: list[str], weigh: Weigh, min_weight: float) -> bool:
    total = 0.0
    for one in first:
        for two in second:
            weight = weigh(one, two)
            if weight is None:
                return False
            total += weight
    return total >= min_weight * len(first) * len(second)
