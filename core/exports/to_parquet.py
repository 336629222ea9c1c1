"""Parquet: the flat table with its types, for DuckDB, pandas, Spark."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING, Any

from incidents.exports.registry import Export
from incidents.exports.table import COLUMNS, table_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidents.exports.material import Material
    from incidents.model import Incident


def _write(incidents: Sequence[Incident], stream: IO[bytes], _material: Material) -> None:
    import pyarrow as pa  # noqa: PLC0415 - no other format needs it
    import pyarrow.parquet as pq  # noqa: PLC0415

    types: dict[str, Any] = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "flag": pa.bool_(),
        "day": pa.date32(),
    }
    fields = [
        pa.field(column.name, types[column.kind], metadata={"description": column.about})
        for column in COLUMNS
    ]
    table = pa.Table.from_pylist([table_row(each) for each in incidents], pa.schema(fields))
    buffer = io.BytesIO()  # the library seeks, which a pipe cannot do
    pq.write_table(table, buffer)
    stream.write(buffer.getbuffer())


EXPORT = Export(
    name="parquet",
    help="One row an incident with typed columns, for DuckDB, pandas and Spark.",
    suffix=".parquet",
    write=_write,
    is_binary=True,
    columns=COLUMNS,
)
"""The format `parquet`."""
