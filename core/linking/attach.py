"""Loose reports to groups: to the likeliest group, if it is likelier than all else together."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

SLACK = 2.5
"""Bits that may lack to the least weight of a pair where no other group comes near."""

RIVAL_SLACK = 4.0
"""Bits below the least weight of a pair at which a group is no rival any more."""

_SHARE = 0.5


def attach(
    groups: Sequence[Sequence[str]],
    loose: Iterable[str],
    near: Mapping[str, Iterable[str]],
    weigh: Callable[[str, str], float | None],
    *,
    min_weight: float,
    keeps_apart: Callable[[str, str], bool],
) -> dict[str, int]:
    """Attach loose items to groups.

    Each is weighed against the groups as they are, so that it never holds two of them together.
    "A clash in Hasakah province" joins the one clash of that day there; of two it joins neither.

    Args:
        groups: of items that are sure.
        loose: the other items.
        near: the items that share a pair with an item.
        weigh: weight of a pair in bits, None if it is excluded.
        min_weight: least weight of two items that belong together.
        keeps_apart: whether two loose items may never be in one group; the weightier one joins.

    Returns:
        Loose item to the position of its group; those that fit none are left out.
    """
    group_of = {item: at for at, group in enumerate(groups) for item in group}
    wishes = []
    for item in loose:
        positions = {group_of[other] for other in near[item] if other in group_of}
        wish = _choose(item, {at: groups[at] for at in positions}, weigh, min_weight - SLACK)
        if wish is not None:
            wishes.append((-wish[0], item, wish[1]))
    attached: dict[str, int] = {}
    inside: dict[int, list[str]] = {}
    for _, item, at in sorted(wishes):
        if not any(keeps_apart(item, other) for other in inside.get(at, ())):
            attached[item] = at
            inside.setdefault(at, []).append(item)
    return attached


def _choose(
    item: str,
    groups: Mapping[int, Sequence[str]],
    weigh: Callable[[str, str], float | None],
    no_group: float,
) -> tuple[float, int] | None:
    """The weight and the position of the likeliest group, or None.

    `no_group` is the weight of "another event than all of these".
    """
    found = []
    for at, group in groups.items():
        weights = [weigh(item, other) for other in group]
        known = [weight for weight in weights if weight is not None]
        if len(known) == len(weights):
            found.append((_pool(known), min(group), at))
    if not found:
        return None
    found.sort()  # whatever order the groups came in, the sum is the same to the last bit
    best, _, at = found[-1]
    everything = 2**no_group + sum(2**weight for weight, _, _ in found)
    return (best, at) if 2**best > _SHARE * everything else None


def _pool(weights: Sequence[float]) -> float:
    """Weight of an item and a group: halfway from the mean of its pairs to the heaviest.

    A group that tells town, spot and toll in different reports agrees with an item in one of these
    at a time: the mean alone would grow lighter with every report that leaves something out.
    """
    ordered = sorted(weights)  # whatever order they came in, the sum is the same to the last bit
    return (sum(ordered) / len(ordered) + ordered[-1]) / 2
