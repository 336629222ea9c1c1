"""Progress in words."""

from __future__ import annotations

import pytest

from incidents.cli.progress import pace


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
