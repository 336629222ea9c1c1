"""Write to the SQLite file as a whole or not at all, and say in one line what is wrong with it."""

from __future__ import annotations

import logging
import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from incidents.errors import StoreError
from incidents.lines import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_LOG = logging.getLogger(__name__)

_PAUSE_SECONDS = 0.02
_QUIET_SECONDS = 5.0  # after so long the user is told what is waited for
_BESIDE = ("-wal", "-shm")  # what SQLite keeps beside a database that is open


class Connection(sqlite3.Connection):
    """A connection that knows its file.

    Attributes:
        path: as the user named it.
        patience: seconds to wait for a lock that another process holds.
        identity: device and inode of the file and of what SQLite keeps beside it.
    """

    path: Path
    patience: float
    identity: tuple[tuple[int, int] | None, ...] = ()

    def identify(self) -> None:
        """Take note of which file it is."""
        self.identity = tuple(_identity(each) for each in _files(self.path))


def _files(path: Path) -> Iterator[Path]:
    yield path
    for suffix in _BESIDE:
        yield path.with_name(f"{path.name}{suffix}")


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


@contextmanager
def sqlite_errors(path: Path) -> Iterator[None]:
    """Turn the errors of sqlite3 into a `StoreError` that names the file and the way out."""
    try:
        yield
    except sqlite3.Error as exc:
        msg = f"{path}: {explain_error(exc)}"
        raise StoreError(msg) from exc


def fetch_all(
    db: sqlite3.Connection, path: Path, sql: str, values: Sequence[object]
) -> list[tuple[Any, ...]]:
    """The rows of a query, read at once: an open cursor would keep a lock.

    Raises:
        StoreError: the database cannot be read; or a value, as a user may have typed it, is none
            that a database can hold: a number of twenty digits, bytes that are no text.
    """
    try:
        with sqlite_errors(path):
            return db.execute(sql, values).fetchall()
    except (OverflowError, UnicodeEncodeError) as exc:
        what = "so large a number" if isinstance(exc, OverflowError) else "text that is not UTF-8"
        msg = f"{path}: cannot hold {what}, nor be asked for it; check what was typed"
        raise StoreError(msg) from exc


def explain_error(exc: sqlite3.Error) -> str:
    """Say what an error of sqlite3 means and what to do."""
    reason = str(exc)
    code = _code(exc)
    if code == sqlite3.SQLITE_NOTADB:
        return "is not an SQLite database; pass another file with --db"
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return "is locked by another process; wait until it has ended, then try again"
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return f"cannot be opened for writing ({reason}); check its folder or pass another --db"
    if code == sqlite3.SQLITE_FULL:
        return "cannot grow, the disk is full; free some space, then try again"
    if code == sqlite3.SQLITE_IOERR:
        return f"cannot be read or written ({reason}); free some space, check the disk, try again"
    if code == sqlite3.SQLITE_CORRUPT:
        return f"is damaged ({reason}); restore a copy, or delete it and extract again"
    return f"cannot be used ({reason}); move it away and extract again"


def _code(exc: sqlite3.Error) -> int:
    """The basic code of an error: extended codes keep it in their lowest byte."""
    return int(getattr(exc, "sqlite_errorcode", 0)) & 0xFF


def wait_for(db: Connection, sql: str) -> None:
    """Execute a statement when no other process holds a lock that forbids it.

    Raises:
        sqlite3.OperationalError: the lock was held for longer than the connection's patience.
    """
    began = time.monotonic()
    is_told = False
    while True:
        try:
            db.execute(sql)
        except sqlite3.OperationalError as exc:
            waited = time.monotonic() - began
            if _code(exc) != sqlite3.SQLITE_BUSY or waited >= db.patience:
                raise
            if waited >= _QUIET_SECONDS and not is_told:
                is_told = True
                _LOG.warning("%s: another process is writing; waiting for it", clean(str(db.path)))
            time.sleep(_PAUSE_SECONDS)  # SQLite does not wait where waiting alone would not help
        else:
            return


@contextmanager
def transaction(db: Connection, path: Path) -> Iterator[None]:
    """All or nothing: commit at the end, roll back on any exception, Ctrl-C included.

    One that is opened inside of another is a part of it.

    Raises:
        StoreError: the database cannot be written, or is not the file any more that was opened.
    """
    if db.in_transaction:
        yield
        return
    with sqlite_errors(path):
        wait_for(db, "BEGIN IMMEDIATE")
        try:
            _check_place(db)
            yield
            _check_place(db)
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:  # SQLite rolls back by itself where the disk is full
                db.execute("ROLLBACK")
            raise


@contextmanager
def snapshot(db: Connection, path: Path) -> Iterator[None]:
    """What is read inside is all of one moment, whatever other processes write meanwhile."""
    if db.in_transaction:
        yield
        return
    with sqlite_errors(path):
        db.execute("BEGIN")
        try:
            yield
        finally:
            db.execute("ROLLBACK")


def _check_place(db: Connection) -> None:
    """Refuse to write a file that was deleted or replaced: nobody could find what is in it."""
    if not db.identity or _identity(db.path) == db.identity[0]:
        return
    # The next program that opens what is at this path must not take the old file's log for its own
    for file, own in list(zip(_files(db.path), db.identity, strict=True))[1:]:
        if own is not None and _identity(file) == own:
            file.unlink(missing_ok=True)
    msg = (
        f"{db.path}: was deleted or replaced while it was open; what was extracted since is not "
        "in it, extract again"
    )
    raise StoreError(msg)
