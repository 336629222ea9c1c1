"""What a database holds, to be compared: its version, all tables, or all but incidents' names."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

RUN_TIME = frozenset({"run", "run_article"})
"""Tables of what is different in each run, such as when it began."""

State = dict[str, list[Any]]


def version_of(path: Path) -> int:
    """The number of the last migration."""
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def exact_state(path: Path) -> State:
    """Every row of every table, in the order of what is in it."""
    with closing(sqlite3.connect(path)) as db:
        sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        names = {row[0] for row in db.execute(sql)} - RUN_TIME
        return {
            name: sorted(db.execute(f"SELECT * FROM {name}"), key=repr)  # noqa: S608
            for name in names
        }


def nameless_state(path: Path) -> State:
    """The same without the ids of incidents, and without what linking counts and remembers.

    An id outlasts what joins the incident; so it depends on which articles were linked first.
    """
    state = exact_state(path)
    order = [(row[1], row[0]) for row in state["incident_report"]]
    first: dict[str, str] = {}
    for report, incident in sorted(order):
        first.setdefault(incident, report)
    ids = re.compile("|".join(map(re.escape, first)) or "$^")
    told = {
        name: sorted(ids.sub(lambda found: first[found[0]], repr(row)) for row in rows)
        for name, rows in state.items()
        if name not in {"link_setting", "incident_former"}
    }
    return dict(told)


def faults(path: Path) -> list[Any]:
    """What SQLite finds wrong with a database; nothing, where all is well."""
    with closing(sqlite3.connect(path)) as db:
        found = [row[0] for row in db.execute("PRAGMA integrity_check")]
        return [
            *(found if found != ["ok"] else []),
            *db.execute("PRAGMA foreign_key_check"),
        ]


def half_articles(path: Path, whole: State) -> list[str]:
    """Ids of the articles that are stored otherwise than in a whole run, or with other reports."""
    if not path.exists() or not path.stat().st_size:
        return []
    with closing(sqlite3.connect(path)) as db:
        if not db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'report'").fetchone():
            return []
        articles = db.execute("SELECT * FROM article").fetchall()
        reports = db.execute("SELECT * FROM report").fetchall()
    there = {row[0] for row in articles}
    expected = [row for row in whole["report"] if row[1] in there]
    odd = {row[0] for row in set(articles) - set(whole["article"])}
    return sorted(odd | {row[1] for row in set(reports) ^ set(expected)})
