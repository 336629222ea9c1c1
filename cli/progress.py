"""Progress of a run on stderr: on a terminal only, so that logs and pipes stay clean."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import sys
import time
from typing import TYPE_CHECKING, Self

from incidents.cli.errors import echo_error
from incidents.cli.notes import Notes, echo_note
from incidents.lines import clean, counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from rich.progress import Progress as Bar

_LOG = logging.getLogger("incidents")
_BAR_COLUMNS = 20
_SOON = 1.0  # seconds; a rate over less says nothing


class _AboveTheLine(logging.Handler):
    """Prints what the library has to say above the line; Python would print it into the line."""

    def __init__(self, progress: Progress) -> None:
        super().__init__(logging.WARNING)
        self._progress = progress

    def emit(self, record: logging.LogRecord) -> None:
        """Print a message."""
        with self._progress.paused():
            echo_note(record.getMessage())


class Progress:
    """A line with the stage, the articles done, their rate and the time left."""

    def __init__(self, notes: Notes, *, is_shown: bool = True) -> None:
        """Prepare the line.

        Args:
            notes: how much to say.
            is_shown: False where results are printed on the same terminal meanwhile.
        """
        self._notes = notes
        self._stage = "Reading"
        self._began = time.monotonic()
        self._articles = 0
        self._bar: Bar | None = None
        self._messages = _AboveTheLine(self)
        if is_shown and notes is not Notes.quiet and sys.stderr.isatty():
            self._bar = _make_bar()
            self._bar.add_task(self._stage, total=None, count="")

    def __enter__(self) -> Self:
        if self._bar is not None:
            _LOG.addHandler(self._messages)
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def is_shown(self) -> bool:
        """Whether there is a line for somebody to see."""
        return self._bar is not None

    def stop(self) -> None:
        """Take the line off the screen; what follows is printed plainly."""
        self._end_stage()
        _LOG.removeHandler(self._messages)
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def stage(self, name: str) -> None:
        """Say what goes on now."""
        self._end_stage()
        self._stage, self._began, self._articles = name, time.monotonic(), 0
        if self._bar is not None:
            # a new task, for a total, once known, cannot be taken back
            self._bar.remove_task(self._bar.task_ids[0])
            self._bar.add_task(clean(name), total=None, count="")

    def advance(self, *, done: int = 0, total: int | None = None) -> None:
        """Count an article that is done.

        Args:
            done: how much of the whole is behind, in any unit.
            total: the whole; None where it is not known, then no time left is shown.
        """
        self._articles += 1
        if self._bar is not None:
            seconds = time.monotonic() - self._began
            count = pace(self._articles, seconds, done=done, total=total)
            task = self._bar.task_ids[0]
            self._bar.update(task, completed=done, total=total, count=count)

    def error(self, message: str) -> None:
        """Print an error as a line above the bar."""
        with self.paused():
            echo_error(message)

    def note(self, message: str) -> None:
        """Print what is worth knowing as a line above the bar."""
        with self.paused():
            self._notes.note(message)

    def detail(self, message: str) -> None:
        """Print a line above the bar, if the user wants to know more."""
        if self._notes is Notes.verbose:
            with self.paused():
                self._notes.detail(message)

    def _end_stage(self) -> None:
        if self._stage:
            self.detail(f"{self._stage}: {time.monotonic() - self._began:.1f} s")
            self._stage = ""

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Take the line off the screen while something is printed."""
        if self._bar is None:
            yield
            return
        self._bar.stop()
        yield
        self._bar.start()


def pace(articles: int, seconds: float, *, done: int, total: int | None) -> str:
    """Say how many are done, how fast, and when the rest will be.

    >>> pace(30, 10.0, done=25, total=100)
    '30 articles · 3.0 a second · 0:00:30 left'
    """
    parts = [counted(articles, "article")]
    if seconds >= _SOON:
        parts.append(f"{articles / seconds:.1f} a second")
        if total and done:
            left = dt.timedelta(seconds=round(seconds * max(total - done, 0) / done))
            parts.append(f"{left} left")
    return " · ".join(parts)


def _make_bar() -> Bar:
    from rich.console import Console  # noqa: PLC0415 - only where it is seen
    from rich.progress import BarColumn, SpinnerColumn, TextColumn  # noqa: PLC0415
    from rich.progress import Progress as Bar  # noqa: PLC0415

    return Bar(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(_BAR_COLUMNS),
        TextColumn("{task.fields[count]}", markup=False),
        console=Console(stderr=True, markup=False, emoji=False, highlight=False),
        transient=True,
        # results are for stdout, whatever is on the screen
        redirect_stdout=False,
        redirect_stderr=False,
    )
