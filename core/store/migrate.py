"""Bring a database up to date, with a copy beside it of what was there before."""

from __future__ import annotations

import itertools
import logging
import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from incidents.errors import StoreError
from incidents.lines import clean
from incidents.store.database import Connection, sqlite_errors
from incidents.store.migrations import APPLICATION_ID, MIGRATIONS
from incidents.store.transactions import transaction, wait_for

if TYPE_CHECKING:
    from pathlib import Path

_LOG = logging.getLogger(__name__)


def check_owner(db: Connection) -> None:
    """Refuse another program's database and one that a newer version of ours has written.

    Raises:
        StoreError: it is one of these.
    """
    [owner] = db.execute("PRAGMA application_id").fetchone()
    [tables] = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if owner != APPLICATION_ID and tables:
        msg = f"{db.path}: is another program's database; pass another file with --db"
        raise StoreError(msg)
    version = _version(db)
    if version > len(MIGRATIONS):
        msg = (
            f"{db.path}: was written by a newer version of incidents (schema {version}, "
            f"this one knows {len(MIGRATIONS)}); upgrade incidents or pass another --db"
        )
        raise StoreError(msg)


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def bring_up_to_date(db: Connection, *, is_frozen: bool) -> None:
    """Apply the migrations that a database lacks, all or none, and keep a copy if it holds data.

    Args:
        db: of which `check_owner` is sure.
        is_frozen: it cannot be written.

    Raises:
        StoreError: it cannot be written, or there is no room for the copy.
    """
    version = _version(db)
    if version == len(MIGRATIONS):
        return
    if is_frozen:
        msg = (
            f"{db.path}: is of an older version (schema {version}) and may not be written; copy it "
            "to a folder where it may"
        )
        raise StoreError(msg)
    # WAL lets `show` read while `extract` writes; the mode is kept in the file
    wait_for(db, "PRAGMA journal_mode = WAL")
    kept: Path | None = None
    try:
        with transaction(db, db.path):
            # read again under the lock: another process may have migrated in the meantime
            version = _version(db)
            if 0 < version < len(MIGRATIONS) and _has_data(db):
                kept = _keep_copy(db.path, version)
            _migrate(db, version)
    except BaseException:
        if kept is not None:
            kept.unlink(missing_ok=True)  # nothing has changed
        raise
    if kept is not None:
        # the log, since this happens deep inside of any command; without a handler it is stderr
        _LOG.warning(
            "%s: brought up to date; as it was, it is kept as %s, which may be deleted",
            clean(str(db.path)),
            clean(kept.name),
        )


def _migrate(db: Connection, version: int) -> None:
    for number, migration in enumerate(MIGRATIONS[version:], start=version + 1):
        migration(db)
        db.execute(f"PRAGMA user_version = {number}")  # PRAGMA takes no bound parameters
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _has_data(db: Connection) -> bool:
    return db.execute("SELECT 1 FROM article LIMIT 1").fetchone() is not None


def _keep_copy(path: Path, version: int) -> Path:
    """Copy a database that is locked for writing to a file beside it that is not there yet.

    Raises:
        StoreError: it cannot be copied.
    """
    part = path.with_name(f"{path.name}.schema{version}.part")
    try:
        part.unlink(missing_ok=True)  # left by a process that was killed; the lock is ours now
        with sqlite_errors(part), closing(sqlite3.connect(path, isolation_level=None)) as reader:
            # a connection of its own sees what was committed: not the migration's transaction
            reader.execute("VACUUM INTO ?", (str(part),))
        with part.open("rb") as file:
            os.fsync(file.fileno())
        return _name_copy(path, version, part)
    except (StoreError, OSError) as exc:
        part.unlink(missing_ok=True)
        reason = exc.strerror if isinstance(exc, OSError) else exc
        msg = (
            f"{path}: is of an older version and was left as it is: it cannot be copied before it "
            f"is brought up to date ({reason}); make room beside it, or copy it elsewhere"
        )
        raise StoreError(msg) from exc


def _name_copy(path: Path, version: int, part: Path) -> Path:
    """Give a whole copy its name; no earlier copy is overwritten."""
    numbers = itertools.count(2)
    target = path.with_name(f"{path.name}.schema{version}.bak")
    while target.exists():  # nobody else makes one: the database is locked
        target = path.with_name(f"{path.name}.schema{version}.{next(numbers)}.bak")
    return part.rename(target)
