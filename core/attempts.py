"""Extract a few articles at a time; find the one that fails, and let the others pass."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol, TypeVar

from incidents.errors import IncidentsError, OverTimeError, describe_bug
from incidents.time_limit import time_limit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from incidents.model import Article, Report

BATCH_ARTICLES = 64
"""Articles that are extracted together. The language model takes a step for all that it parses at
once: 16 or more take a quarter less time than one by one, and of mixed news it parses a fourth."""

BATCH_CHARACTERS = 160_000
"""Text of a batch; what is longer goes alone."""

T = TypeVar("T")


class ReportSource(Protocol):
    """What turns an article into reports: `incidents.Extractor`, or a stand-in for it.

    It may have a method `extract_many` too, for several articles at once.
    """

    def extract(self, article: Article, /) -> list[Report]:
        """The reports of an article, in its order."""


def attempt(
    extractor: ReportSource, articles: Sequence[Article], *, seconds: float | None = None
) -> Iterator[list[Report] | str]:
    """Extract articles together; where that fails, one by one.

    Args:
        extractor: makes the reports.
        articles: not more than `cut` puts together.
        seconds: computing time that each may take; None for no limit.

    Yields:
        For each article its reports, or one line on why it has none.
    """
    together = getattr(extractor, "extract_many", None) if len(articles) > 1 else None
    if together is not None:
        try:
            with time_limit(seconds):
                found = list(together(articles))
        except Exception:  # noqa: BLE001, S110 - one of them; which one, and why, is told below
            pass
        else:
            yield from found
            return
    for article in articles:
        yield _one(extractor, article, seconds)


def _one(extractor: ReportSource, article: Article, seconds: float | None) -> list[Report] | str:
    try:
        with time_limit(seconds):
            return extractor.extract(article)
    except Exception as exc:  # noqa: BLE001 - one odd article must not end a run over thousands
        return explain_failure(article, exc)


def explain_failure(article: Article, exc: Exception) -> str:
    """Say in one line which article the extractor failed on; its text stays out of the line."""
    where = name_article(article)
    if isinstance(exc, OverTimeError):
        length = f"{len(article.text):,} characters"
        return f"{where}: {exc} ({length}); split it, or allow more with --time-limit"
    if isinstance(exc, IncidentsError):
        return str(exc)
    return f"{where}: cannot be extracted ({describe_bug(exc)}); report it with this line"


def name_article(article: Article) -> str:
    """Say which article is meant: by its file, and by its id where the file holds many."""
    if article.path is None:
        return article.id
    own = PurePath(article.path).name.partition(".")[0]
    return article.path if own == PurePath(article.id).name else f"{article.path}: {article.id}"


def cut(
    items: Iterable[T],
    length: Callable[[T], int],
    most: int = BATCH_ARTICLES,
    characters: int = BATCH_CHARACTERS,
) -> Iterator[list[T]]:
    """Cut items, in their order, into batches that are worth the model's while.

    Args:
        items: articles, or what stands for them.
        length: of an item's text, in characters.
        most: items in a batch.
        characters: of all texts in a batch; a longer text is a batch of its own.
    """
    batch: list[T] = []
    held = 0
    for item in items:
        held += length(item)
        if batch and (len(batch) == most or held > characters):
            yield batch
            batch, held = [], length(item)
        batch.append(item)
    if batch:
        yield batch
