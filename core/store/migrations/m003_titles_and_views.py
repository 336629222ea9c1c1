"""Third version: titles, and views over what stands in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

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


def migrate(db: sqlite3.Connection) -> None:
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
