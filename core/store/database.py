"""Open the SQLite file, bring it up to date, and say in one line what is wrong with it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from incidents.errors import StoreError
from incidents.store.migrations import APPLICATION_ID, MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def sqlite_errors(path: Path) -> Iterator[None]:
    """Turn the errors of sqlite3 into a `StoreError` that names the file and the way out."""
    try:
        yield
    except sqlite3.Error as exc:
        msg = f"{path}: {_explain(exc)}"
        raise StoreError(msg) from exc


def _explain(exc: sqlite3.Error) -> str:
    """Say what an error of sqlite3 means and what to do."""
    reason = str(exc)
    code = getattr(exc, "sqlite_errorcode", 0) & 0xFF  # extended codes keep the basic one below
    if code == sqlite3.SQLITE_NOTADB:
        return "is not an SQLite database; pass another file with --db"
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return "is locked by another process; wait until it has ended, then try again"
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return f"cannot be opened for writing ({reason}); check its folder or pass another --db"
    if code == sqlite3.SQLITE_FULL:
        return "cannot grow, the disk is full; free some space, then try again"
    if code == sqlite3.SQLITE_CORRUPT:
        return f"is damaged ({reason}); restore a copy, or delete it and extract again"
    return f"cannot be used ({reason}); move it away and extract again"


def connect(path: Path, *, create: bool, timeout: float) -> sqlite3.Connection:
    """Open and migrate a database.

    Args:
        path: the database file.
        create: make the file if there is none.
        timeout: seconds to wait for a lock that another process holds.

    Returns:
        A connection in autocommit mode: transactions are opened explicitly.

    Raises:
        StoreError: the file cannot be opened, is not ours, or is newer than this program.
    """
    try:
        _check_path(path, create=create)
        is_frozen = not create and _is_frozen(path)
    except OSError as exc:  # no permission on its folder, a name too long
        reason = (exc.strerror or str(exc)).lower()
        msg = f"{path}: cannot be looked up ({reason}); check its folder or pass another --db"
        raise StoreError(msg) from exc
    # without a file of its own beside it SQLite reads this journal mode as `immutable` only
    name = f"{path.absolute().as_uri()}?immutable=1" if is_frozen else path
    with sqlite_errors(path):
        db = sqlite3.connect(name, timeout=timeout, isolation_level=None, uri=is_frozen)
    try:
        with sqlite_errors(path):
            db.execute("PRAGMA foreign_keys = ON")
            _check_owner(db, path)
            _migrate(db, path)
    except BaseException:
        db.close()
        raise
    return db


def _check_path(path: Path, *, create: bool) -> None:
    """Refuse what sqlite3 would only call "unable to open database file"."""
    if path.is_dir():
        msg = f"{path}: is a folder; name a file with --db"
        raise StoreError(msg)
    if path.exists():
        return
    if not create:
        msg = f"{path}: no such database; run `incidents extract PATH` first or name one with --db"
        raise StoreError(msg)
    if not path.parent.is_dir():
        msg = f"{path}: cannot be created, its folder does not exist; make it or pass another --db"
        raise StoreError(msg)


def _is_frozen(path: Path) -> bool:
    """Whether a database can be read only and nobody is writing it: an archive, a share."""
    wal = path.with_name(f"{path.name}-wal")
    return not wal.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def _check_owner(db: sqlite3.Connection, path: Path) -> None:
    """Refuse another program's database and one that a newer version of ours has written."""
    [owner] = db.execute("PRAGMA application_id").fetchone()
    [tables] = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if owner != APPLICATION_ID and tables:
        msg = f"{path}: is another program's database; pass another file with --db"
        raise StoreError(msg)
    [version] = db.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        msg = (
            f"{path}: was written by a newer version of incidents (schema {version}, "
            f"this one knows {len(MIGRATIONS)}); upgrade incidents or pass another --db"
        )
        raise StoreError(msg)


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    """Apply the migrations that the database lacks."""
    [version] = db.execute("PRAGMA user_version").fetchone()
    if version == len(MIGRATIONS):
        return
    # WAL lets `show` read while `extract` writes; the mode is kept in the file
    db.execute("PRAGMA journal_mode = WAL")
    with transaction(db, path):
        # read again under the lock: another process may have migrated in the meantime
        [version] = db.execute("PRAGMA user_version").fetchone()
        for number, migration in enumerate(MIGRATIONS[version:], start=version + 1):
            migration(db)
            db.execute(f"PRAGMA user_version = {number}")  # PRAGMA takes no bound parameters
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


@contextmanager
def transaction(db: sqlite3.Connection, path: Path) -> Iterator[None]:
    """All or nothing: commit at the end, roll back on any exception, Ctrl-C included."""
    with sqlite_errors(path):
        db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")
