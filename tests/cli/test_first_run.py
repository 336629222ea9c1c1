"""The first minutes of a newcomer: no database yet, a wrong path, an empty folder."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]

NO_DATABASE = (
    "Error: incidents.db: no such database; "
    "run `incidents extract PATH` first or name one with --db\n"
)


@pytest.mark.parametrize(
    "words",
    [
        "show",
        "show --place Nowhereville --json",
        "show --summary",
        "export geojson",
        "export csv --output out.csv",
        "why x",
        "link",
        "link --decisions",
        "runs",
        "diff",
        "forget x",
    ],
)
def test_without_a_database_the_first_step_is_named(run: Run, words: str) -> None:
    """One line says how to get one; nothing goes into the pipe, and no file is made."""
    assert run(*words.split()) == (1, "", NO_DATABASE)
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("extract nothing/", "nothing/: no such file or folder; check the path"),
        ("extract '*.txt'", "'*.txt': matches no file that is read"),
        ("extract empty", "empty: no file in this folder that is read"),
        ("extract notes.xyz", "notes.xyz: files of this kind are not read; these are: "),
        ("eval missing.jsonl", "missing.jsonl: cannot be read (no such file or directory); check"),
        ("import nowhere", "nowhere: no output of `incidents spark-extract`; copy it to this"),
        ("gazetteer import x.csv", "x.csv: no such file; check the path"),
        ("gazetteer lookup Nowhereville", "no place or actor called 'Nowhereville'; try another"),
    ],
)
def test_wrong_name_is_one_line_and_leaves_nothing(run: Run, words: str, message: str) -> None:
    """A slip makes no empty database, which would answer `show` with silence later."""
    Path("empty").mkdir()
    Path("notes.xyz").touch()

    code, out, err = run(*words.split())

    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(f"Error: {message}")
    assert sorted(path.name for path in Path().iterdir()) == ["empty", "notes.xyz"]


def test_every_wrong_path_is_named(run: Run) -> None:
    """Each has its line; one that is there is enough for the rest to be read."""
    assert run("extract", "a.txt", "b.txt")[2].count("\n") == 2
    Path("c.txt.gz").write_bytes(gzip.compress(b"Nothing happened in Goma today, they said."))

    code, _, err = run("extract", "a.txt", "c.txt.gz")

    assert (code, err.splitlines()[0]) == (
        3,
        "Error: a.txt: no such file or folder; check the path",
    )
    assert Path("incidents.db").exists()


def test_forget_without_articles_says_what_it_did(run: Run, articles: Path) -> None:
    """It has no article to name, and is not silent about it."""
    run("extract", str(articles))

    code, out, err = run("forget")

    assert (code, out) == (0, "")
    assert err == "incidents.db: what earlier changes left is overwritten; no article was named.\n"
    assert run("forget", "--quiet") == (0, "", "")


def test_gazetteer_check_says_that_there_is_nothing(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Silence could mean anything."""
    monkeypatch.setenv("INCIDENTS_GAZETTEER", str(Path("mine.sqlite").absolute()))
    none = "No entries of your own; see `incidents gazetteer add --help`.\n"
    assert run("gazetteer", "check") == (0, "", none)


def test_an_empty_path_does_not_mean_the_folder_one_is_in(run: Run, tmp_path: Path) -> None:
    """`incidents extract "$UNSET"` reads nothing, and says why."""
    Path(tmp_path / "a.txt").write_text("Gunmen killed two soldiers in Gao.", encoding="utf-8")

    message = "Error: a path is empty; name a file or a folder, or . for this one\n"

    assert run("extract", "") == (1, "", message)
