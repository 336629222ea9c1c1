"""`incidents import`: what a cluster has written, into a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa
import pytest
from pyarrow import parquet
from typer.testing import CliRunner

from incidents.cli import app
from incidents.linking import link
from incidents.model import EVENT_TYPE_OF, Article, ArticleRef, EventDate, Report
from incidents.spark.manifest import NAME, Counts, Manifest
from incidents.spark.tables import ARTICLES
from incidents.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

ARTICLE_IDS = ("a", "b", "c")
COUNTS = Counts(articles=3, reports=4, incidents=3, failures=0, foreign=0)


def make_report(article: str, position: int, kind: str) -> Report:
    """A report without day or place."""
    return Report(
        id=f"rep-{article}{position}",
        article=ArticleRef(id=article),
        event_type=EVENT_TYPE_OF[kind],
        sub_event_type=kind,
        date=EventDate(),
    )


REPORTS = [
    make_report("a", 0, "Armed clash"),
    make_report("a", 1, "Arrests"),
    make_report("b", 0, "Attack"),
    make_report("c", 0, "Peaceful protest"),
]


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An output of three articles, whose reports lie in two months."""
    folder = tmp_path / "out"
    manifest = Manifest(
        model="m", options="[]", input="in", files=1, digest="d", articles_a_chunk=9, counts=COUNTS
    )
    for name in ("articles", "reports/event_month=2021-04", "reports/event_month=undated"):
        (folder / name).mkdir(parents=True)
    (folder / NAME).write_bytes(msgspec.json.encode(manifest))
    articles = [{"id": id_, "text": f"The text of {id_}."} for id_ in ARTICLE_IDS]
    parquet.write_table(pa.Table.from_pylist(articles, ARTICLES), folder / "articles/0.parquet")
    for month, reports in (("2021-04", REPORTS[1:3]), ("undated", [REPORTS[0], REPORTS[3]])):
        rows = [
            {
                "article_id": report.article.id,
                "position": int(report.id[-1]),
                "data": msgspec.json.encode(report).decode(),
            }
            for report in reports
        ]
        path = folder / f"reports/event_month={month}/0.parquet"
        parquet.write_table(pa.Table.from_pylist(rows), path)
    return folder


def run_import(output: Path) -> Result:
    """Import an output into the database beside it."""
    return CliRunner().invoke(app, ["import", str(output), "--db", str(output.parent / "i.db")])


def test_import_gathers_the_reports_of_an_article(output: Path) -> None:
    """Whatever month they lie in, in the order of the article; then they are linked."""
    done = run_import(output)
    assert (0, "") == (done.exit_code, done.stdout)
    assert "3 articles with 4 reports imported, 3 new or changed" in done.stderr
    with open_store(output.parent / "i.db") as store:
        assert [REPORTS[:2], REPORTS[2:3]] == [store.reports_of("a"), store.reports_of("b")]
        assert store.article("b") == Article(id="b", text="The text of b.")
        assert sorted(link(REPORTS), key=str) == sorted(store.incidents(), key=str)


def test_second_import_changes_nothing(output: Path) -> None:
    """Importing again says that nothing is new."""
    run_import(output)
    done = run_import(output)
    assert done.exit_code == 0
    assert "0 new or changed" in done.stderr
    with open_store(output.parent / "i.db") as store:
        assert store.count_reports() == len(REPORTS)


def test_article_that_the_database_knows_otherwise_is_left_out(output: Path) -> None:
    """Another article of the same name is not replaced; the rest is imported."""
    other = Article(id="b", text="Quite another text.", path="/elsewhere/b.txt")
    with open_store(output.parent / "i.db") as store:
        store.put_article(other, [])
    articles = [{"id": id_, "text": id_, "path": f"/in/{id_}.txt"} for id_ in ARTICLE_IDS]
    parquet.write_table(pa.Table.from_pylist(articles, ARTICLES), output / "articles/0.parquet")
    done = run_import(output)
    assert done.exit_code == 3
    [line] = [line for line in done.stderr.splitlines() if line.startswith("Error: ")]
    assert "its article 'b' is another one" in line
    with open_store(output.parent / "i.db") as store:
        assert other == store.article("b")
        assert store.reports_of("c") == REPORTS[3:]


def spoil(output: Path, what: str) -> None:
    """Do something to an output."""
    if what == "none":
        (output / NAME).unlink()
    elif what == "unfinished":
        data = msgspec.json.decode((output / NAME).read_bytes())
        (output / NAME).write_bytes(msgspec.json.encode(data | {"counts": None}))
    elif what == "damaged":
        (output / "articles/0.parquet").write_bytes(b"PAR1 and no more")
    elif what == "copied in part":
        (output / "reports/event_month=2021-04/0.parquet").unlink()
    elif what == "no article":
        articles = [{"id": id_, "text": None} for id_ in ARTICLE_IDS]
        parquet.write_table(pa.Table.from_pylist(articles, ARTICLES), output / "articles/0.parquet")
    else:
        data = {"other version": '{"id": "rep-a0"}', "cut": '{"id": "re', "twice": "{}"}[what]
        places = (7, 7) if what == "twice" else (7, 8)
        rows = [{"article_id": "a", "position": place, "data": data} for place in places]
        table = pa.Table.from_pylist(rows)
        parquet.write_table(table, output / "reports/event_month=undated/0.parquet")


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("none", "no output of `incidents spark-extract`"),
        ("unfinished", "is not finished"),
        ("damaged", "broken Parquet table"),
        ("copied in part", "out/reports: holds 2 of 4 reports; copy the output again"),
        ("no article", "holds what is no article"),
        ("other version", "another version of incidents"),
        ("cut", "another version of incidents"),
        ("twice", "holds a report twice"),
    ],
)
def test_output_that_cannot_be_used_is_one_line(output: Path, what: str, said: str) -> None:
    """What is wrong with the output, where, and what to do."""
    spoil(output, what)
    done = run_import(output)
    assert (1, 1) == (done.exit_code, len(done.stderr.splitlines()))
    assert said in done.stderr


def test_spark_extract_says_what_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Spark the command is one line, and nothing is written."""
    monkeypatch.setattr("incidents.spark.session.find_spec", lambda _: None)
    done = CliRunner().invoke(app, ["spark-extract", "in", "out"])
    assert (1, "") == (done.exit_code, done.stdout)
    assert done.stderr == "Error: Spark is not installed; install incidents[spark]\n"


def test_spark_setting_that_is_none_is_wrong_usage() -> None:
    """The option says how a setting is written."""
    done = CliRunner().invoke(app, ["spark-extract", "in", "out", "--conf", "memory"])
    assert done.exit_code == 2
    assert "spark.executor.memory=8g" in done.stderr
