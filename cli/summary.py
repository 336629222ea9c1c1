"""Counts by week, place, actor and type as tables with bars."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from incidents.cli.terminal import COLUMN_GAP, has_blocks, plain_table
from incidents.lines import counted
from incidents.words import short_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    from incidents.model import Fatalities
    from incidents.summary import PlaceCount, Summary, WeekCount

_PIPED_COLUMNS = 100  # of a file or a pipe: a bar needs some end
_MIN_NAME, _MAX_NAME = 12, 40
_MIN_BAR, _MAX_BAR = 4, 40
_COLUMNS = 5
_SHOWN_WEEKS = 26  # half a year
_SHOWN_GAP = 3  # empty weeks that are rows; a longer gap is one line
_WEEK = dt.timedelta(days=7)
_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
_FOOTER = "Deaths are those in a row's incidents. A clash counts for both its sides."


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table; a remark where it has no numbers.

    Attributes:
        name: first cell.
        incidents: how many.
        deaths: in them.
        has_bars: not for a rest, which would dwarf what it is the rest of.
    """

    name: str
    incidents: int | None = None
    deaths: Fatalities | None = None
    has_bars: bool = True

    @property
    def numbers(self) -> tuple[int, int]:
        """Incidents and deaths, 0 where there are none."""
        return self.incidents or 0, self.deaths.best if self.deaths else 0


def summary_tables(summary: Summary, *, width: int | None, top: int) -> RenderableType:
    """Lay out a summary: a heading, and a table each for weeks, places, actors and types.

    Args:
        summary: what `summarise` gave.
        width: columns at hand, or None for a file or a pipe.
        top: rows of each table, and 26 of the weeks; 0 for all.
    """
    weeks = _spaced(summary.weeks)
    sections = {
        "week of": _last(weeks, _SHOWN_WEEKS if top else 0),
        "place": _first([_Row(_place(p), p.incidents, p.fatalities) for p in summary.places], top),
        "actor": _first([_Row(a.name, a.incidents, a.fatalities) for a in summary.actors], top),
        "type": _first(
            [_Row(short_type(t.sub_event_type), t.incidents, t.fatalities) for t in summary.types],
            top,
        ),
    }
    if not summary.incidents:
        return Text(_heading(summary), style="bold")
    layout = _Layout.fit([row for rows in sections.values() for row in rows], width)
    tables = [layout.table(title, rows) for title, rows in sections.items() if rows]
    parts: list[RenderableType] = [Text(_heading(summary), style="bold")]
    for table in tables:
        parts += ["", table]
    return Group(*parts, "", Text(_FOOTER, style="dim"))


def _heading(summary: Summary) -> str:
    recalled = f" ({summary.background} of them recalled)" if summary.background else ""
    deaths = summary.fatalities
    parts = [
        f"{counted(summary.incidents, 'incident')}{recalled}",
        f"{_deaths(deaths)} {'death' if deaths.best == deaths.high == 1 else 'deaths'}",
    ]
    if summary.first and summary.last:
        parts.append(
            f"{summary.first} to {summary.last}"
            if summary.first != summary.last
            else str(summary.first)
        )
    return " · ".join(parts)


def _deaths(deaths: Fatalities) -> str:
    """The best estimate, and the range where there is one: `12 (8-20)`."""
    best = f"{deaths.best:,}"
    return best if deaths.low == deaths.high else f"{best} ({deaths.low:,}-{deaths.high:,})"


def _place(place: PlaceCount) -> str:
    if place.name is None:
        return "no place named"
    is_known = place.country is None or place.country == place.name
    return place.name if is_known else f"{place.name}, {place.country}"


def _spaced(weeks: Sequence[WeekCount]) -> list[_Row]:
    """A row a week, with the empty ones in between; a long gap is one line."""
    known = [week for week in weeks if week.start is not None]
    rows = [_week_row(week) for week in known[:1]]
    for before, week in pairwise(known):
        assert before.start is not None  # noqa: S101 - filtered above
        assert week.start is not None  # noqa: S101
        empty = (week.start - before.start) // _WEEK - 1
        if empty > _SHOWN_GAP:
            rows.append(_Row(f"… {empty:,} weeks without"))
        else:
            starts = (before.start + number * _WEEK for number in range(1, empty + 1))
            rows += [_Row(start.isoformat(), 0) for start in starts]
        rows.append(_week_row(week))
    return rows + [_week_row(week) for week in weeks if week.start is None]


