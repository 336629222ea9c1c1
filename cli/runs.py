"""`incidents runs`: each run of `extract`, what it worked with and how it ended."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

import typer

from incidents.cli.errors import reports_errors
from incidents.cli.options import DEFAULT_DB, DbOption, JsonArrayOption
from incidents.lines import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from incidents.runs import Run

_WIDE_COLUMNS = 140
_HASH_LENGTH = 8
_NEW = {"version": "version", "rules": "rules", "spacy": "spaCy", "gazetteer": "gazetteer"}
_SECONDS = (("d", 86_400), ("h", 3600), ("min", 60), ("s", 1))


@reports_errors
def runs(*, as_json: JsonArrayOption = False, db: DbOption = DEFAULT_DB) -> None:
    """List the runs of `extract`.

    When they were, how they ended, what they found and worked with.

    A run that was killed, or still goes on, is unfinished.
    """
    from incidents.store import open_store  # noqa: PLC0415 - keeps --help quick

    with open_store(db, create=False) as store:
        found = store.runs.all()
    if as_json:
        import sys  # noqa: PLC0415

        from incidents.exports import write_json  # noqa: PLC0415

        write_json(found, sys.stdout)
    elif found:
        from incidents.cli.terminal import print_table, table_width  # noqa: PLC0415

        width = table_width()
        is_wide = width is None or width >= _WIDE_COLUMNS
        print_table(_table(found, is_wide=is_wide))
    else:
        typer.echo(f"No run is recorded in {db}.", err=True)


def _table(found: Sequence[Run], *, is_wide: bool) -> Table:
    """A row a run. A narrow table says what was new in it, a wide one what it worked with."""
    from rich.text import Text  # noqa: PLC0415

    from incidents.cli.terminal import plain_table  # noqa: PLC0415

    table = plain_table("run", "started (UTC)", "took", "ended", "articles", "reports", "failed")
    for number in (0, 2, 4, 5, 6):
        table.columns[number].justify = "right"
    last = ("version", "rules", "spaCy", "model", "gazetteer", "options") if is_wide else ("new",)
    for name in last:
        table.add_column(name, overflow="fold")
    before: list[Run | None] = [None, *found[:-1]]
    for earlier, run in zip(before, found, strict=True):
        news = ", ".join(differences(earlier, run)) if earlier else ""
        cells = [*_counts(run), *(_tools(run) if is_wide else [news])]
        table.add_row(*(Text(clean(cell)) for cell in cells))
    return table


def _counts(run: Run) -> list[str]:
    return [
        str(run.id),
        short_time(run.started),
        took(run),
        run.outcome or "unfinished",
        f"{run.articles:,}",
        f"{run.reports:,}",
        "?" if run.failures is None else f"{run.failures:,}",
    ]


def _tools(run: Run) -> list[str]:
    tools = run.tools
    return [
        tools.version,
        tools.rules[:_HASH_LENGTH],
        tools.spacy,
        tools.model_version or tools.model,
        tools.gazetteer[:_HASH_LENGTH],
        options_words(run),
    ]


def options_words(run: Run) -> str:
    """The options of a run as they are written: `--published 2021-04-20 --no-text`."""
    return " ".join(
        f"--{name.replace('_', '-')}" + ("" if value is True else f" {value}")
        for name, value in run.options.items()
    )


def differences(one: Run, two: Run) -> dict[str, tuple[str, str]]:
    """What two runs worked with that is not the same, by its name, with both values."""
    values = {
        name: (getattr(one.tools, field), getattr(two.tools, field)) for field, name in _NEW.items()
    }
    values["model"] = (_model(one), _model(two))
    values["options"] = (options_words(one) or "none", options_words(two) or "none")
    for name in ("rules", "gazetteer"):
        old, new = values[name]
        values[name] = (old[:_HASH_LENGTH], new[:_HASH_LENGTH])
    return {name: (old, new) for name, (old, new) in values.items() if old != new}


def _model(run: Run) -> str:
    return f"{run.tools.model} ({run.tools.model_version or 'of unknown version'})"


def short_time(time: str) -> str:
    """A time to the minute: `2026-11-21 19:20`."""
    return time[:16].replace("T", " ")


def took(run: Run) -> str:
    """How long a run took, in its two largest units: `3 min 12 s`."""
    if run.ended is None:
        return "?"
    started, ended = map(dt.datetime.fromisoformat, (run.started, run.ended))
    seconds = max(round((ended - started).total_seconds()), 0)
    for (unit, size), (smaller, part) in pairwise(_SECONDS):
        if seconds >= size:
            return f"{seconds // size} {unit} {seconds % size // part} {smaller}"
    return f"{seconds} s"
