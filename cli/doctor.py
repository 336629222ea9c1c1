"""`incidents doctor`: what is installed, what is missing, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from incidents.cli.errors import reports_errors
from incidents.cli.options import DEFAULT_DB, DbOption, JsonArrayOption, ModelOption
from incidents.errors import IncidentsError
from incidents.lines import clean, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidents.doctor import Check


@reports_errors
def doctor(
    *,
    full: Annotated[
        bool,
        typer.Option(
            "--full", help="Load the model, parse a sentence, check every page of the database."
        ),
    ] = False,
    as_json: JsonArrayOption = False,
    db: DbOption = DEFAULT_DB,
    model: ModelOption = None,
) -> None:
    """Check what is installed, and say what to do about faults.

    Packages, language model, gazetteer and database.

    Nothing is changed. The exit code is 1 where there is a fault, for scripts.
    """
    from incidents.doctor import examine  # noqa: PLC0415 - keeps --help quick

    checks = list(examine(db, model=model, is_full=full))
    faults = sum(check.state == "fault" for check in checks)
    if as_json:
        import sys  # noqa: PLC0415

        from incidents.exports import write_json  # noqa: PLC0415

        write_json(checks, sys.stdout)
    else:
        _print(checks)
        if faults:
            typer.echo(f"{counted(faults, 'fault')}, see above.", err=True)
    if faults:
        raise typer.Exit(IncidentsError.exit_code)


def _print(checks: Sequence[Check]) -> None:
    """A row a check; what to do stands below what was found."""
    from rich.text import Text  # noqa: PLC0415

    from incidents.cli.terminal import plain_table, print_table  # noqa: PLC0415

    table = plain_table("", "what", "found")
    styles = {"ok": "green", "note": "yellow", "fault": "bold red"}
    for check in checks:
        lines = [clean(check.found), *([f"→ {clean(check.advice)}"] if check.advice else [])]
        table.add_row(
            Text(check.state, style=styles[check.state]),
            Text(f"{check.area}: {clean(check.name)}"),
            Text("\n".join(lines)),
        )
    print_table(table)
