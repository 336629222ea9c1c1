"""The files of the input, and the articles in them, read on the workers load by load."""

from __future__ import annotations

import io
import re
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from pyspark.sql import functions as sql

from incidents.articles.line_records import UTF_16, opens_document, take_first_line
from incidents.articles.registry import choose_reader, is_readable, known_suffixes, list_kinds
from incidents.errors import InputError
from incidents.spark.arrow import to_ddl
from incidents.spark.steps import WORK
from incidents.spark.worker_read import READ, read_files, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyspark.sql import DataFrame, SparkSession

    from incidents.articles.source import Options
    from incidents.spark.files import Files
    from incidents.spark.steps import Steps

LOAD_BYTES = 1 << 30
"""Bytes of files that are read between two marks of progress."""

SPLIT_BYTES = 64 << 20
"""From this size on a plain JSON Lines file is split among the workers, as Spark splits texts."""

FETCHED_BYTES = (1 << 31) - 1
"""Most bytes of a file that Spark fetches whole; files of a disk are opened where they are."""

_LOAD_FILES = 20_000
_HEAD_BYTES = 1 << 13
_LINES = (".jsonl", ".ndjson")
_LOCAL = re.compile(r"^file:/+")
_GLOB = re.compile(r"([\[\]{}*?\\,])")


class InputFile(NamedTuple):
    """A file of the input.

    Attributes:
        number: its place among the files.
        uri: its address, as Spark lists it.
        path: the same as messages name it: a file of the disk by its plain path.
        size: bytes.
        changed: when it was changed last, in microseconds.
        is_split: whether it is so large that its lines are shared out; see `mark_lines`.
    """

    number: int
    uri: str
    path: str
    size: int
    changed: int
    is_split: bool = False

    @property
    def is_local(self) -> bool:
        """Whether each machine can open it by its path."""
        return self.uri.startswith("file:")


def list_input(spark: SparkSession, where: str) -> list[InputFile]:
    """List the files behind a path of any system that Spark reads.

    Args:
        spark: the session.
        where: a file, a folder (with its sub-folders) or a glob.

    Returns:
        The files that some reader takes, in the order in which one machine would read them.

    Raises:
        InputError: there is none.
    """
    from pyspark.errors import AnalysisException  # noqa: PLC0415 - only where it is caught

    try:
        table = (
            spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(where)
        ).select("path", "length", sql.unix_micros("modificationTime"))
        found = [tuple(row) for row in table.collect()]
    except AnalysisException as exc:
        msg = f"{where}: no such file or folder, or not to be read from here; check the path"
        raise InputError(msg) from exc
    named = [(_plain(uri), uri, size, changed) for uri, size, changed in found]
    usable = sorted(
        (each for each in named if is_readable(each[0])), key=lambda each: PurePath(each[0])
    )
    if not usable:
        msg = f"{where}: no file that is read ({list_kinds()}); check the path"
        raise InputError(msg)
    return [
        InputFile(number, uri, path, size, changed)
        for number, (path, uri, size, changed) in enumerate(usable)
    ]


def mark_lines(files: Files, found: Iterable[InputFile]) -> list[InputFile]:
    """Tell which files are split: large ones that begin as JSON Lines do.

    One that is packed, or is one document by its first line, is read by its reader, as a small
    one is.

    Args:
        files: gives the first bytes of the large ones.
        found: the files of an input.
    """
    return [
        file._replace(is_split=is_lines(file.path, files.head(file.uri, _HEAD_BYTES)))
        if file.size >= SPLIT_BYTES and PurePath(file.path).suffix.casefold() in _LINES
        else file
        for file in found
    ]


def is_lines(path: str, head: bytes) -> bool:
    """Whether a file's first bytes are those of JSON Lines, which any line end may part."""
    if choose_reader(path, head) is not known_suffixes()[_LINES[0]] or head.startswith(UTF_16):
        return False
    return not opens_document(take_first_line(io.BytesIO(head))[1])


def _plain(uri: str) -> str:
    return _LOCAL.sub("/", uri)


