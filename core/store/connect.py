"""Open the SQLite file of a store, and refuse early what cannot be used."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

from incidents.errors import StoreError
from incidents.store.database import Connection, sqlite_errors
from incidents.store.migrate import bring_up_to_date, check_owner
from incidents.store.transactions import wait_for

if TYPE_CHECKING:
    from pathlib import Path

_SLICE_SECONDS = 0.5  # SQLite waits for so long at a time: Ctrl-C is heard in between


def connect(path: Path, *, create: bool, timeout: float) -> Connection:
    """Open a database and bring it up to date.

    Args:
        path: the database file.
        create: make the file if there is none; it will be written.
        timeout: seconds to wait for a lock that another process holds.

    Returns:
        A connection in autocommit mode: transactions are opened explicitly.

    Raises:
        StoreError: the file cannot be opened, is not ours, or is newer than this program.
    """
    is_frozen = _look_up(path, create=create)
    # without a file of its own beside it SQLite reads this journal mode as `immutable` only
    name = f"{path.absolute().as_uri()}?immutable=1" if is_frozen else path
    with sqlite_errors(path):
        db = sqlite3.connect(
            name,
            timeout=min(timeout, _SLICE_SECONDS),
            isolation_level=None,
            uri=is_frozen,
            factory=Connection,
        )
    db.path, db.patience = path, timeout
    try:
        with sqlite_errors(path):
            db.execute("PRAGMA foreign_keys = ON")
            # a crash of the program loses nothing; docs/reliability.md says what a power cut does
            db.execute("PRAGMA synchronous = NORMAL")
            # whoever closes a database last tidies it up, and keeps others out meanwhile
            wait_for(db, "SELECT count(*) FROM sqlite_schema")
            check_owner(db)
            bring_up_to_date(db, is_frozen=is_frozen)
        db.identify()
    except BaseException:
        db.close()
        raise
    return db


def connect_readonly(path: Path) -> Connection:
    """Open a database of any version that this program knows, without changing it.

    Raises:
        StoreError: the file cannot be opened, is not ours, or is newer than this program.
    """
    mode = "immutable=1" if _look_up(path, create=False) else "mode=ro"
    name = f"{path.absolute().as_uri()}?{mode}"
    with sqlite_errors(path):
        db = sqlite3.connect(name, uri=True, isolation_level=None, factory=Connection)
    db.path = path
    try:
        with sqlite_errors(path):
            check_owner(db)
    except BaseException:
        db.close()
        raise
    return db


def _look_up(path: Path, *, create: bool) -> bool:
    """Whether the database is frozen; refuses what cannot be used."""
    try:
        _check_path(path, create=create)
        return not create and _is_frozen(path)
    except OSError as exc:  # no permission on its folder, a name too long
        reason = (exc.strerror or str(exc)).lower()
        msg = f"{path}: cannot be looked up ({reason}); check its folder or pass another --db"
        raise StoreError(msg) from exc


def _check_path(path: Path, *, create: bool) -> None:
    """Refuse what sqlite3 would only call "unable to open database file"."""
    if path.is_dir():
        msg = f"{path}: is a folder; name a file with --db"
        raise StoreError(msg)
    if path.exists():
        # told before the first article is read, and not when it is to be stored
        if create and not _is_writable(path):
            msg = f"{path}: may not be written; check its folder or pass another --db"
            raise StoreError(msg)
        return
    if not create:
        msg = f"{path}: no such database; run `incidents extract PATH` first or name one with --db"
        raise StoreError(msg)
    if not path.parent.is_dir():
        msg = f"{path}: cannot be created, its folder does not exist; make it or pass another --db"
        raise StoreError(msg)


def _is_writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _is_frozen(path: Path) -> bool:
    """Whether a database can be read only and nobody is writing it: an archive, a share."""
    wal = path.with_name(f"{path.name}-wal")
    return not wal.exists() and not _is_writable(path)
