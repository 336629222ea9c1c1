"""Delete articles so that nothing of them is left in the file."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from incidents.store.database import error_code, sqlite_errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from incidents.store.links import Links
    from incidents.store.runs import Runs

_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def delete_articles(
    db: sqlite3.Connection, links: Links, runs: Runs, article_ids: Iterable[str]
) -> int:
    """Delete articles, their reports and their records; call it inside a transaction.

    The incidents that held their reports wait to be linked again, and linking takes out what it
    keeps of reports that are gone.

    Returns:
        How many reports there were.
    """
    count = 0
    for article_id in article_ids:
        sql = "SELECT id FROM report WHERE article_id = ?"
        ids = [row[0] for row in db.execute(sql, (article_id,))]
        links.note(ids, article_id)
        db.execute("DELETE FROM article WHERE id = ?", (article_id,))  # its reports go with it
        runs.forget(article_id)
        count += len(ids)
    return count


def change_decisions(
    db: sqlite3.Connection, changed: Mapping[int, tuple[str, str]], dropped: Iterable[int]
) -> None:
    """Replace decisions by number, and take others away; call it inside a transaction."""
    rows = [(kind, data, number) for number, (kind, data) in changed.items()]
    db.executemany("UPDATE decision SET kind = ?, data = ? WHERE id = ?", rows)
    db.executemany("DELETE FROM decision WHERE id = ?", [(number,) for number in dropped])


def erase(db: sqlite3.Connection, path: Path) -> bool:
    """Write the file anew, so that no page of it holds what was deleted, and empty its log.

    Returns:
        Whether it was done: not while another program reads or writes the database.

    Raises:
        StoreError: the file cannot be written.
    """
    with sqlite_errors(path):
        try:
            db.execute("VACUUM")
        except sqlite3.OperationalError as exc:
            if error_code(exc) in _BUSY:
                return False
            raise
        [is_busy, *_] = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not is_busy
