"""Write to a database as a whole or not at all, and read it as it is at one moment."""

from __future__ import annotations

import logging
import sqlite3
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from incidents.errors import StoreError
from incidents.interrupts import Interrupts
from incidents.lines import clean
from incidents.store.database import error_code, files_of, identity_of, sqlite_errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from incidents.store.database import Connection

_LOG = logging.getLogger(__name__)

_PAUSE_SECONDS = 0.02
_QUIET_SECONDS = 5.0  # after so long the user is told what is waited for


def wait_for(db: Connection, sql: str, interrupts: Interrupts | None = None) -> None:
    """Execute a statement when no other process holds a lock that forbids it.

    Args:
        db: the connection.
        sql: the statement.
        interrupts: those that the caller holds; they are let through while this waits.

    Raises:
        sqlite3.OperationalError: the lock was held for longer than the connection's patience.
    """
    interrupts = interrupts or Interrupts()
    began = time.monotonic()
    is_told = False
    while True:
        try:
            db.execute(sql)
        except sqlite3.OperationalError as exc:
            waited = time.monotonic() - began
            if error_code(exc) != sqlite3.SQLITE_BUSY or waited >= db.patience:
                raise
            if waited >= _QUIET_SECONDS and not is_told:
                is_told = True
                _LOG.warning("%s: another process is writing; waiting for it", clean(str(db.path)))
            interrupts.release()
            time.sleep(_PAUSE_SECONDS)  # SQLite does not wait where waiting alone would not help
            interrupts.hold()
        else:
            return


@contextmanager
def transaction(db: Connection, path: Path) -> Iterator[None]:
    """All or nothing: commit at the end, roll back on any exception.

    Ctrl-C waits until it has ended; a second one rolls it back. One that is opened inside of
    another is a part of it.

    Raises:
        StoreError: the database cannot be written, or is not the file any more that was opened.
    """
    with _opened(db, path, "BEGIN IMMEDIATE") as is_own:
        if is_own:
            _check_place(db)
        yield
        if is_own:
            _check_place(db)
            db.execute("COMMIT")


@contextmanager
def snapshot(db: Connection, path: Path) -> Iterator[None]:
    """What is read inside is all of one moment, whatever other processes write meanwhile.

    Ctrl-C waits as it does in a `transaction`.
    """
    with _opened(db, path, "BEGIN"):
        yield


@contextmanager
def reading(db: Connection, path: Path) -> Iterator[None]:
    """A `snapshot` for commands that only read: Ctrl-C ends them at once."""
    if db.in_transaction:
        yield
        return
    with sqlite_errors(path):
        wait_for(db, "BEGIN")
        try:
            yield
        finally:
            _roll_back(db)


@contextmanager
def _opened(db: Connection, path: Path, begin: str) -> Iterator[bool]:
    """Begin a transaction, unless one is open already, and roll back what is not committed."""
    if db.in_transaction:
        yield False
        return
    interrupts = Interrupts(is_held=True)  # or one could come after BEGIN and before `try`
    try:
        with interrupts, sqlite_errors(path):
            wait_for(db, begin, interrupts)
            try:
                yield True
            finally:
                _roll_back(db)
    finally:
        interrupts.release()


def _roll_back(db: Connection) -> None:
    with suppress(sqlite3.ProgrammingError):  # closed, which rolls back as well
        if db.in_transaction:  # SQLite rolls back by itself where the disk is full
            db.execute("ROLLBACK")


def _check_place(db: Connection) -> None:
    """Refuse to write a file that was deleted or replaced: nobody could find what is in it."""
    if not db.identity or identity_of(db.path) == db.identity[0]:
        return
    # The next program that opens what is at this path must not take the old file's log for its own
    for file, own in list(zip(files_of(db.path), db.identity, strict=True))[1:]:
        if own is not None and identity_of(file) == own:
            file.unlink(missing_ok=True)
    msg = (
        f"{db.path}: was deleted or replaced while it was open; what was extracted since is not "
        "in it, extract again"
    )
    raise StoreError(msg)
