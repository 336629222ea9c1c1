"""Articles into a store: each extracted and stored on its own, then all reports linked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import msgspec

from incidents.errors import IncidentsError, StoreError, describe_bug
from incidents.excerpts import shorten_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from incidents.gazetteer import Gazetteer
    from incidents.model import Article, Report
    from incidents.store import Store

_ATTEMPTS = 20  # to link while others extract into the same store


class ReportSource(Protocol):
    """What turns an article into reports: `incidents.Extractor`, or a stand-in for it."""

    def extract(self, article: Article, /) -> list[Report]:
        """The reports of an article, in its order."""


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
    articles: Iterable[Article],
    store: Store,
    *,
    make_extractor: Callable[[], ReportSource],
    batch: Batch,
    on_error: Callable[[str], None],
    keep_days: bool = True,
    run: int | None = None,
    keep_text: bool = True,
) -> Iterator[tuple[Article, list[Report]]]:
    """Extract and store articles one by one; one that fails does not stop the rest.

    Nothing is done before the caller asks for the first article, and no article is read before the
    one ahead of it is stored and handed over.

    Args:
        articles: read as they are needed.
        store: gets each article and its reports in a transaction of their own.
        make_extractor: called once, when there is an article: loading a model takes time.
        batch: filled as the run goes, so that an interrupted run can say what is done.
        on_error: gets one line on each article that failed.
        keep_days: an article that states no day of publication, and is stored with one and with
            the same text, keeps it: what the user once told need not be told again.
        run: number of the run in the store, which keeps what it found.
        keep_text: False to store articles without their text, and reports without sentences.

    Yields:
        Each article that is stored, with its reports.

    Raises:
        StoreError: the store cannot be written; what was stored before stays.
        ModelMissingError: from `make_extractor`.
    """
    extractor: ReportSource | None = None
    for read in articles:
        article = _with_stored_day(read, store) if keep_days else read
        batch.remembered += article is not read
        extractor = extractor or make_extractor()
        try:
            reports = extractor.extract(article)
        except Exception as exc:  # noqa: BLE001 - one odd article must not end a run over thousands
            batch.failures += 1
            on_error(explain_failure(article, exc))
            continue
        if not keep_text:
            reports = [shorten_report(report) for report in reports]
        store.put_article(article, reports, run=run, keep_text=keep_text)
        batch.articles.append(article.id)
        batch.report_ids.extend(report.id for report in reports)
        yield article, reports


def _with_stored_day(article: Article, store: Store) -> Article:
    """The article with the day of publication that is stored for the same text."""
    stored = store.find_article(article.id) if article.published is None else None
    if stored is None or stored.published is None or not store.has_text(article):
        return article
    return msgspec.structs.replace(article, published=stored.published)


def explain_failure(article: Article, exc: Exception) -> str:
    """Say in one line which article the extractor failed on; its text stays out of the line."""
    where = article.path or article.id
    if isinstance(exc, IncidentsError):
        return str(exc)
    return f"{where}: cannot be extracted ({describe_bug(exc)}); report it with this line"


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
