"""`incidents import`: what a cluster has extracted, into the database."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from incidents.cli.errors import reports_errors
from incidents.cli.notes import Notes, QuietOption, VerboseOption
from incidents.cli.options import DEFAULT_DB, DbOption
from incidents.errors import IncidentsError, PartialError
from incidents.lines import counted


@reports_errors
def import_(
    output: Annotated[
        Path, typer.Argument(metavar="OUTPUT", help="Folder that spark-extract has written.")
    ],
    *,
    db: DbOption = DEFAULT_DB,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Bring the output of `spark-extract` into a database.

    It is linked with what the database holds. What is in it already stays as it is, so that an
    import that was interrupted is completed by running it again.
    """
    from incidents.batch import link_store  # noqa: PLC0415 - keeps --help quick
    from incidents.cli.progress import Progress  # noqa: PLC0415
    from incidents.spark.importing import check_output, import_output  # noqa: PLC0415
    from incidents.store import open_store  # noqa: PLC0415

    notes = Notes.chosen(quiet=quiet, verbose=verbose)
    began = time.monotonic()
    check_output(output)  # before a database is made
    with open_store(db) as store, Progress(notes) as progress:
        progress.stage("Importing")
        done = import_output(
            output,
            store,
            on_error=progress.error,
            on_article=lambda count, total: progress.advance(done=count, total=total),
        )
        progress.stage("Linking reports")
        link_store(store)
        incidents = store.count_incidents()
    notes.note(
        f"{counted(done.articles, 'article')} with {counted(done.reports, 'report')} imported,"
        f" {done.new:,} new or changed; {db} holds {counted(incidents, 'incident')}."
    )
    notes.detail(f"Imported and linked in {time.monotonic() - began:.1f} s.")
    if done.failures:
        raise typer.Exit((PartialError if done.articles else IncidentsError).exit_code)
