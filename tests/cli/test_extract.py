"""`incidents extract`: articles in, incidents out, errors named, exit codes kept."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]


def test_extract_prints_a_table_of_incidents(run: Run, articles: Path) -> None:
    """A folder becomes a table, a row an incident, without wrapping or colour in a pipe."""
    code, out, err = run("extract", str(articles))

    rows = [" ".join(line.split()) for line in out.splitlines()]
    assert (0, "") == (code, err)
    assert rows == [
        "date place what sides killed wounded sources id",
        "2016 Goma Armed clash (background) NDF → ISF a1 " + rows[1].split()[-1],
        "2021-04-20 al-Tay neighbourhood, Qamishli Armed clash NDF → ISF ISF 1 NDF ≥3 a1 "
        + rows[2].split()[-1],
        "Tue ? Tell Zarifa Abduction gunmen → b2 " + rows[3].split()[-1],
    ]


def test_extract_json_is_one_array(run: Run, articles: Path) -> None:
    """--json prints one array of incidents with null for what is absent."""
    code, out, _ = run("extract", str(articles), "--json")

    found = json.loads(out)
    assert code == 0
    assert [each["sub_event_type"] for each in found] == [
        "Armed clash",
        "Armed clash",
        "Abduction/forced disappearance",
    ]
    assert found[2]["date"]["start"] is None


def test_extract_reports_as_jsonl(run: Run, articles: Path) -> None:
    """--reports prints one report a line, in the order of the articles."""
    _, out, _ = run("extract", str(articles), "--reports", "--format", "jsonl")

    assert [json.loads(line)["id"] for line in out.splitlines()] == [
        "rep-a11",
        "rep-a12",
        "rep-b23",
    ]


def test_extract_csv_has_one_row_an_incident(run: Run, articles: Path) -> None:
    """--format csv prints flat columns with counts in words."""
    _, out, _ = run("extract", str(articles), "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["date_start"] for row in rows] == ["2016-01-01", "2021-04-20", ""]
    assert rows[1]["wounded"] == "National Defence Forces at least 3"
    assert "\x1b" not in out


def test_extract_only_prints_incidents_of_these_articles(run: Run, articles: Path) -> None:
    """A second run prints its own incidents; the database keeps all."""
    run("extract", str(articles / "a1.txt"))

    _, out, _ = run("extract", str(articles / "b2.txt"), "--json")

    assert [each["sources"][0]["article"] for each in json.loads(out)] == ["b2"]
    assert len(json.loads(run("show", "--json")[1])) == 3


# what tells that there was a second run
RUN_ROWS = tuple(f'INSERT INTO "{name}"' for name in ("run", "run_article", "sqlite_sequence"))


def test_extract_again_changes_nothing(run: Run, articles: Path) -> None:
    """The same articles give the same output and the same rows."""

    def dump() -> list[str]:
        with sqlite3.connect("incidents.db") as db:
            return [line for line in db.iterdump() if not line.startswith(RUN_ROWS)]

    first = run("extract", str(articles), "--json")
    before = dump()

    assert run("extract", str(articles), "--json") == first
    assert dump() == before


def test_extract_published_replaces_the_reports(run: Run, articles: Path) -> None:
    """--published changes the article, so its reports are replaced."""
    run("extract", str(articles))

    _, out, _ = run("extract", str(articles), "--published", "2021-04-22", "--reports", "--json")

    assert {each["article"]["published"] for each in json.loads(out)} == {"2021-04-22"}


def test_extract_again_keeps_the_day_of_publication(run: Run, articles: Path) -> None:
    """--published need not be told again; `none` forgets it."""

    def days(*options: str) -> tuple[set[str | None], str]:
        code, out, err = run("extract", str(articles), "--reports", "--json", *options)
        assert code == 0
        return {each["article"]["published"] for each in json.loads(out)}, err

    kept = (
        "Kept from an earlier run: the day of publication of 2 articles; --published changes it.\n"
    )
    assert days("--published", "2021-04-22") == ({"2021-04-22"}, "")
    assert days() == ({"2021-04-22"}, kept)
    assert days("--quiet") == ({"2021-04-22"}, "")
    assert days("--published", "2021-05-06") == ({"2021-05-06"}, "")
    assert days("--published", "none") == ({None}, "")
    assert days() == ({None}, "")


def test_extract_keeps_files_of_one_name_apart(run: Run, articles: Path, tmp_path: Path) -> None:
    """A file of the same name in another folder adds its article, in one run or in two."""
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "a1.txt").write_text("Two kidnapped\n\nMen kidnapped two.")

    run("extract", str(articles))
    for _ in range(2):
        code, out, err = run("extract", "old", "--json")

        assert (code, err) == (0, "")
        assert [each["sources"][0]["article"] for each in json.loads(out)] == ["old/a1"]
    assert len(json.loads(run("show", "--json")[1])) == 4


def test_extract_goes_on_after_a_failed_article(run: Run, articles: Path) -> None:
    """One article that fails is named on one line; the rest is done and the exit code is 3."""
    (articles / "aa.txt").write_text("Bad\n\nboom goes the parser.", encoding="utf-8")

    code, out, err = run("extract", str(articles), "--json")

    assert code == 3
    assert len(json.loads(out)) == 3
    assert re.fullmatch(
        rf"Error: {articles}/aa\.txt: cannot be extracted \(ValueError, conftest\.py:\d+\);"
        r" report it with this line\n",
        err,
    )


def test_extract_missing_path_is_one_line(run: Run) -> None:
    """Where nothing can be done, the exit code is 1 and stdout stays empty."""
    code, out, err = run("extract", "nowhere.txt", "--json")

    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith("Error: nowhere.txt: ")


def test_extract_missing_path_beside_a_good_one(run: Run, articles: Path) -> None:
    """A missing path among good ones ends with 3."""
    code, out, err = run("extract", "nowhere.txt", str(articles), "--json")

    assert (code, len(json.loads(out)), err.count("\n")) == (3, 3, 1)


def test_extract_without_incidents_says_so(run: Run, tmp_path: Path) -> None:
    """An article without incidents is no failure: [] and a line on stderr."""
    path = tmp_path / "quiet.txt"
    path.write_text("Bakers meet\n\nBread was sold in the city on Tuesday.", encoding="utf-8")

    assert run("extract", str(path), "--json") == (
        0,
        "[]\n",
        "No incidents found: 1 article stored in incidents.db.\n",
    )
    assert run("extract", str(path), "--json", "--quiet") == (0, "[]\n", "")


def test_extract_interrupted_keeps_what_is_done(run: Run, articles: Path) -> None:
    """Ctrl-C ends with 130 and one line; what was done is stored and linked."""
    (articles / "aa.txt").write_text("Slow\n\nctrl-c", encoding="utf-8")

    assert run("extract", str(articles)) == (
        130,
        "",
        "Interrupted: 1 article stored in incidents.db; the rest was not read.\n",
    )
    assert len(json.loads(run("show", "--json")[1])) == 2


@pytest.mark.parametrize(
    ("db", "message"),
    [
        pytest.param("none/x.db", "cannot be created, its folder does not exist", id="folder"),
        pytest.param(".", "is a folder", id="is a folder"),
        pytest.param("note.txt", "is not an SQLite database", id="text"),
    ],
)
def test_extract_unusable_database_is_one_line(
    run: Run, articles: Path, db: str, message: str
) -> None:
    """A database that cannot be used ends the run before anything is read."""
    Path("note.txt").write_text("no database " * 100, encoding="utf-8")

    code, out, err = run("extract", str(articles), "--db", db)

    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(f"Error: {db}: {message}")


@pytest.mark.parametrize(
    "options",
    [
        pytest.param(("--published", "21/4/21"), id="bad date"),
        pytest.param(("--json", "--format", "csv"), id="two formats"),
        pytest.param(("--format", "xml"), id="no such format"),
    ],
)
def test_extract_wrong_usage_exits_2(run: Run, articles: Path, options: tuple[str, ...]) -> None:
    """Wrong usage is Typer's own exit code, and nothing is stored."""
    code, out, _ = run("extract", str(articles), *options)

    assert (code, out) == (2, "")
    assert not Path("incidents.db").exists()


def test_extract_verbose_names_each_article(run: Run, articles: Path) -> None:
    """--verbose says what comes of each article, and how long the stages take."""
    code, out, err = run("extract", str(articles), "--json", "--verbose")

    told = re.sub(r"\d+\.\d s", "0.0 s", err).splitlines()
    assert (code, len(json.loads(out))) == (0, 3)
    assert told[-5:] == [
        f"{articles}/a1.txt: 2 reports",
        f"{articles}/b2.txt: 1 report",
        "Extracting: 0.0 s",
        "Linking reports: 0.0 s",
        "2 articles stored in incidents.db: 3 reports of 3 incidents in 0.0 s.",
    ]


@pytest.mark.parametrize(
    "command",
    [("extract", "x.txt"), ("show",), ("link",), ("eval", "x.jsonl")],
    ids=lambda each: each[0],
)
def test_quiet_and_verbose_contradict_each_other(run: Run, command: tuple[str, ...]) -> None:
    """One can only be asked for."""
    code, out, err = run(*command, "--quiet", "--verbose")

    assert (code, out) == (2, "")
    assert "--quiet and --verbose contradict each other" in err
