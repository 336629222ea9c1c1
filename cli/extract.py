"""`incidents extract`: articles in, incidents out, both kept in the database."""

from __future__ import annotations

import itertools
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from incidents.cli.errors import (
    EXIT_INTERRUPTED,
    EXIT_UNREAD,
    give_up_stdout,
    reports_errors,
)
from incidents.cli.interrupts import Interrupts
from incidents.cli.notes import Notes, QuietOption, VerboseOption
from incidents.cli.options import (
    DEFAULT_DB,
    DatesFromNamesOption,
    DbOption,
    FieldsOption,
    Format,
    FormatOption,
    JsonOption,
    ModelOption,
    Published,
    PublishedOption,
    choose_format,
)
from incidents.errors import ForeignTextError, PartialError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from incidents.batch import Batch
    from incidents.cli.progress import Progress
    from incidents.cli.tools import Tools
    from incidents.errors import InputError
    from incidents.model import Article, Incident, Report
    from incidents.store import Store
    from incidents.workload import Workload


@reports_errors
def extract(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH",
            help="Articles: text, HTML, PDF, Word, web archives, feeds, CSV, JSON, Parquet, packed "
            "or in a ZIP archive; folders, globs, or - for standard input.",
        ),
    ],
    *,
    published: PublishedOption = None,
    fields: FieldsOption = None,
    dates_from_names: DatesFromNamesOption = False,
    reports: Annotated[
        bool,
        typer.Option(
            "--reports",
            help="Print one report an article and incident instead; "
            "as JSON or CSV each as soon as its article is read.",
        ),
    ] = False,
    as_json: JsonOption = False,
    format_: FormatOption = None,
    db: DbOption = DEFAULT_DB,
    model: ModelOption = None,
    triage: Annotated[
        bool,
        typer.Option(
            "--triage/--no-triage",
            help="Parse every sentence, also of articles that hold no sign of violence.",
        ),
    ] = True,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Read articles, store their incidents, and print them.

    Incidents are printed at the end: any article can still join one. When the program that reads
    the output ends, or with Ctrl-C, what is done is stored and linked, and the rest is not read.
    """
    from incidents.batch import Batch  # noqa: PLC0415 - keeps --help quick
    from incidents.cli.output import print_items  # noqa: PLC0415
    from incidents.cli.progress import Progress  # noqa: PLC0415
    from incidents.cli.tools import Tools  # noqa: PLC0415
    from incidents.store import open_store  # noqa: PLC0415

    chosen = choose_format(format_, as_json=as_json)
    notes = Notes.chosen(quiet=quiet, verbose=verbose)
    is_streamed = reports and chosen is not Format.table
    with (
        open_store(db) as store,
        # a line that is drawn anew would stand between the results
        Progress(notes, is_shown=not (is_streamed and sys.stdout.isatty())) as progress,
    ):
        names = _Names(fields, dates_from_names)
        run = _Run(
            store, Batch(), progress, Tools(model, progress, triage=triage), names, is_streamed
        )
        found: Sequence[Report] = ()
        if is_streamed:
            with run.interrupts:
                run.print_reports(run.reports(paths, published), chosen)
        else:
            found = list(run.reports(paths, published))
        incidents = run.link()
        progress.stop()
        if not is_streamed and run.batch.articles and not run.is_interrupted:
            print_items(found if reports else incidents, chosen)
    _conclude(run, len(incidents), db, notes)


class _Names(NamedTuple):
    """How the input is named: what fields are called, whether file names tell the day."""

    fields: dict[str, str] | None
    dates_from_names: bool


@dataclass(slots=True)
class _Run:
    """A run over articles, and what became of it.

    Attributes:
        store: gets the articles and reports.
        batch: what is done.
        progress: shows it.
        tools: the gazetteer and the extractor.
        names: how fields and files are named.
        is_streamed: reports are printed as they come.
        is_interrupted: Ctrl-C ended it.
        is_unread: what reads stdout has ended.
        began: seconds of a clock.
        interrupts: lets Ctrl-C wait while reports are written.
    """

    store: Store
    batch: Batch
    progress: Progress
    tools: Tools
    names: _Names
    is_streamed: bool
    is_interrupted: bool = False
    is_unread: bool = False
    began: float = field(default_factory=time.monotonic)
    interrupts: Interrupts = field(default_factory=Interrupts)

    def reports(self, paths: list[str], published: Published | None) -> Iterator[Report]:
        """Yield the reports of each article when it is stored; Ctrl-C is the end of them."""
        from incidents.batch import extract_batch  # noqa: PLC0415
        from incidents.workload import Workload  # noqa: PLC0415

        workload = Workload.measure(paths) if self.progress.is_shown else None
        try:
            for article, found in extract_batch(
                self._articles(paths, published),
                self.store,
                make_extractor=self.tools.make_extractor,
                batch=self.batch,
                on_error=self.progress.error,
                keep_days=published is None,
            ):
                self.interrupts.hold()
                yield from found
                self._finish(article, len(found), workload)
                self.interrupts.release()
        except KeyboardInterrupt:
            self.is_interrupted = True
        self.interrupts.hold()  # while the end is written

    def _articles(self, paths: list[str], published: Published | None) -> Iterator[Article]:
        from incidents.articles import read_articles  # noqa: PLC0415

        def fail(error: InputError) -> None:
            if isinstance(error, ForeignTextError):
                self.progress.note(f"Passed over: {error}")
                return
            self.batch.failures += 1
            self.progress.error(str(error))

        return read_articles(
            paths,
            published=published.day if published else None,
            fields=self.names.fields,
            dates_from_names=self.names.dates_from_names,
            on_error=fail,
            find_stored=self.store.find_article,
        )

    def _finish(self, article: Article, reports: int, workload: Workload | None) -> None:
        """Hand over what is printed of an article, and count it."""
        if self.is_streamed:
            sys.stdout.flush()
        self.progress.detail(f"{article.path or article.id}: {_count(reports, 'report')}")
        if workload is None:
            self.progress.advance()
        else:
            self.progress.advance(done=workload.advance(article), total=workload.total)

    def print_reports(self, reports: Iterator[Report], chosen: Format) -> None:
        """Print reports as they come, until nobody reads them any more."""
        from incidents.cli.output import print_items  # noqa: PLC0415

        try:
            first = next(reports, None)
            if first is not None:
                print_items(itertools.chain([first], reports), chosen)
            elif self.batch.articles:
                print_items((), chosen)
            sys.stdout.flush()
        except BrokenPipeError:
            self.is_unread = True
            give_up_stdout()
        except KeyboardInterrupt:  # for the second time
            self.is_interrupted = True
        self.is_interrupted |= self.interrupts.is_waiting

    def link(self) -> list[Incident]:
        """Link what is done, also of a run that ended early, so that `show` has it.

        Returns:
            The incidents that these articles report.
        """
        from incidents.batch import link_store  # noqa: PLC0415

        if not self.batch.articles:
            return []
        self.progress.stage("Linking reports")
        link_store(self.store, self.tools.gazetteer)
        return self.store.incidents_of(self.batch.report_ids)


def _conclude(run: _Run, found: int, db: Path, notes: Notes) -> None:
    """End with the exit code of the run; say how it went where that is not plain."""
    batch = run.batch
    done = f"{_count(len(batch.articles), 'article')} stored in {db}"
    seconds = time.monotonic() - run.began
    reports = _count(len(batch.report_ids), "report")
    notes.detail(f"{done}: {reports} of {_count(found, 'incident')} in {seconds:.1f} s.")
    if run.is_interrupted:
        typer.echo(f"Interrupted: {done}; the rest was not read.", err=True)
        raise typer.Exit(EXIT_INTERRUPTED)
    if run.is_unread:
        raise typer.Exit(EXIT_UNREAD)
    if not batch.articles and batch.failures:
        raise typer.Exit(1)  # each failure stands on stderr already
    if batch.remembered:
        kept = _count(batch.remembered, "article")
        day = f"Kept from an earlier run: the day of publication of {kept}"
        notes.note(f"{day}; --published changes it.")
    if not found:
        notes.note(f"No incidents found: {done}.")
    if batch.failures:
        raise typer.Exit(PartialError.exit_code)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
