"""Incidents as a table that reads well from 80 columns up."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from rich.text import Text

from incidents.cli.output import plain_table
from incidents.cli.short_names import ShortNames
from incidents.words import clean, date_words, place_words, source_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from incidents.model import ActorRef, Casualty, Incident, Report

SHORT_TYPES = {
    "Shelling/artillery/missile attack": "Shelling",
    "Remote explosive/landmine/IED": "Mine or IED",
    "Air/drone strike": "Air strike",
    "Government regains territory": "Territory regained",
    "Non-state actor overtakes territory": "Territory taken",
    "Abduction/forced disappearance": "Abduction",
    "Protest with intervention": "Protest, intervention",
    "Excessive force against protesters": "Protest, force",
    "Attack": "Attack on civilians",
    "Change to group/activity": "Group change",
    "Disrupted weapons use": "Weapons disrupted",
    "Headquarters or base established": "Base established",
    "Looting/property destruction": "Looting",
    "Non-violent transfer of territory": "Territory transferred",
    "Other": "Other development",
}
"""Sub-event types that are too long, or say too little, for a column."""

BACKGROUND_MARK = "(background)"
_WIDE_COLUMNS = 120
_SHORT_ID_LENGTH = 12


def incident_table(items: Sequence[Report | Incident], *, width: int | None) -> Table:
    """Lay out incidents or reports, a row each.

    Args:
        items: in the order of the rows.
        width: columns at hand, or None without limit. Below 120 the sides of a casualty cell
            stand below each other and sources are counted.
    """
    wide = width is None or width >= _WIDE_COLUMNS
    table = plain_table("date", "place", "what", "sides", "killed", "wounded", "sources", "id")
    if not wide:
        table.columns[6].header = "src"
        table.padding = (0, 1, 0, 0)
        for number in (0, 4, 5, 7):  # broken in two, these would be misread
            table.columns[number].no_wrap = True
    names = ShortNames(items)
    ids = short_ids([item.id for item in items])
    for item, short_id in zip(items, ids, strict=True):
        cells = _cells(item, names, short_id, wide=wide)
        # Text, not str: brackets in an article's words are no markup
        style = "dim" if item.background else ""
        table.add_row(*(Text(cell, style=style) for cell in cells))
    return table


def _cells(item: Report | Incident, names: ShortNames, short_id: str, *, wide: bool) -> list[str]:
    what = SHORT_TYPES.get(item.sub_event_type, item.sub_event_type)
    outlets = source_names(item)
    return [
        _break_range(date_words(item.date), wide=wide),
        place_words(item.places) or "?",
        f"{what} {BACKGROUND_MARK}" if item.background else what,
        sides(item, names),
        harm(item.casualties, "killed", names, separator=" · " if wide else "\n"),
        harm(item.casualties, "wounded", names, separator=" · " if wide else "\n"),
        ", ".join(outlets) if wide else str(len(outlets)),
        short_id,
    ]


def _break_range(words: str, *, wide: bool) -> str:
    """Put the two days of a range below each other where columns are scarce."""
    if wide:
        return words
    return words.replace(" to ", " to\n")


def sides(item: Report | Incident, names: ShortNames) -> str:
    """Who against whom: `NDF → ISF`, or `NDF × ISF` where nobody is said to have begun."""
    by_role = {
        role: ", ".join(dict.fromkeys(names.of(actor.name) for actor in found))
        for role, found in _by_role(item).items()
    }
    first, second = by_role.get("initiator", ""), by_role.get("target", "")
    both = by_role.get("participant", "").replace(", ", " × ")
    directed = f"{first} → {second}".strip() if first or second else ""
    return " × ".join(part for part in (directed, both) if part)


def _by_role(item: Report | Incident) -> dict[str, list[ActorRef]]:
    ordered = sorted(item.actors, key=lambda actor: actor.role)
    return {
        role: list(found)
        for role, found in itertools.groupby(ordered, key=lambda actor: actor.role)
    }


def harm(casualties: Sequence[Casualty], kind: str, names: ShortNames, *, separator: str) -> str:
    """How many of which side: `ISF 1 · NDF ≥3`."""
    return separator.join(
        f"{names.of(casualty.group)} {_count(casualty)}"
        for casualty in casualties
        if casualty.kind == kind and casualty.modality not in ("negated", "planned", "hypothetical")
    )


def _count(casualty: Casualty) -> str:
    low, high = casualty.min, casualty.max
    mark = "?" if casualty.modality == "denied" else ""
    if high is None:
        return f"≥{low or 0}{mark}"
    if low is None:
        return f"≤{high}{mark}"
    return f"{low}{mark}" if low == high else f"{low}-{high}{mark}"


def short_ids(ids: Sequence[str]) -> list[str]:
    """Cut ids to the shortest common length that keeps them apart; `why` takes these."""
    length = _SHORT_ID_LENGTH
    while len({id_[:length] for id_ in ids}) < len(set(ids)):
        length += 1
    return [clean(id_[:length]) for id_ in ids]
