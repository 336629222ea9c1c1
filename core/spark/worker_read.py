"""On the workers: files to articles, by the readers of `articles`."""

from __future__ import annotations

import io
from hashlib import blake2b
from pathlib import Path, PurePath
from typing import IO, TYPE_CHECKING

import msgspec
import pyarrow as pa

from incidents.articles.decode import open_bytes
from incidents.articles.line_records import parse_line
from incidents.articles.read import check_english, read_source
from incidents.articles.source import Options, Origin, Source, day_of, stem_of
from incidents.errors import ForeignTextError, InputError
from incidents.spark.arrow import each_row, to_batches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from incidents.model import Article
    from incidents.spark.arrow import Row

READ = pa.schema(
    [
        ("file", pa.int64()),  # its place among the files
        ("number", pa.int64()),  # its place in the file
        ("id", pa.string()),
        ("path", pa.string()),
        ("digest", pa.string()),  # of the text
        ("article", pa.string()),  # JSON; null where there is an error
        ("kind", pa.string()),
        ("error", pa.string()),
    ]
)

FAILED, FOREIGN = "reading", "another language"
"""Kinds of what gives no article: it cannot be read, or is passed over."""


def read_files(
    batches: Iterable[pa.RecordBatch], options: Options, numbers: Mapping[str, int] | None = None
) -> Iterator[pa.RecordBatch]:
    """Read files into rows of `READ`.

    Args:
        batches: `file` and `path` of files that this machine opens itself; or `path` and
            `content` of those that Spark has fetched.
        options: how articles are read.
        numbers: the places of the fetched ones, by path.
    """
    rows = (
        row
        for given in each_row(batches)
        for row in (
            _read_local(given["file"], given["path"], options)
            if numbers is None
            else read_stream(
                numbers[given["path"]], given["path"], io.BytesIO(given["content"]), options
            )
        )
    )
    return to_batches(rows, READ)


def _read_local(file: int, path: str, options: Options) -> Iterator[Row]:
    try:
        with open_bytes(Path(path), path) as stream:
            yield from read_stream(file, path, stream, options)
    except InputError as error:
        yield _row(file, -1, path, error)


def read_stream(file: int, path: str, stream: IO[bytes], options: Options) -> Iterator[Row]:
    """Read one file, as `read_articles` does, into rows of `READ`."""
    source = Source(stream, PurePath(path).name, _origin(path, options), options)
    told = None
    for number, found in enumerate(read_source(source)):
        if isinstance(found, InputError):
            # a break in an archive is met by the page that it cuts and by the archive itself
            if str(found) != told:
                yield _row(file, number, path, found)
            told = str(found)
        else:
            yield _row(file, number, path, found)


def read_lines(
    batches: Iterable[pa.RecordBatch],
    options: Options,
    files: Mapping[str, tuple[int, str]],
    before: Mapping[tuple[str, int], int],
) -> Iterator[pa.RecordBatch]:
    """Read lines of large JSON Lines files, which Spark has split, into rows of `READ`.

    Args:
        batches: `uri`, `block` (where the split begins) and `line`, in the order of the file.
        options: how articles are read.
        files: the place and the path of a file, by its address.
        before: how many lines of its file stand before a split.
    """
    return to_batches(_each_line(batches, options, files, dict(before)), READ)


def _each_line(
    batches: Iterable[pa.RecordBatch],
    options: Options,
    files: Mapping[str, tuple[int, str]],
    read: dict[tuple[str, int], int],
) -> Iterator[Row]:
    for given in each_row(batches):
        split = given["uri"], given["block"]
        read[split] += 1
        number, line = read[split], given["line"]
        if not line.strip(b"\xef\xbb\xbf \t\r\n"):
            continue
        file, path = files[given["uri"]]
        origin = _origin(path, options)
        own = origin.numbered(f"{path}:{number}", number)
        source = Source(io.BytesIO(), PurePath(path).name, origin, options)
        yield _row(file, number, path, check_english(parse_line(line, own, options), source))


def _origin(path: str, options: Options) -> Origin:
    return Origin(path, stem_of(path), path, day_of(path, options) or options.published)


def _row(file: int, number: int, path: str, found: Article | InputError) -> Row:
    row: Row = dict.fromkeys(READ.names)
    row |= {"file": file, "number": number, "path": path}
    if isinstance(found, InputError):
        kind = FOREIGN if isinstance(found, ForeignTextError) else FAILED
        return row | {"kind": kind, "error": str(found)}
    return row | {
        "id": found.id,
        "path": found.path,
        "digest": blake2b(found.text.encode(), digest_size=16).hexdigest(),
        "article": msgspec.json.encode(found).decode(),
    }
