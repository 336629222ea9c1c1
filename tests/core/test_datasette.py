"""The database as Datasette opens it: tables, labels, views, and the queries of the docs."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from containers import Containers
from datasette.app import Datasette

from incidents.linking import link
from incidents.model import Article, Disagreement, DisagreementValue
from incidents.record import tools_in_use
from incidents.store import open_store
from incidents.store.migrations import APPLICATION_ID, m001_initial, m002_links
from incidents.store.rows import article_row, fact_row

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidents.model import Report

    Get = Callable[..., Any]

PAGE = Path(__file__).resolve().parents[2] / "docs" / "datasette.md"
QUERIES = re.findall(
    r"^```sql\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
)
TABLES = re.findall(r"^\| `(\w+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory, seed_reports: list[Report]) -> Path:
    """Give a database of the five example articles, with one difference between sources."""
    path = tmp_path_factory.mktemp("datasette") / "incidents.db"
    with open_store(path) as store:
        run = store.runs.begin(tools_in_use(), {})
        for article in sorted({report.article.id for report in seed_reports}):
            own = [_with_evidence(each) for each in seed_reports if each.article.id == article]
            title = f"Headline {article}"
            store.put_article(Article(id=article, text="Text", title=title), own, run=run)
        first, *rest = link(seed_reports)
        values = tuple(DisagreementValue(value=value, articles=("000",)) for value in ("1", "2"))
        differ = (Disagreement(field="casualties killed NDF", values=values),)
        first = msgspec.structs.replace(first, disagreements=differ)
        store.put_incidents([first, *rest], gazetteer=Containers())
    return path


def _with_evidence(report: Report) -> Report:
    """The report with a sentence for its day too."""
    day = msgspec.structs.replace(report.evidence[0], rule="date:explicit")
    return msgspec.structs.replace(report, evidence=(*report.evidence, day))


@pytest.fixture(scope="module")
def get(database: Path) -> Get:
    """Ask Datasette for a page; gives its JSON, or the text of an HTML page."""

    def call(path: str, **params: str) -> Any:  # noqa: ANN401 - JSON
        async def ask() -> Any:  # noqa: ANN401 - JSON
            site = Datasette([str(database)])
            answer = await site.client.get(f"/incidents{path}", params=params)
            assert answer.status_code == 200, answer.text
            return answer.json() if ".json" in path else answer.text

        # In a thread of its own: a browser that other tests opened keeps this one's event loop.
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(lambda: asyncio.run(ask())).result()

    return call


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.split("\n")[0][:60])
def test_datasette_queries_of_the_docs_answer(get: Get, query: str) -> None:
    """Each query of docs/datasette.md runs in Datasette, and finds something."""
    assert get(".json", sql=query, _shape="array") != []


def test_datasette_docs_name_every_table_and_view(get: Get) -> None:
    """The page lists what a user sees, and nothing else."""
    found = get(".json")
    names = {table["name"] for table in found["tables"] if not table["hidden"]}
    views = {view["name"] for view in found["views"]}
    own = {name for name in names if name.startswith(("link_", "sqlite_"))}

    assert sorted(TABLES) == sorted((names | views) - own)


@pytest.mark.parametrize("name", TABLES)
def test_datasette_shows_every_table(get: Get, name: str) -> None:
    """Each opens as a page; those that hold anything show it."""
    rows = get(f"/{name}.json", _shape="array")

    assert rows or name in {"decision", "incident_former"}
    assert "<h1" in get(f"/{name}")


def test_datasette_names_what_a_row_refers_to(get: Get) -> None:
    """A foreign key is shown by the title of the row that it leads to."""
    page = get("/incident_report")
    [title, *_] = get(".json", sql="SELECT title FROM incident", _shape="arrayfirst")

    assert title in page
    assert "Headline 000" in get("/report")


def test_datasette_has_coordinates_for_a_map(get: Get) -> None:
    """Incidents and reports have the two columns that map plug-ins look for, as numbers."""
    for table in ("incident", "report"):
        rows = get(f"/{table}.json", _shape="array", latitude__notblank="1")
        assert rows
        assert all(isinstance(row["latitude"], float) for row in rows)
        assert all(isinstance(row["longitude"], float) for row in rows)


def test_every_reference_is_sound(database: Path) -> None:
    """Each column that refers to a row of another table says so, and the row is there."""
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in ("incident_report", "incident_place", "incident_actor"):
            keys = {row[3]: row[2] for row in db.execute(f"PRAGMA foreign_key_list({table})")}
            assert keys["incident_id"] == "incident"


def test_an_older_database_gets_titles_and_views(
    tmp_path: Path, seed_reports: list[Report]
) -> None:
    """A database of the second version opens with the same titles that are written now."""
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as db, db:
        m001_initial.migrate(db)
        m002_links.migrate(db)
        db.execute("PRAGMA user_version = 2")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        for position, report in enumerate(seed_reports):
            row = fact_row(report) | {"article_id": report.article.id, "position": position}
            del row["title"]
            article = article_row(Article(id=report.article.id, text="Text"))
            del article["text_length"], article["domain"]
            for table, values in (("article", article), ("report", row)):
                marks = ", ".join("?" * len(values))
                sql = f"INSERT OR IGNORE INTO {table} ({', '.join(values)}) VALUES ({marks})"  # noqa: S608 - names are ours
                db.execute(sql, list(values.values()))
    open_store(path).close()

    with closing(sqlite3.connect(path)) as db:
        titles = dict(db.execute("SELECT id, title FROM report"))
        assert titles == {report.id: fact_row(report)["title"] for report in seed_reports}
        assert db.execute("SELECT count(*) FROM incident_claim").fetchone() == (0,)
