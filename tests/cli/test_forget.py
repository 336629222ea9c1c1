"""`incidents forget`: an article goes with all that came from it, down to the bytes."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from incidents.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Run = Callable[..., tuple[int, str, str]]

CLASH = "NDF shot at Asayish in Qamishlo on Tuesday, killing one [bold]member\x1b[31m."
# What only the article says that is to be forgotten: its id, title, outlet, address and text.
TRACES = ("whistleblower", "Zebra headline", "Quagga Herald", "walrus.example", "narwhals watched")


@pytest.fixture
def stored(run: Run, tmp_path: Path) -> Path:
    """Give a database of three articles, two of which tell of one event, and of a merge by hand."""
    lines = [
        {"id": "open-1", "text": f"Clashes\n\n{CLASH}"},
        {
            "id": "whistleblower-7",
            "title": TRACES[1],
            "publisher": TRACES[2],
            "url": f"https://{TRACES[3]}/7",
            "text": f"Clashes\n\n{CLASH} The {TRACES[4]}. In 2016 they fought in Goma.",
        },
        {"id": "open-2", "text": "Two kidnapped\n\nGunmen kidnapped two men in Tell Zarîfa."},
    ]
    news = tmp_path / "news.jsonl"
    news.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    run("extract", str(news))
    run("extract", str(news), "--published", "2021-04-22")
    ids = [each["id"] for each in json.loads(run("show", "--json")[1])]
    run("link", "--merge", ids[0], ids[-1])
    news.unlink()
    return tmp_path / "incidents.db"


def files(folder: Path) -> dict[str, bytes]:
    """The bytes of a database and of what SQLite keeps beside it."""
    return {path.name: path.read_bytes() for path in folder.glob("incidents.db*")}


def traces(folder: Path) -> set[tuple[str, str]]:
    """Which traces are in which file."""
    return {
        (name, trace)
        for name, data in files(folder).items()
        for trace in TRACES
        if trace.encode() in data
    }


def rows(path: Path) -> Iterator[str]:
    """Every value of every table, as text."""
    with closing(sqlite3.connect(path)) as db:
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type='table'")]
        for table in tables:
            for row in db.execute(f"SELECT * FROM {table}"):  # noqa: S608 - the names are its own
                yield from map(str, row)


def test_forget_leaves_no_trace(run: Run, stored: Path) -> None:
    """Nothing that only this article said is left in any byte of the files."""
    assert {trace for _, trace in traces(stored.parent)} == set(TRACES)

    code, out, err = run("forget", "whistleblower-7")

    assert (code, out) == (0, "")
    assert err == "Forgotten: 1 article with 2 reports and 1 decision by hand.\n"
    assert traces(stored.parent) == set()
    assert [value for value in rows(stored) if "rep-whistleblower" in value] == []


def test_forget_links_the_rest_again(run: Run, stored: Path) -> None:
    """What other articles tell stays, and stands on their reports alone."""
    run("forget", "whistleblower-7")

    found = json.loads(run("show", "--json")[1])

    assert [each["reports"] for each in found] == [["rep-open-11"], ["rep-open-23"]]
    with open_store(stored) as store:
        assert store.count_unlinked() == 0
        assert [run.reports for run in store.runs.all()] == [4, 4]  # what it was when they ended


@pytest.mark.usefixtures("stored")
def test_forget_keeps_decisions_on_others(run: Run) -> None:
    """A decision that says something without the article is kept, and does not mention it."""
    ids = [each["id"] for each in json.loads(run("show", "--json")[1])]
    run("link", "--merge", *ids)
    assert run("link", "--decisions")[1].count("open-2") == 4

    err = run("forget", "open-2")[2]

    listed = run("link", "--decisions")[1]
    assert "1 decision by hand" in err
    assert ("open-2" in listed, "open-1" in listed, listed.count("merge")) == (False, True, 1)
    assert len(json.loads(run("show", "--json")[1])) == 1


def test_forget_is_all_or_nothing(run: Run, stored: Path) -> None:
    """An id that is wrong, or only the beginning of one, takes nothing out."""
    before = list(rows(stored))

    code, out, err = run("forget", "open-1", "whistle")

    assert (code, out) == (1, "")
    assert err == (
        "Error: incidents.db: no article 'whistle'; give its whole id, nothing was forgotten\n"
    )
    assert list(rows(stored)) == before


def test_forget_names_copies(run: Run, stored: Path) -> None:
    """Copies beside the database are named for the user to delete, other files are not."""
    shutil.copy(stored, "incidents.db.schema3.bak")
    Path("incidents.db.txt").write_text("notes", encoding="utf-8")
    shutil.copy(stored, "other.db")

    err = run("forget", "open-1")[2].splitlines()

    assert err[1:] == [
        "incidents.db.schema3.bak: may hold what was forgotten; delete it if it does."
    ]


def test_forget_says_where_the_file_is_in_use(
    run: Run, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another program reads, traces stay and are told of; a second call removes them."""
    monkeypatch.setattr("incidents.store.open_store", partial(open_store, timeout=0.1))
    with closing(sqlite3.connect(stored, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM article").fetchone()
        code, _, err = run("forget", "whistleblower-7")
        assert code == 1
        assert "is open elsewhere, so traces are left in the file" in err

    assert run("forget")[0] == 0
    assert traces(stored.parent) == set()


def test_forget_erases_what_was_replaced(run: Run, stored: Path, tmp_path: Path) -> None:
    """The text of an article that was replaced is in no free page afterwards."""
    line = {"id": "whistleblower-7", "url": f"https://{TRACES[3]}/7", "text": "Nothing happened."}
    news = tmp_path / "news.jsonl"
    news.write_text(json.dumps(line), encoding="utf-8")
    run("extract", str(news))

    run("forget")

    assert {trace for _, trace in traces(tmp_path)} == {TRACES[0], TRACES[3]}
    assert len(list(rows(stored))) > 0
