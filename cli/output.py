"""Results on stdout: tables for people, JSON and CSV for programs."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

import typer

from incidents.cli.options import Format

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType
    from rich.table import Table

    from incidents.model import Incident, Report
    from incidents.summary import Summary

# Wider than any row: what goes into a file or a pipe is neither wrapped nor cut.
_UNLIMITED_COLUMNS = 100_000


def print_items(items: Iterable[Report | Incident], chosen: Format) -> None:
    """Print reports or incidents on stdout: a table of all, JSON and CSV one by one."""
    from incidents import exports  # noqa: PLC0415 - keeps --help quick

    if chosen is Format.json:
        exports.write_json(items, sys.stdout)
    elif chosen is Format.jsonl:
        exports.write_jsonl(items, sys.stdout)
    elif chosen is Format.csv:
        exports.write_csv(items, sys.stdout)
    elif rows := list(items):
        from incidents.cli.table import incident_table, plain_lines  # noqa: PLC0415

        if (width := table_width()) is None:
            for line in plain_lines(rows):
                typer.echo(line)
        else:
            print_table(incident_table(rows, width=width))


def print_summary(summary: Summary, chosen: Format, *, top: int) -> None:
    """Print a summary on stdout: tables, one JSON object, or CSV with a row a group.

    Args:
        summary: what was counted.
        chosen: how to print; json and jsonl are the same for one object.
        top: rows of each table; JSON and CSV have all.
    """
    if chosen is Format.table:
        from incidents.cli.summary import summary_tables  # noqa: PLC0415 - keeps --help quick

        print_table(summary_tables(summary, width=table_width(), top=top))
    elif chosen is Format.csv:
        from incidents.summary import write_summary_csv  # noqa: PLC0415

        write_summary_csv(summary, sys.stdout)
    else:
        from incidents import exports  # noqa: PLC0415

        exports.write_jsonl([summary], sys.stdout)


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

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


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
