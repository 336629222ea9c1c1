"""XLSX: the flat table as an Excel workbook, with a sheet that explains its columns."""

from __future__ import annotations

import datetime as dt
import io
from typing import IO, TYPE_CHECKING, Any

from incidents.errors import InputError
from incidents.exports.cells import safe_text
from incidents.exports.registry import Export
from incidents.exports.table import COLUMNS, table_row
from incidents.lines import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidents.exports.material import Material
    from incidents.model import Incident

# Excel specifications and limits: rows of a sheet, characters of a cell.
_MAX_ROWS = 1_048_576
_MAX_CELL = 32_767
_FIRST_YEAR = 1900  # Excel has no days before it
_WIDTHS = {"text": 22, "day": 11, "integer": 10, "number": 10, "flag": 11}
_WIDE = {"place": 32, "notes": 100, "id": 18}


def _write(incidents: Sequence[Incident], stream: IO[bytes], _material: Material) -> None:
    """Write a workbook with the sheets `incidents` and `columns`.

    Raises:
        InputError: there are more incidents than a sheet has rows.
    """
    import xlsxwriter  # noqa: PLC0415 - no other format needs it

    if len(incidents) >= _MAX_ROWS:
        msg = f"{len(incidents)} incidents: a sheet has {_MAX_ROWS} rows; filter, or export parquet"
        raise InputError(msg)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    # the same incidents give the same file
    book.set_properties({"created": dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)})
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("incidents")
    for at, column in enumerate(COLUMNS):
        sheet.write_string(0, at, column.name, bold)
        sheet.set_column(at, at, _WIDE.get(column.name, _WIDTHS[column.kind]))
    for line, incident in enumerate(incidents, start=1):
        row = table_row(incident)
        for at, column in enumerate(COLUMNS):
            _write_cell(sheet, (line, at), row.get(column.name), day)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(incidents)), len(COLUMNS) - 1)
    _explain(book.add_worksheet("columns"), bold)
    book.close()
    stream.write(buffer.getbuffer())


def _write_cell(sheet: Any, at: tuple[int, int], value: object, day: Any) -> None:  # noqa: ANN401 - the library has no types
    """Write a value as what it is: a text never becomes a formula or a link."""
    if isinstance(value, bool):
        sheet.write_boolean(*at, value)
    elif isinstance(value, (int, float)):
        sheet.write_number(*at, value)
    elif isinstance(value, dt.date):
        if value.year >= _FIRST_YEAR:
            sheet.write_datetime(*at, dt.datetime.combine(value, dt.time()), day)
        else:
            sheet.write_string(*at, value.isoformat())
    elif isinstance(value, str):
        sheet.write_string(*at, shorten(safe_text(value), _MAX_CELL))


def _explain(sheet: Any, bold: Any) -> None:  # noqa: ANN401 - the library has no types
    """Say in a second sheet what each column holds."""
    for line, texts in enumerate([("column", "what it holds"), *_legend()]):
        for at, text in enumerate(texts):
            sheet.write_string(line, at, text, bold if line == 0 else None)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 90)


def _legend() -> list[tuple[str, str]]:
    return [(column.name, column.about.replace("`", "")) for column in COLUMNS]


EXPORT = Export(
    name="xlsx",
    help="An Excel workbook: a sheet of incidents, and one that explains its columns.",
    suffix=".xlsx",
    write=_write,
    is_binary=True,
    columns=COLUMNS,
)
"""The format `xlsx`."""
