"""Results on stdout: tables for people, JSON and CSV for programs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from incidents.cli.options import Format
from incidents.cli.terminal import print_table, table_width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidents.model import Incident, Report
    from incidents.summary import Summary


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
