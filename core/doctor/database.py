"""The database: whole, ours, up to date, and what is in it. It is only read."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

from incidents.doctor.check import Check
from incidents.errors import StoreError
from incidents.lines import counted
from incidents.store.connect import connect_readonly
from incidents.store.database import explain_error
from incidents.store.migrations import MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MEGABYTE = 1_000_000
_PATIENCE_SECONDS = 1.5  # for the check of all pages, unless all is to be checked
_STEPS = 10_000  # of SQLite's machine between two looks at the clock
_LARGE_WAL = 100 * _MEGABYTE


def check_database(path: Path, *, is_full: bool) -> Iterator[Check]:
    """Check a database, if there is one."""
    if not _may_exist(path):
        advice = f"`incidents extract PATH --db {path}` makes it"
        yield _check("file", f"{path}: none yet", state="note", advice=advice)
        return
    try:
        with closing(connect_readonly(path)) as db:
            yield from _look(db, path, is_full=is_full)
    except StoreError as exc:
        where, _, rest = str(exc).partition(": ")
        found, _, advice = rest.rpartition("; ")
        yield _check("file", f"{where}: {found or rest}", state="fault", advice=advice or None)
    except sqlite3.Error as exc:
        found, _, advice = explain_error(exc).rpartition("; ")
        yield _check("file", f"{path}: {found}", state="fault", advice=advice)


def _may_exist(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # opening it says why
        return True


def _look(db: sqlite3.Connection, path: Path, *, is_full: bool) -> Iterator[Check]:
    yield _check_size(path)
    [version] = db.execute("PRAGMA user_version").fetchone()
    if version < len(MIGRATIONS):
        found = f"{version}, of {len(MIGRATIONS)} that this version knows"
        advice = "the next command that uses it brings it up to date"
        yield _check("schema", found, state="note", advice=advice)
    else:
        yield _check("schema", f"{version}, the newest")
    yield _check_pages(db, patience=None if is_full else _PATIENCE_SECONDS)
    if version == len(MIGRATIONS):
        yield from _count(db)


def _check_size(path: Path) -> Check:
    size = path.stat().st_size / _MEGABYTE
    wal = path.with_name(f"{path.name}-wal")
    waiting = wal.stat().st_size if wal.exists() else 0
    found = f"{path}, {size:,.1f} MB, log {waiting / _MEGABYTE:,.1f} MB"
    if waiting <= _LARGE_WAL:
        return _check("file", found)
    advice = "end the programs that read it for long; the log is taken in when none does"
    return _check("file", found, state="note", advice=advice)


def _check_pages(db: sqlite3.Connection, *, patience: float | None) -> Check:
    """Whether all pages and keys are sound, as far as the time allows."""
    began = time.monotonic()
    if patience is not None:
        db.set_progress_handler(lambda: time.monotonic() - began > patience, _STEPS)
    try:
        found = [row[0] for row in db.execute("PRAGMA quick_check(3)")]
        lost = db.execute("SELECT count(*) FROM pragma_foreign_key_check").fetchone()[0]
    except sqlite3.OperationalError as exc:
        if exc.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        words = f"not all was checked in {patience} s"
        return _check("pages", words, state="note", advice="`incidents doctor --full` checks all")
    finally:
        db.set_progress_handler(None, 0)
    if found != ["ok"] or lost:
        reason = "; ".join(found) if found != ["ok"] else f"{lost} rows refer to nothing"
        advice = "restore a copy, or extract the articles again into a new file"
        return _check("pages", f"damaged ({reason})", state="fault", advice=advice)
    return _check("pages", "sound")


def _count(db: sqlite3.Connection) -> Iterator[Check]:
    tables = ("article", "report", "incident")
    counts = [db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables]  # noqa: S608 - names are ours
    told = (counted(number, name) for number, name in zip(counts, tables, strict=True))
    yield _check("content", ", ".join(told))
    sql = "SELECT count(*) FROM report WHERE id NOT IN (SELECT report_id FROM incident_report)"
    [unlinked] = db.execute(sql).fetchone()
    if unlinked:
        found = f"{counted(unlinked, 'report')} not in any incident yet"
        yield _check("links", found, state="note", advice="`incidents link` links them")
    else:
        yield _check("links", "every report belongs to an incident")
    [unfinished] = db.execute("SELECT count(*) FROM run WHERE ended IS NULL").fetchone()
    if unfinished:
        advice = "unless one goes on now, extract those articles again"
        found = f"{counted(unfinished, 'run')} without an end"
        yield _check("runs", found, state="note", advice=advice)


def _check(name: str, found: str, *, state: str = "ok", advice: str | None = None) -> Check:
    return Check(area="database", name=name, state=state, found=found, advice=advice)  # type: ignore[arg-type]  # three literals
