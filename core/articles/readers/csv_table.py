"""CSV and TSV with a heading: a row, an article.

Source: RFC 4180; commas, semicolons, tabs and bars are told by the heading.
"""

from __future__ import annotations

import csv
import io
import re
from itertools import chain
from typing import IO, TYPE_CHECKING

from incidents.articles.decode import MAX_TEXT_BYTES, detect_charset
from incidents.articles.layouts import FIELDS, load_layouts, missing_name
from incidents.articles.limits import read_lines
from incidents.articles.records import explain_missing, read_record
from incidents.articles.registry import Reader
from incidents.articles.source import rejoin
from incidents.errors import InputError, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidents.articles.source import Source
    from incidents.model import Article

_DELIMITERS = ",;\t|"
_HEAD_BYTES = 100_000  # by which the character set is told
_TOO_LONG = "\0too long"  # stands for a line above the limit; no text has a zero byte


class _Lines:
    """The lines of a table, counted for messages.

    Attributes:
        number: of the last line given, from 1.
        quotes: in the lines since it was set to 0.
    """

    def __init__(self, stream: IO[bytes], charset: str) -> None:
        # What is not of the character set is kept apart, and told with its row.
        self._stream = io.TextIOWrapper(
            stream, encoding=charset, errors="surrogateescape", newline=""
        )
        self.number = 0
        self.quotes = 0

    def __iter__(self) -> Iterator[str]:
        for read in read_lines(self._stream, "\n"):
            line = _TOO_LONG + "\n" if read is None else read
            self.number += 1
            self.quotes += line.count('"')
            yield line


def _read(source: Source) -> Iterator[Article | InputError]:
    try:
        yield from _read_table(source)
    except UnicodeDecodeError as error:  # of UTF-16 and UTF-32, in which one cannot go on
        yield InputError(
            f"{source.label}: not {error.encoding.upper()} ({reason_of(error)}); what came before"
            " was read, save it as UTF-8"
        )


def _read_table(source: Source) -> Iterator[Article | InputError]:
    csv.field_size_limit(MAX_TEXT_BYTES)
    head = source.stream.read(_HEAD_BYTES)
    charset = detect_charset(head, source.charset)
    lines = _Lines(rejoin(head, source.stream), charset)
    each = iter(lines)
    first = next((line for line in each if line.strip()), "")
    if not first:
        yield InputError(f"{source.label}: empty; put articles into it or leave it out")
        return
    rows = csv.reader(chain([first], each), delimiter=max(_DELIMITERS, key=first.count))
    names = _clean(next(rows))
    missing = missing_name(names, source.options.fields)
    if missing:
        yield InputError(f"{source.label}: {explain_missing(missing, names)}")
        return
    for number, (line, row) in enumerate(_read_rows(rows, lines, names), start=1):
        label = f"{source.label}:{line}"
        if isinstance(row, str):
            yield InputError(f"{label}: {row.replace('CHARSET', charset.upper())}")
        else:
            yield read_record(row, source.origin.numbered(label, number), source.options)


def _clean(heading: list[str]) -> list[str]:
    """The names of a heading; the project's own may be in capitals, as people type them."""
    names = [name.strip() for name in heading]
    return [name.casefold() if name.casefold() in FIELDS else name for name in names]


def _read_rows(
    rows: Iterator[list[str]], lines: _Lines, names: list[str]
) -> Iterator[tuple[int, dict[str, str] | str]]:
    """Yield the line of each row with its values by name, or with what is wrong with it."""
    while True:
        line, lines.quotes = lines.number + 1, 0
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield line, f"broken CSV ({error}); mend the row"
            continue
        if row is None:
            return
        if row:
            wrong = _find_wrong(row, names, lines.number - line + 1, lines.quotes)
            yield line, wrong or dict(zip(names, row, strict=False))


def _find_wrong(row: list[str], names: list[str], n_lines: int, n_quotes: int) -> str | None:
    """Say what is wrong with a row, if anything is."""
    if any(_TOO_LONG in cell for cell in row):
        return f"a line larger than {MAX_TEXT_BYTES // 1_000_000} MB; split the article"
    if n_lines > 1 and n_quotes % 2:
        return f"a quote that opens and does not close takes {n_lines} lines; close it"
    if len(row) > len(names) and any(row[len(names) :]):
        return (
            f"{len(row)} values, and the heading has {len(names)};"
            " put quotes around what holds the separator"
        )
    try:
        "".join(row).encode()
    except UnicodeEncodeError:
        return "not CHARSET; convert the file, for example: iconv -f WINDOWS-1252 -t UTF-8"
    return None


def _is_like(head: bytes) -> bool:
    """Whether the first line is a row of single words, one of them a name that texts have."""
    line = head.lstrip(b"\xef\xbb\xbf\r\n \t").partition(b"\n")[0].decode("latin-1")
    names = {name for layout in load_layouts() for name in layout.fields.get("text", ())} | {"text"}
    cells = [cell.strip().strip('"') for cell in re.split(f"[{_DELIMITERS}]", line)]
    is_heading = len(cells) > 1 and not any(" " in cell for cell in cells)
    return is_heading and any(cell in names or cell.casefold() == "text" for cell in cells)


READER = Reader(name="CSV", suffixes=(".csv", ".tsv"), read=_read, is_like=_is_like)
