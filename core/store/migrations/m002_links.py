"""Second version: what linking keeps between runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


def migrate(db: sqlite3.Connection) -> None:
    """Create what linking keeps between runs; all reports wait to be linked again."""
    for statement in (
        # hashed keys under which reports look for partners; `leads` as in linking/block.py
        """CREATE TABLE link_key (
            key INTEGER NOT NULL, report_id TEXT NOT NULL, leads INTEGER NOT NULL,
            PRIMARY KEY (key, report_id)) WITHOUT ROWID""",
        "CREATE INDEX link_key_by_report ON link_key (report_id)",
        "CREATE TABLE link_node (report_id TEXT PRIMARY KEY, sure INTEGER NOT NULL)",
        # weights in bits; `one` sorts before `two`
        """CREATE TABLE link_pair (
            one TEXT NOT NULL, two TEXT NOT NULL, weight REAL NOT NULL,
            PRIMARY KEY (one, two)) WITHOUT ROWID""",
        "CREATE INDEX link_pair_by_two ON link_pair (two)",
        # reports that came, changed or went; `incident_id` held them before
        """CREATE TABLE link_pending (
            report_id TEXT PRIMARY KEY, article_id TEXT NOT NULL, incident_id TEXT,
            turn INTEGER NOT NULL, is_weighed INTEGER NOT NULL)""",
        "CREATE TABLE link_setting (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
        """CREATE TABLE incident_former (
            old_id TEXT NOT NULL, incident_id TEXT NOT NULL,
            change TEXT NOT NULL CHECK (change IN ('merged', 'split', 'replaced')),
            PRIMARY KEY (old_id, incident_id))""",
        """CREATE TABLE decision (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL CHECK (kind IN ('merge', 'split')),
            data TEXT NOT NULL CHECK (json_valid(data)))""",
        "ALTER TABLE incident ADD COLUMN grade TEXT",
        "ALTER TABLE incident ADD COLUMN is_disputed INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE incident ADD COLUMN source_count INTEGER NOT NULL DEFAULT 1",
        "INSERT INTO link_setting VALUES ('turn', '0')",
        """INSERT INTO link_pending (report_id, article_id, incident_id, turn, is_weighed)
            SELECT report.id, article_id, incident_id, 0, 0
            FROM report LEFT JOIN incident_report ON report_id = report.id
            GROUP BY report.id""",
    ):
        db.execute(statement)