def _week_row(week: WeekCount) -> _Row:
    if week.start is None:
        return _Row("no week known", week.incidents, week.fatalities, has_bars=False)
    return _Row(week.start.isoformat(), week.incidents, week.fatalities)


def _first(rows: list[_Row], top: int) -> list[_Row]:
    """The first rows, and how many more there are."""
    rest = len(rows) - top
    # one more row takes no more room than the line that would tell of it
    return [*rows[:top], _Row(f"… {rest:,} more, see --top")] if top and rest > 1 else rows


def _last(rows: list[_Row], top: int) -> list[_Row]:
    """The last rows, and one for all before them."""
    rest = len(rows) - top
    if not top or rest <= 1:
        return rows
    earlier = sum(row.incidents or 0 for row in rows[:rest])
    return [_Row("… earlier, see --top", earlier, has_bars=False), *rows[rest:]]


@dataclass(frozen=True, slots=True)
class _Layout:
    """Widths that all tables of a summary share, so that their columns stand in line.

    Attributes:
        name: columns of the first cell.
        numbers: columns of the counts of incidents and of deaths.
        bar: columns of a bar; 0 where there is no room for one.
    """

    name: int
    numbers: tuple[int, int]
    bar: int

    @classmethod
    def fit(cls, rows: Iterable[_Row], width: int | None) -> _Layout:
        """Share a width out among the columns."""
        width = width or _PIPED_COLUMNS
        found = list(rows)
        numbers = (
            max([len("incidents"), *(len(f"{row.numbers[0]:,}") for row in found)]),
            max([len("deaths"), *(len(_deaths(row.deaths)) for row in found if row.deaths)]),
        )
        left = width - sum(numbers) - COLUMN_GAP * (_COLUMNS - 1)
        longest = max((len(row.name) for row in found), default=_MIN_NAME)
        name = min(longest, _MAX_NAME, max(left // 2, _MIN_NAME))
        bar = min((left - name) // 2, _MAX_BAR)
        if bar < _MIN_BAR:
            return cls(max(_MIN_NAME, left + 2 * COLUMN_GAP), numbers, 0)
        return cls(name, numbers, bar)

    def table(self, title: str, rows: Sequence[_Row]) -> RenderableType:
        """A table of rows; its bars are as long as the row with most."""
        widths = {title: self.name, "incidents": self.numbers[0], "deaths": self.numbers[1]}
        table = plain_table()
        for heading, width in widths.items():
            table.add_column(heading, width=width, overflow="fold")
            if self.bar and heading != title:
                table.add_column("", width=self.bar)
        most = [max((row.numbers[i] for row in rows if row.has_bars), default=1) for i in (0, 1)]
        for row in rows:
            cells = self._cells(row, most)
            table.add_row(*(cells if self.bar else (cells[0], cells[1], cells[3])))
        return table

    def _cells(self, row: _Row, most: list[int]) -> tuple[Text, ...]:
        if row.incidents is None:
            return (Text(row.name, style="dim"), *(Text(""),) * 4)
        bars = [
            Text(bar(number, whole, self.bar) if row.has_bars else "", style=style)
            for number, whole, style in zip(row.numbers, most, ("cyan", "red"), strict=True)
        ]
        deaths = _deaths(row.deaths) if row.deaths else ""
        counts = Text(f"{row.incidents:,}", justify="right"), Text(deaths, justify="right")
        return Text(row.name), counts[0], bars[0], counts[1], bars[1]


def bar(value: int, whole: int, width: int) -> str:
    """A bar as long as the value is of the whole, to an eighth of a column.

    >>> bar(3, 8, 4)
    '█▌'
    """
    if value <= 0 or width <= 0:
        return ""
    eighths = max(round(8 * width * value / whole), 1)
    if not has_blocks():
        return "#" * max(round(eighths / 8), 1)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8]
