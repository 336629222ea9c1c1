"""`incidents forget`: articles out of the database, with all that came from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from incidents.cli.errors import echo_error, reports_errors
from incidents.cli.notes import Notes, QuietOption
from incidents.cli.options import DEFAULT_DB, DbOption
from incidents.errors import IncidentsError
from incidents.lines import counted

if TYPE_CHECKING:
    from incidents.forget import Forgotten


@reports_errors
def forget(
    articles: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ARTICLE",
            help="Whole ids of articles; without any, what earlier changes left is overwritten.",
        ),
    ] = None,
    *,
    db: DbOption = DEFAULT_DB,
    quiet: QuietOption = False,
) -> None:
    """Take articles, and what came from them, out again.

    It leaves no trace of them in the file.

    Their reports, links, records of runs and decisions by hand go, the rest is linked again, and
    the file is written anew so that no byte of them is left in it. Copies of the database are
    yours to delete; those beside it are named.
    """
    from incidents.forget import forget_articles  # noqa: PLC0415 - keeps --help quick
    from incidents.store import open_store  # noqa: PLC0415

    notes = Notes.chosen(quiet=quiet, verbose=False)
    with open_store(db, create=False) as store:
        done = forget_articles(store, articles or [])
    if done.articles:
        notes.note(_words(done))
    elif done.is_erased:
        notes.note(f"{db}: what earlier changes left is overwritten; no article was named.")
    for copy in done.copies:
        notes.note(f"{copy}: may hold what was forgotten; delete it if it does.")
    if not done.is_erased:
        again = "end that program, then run `incidents forget` once more"
        echo_error(f"{db}: is open elsewhere, so traces are left in the file; {again}")
        raise typer.Exit(IncidentsError.exit_code)


def _words(done: Forgotten) -> str:
    parts = [counted(done.articles, "article"), f"with {counted(done.reports, 'report')}"]
    if done.decisions:
        parts.append(f"and {counted(done.decisions, 'decision')} by hand")
    return f"Forgotten: {' '.join(parts)}."
