"""`incidents export`: stored incidents in the formats of other tools."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from incidents.cli.errors import reports_errors
from incidents.cli.filters import (
    Filters,
    explain_rest,
    make_filter,
    resolve_names,
    takes_filters,
)
from incidents.cli.options import (
    DEFAULT_DB,
    DbOption,
)
from incidents.errors import InputError
from incidents.lines import clean, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidents.exports import Export, Material
    from incidents.model import Incident


def _print_list(asked: bool) -> None:  # noqa: FBT001 - the signature is Typer's
    """Print every format with its options, and end."""
    if not asked:
        return
    from incidents.cli.terminal import plain_table, print_table  # noqa: PLC0415
    from incidents.exports import export_names, load_export  # noqa: PLC0415

    table = plain_table("FORMAT", "WHAT IT IS")
    for name in export_names():
        try:
            export = load_export(name)
        except InputError as exc:  # of another package; the rest can be used
            table.add_row(name, clean(str(exc)))
            continue
        table.add_row(name, export.help)
        for option in export.options:
            values = "|".join(option.choices) or "TEXT"
            table.add_row("", f"--option {option.name}={values}: {option.help}")
    print_table(table)
    raise typer.Exit


@reports_errors
@takes_filters
def export(
    format_: Annotated[
        str, typer.Argument(metavar="FORMAT", help="acled, ged, csv …; --list names them all.")
    ],
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write into this file; standard output if left out.",
        ),
    ] = None,
    option: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="A choice of the format; may be repeated."),
    ] = None,
    filters: Filters,
    db: DbOption = DEFAULT_DB,
    _list: Annotated[
        bool,
        typer.Option(
            "--list",
            help="List the formats and their options, and exit.",
            callback=_print_list,
            is_eager=True,
        ),
    ] = False,
) -> None:
    """Export stored incidents that pass every filter."""
    from incidents.exports import Material  # noqa: PLC0415 - keeps --help quick
    from incidents.store import open_store  # noqa: PLC0415

    output = None if output == Path("-") else output
    chosen = _choose(format_)
    try:
        options = chosen.settle(_split(option or []))
    except InputError as exc:
        raise typer.BadParameter(str(exc)) from exc
    _check_target(chosen, output, db)
    where = make_filter(filters)
    with open_store(db, create=False) as store, store.links.reading():
        where = resolve_names(store, where, filters)
        found = store.incidents(where)
        _write(chosen, found, output, Material(store, options=options, say=_say))
        rest = list(explain_rest(store, where, found_any=bool(found), db=db))
    for line in rest:
        _say(line)


def _choose(name: str) -> Export:
    """The format of a name; one that is misspelt is answered with those that are like it."""
    from incidents.exports import export_names, load_export  # noqa: PLC0415 - keeps --help quick

    names = export_names()
    if name in names:
        return load_export(name)
    alike = get_close_matches(name.casefold(), names)
    rest = (
        f"did you mean {' or '.join(map(repr, alike))}?"
        if alike
        else f"there are: {', '.join(names)}"
    )
    msg = f"no format called {name!r}; {rest}"
    raise typer.BadParameter(msg)


def _split(pairs: Sequence[str]) -> dict[str, str]:
    """The options of a format by their names."""
    for pair in pairs:
        if "=" not in pair:
            msg = f"--option {pair}: write NAME=VALUE"
            raise typer.BadParameter(msg)
    return {name.strip(): value for name, _, value in (pair.partition("=") for pair in pairs)}


def _check_target(chosen: Export, output: Path | None, db: Path) -> None:
    """Refuse to fill a terminal with bytes, and to write over the database."""
    if output is None and chosen.is_binary and sys.stdout.isatty():
        msg = (
            f"{chosen.name} is no text, and standard output is a terminal; "
            f"write it into a file: --output incidents{chosen.suffix}"
        )
        raise InputError(msg)
    if output is not None and output.exists() and db.exists() and output.samefile(db):
        msg = f"{output}: is the database itself; name another file with --output"
        raise InputError(msg)


def _write(
    chosen: Export, found: Sequence[Incident], output: Path | None, material: Material
) -> None:
    from incidents.exports import write_file  # noqa: PLC0415

    if output is not None:
        write_file(chosen, found, output, material)
        _say(f"{counted(len(found) - material.left_out, 'incident')} written to {output}.")
    elif chosen.is_binary:
        chosen.write(found, sys.stdout.buffer, material)
    else:
        chosen.write(found, sys.stdout, material)


def _say(line: str) -> None:
    """Tell the user what is no data."""
    typer.echo(clean(line), err=True)
