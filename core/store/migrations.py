"""Numbered migrations of the database: each is applied once, in a transaction.

The number of the last applied migration is the database's `user_version`. `application_id` marks
the file as ours, so that a mistyped `--db` never writes into another program's database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

APPLICATION_ID = 0x494E4344  # "INCD"

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


def m001_initial(db: sqlite3.Connection) -> None:
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


def m002_links(db: sqlite3.Connection) -> None:
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


def m003_titles_and_views(db: sqlite3.Connection) -> None:
    """Give reports and incidents a title, and unfold what stands in JSON, for other programs.

    Datasette shows a column called `title` in place of an id that refers to its row.
    """
    title = """CASE
        WHEN event_date_start IS NULL THEN 'undated'
        WHEN date_precision = 'year' THEN substr(event_date_start, 1, 4)
        WHEN date_precision = 'month' THEN substr(event_date_start, 1, 7)
        ELSE event_date_start END || ', ' || sub_event_type || coalesce(', ' || place, '')"""
    for statement in (
        "ALTER TABLE report ADD COLUMN title TEXT",
        "ALTER TABLE incident ADD COLUMN title TEXT",
        f"UPDATE report SET title = {title}",  # noqa: S608 - the words are ours
        f"UPDATE incident SET title = {title}",  # noqa: S608 - the words are ours
        *_VIEWS,
    ):
        db.execute(statement)


_VIEWS = (
    """CREATE VIEW incident_source AS
        SELECT incident_id, report_id, article_id, article.publisher, article.published,
            article.title, article.url, report.attribution, report.confidence
        FROM incident_report
        JOIN report ON report.id = report_id
        JOIN article ON article.id = article_id""",
    # one row a claim of a report: differing claims stand side by side
    """CREATE VIEW incident_claim AS
        SELECT incident_id, report_id, article_id,
            json_extract(claim.value, '$.kind') AS kind,
            json_extract(claim.value, '$.group') AS side,
            json_extract(claim.value, '$.min') AS fewest,
            json_extract(claim.value, '$.max') AS most,
            json_extract(claim.value, '$.names') AS names,
            json_extract(claim.value, '$.claimed_by') AS claimed_by,
            json_extract(claim.value, '$.modality') AS modality,
            json_extract(claim.value, '$.mention') AS mention
        FROM incident_report
        JOIN report ON report.id = report_id
        JOIN json_each(report.data, '$.casualties') AS claim""",
    """CREATE VIEW incident_disagreement AS
        SELECT incident.id AS incident_id,
            json_extract(each.value, '$.field') AS field,
            json_extract(given.value, '$.value') AS value,
            json_extract(given.value, '$.articles') AS articles
        FROM incident
        JOIN json_each(incident.data, '$.disagreements') AS each
        JOIN json_each(each.value, '$.values') AS given""",
    """CREATE VIEW incident_evidence AS
        SELECT incident_id, report_id, article_id,
            json_extract(found.value, '$.rule') AS rule,
            json_extract(found.value, '$.text') AS sentence,
            json_extract(found.value, '$.start') AS sentence_start,
            json_extract(found.value, '$.end') AS sentence_end
        FROM incident_report
        JOIN report ON report.id = report_id
        JOIN json_each(report.data, '$.evidence') AS found""",
)

MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    m001_initial,
    m002_links,
    m003_titles_and_views,
)
"""All migrations, oldest first; never edit one that was released, add the next."""
