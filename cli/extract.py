"""`incidents extract`: articles in, incidents out, both kept in the database."""

from __future__ import annotations

import itertools
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from incidents.cli.errors import (
    EXIT_INTERRUPTED,
    EXIT_UNREAD,
    echo_error,
    give_up_stdout,
    reports_errors,
)
from incidents.cli.notes import Notes, QuietOption, VerboseOption
from incidents.cli.options import (
    DEFAULT_DB,
    DatesFromNamesOption,
    DbOption,
    FieldsOption,
    Format,
    FormatOption,
    JobsOption,
    JsonOption,
    ModelOption,
    NoTextOption,
    Published,
    PublishedOption,
    TimeLimitOption,
    TriageOption,
    choose_format,
)
from incidents.errors import (
    ForeignTextError,
    IncidentsError,
    InputError,
    MendedInputError,
    PartialError,
)
from incidents.interrupts import Interrupts
from incidents.lines import clean, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    from incidents.ahead import Source
    from incidents.batch import Batch
    from incidents.cli.progress import Progress
    from incidents.cli.tools import Tools
    from incidents.model import Article, Incident, Report
    from incidents.parallel import Found, Item
    from incidents.record import Record
    from incidents.runs import Outcome
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
    jobs: JobsOption = 1,
    time_limit: TimeLimitOption = 60,
    no_text: NoTextOption = False,
    triage: TriageOption = True,
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
    from incidents.record import record_run  # noqa: PLC0415
    from incidents.store import open_store  # noqa: PLC0415

    chosen = choose_format(format_, as_json=as_json)
    notes = Notes.chosen(quiet=quiet, verbose=verbose)
    is_streamed = reports and chosen is not Format.table
    batch, names = Batch(), _Names(fields, dates_from_names)
    options = _options(published, names, no_text=no_text, triage=triage)
    if not db.exists():
        _require_file(paths)
    with (
        open_store(db) as store,
        # a line that is drawn anew would stand between the results
        Progress(notes, is_shown=not (is_streamed and sys.stdout.isatty())) as progress,
        record_run(store, batch, model=model, options=options) as record,
    ):
        tools = Tools(model, progress, triage=triage)
        run = _Run(
            store=store,
            batch=batch,
            record=record,
            progress=progress,
            tools=tools,
            extract=tools.extraction(jobs, time_limit),
            names=names,
            is_streamed=is_streamed,
            keep_text=not no_text,
        )
        run.read(paths, published, chosen)
        incidents = run.link()
        progress.stop()
        if run.has_output:
            print_items(run.stored_reports() if reports else incidents, chosen)
        record.outcome = run.outcome
    _conclude(run, len(incidents), db, notes)


def _require_file(paths: list[str]) -> None:
    """End here where no path leads to a file: a slip of the pen makes no empty database."""
    from incidents.articles.expand import expand_path  # noqa: PLC0415

    troubles = []
    for path in paths:
        for found in expand_path(path):
            if not isinstance(found, InputError):
                return
            troubles.append(str(found))
    for trouble in troubles:
        echo_error(trouble)
    raise typer.Exit(InputError.exit_code)


class _Names(NamedTuple):
    """How the input is named: what fields are called, whether file names tell the day."""

    fields: dict[str, str] | None
    dates_from_names: bool


def _options(
    published: Published | None, names: _Names, *, no_text: bool, triage: bool
) -> dict[str, str | bool]:
    """The options of a run that change what it finds or keeps, those that were given."""
    days = published and (published.day.isoformat() if published.day else "none")
    fields = ",".join(f"{field}={name}" for field, name in (names.fields or {}).items())
    given: dict[str, str | bool] = {
        "published": days or "",
        "fields": fields,
        "dates_from_names": names.dates_from_names,
        "no_text": no_text,
        "no_triage": not triage,
    }
    return {name: value for name, value in given.items() if value}


