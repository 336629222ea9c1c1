"""Progress of a run on stderr: on a terminal only, so that logs and pipes stay clean."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Self

from incidents.cli.errors import echo_error
from incidents.words import clean

if TYPE_CHECKING:
    from types import TracebackType

    from rich.status import Status

    from incidents.model import Article


class Progress:
    """A spinner with the stage and the number of articles done."""

    def __init__(self, *, is_quiet: bool) -> None:
        self._status: Status | None = None
        self._stage = "Reading"
        self._done = 0
        if not is_quiet and sys.stderr.isatty():
            from rich.console import Console  # noqa: PLC0415 - only where it is seen

            console = Console(stderr=True, markup=False, emoji=False, highlight=False)
            self._status = console.status(self._stage)

    def __enter__(self) -> Self:
        if self._status is not None:
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Take the spinner off the screen; what follows is printed plainly."""
        if self._status is not None:
            self._status.stop()
            self._status = None

    def stage(self, name: str) -> None:
        """Say what goes on now."""
        self._stage = name
        self._update("")

    def advance(self, article: Article) -> None:
        """Count an article that is done."""
        self._done += 1
        self._update(article.id)

    def error(self, message: str) -> None:
        """Print an error as a line above the spinner."""
        if self._status is None:
            echo_error(message)
            return
        self._status.stop()
        echo_error(message)
        self._status.start()

    def _update(self, detail: str) -> None:
        if self._status is not None:
            count = f" · {self._done} done" if self._done else ""
            self._status.update(clean(f"{self._stage}{count} {detail}"))
