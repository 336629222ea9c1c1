"""Which incident keeps which id when reports join, leave or change."""

from __future__ import annotations

from hashlib import blake2b
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

Former = tuple[str, str, str]
"""An old id, the id that it leads to now, and how: `merged`, `split` or `replaced`."""


def incident_id(report_id: str) -> str:
    """The id of an incident that is called after a report."""
    return "inc-" + blake2b(report_id.encode(), digest_size=6).hexdigest()


def name_groups(
    groups: Sequence[Sequence[str]],
    before: Mapping[str, Collection[str]],
    is_taken: Callable[[str], bool],
) -> tuple[list[str], list[Former]]:
    """Give groups of reports the ids that they had.

    An id stays with the group that holds most of its old reports; of two ids whose reports are
    now in one group, the one with more reports stays, and the other leads to it.

    Args:
        groups: sorted report ids, each in one group.
        before: old ids and the reports that they held.
        is_taken: whether an id is another incident's, or was one's once.

    Returns:
        The id of each group, and where the old ids lead.
    """
    at = {report: number for number, group in enumerate(groups) for report in group}
    shared: dict[tuple[str, int], int] = {}
    for old, reports in before.items():
        for report in reports:
            if report in at:
                shared[old, at[report]] = shared.get((old, at[report]), 0) + 1
    names: dict[int, str] = {}
    former: list[tuple[str, int, str]] = []
    for (old, number), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        is_placed = old in names.values() or any(entry[0] == old for entry in former)
        if number not in names and not is_placed:
            names[number] = old
        elif number not in names or names[number] != old:
            former.append((old, number, "split" if is_placed else "merged"))
    for number, group in enumerate(groups):
        if number not in names:
            names[number] = _new_id(group, {*names.values(), *before}, is_taken)
    return (
        [names[number] for number in range(len(groups))],
        [(old, names[number], change) for old, number, change in former],
    )


def _new_id(group: Sequence[str], used: Collection[str], is_taken: Callable[[str], bool]) -> str:
    """The id after the smallest report whose id is free."""
    # who tries thresholds, or merges and splits, frees no id: there is no end of further ones
    names = (incident_id(report + "+" * again) for again in count() for report in group)
    return next(name for name in names if name not in used and not is_taken(name))
