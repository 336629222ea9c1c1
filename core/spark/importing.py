"""An output of a cluster into a local database, article by article."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from incidents.articles.naming import Names
from incidents.errors import InputError
from incidents.model import Article, Report
from incidents.spark.files import UNNAMED
from incidents.spark.manifest import NAME, Manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from incidents.store import Store

_ROWS = 500  # of a batch, in memory at once


@dataclass(slots=True)
class Imported:
    """What became of an import.

    Attributes:
        articles: that are in the database now, those that were there already among them.
        reports: of these.
        new: articles that were not there, or otherwise.
        failures: articles that could not be taken.
    """

    articles: int = 0
    reports: int = 0
    new: int = 0
    failures: int = 0


def import_output(
    folder: Path,
    store: Store,
    *,
    on_error: Callable[[str], None],
    on_article: Callable[[int, int], None] = lambda _done, _total: None,
) -> Imported:
    """Bring an output of `incidents spark-extract` into a database; link it afterwards.

    An article with its reports is written in one transaction; what is there already stays as it
    is. So an import that was killed is completed by the next one.

    Args:
        folder: the output, on this machine.
        store: written.
        on_error: gets one line on each article that could not be taken.
        on_article: gets how many articles are done, and how many there are.

    Raises:
        InputError: the folder holds no finished output, or a table of it is damaged.
        StoreError: the database cannot be written.
    """
    total = check_output(folder)
    done = Imported()
    names = Names(store.find_article, store.has_text, on_mended=lambda _: None)
    with _reports_by_article(folder) as reports_of:
        for article in _articles(folder):
            found = names.check(article)
            if not isinstance(found, Article) or found.id != article.id:
                done.failures += 1
                on_error(
                    f"{folder}: its article {article.id!r} is another one than that of"
                    f" {store.path}; import it into another --db"
                )
                continue
            reports = reports_of(article.id)
            done.new += store.put_article(article, reports) != "unchanged"
            done.articles += 1
            done.reports += len(reports)
            on_article(done.articles, total)
    return done


def check_output(folder: Path) -> int:
    """See that a folder holds a finished output, whole.

    Returns:
        How many articles it has.

    Raises:
        InputError: it holds none, or a part of one.
    """
    path = folder / NAME
    unfinished = f"{folder}: is not finished; run `incidents spark-extract` on it again first"
    if not path.is_file() and Path(f"{path}{UNNAMED}").is_file():
        raise InputError(unfinished)
    if not path.is_file():
        msg = f"{folder}: no output of `incidents spark-extract`; copy it to this machine first"
        raise InputError(msg)
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (msgspec.MsgspecError, OSError) as exc:
        msg = f"{path}: cannot be read ({exc}); copy the output again"
        raise InputError(msg) from exc
    if manifest.counts is None:
        raise InputError(unfinished)
    for name, wanted in (
        ("articles", manifest.counts.articles),
        ("reports", manifest.counts.reports),
    ):
        found = _count_rows(folder / name)
        if found != wanted:
            msg = f"{folder / name}: holds {found:,} of {wanted:,} {name}; copy the output again"
            raise InputError(msg)
    return manifest.counts.articles


def _articles(folder: Path) -> Iterator[Article]:
    for row in _rows(folder / "articles", list(Article.__struct_fields__)):
        try:
            yield msgspec.convert(row, Article)
        except msgspec.ValidationError as exc:
            msg = f"{folder}: holds what is no article ({exc}); copy the output again"
            raise InputError(msg) from exc


@contextmanager
def _reports_by_article(folder: Path) -> Iterator[Callable[[str], list[Report]]]:
    """Give the reports of an article, whatever month they lie in.

    They are laid by article in a file that goes when this ends: an output can be larger than
    memory.
    """
    with (
        tempfile.TemporaryDirectory(prefix="incidents-") as scratch,
        closing(sqlite3.connect(Path(scratch) / "reports.sqlite", isolation_level=None)) as db,
    ):
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        db.execute(
            "CREATE TABLE report (article_id TEXT, position INTEGER, data TEXT,"
            " PRIMARY KEY (article_id, position)) WITHOUT ROWID"
        )
        db.execute("BEGIN")
        rows = _rows(folder / "reports", ["article_id", "position", "data"])
        try:
            db.executemany("INSERT INTO report VALUES (:article_id, :position, :data)", rows)
        except sqlite3.IntegrityError as exc:
            msg = f"{folder}: holds a report twice, or one of no article; copy the output again"
            raise InputError(msg) from exc
        db.execute("COMMIT")

        def reports_of(article_id: str) -> list[Report]:
            sql = "SELECT data FROM report WHERE article_id = ? ORDER BY position"
            found = db.execute(sql, (article_id,))
            return [_decode(data, folder) for [data] in found]

        yield reports_of


def _decode(data: str, folder: Path) -> Report:
    try:
        return msgspec.json.decode(data, type=Report)
    except msgspec.MsgspecError as exc:
        msg = (
            f"{folder}: holds a report of another version of incidents ({exc});"
            " run spark-extract again with this one"
        )
        raise InputError(msg) from exc


def _count_rows(folder: Path) -> int:
    """How many rows the files of a table say that they have."""
    from pyarrow import parquet  # noqa: PLC0415 - slow to load

    count = 0
    for path in _files(folder):
        with _parquet_errors(path), parquet.ParquetFile(path) as table:
            count += table.metadata.num_rows
    return count


def _files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.parquet"))


@contextmanager
def _parquet_errors(path: Path) -> Iterator[None]:
    import pyarrow as pa  # noqa: PLC0415 - slow to load

    try:
        yield
    except (pa.ArrowException, OSError) as exc:
        reason = " ".join(str(exc).split())
        msg = f"{path}: broken Parquet table ({reason}); copy the output again"
        raise InputError(msg) from exc


def _rows(folder: Path, columns: list[str]) -> Iterator[dict[str, Any]]:
    """The rows of a table, in batches that memory holds."""
    from pyarrow import parquet  # noqa: PLC0415 - slow to load

    for path in _files(folder):
        with _parquet_errors(path), parquet.ParquetFile(path) as table:
            for batch in table.iter_batches(batch_size=_ROWS, columns=columns):
                yield from batch.to_pylist()
