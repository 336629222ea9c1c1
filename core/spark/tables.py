"""The columns of the tables of an output, and the rows that articles and incidents give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa

from incidents.exports.table import COLUMNS, table_row
from incidents.model import Article, Report
from incidents.spark.arrow import each_row, to_batches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from incidents.model import Incident
    from incidents.spark.arrow import Row

UNDATED = "undated"
"""The month of what has no date."""

MONTH = "event_month"
"""The column whose values are the folders of reports and incidents: 2021-04."""

_TYPES: dict[str, Any] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "flag": pa.bool_(),
    "day": pa.date32(),
}
_FLAT = [(column.name, _TYPES[column.kind]) for column in COLUMNS]
_WHOLE = [("data", pa.string()), (MONTH, pa.string())]  # the whole object as JSON, and its month

INCIDENTS = pa.schema([*_FLAT, *_WHOLE])
REPORTS = pa.schema([*_FLAT, ("article_id", pa.string()), ("position", pa.int64()), *_WHOLE])
ARTICLES = pa.schema(
    [
        (name, pa.date32() if name == "published" else pa.string())
        for name in Article.__struct_fields__
    ]
)


def incident_row(incident: Incident) -> Row:
    """The row of an incident in `INCIDENTS`."""
    return table_row(incident) | _whole(incident)


def report_rows(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Make rows of `REPORTS` of `article_id`, `position` and `data`."""

    def row(given: Row) -> Row:
        report = msgspec.json.decode(given["data"], type=Report)
        place = {"article_id": given["article_id"], "position": given["position"]}
        return table_row(report) | place | _whole(report)

    return to_batches(map(row, each_row(batches)), REPORTS)


def article_rows(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Make rows of `ARTICLES` of `article`."""
    rows = (
        msgspec.structs.asdict(msgspec.json.decode(row["article"], type=Article))
        for row in each_row(batches)
    )
    return to_batches(rows, ARTICLES)


def _whole(item: Report | Incident) -> Row:
    start = item.date.start
    month = f"{start:%Y-%m}" if start else UNDATED
    return {"data": msgspec.json.encode(item).decode(), MONTH: month}
