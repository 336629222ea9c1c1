"""`incidents extract`: articles in, incidents out, both kept in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from incidents.cli.errors import EXIT_INTERRUPTED, reports_errors
from incidents.cli.options import (
    DEFAULT_DB,
    DbOption,
    FormatOption,
    JsonOption,
    ModelOption,
    Published,
    PublishedOption,
    choose_format,
)
from incidents.errors import PartialError

if TYPE_CHECKING:
    from pathlib import Path

    from incidents.batch import Batch
    from incidents.cli.progress import Progress
    from incidents.model import Incident
    from incidents.store import Store


@reports_errors
def extract(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH",
            help="Articles: .txt .md .json .jsonl files, folders, globs, or - for standard input.",
        ),
    ],
    *,
    published: PublishedOption = None,
    reports: Annotated[
        bool, typer.Option("--reports", help="Print one report an article and incident instead.")
    ] = False,
    as_json: JsonOption = False,
    format_: FormatOption = None,
    db: DbOption = DEFAULT_DB,
    model: ModelOption = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress and no summary; errors only.")
    ] = False,
) -> None:
    """Extract incidents from articles, store them, and print those of these articles."""
    from incidents.batch import Batch  # noqa: PLC0415 - keeps --help quick
    from incidents.cli.output import print_items  # noqa: PLC0415
    from incidents.cli.progress import Progress  # noqa: PLC0415
    from incidents.store import open_store  # noqa: PLC0415

    chosen = choose_format(format_, as_json=as_json)
    batch = Batch()
    with open_store(db) as store:
        with Progress(is_quiet=quiet) as progress:
            incidents = _run(store, paths, published, model, batch, progress)
        if batch.articles:
            print_items(batch.reports if reports else incidents, chosen)
    _conclude(batch, len(incidents), db, is_quiet=quiet)


def _run(
    store: Store,
    paths: list[str],
    published: Published | None,
    model: str | None,
    batch: Batch,
    progress: Progress,
) -> list[Incident]:
    """Extract, store and link; returns the incidents that these articles report."""
    from incidents.articles import read_articles  # noqa: PLC0415
    from incidents.batch import extract_batch, link_store  # noqa: PLC0415
    from incidents.cli.tools import Tools  # noqa: PLC0415

    def fail(error: Exception) -> None:
        batch.failures += 1
        progress.error(str(error))

    tools = Tools(model, progress)
    day = published.day if published else None
    articles = read_articles(paths, published=day, on_error=fail, find_stored=store.find_article)
    is_interrupted = False
    try:
        extract_batch(
            articles,
            store,
            make_extractor=tools.make_extractor,
            batch=batch,
            on_error=progress.error,
            on_done=progress.advance,
            keep_days=published is None,
        )
    except KeyboardInterrupt:
        is_interrupted = True  # link what is done, so that `show` has it; Ctrl-C again skips that
    incidents: list[Incident] = []
    if batch.articles:
        progress.stage("Linking reports")
        link_store(store, tools.gazetteer)
        incidents = store.incidents_of(report.id for report in batch.reports)
    if is_interrupted:
        progress.stop()
        typer.echo(f"Interrupted: {_stored(batch, store.path)}; the rest was not read.", err=True)
        raise typer.Exit(EXIT_INTERRUPTED)
    return incidents


def _conclude(batch: Batch, found: int, db: Path, *, is_quiet: bool) -> None:
    """End with the exit code of the run; say how it went where that is not plain."""
    if not batch.articles and batch.failures:
        raise typer.Exit(1)  # each failure stands on stderr already
    if not is_quiet and batch.remembered:
        kept = f"Kept from an earlier run: the day of publication of {_count(batch.remembered)}"
        typer.echo(f"{kept}; --published changes it.", err=True)
    if not is_quiet and not found:
        typer.echo(f"No incidents found: {_stored(batch, db)}.", err=True)
    if batch.failures:
        raise typer.Exit(PartialError.exit_code)


def _stored(batch: Batch, db: Path) -> str:
    return f"{_count(len(batch.articles))} stored in {db}"


def _count(articles: int) -> str:
    return f"{articles} article{'' if articles == 1 else 's'}"
