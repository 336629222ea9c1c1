"""Extractors for worker processes, without a model: what they do is written in the articles."""

from __future__ import annotations

import itertools
import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from incidents.errors import ModelMissingError
from incidents.model import ArticleRef, EventDate, Report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidents.model import Article


class Scripted:
    """Gives a report for each word; some words are orders."""

    def __init__(self, model: str = "", *, triage: bool = True) -> None:
        del model, triage

    def extract(self, article: Article) -> list[Report]:
        """Do what the text says."""
        for word in article.text.split():
            order, _, rest = word.partition(":")
            getattr(self, f"do_{order}", lambda _: None)(rest)
        return [
            Report(
                id=f"rep-{article.id}-{number}",
                article=ArticleRef(id=article.id),
                event_type="Battles",
                sub_event_type="Armed clash",
                date=EventDate(mention=word),
                confidence=1 / (number + 3),
            )
            for number, word in enumerate(article.text.split())
        ]

    def extract_many(self, articles: Sequence[Article]) -> list[list[Report]]:
        """The same for several."""
        return [self.extract(article) for article in articles]

    def do_fail(self, _: str) -> NoReturn:
        """Fail as a bug does."""
        msg = "odd tree"
        raise ValueError(msg)

    def do_loop(self, _: str) -> NoReturn:
        """Compute for ever."""
        while True:
            pass

    def do_count(self, _: str) -> None:
        """Compute for ever in C, where no signal is looked at."""
        sum(itertools.repeat(1))

    def do_sleep(self, seconds: str) -> None:
        """Wait, and compute nothing."""
        time.sleep(float(seconds))

    def do_die(self, path: str) -> None:
        """End the process; where a file is named, only if it is not there yet."""
        if path and Path(path).exists():
            return
        if path:
            Path(path).touch()
        os.kill(os.getpid(), signal.SIGKILL)

    def do_print(self, word: str) -> None:
        """Print, as libraries do."""
        os.write(1, f"{word}\n".encode())


def fail_to_start(model: str = "") -> NoReturn:
    """Have no model."""
    msg = f"no model {model!r}; install it"
    raise ModelMissingError(msg)


def die_at_start(model: str = "") -> NoReturn:
    """End while the model is loaded."""
    del model
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError
