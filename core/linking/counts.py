"""Whether two tolls can be of one event: equal, rising, or too far apart."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from rapidfuzz import fuzz

from incidents.gazetteer.names import fold_name
from incidents.linking.memo import by_identity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidents.model import Casualty, Report

CountsLevel = Literal["strong", "agree", "rising", "unknown", "conflict"]

REAL = frozenset({"asserted", "claimed"})
"""Modalities of claims that people were harmed; a denied claim is compared with nothing."""

_STRONG_COUNT = 5  # two outlets seldom give the same number above this by chance
_RISING_FACTOR = 3  # 16 dead may become 48, not 100
_RISING_STEP = 3  # 1 dead may become 4
_EQUAL_FACTOR = 1.5  # "at least 20" and "more than 24" are the same claim
_fold = lru_cache(maxsize=1 << 16)(fold_name)  # the same few names come in every pair
_SAME_NAME = 85  # rapidfuzz ratio: Khaled Haji, Khalid Hajji

Range = tuple[int, int | None]


def compare_counts(one: Report, two: Report) -> CountsLevel:
    """Compare the casualties of two reports, kind by kind and group by group.

    Where the groups of a kind are not the same, the totals of that kind are compared.

    Returns:
        `strong`: the same exact number of five or more, and nothing against it.
        `agree`: at least one toll that is the same.
        `rising`: different tolls that one event can have in the course of a day.
        `unknown`: nothing to compare.
        `conflict`: tolls too far apart.
    """
    levels: list[CountsLevel] = []
    first, second = _by_kind(one.casualties), _by_kind(two.casualties)
    for kind in sorted(first.keys() & second.keys()):
        levels += _compare_kind(first[kind], second[kind])
    for level in ("conflict", "strong", "agree", "rising"):
        if level in levels:
            return level
    return "unknown"


def share_victims(one: Report, two: Report) -> bool:
    """Whether both reports name the same victim, spelling aside."""
    return any(
        is_same_name(name, other)
        for name in _victims(one.casualties)
        for other in _victims(two.casualties)
    )


def victims(casualties: Iterable[Casualty]) -> list[str]:
    """Names of victims, sorted."""
    return sorted({name for casualty in casualties for name in casualty.names})


_victims = by_identity(victims)


def is_same_name(one: str, two: str) -> bool:
    """Whether two spellings name one person; a single word must be equal."""
    first, second = _fold(one), _fold(two)
    if first == second:
        return True
    if " " not in first or " " not in second:
        return False
    return fuzz.token_sort_ratio(first, second) >= _SAME_NAME


@by_identity
def _by_kind(casualties: tuple[Casualty, ...]) -> dict[str, dict[str, Range]]:
    """Ranges by kind and folded group."""
    found: dict[str, dict[str, Range]] = {}
    for casualty in casualties:
        if casualty.modality not in REAL or casualty.min is None:
            continue
        groups = found.setdefault(casualty.kind, {})
        group = _fold(casualty.group)
        claim: Range = (casualty.min, casualty.max)
        groups[group] = unite_ranges(groups[group], claim) if group in groups else claim
    return found


def unite_ranges(one: Range, two: Range) -> Range:
    """Return the range that holds both; open if one of them is."""
    if one[1] is None or two[1] is None:
        return min(one[0], two[0]), None
    return min(one[0], two[0]), max(one[1], two[1])


def _compare_kind(first: dict[str, Range], second: dict[str, Range]) -> list[CountsLevel]:
    common = (first.keys() & second.keys()) - {"unknown"}
    if common:
        return [_compare_ranges(first[group], second[group]) for group in sorted(common)]
    return [_compare_ranges(_total(first), _total(second))]


def _total(groups: dict[str, Range]) -> Range:
    highs = [high for _, high in groups.values()]
    low = sum(low for low, _ in groups.values())
    return low, None if None in highs else sum(high for high in highs if high is not None)


def _compare_ranges(one: Range, two: Range) -> CountsLevel:
    small, large = sorted((one[0], two[0]))
    closed = one[1] is not None and two[1] is not None
    if one == two and closed and small >= _STRONG_COUNT:
        return "strong"
    if closed and _overlap(one, two):
        return "agree"
    if not closed and _overlap(one, two) and large <= small * _EQUAL_FACTOR:
        return "agree"
    if large <= small * _RISING_FACTOR or large - small <= _RISING_STEP:
        return "rising"
    # "At least one" says nothing against thirty, and little for it.
    return "unknown" if _overlap(one, two) else "conflict"


def _overlap(one: Range, two: Range) -> bool:
    return (one[1] is None or two[0] <= one[1]) and (two[1] is None or one[0] <= two[1])
