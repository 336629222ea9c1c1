"""docs/python.md: its examples run, have sound types, and name every column and public name."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import incidents
from incidents.frames import TABLES

ROOT = Path(__file__).resolve().parent.parent
PAGES = [page for page in sorted((ROOT / "docs").glob("*.md")) if ">>> " in page.read_text("utf-8")]


@pytest.mark.model
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_examples_give_what_they_show(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every example of the page, one after the other, in a folder with the seeds."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    flags = doctest.NORMALIZE_WHITESPACE

    failed, attempted = doctest.testfile(str(page), module_relative=False, optionflags=flags)

    assert attempted > 0
    assert failed == 0


# What other packages lack is not for this test; to read them takes a minute.
MYPY = """\
[mypy]
follow_imports = silent
ignore_missing_imports = true
[mypy-spacy.*,numpy.*,pandas.*,thinc.*,rapidfuzz.*,pydantic.*]
follow_imports = skip
"""


@pytest.fixture(scope="module")
def mypy_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder in which `incidents` is one package, as it is when it is installed."""
    folder = tmp_path_factory.mktemp("installed")
    package = folder / "incidents"
    package.mkdir()
    for path in (ROOT / "core").iterdir():
        (package / path.name).symlink_to(path)
    for name in ("cli", "extractors", "gazetteer"):
        (package / name).symlink_to(ROOT / name)
    return folder


def check_types(code: str, mypy_path: Path, tmp_path: Path) -> str:
    """Give what mypy says of a user's script, in its strict mode."""
    (tmp_path / "script.py").write_text(code, encoding="utf-8")
    (tmp_path / "mypy.ini").write_text(MYPY, encoding="utf-8")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "mypy", "--strict", "--no-error-summary"),
            *("--config-file", "mypy.ini", "--cache-dir", str(mypy_path / "cache"), "script.py"),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": str(mypy_path)},
    )
    assert done.stderr == "", done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_examples_have_sound_types(page: Path, mypy_path: Path, tmp_path: Path) -> None:
    """A user's strict type checker has nothing to say against the examples."""
    examples = doctest.DocTestParser().get_examples(page.read_text(encoding="utf-8"))
    code = "".join(example.source for example in examples)

    assert check_types(code, mypy_path, tmp_path) == ""


@pytest.mark.slow
def test_types_reach_the_user(mypy_path: Path, tmp_path: Path) -> None:
    """What is wrong with a value or a name is seen before it is run."""
    code = """\
import incidents
article = incidents.Article(id=1, text="…")
reports = incidents.Extractor().extract(article)
reports[0].date.begin
incidents.to_dataframe(reports, "people")
incidents.link(reports)[0].grade + 1
"""
    told = check_types(code, mypy_path, tmp_path)

    found = set(re.findall(r"script\.py:(\d+): error: .*\[([\w-]+)\]", told))
    assert found == {("2", "arg-type"), ("4", "attr-defined"), ("5", "arg-type"), ("6", "operator")}


def test_page_names_every_public_name() -> None:
    """Nothing public is left out."""
    text = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    names = {name for name in incidents.__all__ if not name.startswith("__")}

    assert {name for name in names if f"incidents.{name}" not in text} == set()


def test_page_names_every_column_and_table() -> None:
    """The table of columns is that of the code."""
    from incidents import frames

    text = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    section = text.split("## pandas")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    told = {name for line in rows for name in re.findall(r"`(\w+)`", line.split("|")[1])}

    assert told == {*frames._SHARED, *frames._OF_REPORTS, *frames._OF_INCIDENTS}
    assert [table for table in TABLES[1:] if f"`{table}`" not in section] == []
