"""Values as the cells of a text file, which no spreadsheet runs as a formula."""

from __future__ import annotations

import csv
import re
from typing import IO, TYPE_CHECKING

from incidents.lines import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from incidents.exports.columns import Column

# A spreadsheet would run a cell that begins so (OWASP, "CSV Injection"). `clean` has turned the
# tab and the carriage return of that list into spaces, and taken them away at the beginning.
# A spreadsheet set to Japanese takes the wide signs for the same. Apostrophes that stand there
# already are counted in, so that `plain_text` can tell ours from them.
_FORMULA = re.compile("'*[=+\\-@＝＋－＠]")


def write_rows(
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, object]],
    stream: IO[str],
    *,
    below_header: Sequence[str] = (),
) -> None:
    """Write a header and one line a row as CSV.

    Args:
        columns: in the order in which they stand.
        rows: column name to value; what is left out or None is an empty cell.
        stream: open with `newline=""` or a standard stream.
        below_header: a second line of the header, where the format has one.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(column.name for column in columns)
    if below_header:
        writer.writerow(below_header)
    for row in rows:
        writer.writerow(cell(row.get(column.name)) for column in columns)


def cell(value: object) -> str:
    """A value as text: numbers and ISO dates as they are, words made safe for a spreadsheet."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return safe_text(value) if isinstance(value, str) else str(value)


def safe_text(text: str) -> str:
    """Words on one line, with an apostrophe before what a spreadsheet would take for a formula.

    >>> safe_text("=1+1"), safe_text("Goma")
    ("'=1+1", 'Goma')
    """
    text = clean(text)
    return f"'{text}" if _FORMULA.match(text) else text


def plain_text(cell: str) -> str:
    """The words that `safe_text` made a cell of: without the apostrophe that it put before them.

    >>> plain_text("'=1+1"), plain_text("'Ain Issa")
    ('=1+1', "'Ain Issa")
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
