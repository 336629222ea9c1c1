"""Parquet tables: a row, an article; read in small batches, and only the columns that are used."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from incidents.articles.layouts import FIELDS, find_layout, missing_name
from incidents.articles.limits import seekable
from incidents.articles.records import explain_missing, read_record
from incidents.articles.registry import Reader
from incidents.errors import InputError, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from incidents.articles.source import Source
    from incidents.model import Article

_ROWS = 100  # of a batch, in memory at once
_MAX_RATIO = 1000  # of a group of rows; Zstandard packs words of news 3 to 30 times
_FREE_BYTES = 50_000_000  # of a group that may be unpacked whatever the ratio


def _read(source: Source) -> Iterator[Article | InputError]:
    import pyarrow as pa  # noqa: PLC0415 - most files are none of these
    from pyarrow import parquet  # noqa: PLC0415

    label = source.label
    with seekable(source.stream, label) as stream:
        try:
            table = parquet.ParquetFile(stream)
            names = table.schema_arrow.names
            missing = missing_name(names, source.options.fields)
            if missing:
                yield InputError(f"{label}: {explain_missing(missing, names)}")
                return
            if _is_bomb(table.metadata, stream.seek(0, io.SEEK_END)):
                yield InputError(
                    f"{label}: its rows unpack to more than {_MAX_RATIO} times its size,"
                    " as no text does; leave it out"
                )
                return
            columns = _columns(names, source.options.fields)
            yield from _read_rows(table, columns, source)
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            yield InputError(f"{label}: broken Parquet table ({reason_of(error)}); fetch it again")


def _read_rows(table: Any, columns: list[str], source: Source) -> Iterator[Article | InputError]:  # noqa: ANN401
    number = 0
    for batch in table.iter_batches(batch_size=_ROWS, columns=columns):
        for record in batch.to_pylist():
            number += 1
            origin = source.origin.numbered(f"{source.label}: row {number}", number)
            yield read_record(record, origin, source.options)
    if not number:
        yield InputError(f"{source.label}: a table without rows; leave it out")


def _columns(names: list[str], fields: Mapping[str, str]) -> list[str]:
    """The columns that are used; those that tell a layout too."""
    layout = find_layout(names)
    used = {*FIELDS, *layout.marks, *fields.values()}
    used |= {name for each in layout.fields.values() for name in each}
    used |= {name.partition(".")[0] for name in used}
    return [name for name in names if name in used]


def _is_bomb(metadata: Any, size: int) -> bool:  # noqa: ANN401 - the library has no types
    """Whether a group of rows says that it unpacks to far more than the file.

    The columns of a group say it more exactly, but the library ends the process when it is asked
    for a column whose description is damaged.
    """
    groups = (metadata.row_group(number) for number in range(metadata.num_row_groups))
    return any(group.total_byte_size > max(_FREE_BYTES, _MAX_RATIO * size) for group in groups)


def _is_like(head: bytes) -> bool:
    return head.startswith(b"PAR1")


READER = Reader(
    name="a Parquet table",
    suffixes=(".parquet", ".pq"),
    read=_read,
    is_like=_is_like,
    is_binary=True,
)
