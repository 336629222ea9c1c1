"""Fifth version: what each run of `extract` used and found; how long each article's text was."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


def migrate(db: sqlite3.Connection) -> None:
    """Create the tables of runs.

    A run refers to what it found in an article, and what is found again is stored once: a run
    that changes nothing costs a short row an article.
    """
    for statement in (
        # times are ISO 8601 in UTC; `outcome` and `ended` stay NULL where a run was killed
        """CREATE TABLE run (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            started TEXT NOT NULL, ended TEXT,
            outcome TEXT CHECK (
                outcome IN ('done', 'partial', 'interrupted', 'unread', 'failed')),
            version TEXT NOT NULL, rules TEXT NOT NULL,
            spacy TEXT NOT NULL, model TEXT NOT NULL, model_version TEXT,
            gazetteer TEXT NOT NULL,
            options TEXT NOT NULL CHECK (json_valid(options)),
            articles INTEGER, reports INTEGER, failures INTEGER)""",
        # the facts of the reports of one article; `result` is a hash of them
        """CREATE TABLE run_result (
            article_id TEXT NOT NULL, result BLOB NOT NULL, reports INTEGER NOT NULL,
            facts TEXT NOT NULL CHECK (json_valid(facts)),
            PRIMARY KEY (article_id, result))""",
        # `input` is a hash of what the extractor was given
        """CREATE TABLE run_article (
            run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
            article_id TEXT NOT NULL, input BLOB NOT NULL, result BLOB NOT NULL,
            PRIMARY KEY (run_id, article_id),
            FOREIGN KEY (article_id, result) REFERENCES run_result (article_id, result))
            WITHOUT ROWID""",
        # the text itself may be left out; its hash and its length are kept
        "ALTER TABLE article ADD COLUMN text_length INTEGER NOT NULL DEFAULT 0",
        "UPDATE article SET text_length = length(text)",
    ):
        db.execute(statement)
