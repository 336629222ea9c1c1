"""On the workers: ids that are each one article's, and articles into reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa

from incidents.articles.naming import Names
from incidents.attempts import attempt, cut
from incidents.model import Article
from incidents.spark.arrow import each_row, in_groups, to_batches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from incidents.attempts import ReportSource
    from incidents.spark.arrow import Row

NAMED = pa.schema(
    [
        ("file", pa.int64()),
        ("number", pa.int64()),
        ("key", pa.string()),
        ("id", pa.string()),
        ("new_id", pa.string()),  # null for a copy
    ]
)

EXTRACTED = pa.schema(
    [
        ("file", pa.int64()),
        ("number", pa.int64()),
        ("id", pa.string()),
        ("article", pa.string()),
        ("reports", pa.list_(pa.string())),  # JSON, in the order of the article
        ("error", pa.string()),
    ]
)

_extractors: dict[str, ReportSource] = {}  # of this process, which Spark keeps for many tasks


def name_articles(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Tell articles apart whose ids clash, as `read_articles` does, into rows of `NAMED`.

    Args:
        batches: rows of `READ` without text, in the order of `key`, `file` and `number`.
    """
    return to_batches(_each_name(batches), NAMED)


def _each_name(batches: Iterable[pa.RecordBatch]) -> Iterator[Row]:
    for key, rows in in_groups(batches, "key"):
        names = Names(lambda _: None, lambda _: False, on_mended=lambda _: None)
        for row in rows:
            # texts are only asked whether they are the same: their hashes tell that, too
            article = Article(id=row["id"], text=row["digest"], path=row["path"])
            found = names.check(article)
            place = {name: row[name] for name in ("file", "number", "id")}
            yield place | {"key": key, "new_id": None if found is None else found.id}


def extract_articles(batches: Iterable[pa.RecordBatch], model: str) -> Iterator[pa.RecordBatch]:
    """Extract articles into rows of `EXTRACTED`; one that fails does not stop the rest."""
    return to_batches(_extracted(batches, model), EXTRACTED)


def _extracted(batches: Iterable[pa.RecordBatch], model: str) -> Iterator[Row]:
    for rows in cut(each_row(batches), lambda row: len(row["article"])):
        articles = [_article(row) for row in rows]
        for row, article, found in zip(
            rows, articles, attempt(_extractor(model), articles), strict=True
        ):
            done: Row = {"file": row["file"], "number": row["number"], "id": article.id}
            if isinstance(found, str):
                yield done | {"article": None, "reports": [], "error": found}
                continue
            yield done | {
                "article": msgspec.json.encode(article).decode(),
                "reports": [msgspec.json.encode(report).decode() for report in found],
                "error": None,
            }


def _article(row: Row) -> Article:
    article = msgspec.json.decode(row["article"], type=Article)
    return msgspec.structs.replace(article, id=row["new_id"]) if row.get("new_id") else article


def _extractor(model: str) -> ReportSource:
    """The extractor of this process, loaded when it is first needed."""
    if model not in _extractors:
        from incidents.extractors.pipeline import Extractor  # noqa: PLC0415 - spaCy, for seconds

        _extractors[model] = Extractor(model)
    return _extractors[model]