@dataclass(slots=True, kw_only=True)
class _Run:
    """A run over articles, and what became of it.

    Attributes:
        store: gets the articles and reports.
        batch: what is done.
        record: of this run in the store.
        progress: shows it.
        tools: the gazetteer and the extractor.
        extract: makes reports of articles, in one process or in several.
        names: how fields and files are named.
        is_streamed: reports are printed as they come.
        keep_text: articles are stored with their text.
        is_interrupted: Ctrl-C ended it.
        is_unread: what reads stdout has ended.
        began: seconds of a clock.
        interrupts: lets Ctrl-C wait while reports are written.
    """

    store: Store
    batch: Batch
    record: Record
    progress: Progress
    tools: Tools
    extract: Callable[[Source[Item]], Generator[tuple[Item, Found], None, None]]
    names: _Names
    is_streamed: bool
    keep_text: bool
    is_interrupted: bool = False
    is_unread: bool = False
    began: float = field(default_factory=time.monotonic)
    interrupts: Interrupts = field(default_factory=Interrupts)

    @property
    def outcome(self) -> Outcome | None:
        """How the run ended, where it did not come to its own end."""
        if self.is_interrupted:
            return "interrupted"
        return "unread" if self.is_unread else None

    @property
    def has_output(self) -> bool:
        """Whether something is printed at the end: also of articles that were all passed over."""
        is_done = bool(self.batch.articles) or not self.batch.failures
        return is_done and not self.is_streamed and not self.is_interrupted

    def reports(self, paths: list[str], published: Published | None) -> Iterator[Report]:
        """Yield the reports of each article when it is stored; Ctrl-C is the end of them."""
        from incidents.ahead import Ahead  # noqa: PLC0415
        from incidents.batch import extract_batch  # noqa: PLC0415
        from incidents.workload import Workload  # noqa: PLC0415

        workload = Workload.measure(paths) if self.progress.is_shown else None
        source: Ahead[Item] = Ahead(partial(self._read, paths, published), size=_size)
        done = extract_batch(
            source,
            self.store,
            extract=self.extract,
            batch=self.batch,
            on_error=self.progress.error,
            on_unread=self._pass_over,
            keep_days=published is None,
            run=self.record.run,
            keep_text=self.keep_text,
        )
        try:
            with closing(done):
                for article, found in done:
                    self.interrupts.hold()
                    yield from found
                    self._finish(article, len(found), workload)
                    self.interrupts.release()
        except KeyboardInterrupt:
            self.is_interrupted = True
        self.interrupts.hold()  # while the end is written

    def _read(
        self, paths: list[str], published: Published | None, put: Callable[[Item], None]
    ) -> None:
        """Read all articles; runs in a thread of its own."""
        from incidents.articles import read_articles  # noqa: PLC0415
        from incidents.store import open_store  # noqa: PLC0415

        with open_store(self.store.path) as store:  # SQLite wants one for each thread
            for article in read_articles(
                paths,
                published=published.day if published else None,
                fields=self.names.fields,
                dates_from_names=self.names.dates_from_names,
                on_error=put,
                find_stored=store.find_article,
                has_text=store.has_text,
            ):
                put(article)

    def _pass_over(self, error: InputError) -> None:
        """Tell what could not be read, when its turn has come."""
        if isinstance(error, ForeignTextError):
            self.progress.note(f"Passed over: {error}")
            return
        if isinstance(error, MendedInputError):
            self.progress.note(str(error))
            return
        self.batch.failures += 1
        self.progress.error(str(error))

    def stored_reports(self) -> Iterator[Report]:
        """The reports of the run, in its order."""
        for article_id in self.batch.articles:
            yield from self.store.reports_of(article_id)

    def _finish(self, article: Article, reports: int, workload: Workload | None) -> None:
        """Hand over what is printed of an article, and count it."""
        if self.is_streamed:
            sys.stdout.flush()
        self.progress.detail(f"{article.path or article.id}: {counted(reports, 'report')}")
        if workload is None:
            self.progress.advance()
        else:
            self.progress.advance(done=workload.advance(article), total=workload.total)

    def read(self, paths: list[str], published: Published | None, chosen: Format) -> None:
        """Extract and store all reports; print them as they come, where they are streamed."""
        if self.is_streamed:
            with self.interrupts:
                self.print_reports(self.reports(paths, published), chosen)
            return
        for _ in self.reports(paths, published):
            pass  # stored; to hold all would take memory

    def print_reports(self, reports: Iterator[Report], chosen: Format) -> None:
        """Print reports as they come, until nobody reads them any more."""
        from incidents.cli.output import print_items  # noqa: PLC0415

        try:
            first = next(reports, None)
            if first is not None:
                print_items(itertools.chain([first], reports), chosen)
            elif self.batch.articles or not self.batch.failures:
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
    done = f"{counted(len(batch.articles), 'article')} stored in {db}"
    seconds = time.monotonic() - run.began
    reports = counted(len(batch.report_ids), "report")
    notes.detail(f"{done}: {reports} of {counted(found, 'incident')} in {seconds:.1f} s.")
    if run.is_interrupted:
        typer.echo(clean(f"Interrupted: {done}; the rest was not read."), err=True)
        raise typer.Exit(EXIT_INTERRUPTED)
    if run.is_unread:
        raise typer.Exit(EXIT_UNREAD)
    if not batch.articles and batch.failures:
        raise typer.Exit(IncidentsError.exit_code)  # each failure stands on stderr already
    if batch.remembered:
        kept = counted(batch.remembered, "article")
        day = f"Kept from an earlier run: the day of publication of {kept}"
        notes.note(f"{day}; --published changes it.")
    if not found:
        notes.note(f"No incidents found: {done}.")
    if batch.failures:
        raise typer.Exit(PartialError.exit_code)


def _size(item: Item) -> int:
    return 0 if isinstance(item, Exception) else len(item.text)
