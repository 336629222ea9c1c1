"""A run over articles: what it keeps of earlier runs, and how it meets other runs."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

import msgspec
import pytest

from incidents.ahead import Plain
from incidents.batch import Batch, extract_batch, link_store
from incidents.errors import StoreError
from incidents.model import Article
from incidents.parallel import extract_here
from incidents.store import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from incidents.model import Report

    Build = Callable[..., Report]

ARTICLE = Article(id="000", text="Gunmen fought in Qamishli on Tuesday.")
DAY, OTHER = dt.date(2021, 4, 22), dt.date(2021, 5, 6)


class NoPlaces:
    """A gazetteer that knows no place and no actor."""

    def place(self, _: str) -> None:
        """Give nothing."""

    def actor(self, _: str) -> None:
        """Give nothing."""


class Nothing:
    """An extractor that finds nothing."""

    def extract(self, _: Article) -> list[Report]:
        """Give no report."""
        return []


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give an empty store."""
    with open_store(tmp_path / "incidents.db") as opened:
        yield opened


@pytest.mark.parametrize(
    ("again", "keep_days", "published"),
    [
        pytest.param({}, True, DAY, id="the same"),
        pytest.param({"title": "Clash", "path": "b.txt"}, True, DAY, id="the same text"),
        pytest.param({"published": OTHER}, True, OTHER, id="another day"),
        pytest.param({"text": "Other words."}, True, None, id="another text"),
        pytest.param({"id": "001"}, True, None, id="another article"),
        pytest.param({}, False, None, id="forgotten"),
    ],
)
def test_batch_keeps_the_day_that_was_told_before(
    store: Store, again: dict[str, object], *, keep_days: bool, published: dt.date | None
) -> None:
    """An article that is read again keeps its day of publication, unless text or day change."""
    store.put_article(msgspec.structs.replace(ARTICLE, published=DAY), [])
    article = msgspec.structs.replace(ARTICLE, **again)
    batch = Batch()

    done = extract_batch(
        Plain([article]),
        store,
        extract=partial(extract_here, make_extractor=Nothing, seconds=None),
        batch=batch,
        on_error=pytest.fail,
        keep_days=keep_days,
    )

    assert [found for _, found in done] == [[]]
    assert published == store.article(article.id).published
    assert (published == DAY) == bool(batch.remembered)


def overtake(
    store: Store, monkeypatch: pytest.MonkeyPatch, act: Callable[[Store, int], None]
) -> None:
    """Let another process act between the linking and the writing of each attempt."""
    put, attempts = Store.change_incidents, iter(range(100))

    def late(self: Store, *args: object, **options: object) -> bool:
        if self is store:
            with open_store(store.path) as other:
                act(other, next(attempts))
        return put(self, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "change_incidents", late)


def put_another(other: Store, build_report: Build, number: int) -> None:
    """Extract and link an article as another process would."""
    id_ = f"9{number}"
    article = msgspec.structs.replace(ARTICLE, id=id_)
    other.put_article(article, [build_report(f"{id_}.a", date=f"2015-01-{number + 1:02}")])
    link_store(other, NoPlaces())  # type: ignore[arg-type]


def test_batch_links_again_where_another_run_was_quicker(
    store: Store, build_report: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another process links in the meantime is not taken back."""
    store.put_article(ARTICLE, [build_report("000.a")])

    def act(other: Store, attempt: int) -> None:
        if not attempt:
            put_another(other, build_report, attempt)

    overtake(store, monkeypatch, act)
    link_store(store, NoPlaces())  # type: ignore[arg-type]

    assert [each.reports for each in store.incidents()] == [("rep-90.a",), ("rep-000.a",)]
    assert store.count_unlinked() == 0


def test_batch_gives_up_where_others_never_rest(
    store: Store, build_report: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Linking that is always overtaken ends with what to do."""
    store.put_article(ARTICLE, [build_report("000.a")])

    def act(other: Store, attempt: int) -> None:
        other.put_article(ARTICLE, [build_report("000.a", date=f"2015-01-{attempt + 1:02}")])

    overtake(store, monkeypatch, act)

    with pytest.raises(StoreError, match="all the time; extract again when they end"):
        link_store(store, NoPlaces())  # type: ignore[arg-type]


def test_batch_leaves_reports_of_a_running_extraction_alone(
    store: Store, build_report: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reports that another process has not linked yet do not keep this one from ending."""
    store.put_article(ARTICLE, [build_report("000.a")])

    def act(other: Store, attempt: int) -> None:
        article = msgspec.structs.replace(ARTICLE, id=f"9{attempt}")
        other.put_article(article, [build_report(f"9{attempt}.a")])

    overtake(store, monkeypatch, act)
    link_store(store, NoPlaces())  # type: ignore[arg-type]

    assert [each.reports for each in store.incidents()] == [("rep-000.a",)]
    assert store.count_unlinked() == 1
