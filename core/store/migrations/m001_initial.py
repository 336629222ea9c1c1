"""First version: articles, reports and incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

# The columns that reports and incidents share. Dates are ISO days, coordinates WGS84 degrees; the
# whole object stands in `data` as `incidents extract --format jsonl` prints it.
_FACTS = """
    event_type TEXT NOT NULL,
    sub_event_type TEXT NOT NULL,
    background INTEGER NOT NULL CHECK (background IN (0, 1)),
    event_date_start TEXT,
    event_date_end TEXT,
    date_precision TEXT NOT NULL,
    weekday TEXT,
    place TEXT,
    admin1 TEXT,
    country TEXT,
    latitude REAL,
    longitude REAL,
    geo_precision INTEGER,
    initiators TEXT,
    targets TEXT,
    participants TEXT,
    killed TEXT,
    wounded TEXT,
    fatalities_low INTEGER NOT NULL,
    fatalities_best INTEGER NOT NULL,
    fatalities_high INTEGER NOT NULL,
    attribution TEXT,
    confidence REAL NOT NULL,
    sources TEXT,
    data TEXT NOT NULL CHECK (json_valid(data))
"""


def migrate(db: sqlite3.Connection) -> None:
    """Create the tables of articles, reports and incidents."""
    for statement in (
        """CREATE TABLE article (
            id TEXT PRIMARY KEY, title TEXT, publisher TEXT, published TEXT, url TEXT, path TEXT,
            dateline TEXT, language TEXT, text TEXT NOT NULL, text_hash TEXT NOT NULL)""",
        f"""CREATE TABLE report (
            id TEXT PRIMARY KEY,
            article_id TEXT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
            position INTEGER NOT NULL, {_FACTS})""",
        "CREATE INDEX report_by_article ON report (article_id, position)",
        f"CREATE TABLE incident (id TEXT PRIMARY KEY, {_FACTS})",
        "CREATE INDEX incident_by_date ON incident (event_date_start, event_date_end)",
        """CREATE TABLE incident_report (
            incident_id TEXT NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
            report_id TEXT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
            PRIMARY KEY (incident_id, report_id))""",
        "CREATE INDEX incident_report_by_report ON incident_report (report_id)",
        # steps 0: the place that the articles name; 1 and up: what contains it, nearest first
        """CREATE TABLE incident_place (
            incident_id TEXT NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
            place_id TEXT, name TEXT NOT NULL, mention TEXT, steps INTEGER NOT NULL)""",
        "CREATE INDEX incident_place_by_place ON incident_place (place_id)",
        "CREATE INDEX incident_place_by_incident ON incident_place (incident_id)",
        """CREATE TABLE incident_actor (
            incident_id TEXT NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
            actor_id TEXT, name TEXT NOT NULL, mention TEXT NOT NULL, role TEXT NOT NULL,
            kind TEXT)""",
        "CREATE INDEX incident_actor_by_actor ON incident_actor (actor_id)",
        "CREATE INDEX incident_actor_by_incident ON incident_actor (incident_id)",
    ):
        db.execute(statement)
