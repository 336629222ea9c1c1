"""Incidents as a table that reads well from 80 columns up."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from incidents.cli.short_names import ShortNames
from incidents.cli.terminal import COLUMN_GAP, plain_table
from incidents.lines import clean, counted
from incidents.words import date_words, place_words, short_source_names, short_type, source_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType
    from rich.table import Table

    from incidents.model import ActorRef, Casualty, Incident, Report

DIFFER_MARK = "*"
BACKGROUND_MARK = "(background)"
_WIDE_COLUMNS = 140
_TABLE_COLUMNS = 76  # below this, words would be broken into syllables
_SHORT_ID_LENGTH = 12

# Columns of a narrow table whose values would be misread if they were broken elsewhere.
_DATE, _HARM, _ID, _WHAT = 10, 8, 12, 11
_GAPS = 6

_WIDE = ["date", "place", "what", "sides", "killed", "wounded", "sources", "id"]


def incident_table(items: Sequence[Report | Incident], *, width: int | None) -> RenderableType:
    """Lay out incidents or reports, a row each.

    Args:
        items: in the order of the rows.
        width: columns at hand, or None without limit. Below 140 the sides of a casualty cell
            stand below each other, and the sources are counted below the id; below 76 each
            incident takes some lines instead of a row.
    """
    names = ShortNames(items)
    ids = short_ids([item.id for item in items])
    if width is not None and width < _TABLE_COLUMNS:
        return Group(*(_card(*each, names) for each in zip(items, ids, strict=True)))
    is_wide = width is None or width >= _WIDE_COLUMNS
    table = _wide_table() if is_wide else _narrow_table(width or 0)
    lay_out = _wide_cells if is_wide else _narrow_cells
    for item, short_id in zip(items, ids, strict=True):
        # Text, not str: brackets in an article's words are no markup
        style = "dim" if item.background else ""
        table.add_row(*(Text(cell, style=style) for cell in lay_out(item, names, short_id)))
    return table


def plain_lines(items: Sequence[Report | Incident]) -> Iterator[str]:
    """Lay out incidents or reports for a file or a pipe, a line each, below the names of columns.

    These are the lines of `incident_table` without a width. Nothing is coloured or wrapped there,
    and plain strings are laid out some thirty times as fast as rich does it.
    """
    names = ShortNames(items)
    ids = short_ids([item.id for item in items])
    rows = [_WIDE, *(_wide_cells(item, names, id_) for item, id_ in zip(items, ids, strict=True))]
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)
        )
        yield (" " * COLUMN_GAP).join(cells).rstrip()


def _card(item: Report | Incident, short_id: str, names: ShortNames) -> RenderableType:
    """An incident in a few lines, for a narrow window."""
    what = [short_type(item.sub_event_type), sides(item, names)]
    lines = [
        " · ".join(part for part in what if part),
        *(
            f"{kind} {found}"
            for kind in ("killed", "wounded")
            if (found := harm(item, kind, names, separator=" · "))
        ),
        " ".join([short_id, *([BACKGROUND_MARK] if item.background else [])]),
        ", ".join(short_source_names(item)),
    ]
    head = Text(f"{date_words(item.date)} · {place_words(item.places) or '?'}", style="bold")
    return Group(head, Padding(Text("\n".join(lines)), (0, 0, 0, 2)))


def _wide_table() -> Table:
    table = plain_table(*_WIDE)
    table.columns[-1].no_wrap = True
    return table


def _narrow_table(width: int) -> Table:
    """A table that fits the width: what is left is shared by places and sides."""
    table = plain_table("date", "place", "what", "sides", "killed", "wounded", "id, sources")
    table.padding = (0, 1, 0, 0)
    shared = max(width - _DATE - _WHAT - 2 * _HARM - _ID - _GAPS, 10)
    sides_width = shared * 2 // 5
    widths = (_DATE, shared - sides_width, _WHAT, sides_width, _HARM, _HARM, _ID)
    for column, column_width in zip(table.columns, widths, strict=True):
        column.width = column_width
    return table


def _wide_cells(item: Report | Incident, names: ShortNames, short_id: str) -> list[str]:
    what = short_type(item.sub_event_type)
    return [
        date_words(item.date),
        place_words(item.places) or "?",
        f"{what} {BACKGROUND_MARK}" if item.background else what,
        sides(item, names),
        harm(item, "killed", names, separator=" · "),
        harm(item, "wounded", names, separator=" · "),
        ", ".join(short_source_names(item)),
        short_id,
    ]


def _narrow_cells(item: Report | Incident, names: ShortNames, short_id: str) -> list[str]:
    notes = [short_id, counted(len(source_names(item)), "source")]
    return [
        date_words(item.date).replace(" to ", " to\n"),
        place_words(item.places) or "?",
        short_type(item.sub_event_type),
        sides(item, names),
        harm(item, "killed", names, separator="\n"),
        harm(item, "wounded", names, separator="\n"),
        "\n".join([*notes, BACKGROUND_MARK] if item.background else notes),
    ]


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


def harm(item: Report | Incident, kind: str, names: ShortNames, *, separator: str) -> str:
    """How many of which side: `ISF 1 · NDF 3-6*`; the star says that sources differ."""
    casualties = item.casualties
    differing = {each.field for each in getattr(item, "disagreements", ())}
    return separator.join(
        f"{_group(casualty, names)} {_count(casualty)}"
        f"{DIFFER_MARK if f'casualties {kind} {casualty.group}' in differing else ''}"
        for casualty in casualties
        if casualty.kind == kind and casualty.modality not in ("negated", "planned", "hypothetical")
    )


def _group(casualty: Casualty, names: ShortNames) -> str:
    return "civ." if casualty.group == "civilians" else names.of(casualty.group)


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
