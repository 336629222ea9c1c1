"""Articles into reports, in this process or in several; the results are the same, in one order."""

from __future__ import annotations

from collections import deque
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from incidents.attempts import BATCH_ARTICLES, attempt, cut, explain_failure, name_article
from incidents.errors import InputError
from incidents.worker_process import Outcome, Start
from incidents.workers import Piece, WorkerPool

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from incidents.ahead import Source
    from incidents.attempts import ReportSource
    from incidents.model import Article, Report
    from incidents.workers import Answer

    Item = Article | InputError
    Found = list[Report] | str

# What is read while a slow article keeps its place in the order.
_WINDOW_ARTICLES = 256  # for a worker
_WINDOW_CHARACTERS = 20_000_000

_decode = msgspec.msgpack.Decoder(Outcome).decode


def extract_here(
    source: Source[Item],
    make_extractor: Callable[[], ReportSource],
    *,
    seconds: float | None,
    most: int = BATCH_ARTICLES,
) -> Generator[tuple[Item, Found], None, None]:
    """Extract articles in this process.

    Args:
        source: articles, and what could not be read; closed at the end.
        make_extractor: called once, when there is an article: loading a model takes time.
        seconds: computing time that an article may take; None for no limit.
        most: articles that are worked on together.

    Yields:
        Each item of the source, in order, with its reports or with one line on why it has none.
    """
    extractor: ReportSource | None = None
    with closing(source):
        while items := source.take(most):
            articles = [item for item in items if not isinstance(item, InputError)]
            if articles:
                extractor = extractor or make_extractor()
            found = _attempt_all(extractor, articles, seconds)
            for item in items:
                yield item, [] if isinstance(item, InputError) else next(found)


def _attempt_all(
    extractor: ReportSource | None, articles: Sequence[Article], seconds: float | None
) -> Iterator[Found]:
    for batch in cut(articles, lambda article: len(article.text)):
        if extractor is not None:
            yield from attempt(extractor, batch, seconds=seconds)


def extract_in_workers(
    source: Source[Item], start: Start, jobs: int, *, most: int = BATCH_ARTICLES
) -> Generator[tuple[Item, Found], None, None]:
    """Extract articles in worker processes.

    Args:
        source: articles, and what could not be read; closed at the end.
        start: makes the extractor of each worker.
        jobs: worker processes.
        most: articles that are worked on together.

    Yields:
        Each item of the source, in order, with its reports or with one line on why it has none.

    Raises:
        IncidentsError: workers cannot start.
    """
    with (
        closing(source),
        closing(
            WorkerPool("incidents.worker_process", msgspec.msgpack.encode(start), jobs)
        ) as pool,
    ):
        source.on_arrival(pool.wake)
        line = _Line(source, pool, jobs, most)
        while not line.is_done:
            yield from line.leave()
            if not line.fill() and not line.is_done:
                line.wait()


@dataclass(slots=True)
class _Place:
    """An item's place in the line."""

    item: Item
    found: Found | None


class _Line:
    """The items between source and consumer, in their order.

    Attributes:
        source: where they come from.
        pool: works on them.
    """

    def __init__(self, source: Source[Item], pool: WorkerPool, jobs: int, most: int) -> None:
        self.source = source
        self.pool = pool
        self._most = most
        self._jobs = jobs
        self._window = _WINDOW_ARTICLES * jobs
        self._places: deque[_Place] = deque()
        self._first = 0  # number of the first place
        self._characters = 0
        self._error: Exception | None = None

    @property
    def is_done(self) -> bool:
        """Whether all has left.

        Raises:
            Exception: what the source failed with, when all that came before it has left.
        """
        if self._places:
            return False
        if self._error is not None:
            raise self._error
        return self.source.is_done

    def leave(self) -> Iterator[tuple[Item, Found]]:
        """Yield what is next and has its answer."""
        while self._places and (found := self._places[0].found) is not None:
            item = self._places.popleft().item
            self._first += 1
            self._characters -= 0 if isinstance(item, InputError) else len(item.text)
            yield item, found

    def fill(self) -> bool:
        """Give the pool what it has room for; says whether the line has changed."""
        if self._is_full() or not self.pool.has_room or self._error is not None:
            return False
        try:
            items = self.source.take(self._most * self._jobs, waits=False)
        except Exception as exc:  # noqa: BLE001 - raised when its turn has come
            self._error = exc
            return True
        most = -(-len(items) // self._jobs)  # where there is little, each worker gets some
        for batch in cut(self._join(items), lambda joined: len(joined[0].text), most):
            self.pool.submit([piece for _, piece in batch])
        return bool(items)

    def wait(self) -> None:
        """Wait for an answer, or for something to read."""
        for answer in self.pool.wait():
            place = self._places[answer.number - self._first]
            if not isinstance(place.item, InputError):
                place.found = _read(answer, place.item)

    def _is_full(self) -> bool:
        return len(self._places) >= self._window or self._characters >= _WINDOW_CHARACTERS

    def _join(self, items: Sequence[Item]) -> Iterator[tuple[Article, Piece]]:
        """Give items their places; yields what there is to do."""
        for item in items:
            number = self._first + len(self._places)
            if isinstance(item, InputError):
                self._places.append(_Place(item, []))
                continue
            self._characters += len(item.text)
            try:
                content = msgspec.msgpack.encode(item)
            except UnicodeEncodeError as exc:  # half a character, as JSON can hold it
                self._places.append(_Place(item, explain_failure(item, exc)))
                continue
            self._places.append(_Place(item, None))
            yield item, Piece(number, content)


def _read(answer: Answer, article: Article) -> Found:
    """What a worker says of an article, or what its end does."""
    if answer.content is None:
        return (
            f"{name_article(article)}: ended two worker processes ({answer.end}); it may need "
            f"more time or memory than there is ({len(article.text):,} characters): split it"
        )
    outcome = _decode(answer.content)
    return outcome.reports if outcome.failure is None else outcome.failure
