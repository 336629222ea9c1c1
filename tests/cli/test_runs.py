"""`incidents runs` and `incidents diff`: what was run, and what changed between two runs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from incidents.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]

PROGRAM = Path(__file__).with_name("fake_program.py")


def runs(run: Run) -> list[dict[str, object]]:
    """The runs as JSON."""
    return list(json.loads(run("runs", "--json")[1]))


def test_runs_list_what_was_run(run: Run, articles: Path) -> None:
    """Each run has its end, its counts and its options, without reading anything."""
    (articles / "c3.txt").write_text("Bad\n\nboom goes the parser.", encoding="utf-8")
    run("extract", str(articles))
    run("extract", str(articles / "a1.txt"), "--published", "2021-04-22")
    run("extract", "nowhere.txt")

    found = runs(run)

    assert [
        (each["outcome"], each["articles"], each["reports"], each["failures"], each["options"])
        for each in found
    ] == [
        ("partial", 2, 3, 1, {}),
        ("done", 1, 2, 0, {"published": "2021-04-22"}),
        ("partial", 0, 0, 1, {}),
    ]


def test_runs_as_a_table(run: Run, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In 80 columns the last one says what was new in a run."""
    monkeypatch.setenv("COLUMNS", "80")
    run("extract", str(articles))
    run("extract", str(articles), "--no-text")

    code, out, err = run("runs")

    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert max(map(len, lines)) <= 80
    assert lines[0].split() == ("run started (UTC) took ended articles reports failed new".split())
    assert lines[1].split()[-4:] == ["done", "2", "3", "0"]
    assert lines[2].split()[-5:] == ["done", "2", "3", "0", "options"]


def test_runs_of_an_empty_database(run: Run, articles: Path) -> None:
    """Without a run there is a line on stderr, and an empty array."""
    run("extract", str(articles))
    with open_store("incidents.db") as store:
        store._db.execute("DELETE FROM run")

    assert run("runs") == (0, "", "No run is recorded in incidents.db.\n")
    assert run("runs", "--json") == (0, "[]\n", "")


def test_killed_run_is_unfinished(articles: Path, run: Run) -> None:
    """A run that is killed has no end; what it stored until then is counted."""
    command = [sys.executable, str(PROGRAM), "extract", "-", "--reports", "--format", "jsonl"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=articles.parent
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        text = (articles / "a1.txt").read_text(encoding="utf-8")
        program.stdin.write(json.dumps({"id": "a", "text": text}).encode() + b"\n")
        program.stdin.flush()
        program.stdout.readline()
        os.kill(program.pid, signal.SIGKILL)

    [found] = runs(run)
    assert (found["outcome"], found["ended"], found["failures"]) == (None, None, None)
    assert (found["articles"], found["reports"]) == (1, 2)
    assert "unfinished" in run("runs")[1]


def change_reports() -> None:
    """Make the program find something else in an article, as a new version of it would."""
    with open_store("incidents.db") as store:
        reports = store.reports_of("a1")
        number = store.runs.all()[-1].id
        run = store.runs.begin(store.runs.get(number).tools, {})
        store.put_article(store.article("a1"), reports[:1], run=run)
        store.put_article(store.article("b2"), store.reports_of("b2"), run=run)
        store.runs.end(run, "done", failures=0)


def test_diff_lists_what_changed(run: Run, articles: Path) -> None:
    """Reports that are gone are told by article; what stayed is only counted."""
    run("extract", str(articles))
    change_reports()

    code, out, err = run("diff", "1", "2")

    assert (code, err) == (0, "")
    assert out.splitlines()[2:] == [
        "same version, rules, model, gazetteer and options",
        "2 articles compared, 1 with changes; reports: 0 appeared, 1 gone, 0 changed",
        "",
        "article a1",
        "  gone: 2016, Armed clash, Goma",
    ]


def test_diff_without_runs_compares_the_last_two(run: Run, articles: Path) -> None:
    """No number stands for the last two runs; JSON has them with what changed."""
    run("extract", str(articles / "a1.txt"))
    run("extract", str(articles))
    change_reports()

    found = json.loads(run("diff", "--json")[1])

    assert (found["first"]["id"], found["second"]["id"]) == (2, 3)
    assert found["articles"] == {
        "both": 2,
        "other_input": [],
        "only_first": [],
        "only_second": [],
    }
    assert [(each["article"], each["change"]) for each in found["changes"]] == [("a1", "gone")]


def test_diff_lists_articles_of_one_run_apart(run: Run, articles: Path) -> None:
    """What only one run read is named and not taken for a change."""
    run("extract", str(articles))
    run("extract", str(articles / "b2.txt"))

    lines = run("diff", "1", "2")[1].splitlines()

    assert "1 article compared, 0 with changes; reports: 0 appeared, 0 gone, 0 changed" in lines
    assert "not compared, only in run 1: 1 article (a1)" in lines


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["1", "9"], 1, "no run 9; `incidents runs` lists them"),
        (["1"], 2, "name two runs, or none for the last two"),
        ([], 1, "holds 1 of the two runs to compare; extract again"),
    ],
)
def test_diff_of_what_is_not_there(
    run: Run, articles: Path, words: list[str], code: int, message: str
) -> None:
    """A run that is missing is named with what to do."""
    run("extract", str(articles))

    found, out, err = run("diff", *words)

    assert (found, out) == (code, "")
    assert message in " ".join(err.replace("│", " ").split())
