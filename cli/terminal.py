"""Tables on stdout: how wide they are, what they may be drawn with, and with colour or without."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

import typer

from incidents.lines import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType
    from rich.table import Table

COLUMN_GAP = 2
"""Blanks between two columns of a table."""

# Wider than any row: what goes into a file or a pipe is neither wrapped nor cut.
_UNLIMITED_COLUMNS = 100_000


def table_width() -> int | None:
    """Columns of the terminal, or what COLUMNS says; None for a file or a pipe."""
    if os.environ.get("COLUMNS", "").isdigit():
        return int(os.environ["COLUMNS"])
    if not sys.stdout.isatty():
        return None
    return os.get_terminal_size(sys.stdout.fileno()).columns or None


def has_blocks() -> bool:
    """Whether stdout can show block characters: UTF-8 can, a terminal in ASCII or Latin-1 not."""
    return (sys.stdout.encoding or "").lower().startswith("utf")


def plain_table(*columns: str) -> Table:
    """A table without lines, which grep and a screen reader take as well as eyes do."""
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, padding=(0, COLUMN_GAP, 0, 0), header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def print_rows(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Print a plain table of words, which may come from anywhere."""
    table = plain_table(*columns)
    for row in rows:
        table.add_row(*map(clean, row))
    print_table(table)


def print_table(table: RenderableType) -> None:
    """Print on stdout in the width at hand, in colour only on a terminal."""
    from rich.console import Console  # noqa: PLC0415

    width = table_width()
    if sys.stdout.isatty():
        Console(width=width, markup=False, emoji=False, highlight=False).print(table)
        return
    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=width or _UNLIMITED_COLUMNS,
        color_system=None,
        force_terminal=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    console.print(table)
    for line in buffer.getvalue().splitlines():
        typer.echo(line.rstrip())
