"""Rows of Arrow batches on the workers: one by one, in groups, and back into batches."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Row = dict[str, Any]

_ROWS = 500
_BYTES = 16_000_000  # of texts in a batch; what is larger waits in memory on both sides


def each_row(batches: Iterable[pa.RecordBatch]) -> Iterator[Row]:
    """Yield the rows of batches."""
    for batch in batches:
        yield from batch.to_pylist()


def in_groups(batches: Iterable[pa.RecordBatch], key: str) -> Iterator[tuple[Any, list[Row]]]:
    """Yield rows that follow each other and have the same key; batches may break anywhere."""
    for value, rows in groupby(each_row(batches), key=itemgetter(key)):
        yield value, list(rows)


def to_batches(rows: Iterable[Row], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Pack rows into batches that are no larger than memory likes."""
    waiting: list[Row] = []
    size = 0
    for row in rows:
        waiting.append(row)
        size += sum(len(value) for value in row.values() if isinstance(value, str | bytes))
        if len(waiting) >= _ROWS or size > _BYTES:
            yield pa.RecordBatch.from_pylist(waiting, schema)
            waiting, size = [], 0
    if waiting:
        yield pa.RecordBatch.from_pylist(waiting, schema)


def to_ddl(schema: pa.Schema) -> str:
    """The columns of a schema as Spark writes them."""
    return ", ".join(f"`{field.name}` {_ddl_type(field.type)}" for field in schema)


def _ddl_type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"array<{_ddl_type(kind.value_type)}>"
    return _DDL[kind]


_DDL = {
    pa.string(): "string",
    pa.binary(): "binary",
    pa.int64(): "bigint",
    pa.float64(): "double",
    pa.bool_(): "boolean",
    pa.date32(): "date",
}
