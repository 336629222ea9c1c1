"""Articles into a store: each extracted and stored on its own, then all reports linked."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from incidents.errors import InputError, StoreError
from incidents.shorten import shorten_report

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from incidents.ahead import Source
    from incidents.gazetteer import Gazetteer
    from incidents.model import Article, Report
    from incidents.parallel import Found, Item
    from incidents.store import Store

_ATTEMPTS = 20  # to link while others extract into the same store


@dataclass(slots=True)
class Batch:
    """What became of a run over articles.

    Attributes:
        articles: ids of the articles that were extracted and stored, in their order.
        failures: how many inputs failed; each was named through `on_error`.
        report_ids: ids of the reports of the stored articles, in their order.
        remembered: how many articles kept a day of publication that an earlier run was told.
    """

    articles: list[str] = field(default_factory=list)
    failures: int = 0
    report_ids: list[str] = field(default_factory=list)
    remembered: int = 0


def extract_batch(
    articles: Source[Item],
    store: Store,
    *,
    extract: Callable[[Source[Item]], Generator[tuple[Item, Found], None, None]],
    batch: Batch,
    on_error: Callable[[str], None],
    on_unread: Callable[[InputError], None] | None = None,
    keep_days: bool = True,
    run: int | None = None,
    keep_text: bool = True,
) -> Generator[tuple[Article, list[Report]], None, None]:
    """Extract and store articles; one that fails does not stop the rest.

    Nothing is done before the caller asks for the first article. Each is stored in its turn,
    whichever was extracted first, and by this process alone.

    Args:
        articles: where they come from, with what could not be read.
        store: gets each article and its reports in a transaction of their own.
        extract: see `incidents.parallel`.
        batch: filled as the run goes, so that an interrupted run can say what is done.
        on_error: gets one line on each article that failed.
        on_unread: gets what could not be read, in its turn; else `on_error` gets its line.
        keep_days: an article that states no day of publication, and is stored with one and with
            the same text, keeps it: what the user once told need not be told again.
        run: number of the run in the store, which keeps what it found.
        keep_text: False to store articles without their text, and reports without sentences.

    Yields:
        Each article that is stored, with its reports.

    Raises:
        StoreError: the store cannot be written; what was stored before stays.
        IncidentsError: from `extract`, where it cannot begin.
    """
    source = _WithStoredDays(articles, store, batch) if keep_days else articles
    with closing(extract(source)) as items:
        for item, found in items:
            if isinstance(item, InputError):
                if on_unread is None:
                    batch.failures += 1
                    on_error(str(item))
                else:
                    on_unread(item)
                continue
            if isinstance(found, str):
                batch.failures += 1
                on_error(found)
                continue
            reports = found if keep_text else [shorten_report(report) for report in found]
            store.put_article(item, reports, run=run, keep_text=keep_text)
            batch.articles.append(item.id)
            batch.report_ids.extend(report.id for report in reports)
            yield item, reports


class _WithStoredDays:
    """A source whose articles have the days of publication that are stored for the same texts."""

    def __init__(self, source: Source[Item], store: Store, batch: Batch) -> None:
        self._source = source
        self._store = store
        self._batch = batch
        self.on_arrival = source.on_arrival
        self.close = source.close

    @property
    def is_done(self) -> bool:
        """Whether there is no more to come."""
        return self._source.is_done

    def take(self, most: int, *, waits: bool = True) -> list[Item]:
        """Give what there is."""
        return [self._lend(item) for item in self._source.take(most, waits=waits)]

    def _lend(self, item: Item) -> Item:
        if isinstance(item, InputError):
            return item
        article = _with_stored_day(item, self._store)
        self._batch.remembered += article is not item
        return article


def _with_stored_day(article: Article, store: Store) -> Article:
    """The article with the day of publication that is stored for the same text."""
    stored = store.find_article(article.id) if article.published is None else None
    if stored is None or stored.published is None or not store.has_text(article):
        return article
    return msgspec.structs.replace(article, published=stored.published)


def link_store(store: Store, gazetteer: Gazetteer | None = None) -> None:
    """Link what has changed in a store.

    Args:
        store: read and written.
        gazetteer: the installed one where it is left out.

    Raises:
        StoreError: the store cannot be written, or other processes write it all the time.
    """
    from incidents.relink import relink  # noqa: PLC0415 - reading a store needs no linking

    for _ in range(_ATTEMPTS):
        if relink(store, gazetteer):
            return
    msg = f"{store.path}: is written by other processes all the time; extract again when they end"
    raise StoreError(msg)
