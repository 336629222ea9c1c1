"""`incidents eval`: the table, the misses, JSON, and what is said of broken input."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

CLASH = "NDF shot at Asayish in Qamishlo on Tuesday, killing one [bold]member\x1b[31m."
INCIDENT = {
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "date_start": "2021-04-21",
    "date_precision": "day",
    "place": "Tay",
    "place_mentions": ["Qamishlo"],
    "actors": [{"name": "NDF", "role": "initiator"}, {"name": "Asayish", "role": "target"}],
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """An annotated article with a wrong day, and one without an incident."""
    file = tmp_path / "gold.jsonl"
    rows = [
        {"id": "a", "text": CLASH, "incidents": [INCIDENT]},
        {"id": "b", "text": "Rain fell.", "incidents": []},
    ]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return file


def test_eval_prints_a_table(run: Run, gold: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row a figure, in 80 columns; nothing is stored."""
    monkeypatch.setenv("COLUMNS", "80")

    code, out, err = run("eval", str(gold))

    lines = out.splitlines()
    assert (0, "") == (code, err)
    assert lines[0].split() == ["figure", "precision", "recall", "F1", "hit", "gold", "predicted"]
    assert lines[1].split()[-6:] == ["1.000", "1.000", "1.000", "1", "1", "1"]
    assert "date                             0.000   0.000  0.000    0     1          1" in lines
    assert max(map(len, lines)) <= 80
    assert not gold.with_name("incidents.db").exists()


def test_eval_lists_misses(run: Run, gold: Path) -> None:
    """--misses says what is expected, what was found, and why; control characters stay out."""
    out = run("eval", str(gold), "--misses")[1]

    assert "\na: Armed clash, Tay, 2021-04-21\n" in out
    assert "  date: expected 2021-04-21; found 2021-04-20\n    read from “Tuesday”" in out
    assert "\x1b" not in out


def test_eval_json(run: Run, gold: Path) -> None:
    """--json prints one object, with the misses where they are asked for."""
    found = json.loads(run("eval", str(gold), "--json")[1])
    assert found["articles"] == 2
    assert found["figures"]["date"] == {
        "precision": 0.0,
        "recall": 0.0,
        "f1": 0.0,
        "hit": 0,
        "gold": 1,
        "predicted": 1,
    }
    assert "misses" not in found

    found = json.loads(run("eval", str(gold), "--json", "--misses")[1])
    assert {"date"} < {miss["field"] for miss in found["misses"]}


def test_eval_json_holds_unseen_characters_as_escapes(run: Run, tmp_path: Path) -> None:
    """What an article hides in a name reaches no terminal."""
    row = {"id": "x\u202ey", "text": "Nothing.", "incidents": [INCIDENT]}
    path = tmp_path / "odd.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")

    out = run("eval", str(path), "--json", "--misses")[1]

    assert "\u202e" not in out
    assert json.loads(out)["misses"][0]["article"] == "x\u202ey"


def test_eval_scores_reports_of_a_file(run: Run, gold: Path, tmp_path: Path) -> None:
    """--reports gives what extraction gives, without the model."""
    reports = tmp_path / "reports.jsonl"
    reports.write_text(run("extract", str(gold), "--reports", "--format", "jsonl")[1], "utf-8")

    assert run("eval", str(gold)) == run("eval", str(gold), "--reports", str(reports))


def test_eval_goes_on_after_broken_rows(run: Run, gold: Path) -> None:
    """A broken row and an article that fails are a line each; the exit code is 3."""
    rows = ['{"id"', json.dumps({"id": "c", "text": "boom", "incidents": []})]
    gold.write_text("\n".join([gold.read_text("utf-8"), *rows]), encoding="utf-8")

    code, out, err = run("eval", str(gold))

    lines = err.splitlines()
    assert code == 3
    assert out.startswith("figure")
    assert len(lines) == 2
    assert lines[0].startswith(f"Error: {gold}:3: broken JSON")
    assert "c: cannot be extracted (ValueError, conftest.py:" in lines[1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "empty"),
        ("{}", "no row can be used"),
        (None, "cannot be read"),
    ],
)
def test_eval_without_articles_is_an_error(
    run: Run, tmp_path: Path, content: str | None, said: str
) -> None:
    """Nothing to score: exit code 1 and a line that says so."""
    file = tmp_path / "none.jsonl"
    if content is not None:
        file.write_text(content, encoding="utf-8")

    code, out, err = run("eval", str(file))

    assert (code, out) == (1, "")
    assert said in err.splitlines()[-1]


def test_eval_refuses_reports_of_other_articles(run: Run, gold: Path, tmp_path: Path) -> None:
    """Figures of 0 would look like a bad extractor."""
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps({"id": "x", "text": CLASH, "incidents": []}), encoding="utf-8")
    reports = tmp_path / "reports.jsonl"
    reports.write_text(run("extract", str(other), "--reports", "--format", "jsonl")[1], "utf-8")

    code, _, err = run("eval", str(gold), "--reports", str(reports))

    assert code == 1
    assert "no report is of an annotated article" in err


def test_eval_reads_standard_input_once(run: Run) -> None:
    """Two inputs cannot share standard input."""
    code, _, err = run("eval", "-", "--reports", "-")

    assert code == 2
    assert "standard input" in err
