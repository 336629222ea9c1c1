"""`incidents show`: stored incidents, filtered."""

from __future__ import annotations

from typing import Annotated

import typer

from incidents.cli.errors import reports_errors
from incidents.cli.filters import (
    Filters,
    explain_rest,
    make_filter,
    resolve_names,
    takes_filters,
)
from incidents.cli.notes import Notes, QuietOption, VerboseOption
from incidents.cli.options import (
    DEFAULT_DB,
    DbOption,
    FormatOption,
    JsonOption,
    choose_format,
)

_TOP = 10


@reports_errors
@takes_filters
def show(
    *,
    filters: Filters,
    summary: Annotated[
        bool,
        typer.Option(
            "--summary", help="Count incidents and deaths by week, place, actor and type instead."
        ),
    ] = False,
    top: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="N",
            help=f"Rows of each table of --summary; 0 for all, {_TOP} if left out.",
        ),
    ] = None,
    as_json: JsonOption = False,
    format_: FormatOption = None,
    db: DbOption = DEFAULT_DB,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Show stored incidents that pass every filter."""
    from incidents.cli.output import print_items, print_summary  # noqa: PLC0415 - keeps --help quick
    from incidents.store import open_store  # noqa: PLC0415

    if top is not None and not summary:
        msg = f"--top {top}: of which table? add --summary, or leave it out"
        raise typer.BadParameter(msg)
    chosen = choose_format(format_, as_json=as_json)
    notes = Notes.chosen(quiet=quiet, verbose=verbose)
    where = make_filter(filters)
    with open_store(db, create=False) as store, store.links.reading():
        where = resolve_names(store, where, filters, notes=notes)
        found = store.incidents(where)
        total = store.count_incidents()
        rest = list(explain_rest(store, where, found_any=bool(found), db=db))
    if summary:
        from incidents.summary import summarise  # noqa: PLC0415

        print_summary(summarise(found), chosen, top=_TOP if top is None else top)
    else:
        print_items(found, chosen)
    notes.detail(f"{len(found):,} of {total:,} incidents in {db} match.")
    for line in rest:
        notes.note(line)
