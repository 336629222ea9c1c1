"""A connection to the SQLite file of a store, and in one line what is wrong with it."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from incidents.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

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
        self.identity = tuple(identity_of(each) for each in files_of(self.path))


def files_of(path: Path) -> Iterator[Path]:
    """The database and what SQLite keeps beside it while it is open."""
    yield path
    for suffix in _BESIDE:
        yield path.with_name(f"{path.name}{suffix}")


def identity_of(path: Path) -> tuple[int, int] | None:
    """Device and inode of a file; None where there is none."""
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
    code = error_code(exc)
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


def error_code(exc: sqlite3.Error) -> int:
    """The basic code of an SQLite error: extended codes keep it in their lowest byte."""
    return int(getattr(exc, "sqlite_errorcode", 0)) & 0xFF
