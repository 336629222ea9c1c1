"""Progress in words."""

from __future__ import annotations

import io
import logging
import re

import pytest

from incidents.cli.notes import Notes
from incidents.cli.progress import Progress, pace


@pytest.mark.parametrize(
    ("articles", "seconds", "done", "total", "words"),
    [
        (1, 0.1, 0, None, "1 article"),
        (2, 0.9, 50, 100, "2 articles"),
        (30, 10.0, 0, None, "30 articles · 3.0 a second"),
        (30, 10.0, 0, 100, "30 articles · 3.0 a second"),
        (30, 10.0, 25, 100, "30 articles · 3.0 a second · 0:00:30 left"),
        (4000, 3600.0, 1, 10, "4,000 articles · 1.1 a second · 9:00:00 left"),
        (30, 10.0, 100, 100, "30 articles · 3.0 a second · 0:00:00 left"),
    ],
)
def test_progress_says_how_fast_and_how_long(
    articles: int, seconds: float, done: int, total: int | None, words: str
) -> None:
    """The rate comes with the first second, the time left where the whole is known."""
    assert pace(articles, seconds, done=done, total=total) == words


class Terminal(io.StringIO):
    """A terminal that remembers."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_message_of_the_library_stands_above_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """A warning on the way starts a line of its own, and is printed once."""
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    before = list(logging.getLogger("incidents").handlers)
    log = logging.getLogger("incidents.gazetteer")
    log.setLevel(logging.NOTSET)  # another test's --quiet is still in force in this process

    with Progress(Notes.usual) as progress:
        progress.stage("Opening the gazetteer")
        log.warning("Building the %s.", "index")

    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", terminal.getvalue()).replace("\r", "")
    assert "Opening the gazetteer" in shown
    assert shown.count("Building the index.") == 1
    assert "\nBuilding the index.\n" in shown
    assert logging.getLogger("incidents").handlers == before