def read_input(
    steps: Steps, files: Sequence[InputFile], options: Options, rows_a_file: int
) -> list[str]:
    """Read the articles of files, those of a load between two marks of progress.

    Returns:
        The names of the tables of `READ`.
    """
    names = []
    loads = list(_loads(files))
    for number, load in enumerate(loads):
        about = f"Reading, part {number + 1} of {len(loads)}"
        for kind, chosen in _by_kind(load).items():
            name = f"{WORK}/read-{number:05}-{kind}"
            make = _READERS[kind]
            steps.once(
                name,
                lambda make=make, chosen=chosen: make(steps.spark, chosen, options),  # type: ignore[misc]
                rows_a_file=rows_a_file,
                about=about,
            )
            names.append(name)
    return names


def _loads(files: Sequence[InputFile]) -> Iterator[list[InputFile]]:
    """Share files out into loads; one that is larger than a load is one of its own."""
    load: list[InputFile] = []
    size = 0
    for file in files:
        if load and (size + file.size > LOAD_BYTES or len(load) >= _LOAD_FILES):
            yield load
            load, size = [], 0
        load.append(file)
        size += file.size
    if load:
        yield load


def _by_kind(load: Sequence[InputFile]) -> dict[str, list[InputFile]]:
    """Files by the way in which they are read."""
    kinds: dict[str, list[InputFile]] = {}
    for file in load:
        kind = "lines" if file.is_split else "files" if file.is_local else "fetched"
        kinds.setdefault(kind, []).append(file)
    return kinds


def _read_local(spark: SparkSession, files: Sequence[InputFile], options: Options) -> DataFrame:
    """Read files that each machine opens itself, as a stream."""
    rows = [(file.number, file.path) for file in files]
    tasks = min(len(rows), 4 * spark.sparkContext.defaultParallelism)
    table = spark.createDataFrame(rows, "file long, path string").repartition(tasks)
    return table.mapInArrow(lambda batches: read_files(batches, options), to_ddl(READ))


def _read_fetched(spark: SparkSession, files: Sequence[InputFile], options: Options) -> DataFrame:
    """Read files that Spark fetches whole, one at a time."""
    for file in files:
        if file.size > FETCHED_BYTES:
            msg = f"{file.path}: larger than 2 GB, which Spark does not fetch whole; split it"
            raise InputError(msg)
    numbers = {file.uri: file.number for file in files}
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "1")
    table = spark.read.format("binaryFile").load([_escape(file.uri) for file in files])
    return table.select("path", "content").mapInArrow(
        lambda batches: read_files(batches, options, numbers), to_ddl(READ)
    )


def _read_split(spark: SparkSession, files: Sequence[InputFile], options: Options) -> DataFrame:
    """Read lines of files that Spark splits; a line is called by its number in the file."""
    lines = (
        spark.read.option("lineSep", "\n")
        .text([_escape(file.uri) for file in files])
        .select(
            sql.col("_metadata.file_path").alias("uri"),
            sql.col("_metadata.file_block_start").alias("block"),
            sql.col("value").cast("binary").alias("line"),
        )
    )
    counts = lines.groupBy("uri", "block").count().orderBy("uri", "block").collect()
    before: dict[tuple[str, int], int] = {}
    so_far: dict[str, int] = {}
    for uri, block, count in counts:
        before[uri, block] = so_far.get(uri, 0)
        so_far[uri] = before[uri, block] + count
    known = {_plain(_unquote(uri)): uri for uri in so_far}
    places = {known[file.path]: (file.number, file.path) for file in files if file.path in known}
    return lines.mapInArrow(
        lambda batches: read_lines(batches, options, places, before), to_ddl(READ)
    )


def _unquote(uri: str) -> str:
    """An address as paths are written: `_metadata` gives it with `%20`."""
    from urllib.parse import unquote  # noqa: PLC0415 - few files are so large

    return unquote(uri)


def _escape(uri: str) -> str:
    """A path that Spark does not take for a glob."""
    return _GLOB.sub(r"\\\1", uri)


_READERS = {"files": _read_local, "fetched": _read_fetched, "lines": _read_split}
