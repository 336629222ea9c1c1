"""`incidents spark-extract`: articles into Parquet on a Spark cluster.

`spark-submit spark_extract.py INPUT OUTPUT` runs the same.
"""

from __future__ import annotations

import logging
import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from incidents.cli.errors import echo_error, reports_errors
from incidents.cli.notes import Notes, QuietOption, VerboseOption
from incidents.cli.options import (
    DatesFromNamesOption,
    FieldsOption,
    ModelOption,
    PublishedOption,
)
from incidents.errors import IncidentsError, PartialError
from incidents.lines import counted

if TYPE_CHECKING:
    from incidents.spark.job import Outcome

SettingOption = Annotated[
    list[str] | None,
    typer.Option(
        "--conf",
        metavar="KEY=VALUE",
        help="A setting of Spark, as spark.executor.memory=8g; may be repeated.",
    ),
]


def parse_settings(texts: list[str]) -> dict[str, str]:
    """Settings written as KEY=VALUE.

    Raises:
        BadParameter: one is not.
    """
    found = {}
    for text in texts:
        key, sign, value = text.partition("=")
        if not sign or not key.startswith("spark."):
            msg = f"{text!r} is no setting of Spark; write spark.executor.memory=8g"
            raise typer.BadParameter(msg)
        found[key] = value
    return found


@reports_errors
def spark_extract(
    source: Annotated[
        str,
        typer.Argument(
            metavar="INPUT",
            help="Articles in any format that extract reads: a file, folder or glob, on a disk "
            "that all machines share or any system that Spark reads (hdfs://…, s3a://…).",
        ),
    ],
    output: Annotated[
        str,
        typer.Argument(metavar="OUTPUT", help="Folder for articles, reports and incidents."),
    ],
    *,
    master: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="The cluster, as spark://HOST:7077 or yarn; local[4] for four processes of this "
            "machine. All its cores if left out, or what spark-submit says.",
        ),
    ] = None,
    published: PublishedOption = None,
    fields: FieldsOption = None,
    dates_from_names: DatesFromNamesOption = False,
    model: ModelOption = None,
    chunk: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help="Articles between two marks of progress, from which a killed run goes on; "
            "500 for each core if left out.",
        ),
    ] = None,
    overwrite: Annotated[
        bool,
        typer.Option("--overwrite", help="Delete what another input or version left in OUTPUT."),
    ] = False,
    conf: SettingOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Extract and link articles on a Spark cluster.

    It writes Parquet by month of the event.

    The reports and incidents are those that `incidents extract` gives. A run that was killed goes
    on where it stood when it is started again. `incidents import OUTPUT` brings what it has
    written into a database.
    """
    notes = Notes.chosen(quiet=quiet, verbose=verbose)
    settings = parse_settings(conf or [])
    from incidents.articles.source import Options  # noqa: PLC0415 - keeps --help quick
    from incidents.cli.progress import Progress  # noqa: PLC0415
    from incidents.spark.session import require_spark  # noqa: PLC0415

    require_spark()
    from incidents.extractors.model_files import DEFAULT_MODEL  # noqa: PLC0415
    from incidents.spark.job import Run, run_job  # noqa: PLC0415

    began = time.monotonic()
    with Progress(notes) as progress:
        progress.stage("Starting Spark")
        run = Run(
            source=source,
            output=output,
            model=model or DEFAULT_MODEL,
            options=Options(fields or {}, published.day if published else None, dates_from_names),
            articles_a_chunk=chunk,
            overwrite=overwrite,
            tell=progress.stage,
        )
        is_heard = notes is Notes.verbose
        if not is_heard:
            logging.disable()  # of a run that is interrupted, PySpark would tell its own calls
        try:
            outcome = run_job(run, master=master, settings=settings, is_heard=is_heard)
        finally:
            logging.disable(logging.NOTSET)
    notes.detail(f"Done in {time.monotonic() - began:.1f} s.")
    _conclude(outcome, notes)


def _conclude(outcome: Outcome, notes: Notes) -> None:
    """Say what was done and what failed, and end with the exit code of that."""
    counts = outcome.counts
    for line in outcome.failures:
        echo_error(line)
    more = counts.failures - len(outcome.failures)
    if counts.failures:
        also = f" and {more:,} more" if more > 0 else ""
        notes.note(
            f"Failed: {counts.failures - max(more, 0):,} named above{also};"
            f" all are in {outcome.output}/failures."
        )
    if counts.foreign:
        notes.note(f"Passed over, not in English: {counted(counts.foreign, 'article')}.")
    if not counts.articles and counts.failures:
        raise typer.Exit(IncidentsError.exit_code)
    notes.note(
        f"{counted(counts.articles, 'article')}, {counted(counts.reports, 'report')},"
        f" {counted(counts.incidents, 'incident')} in {outcome.output}."
    )
    if counts.failures:
        raise typer.Exit(PartialError.exit_code)


if __name__ == "__main__":  # under spark-submit
    from incidents.cli import main

    sys.argv.insert(1, "spark-extract")
    main()
