"""`extract --no-text`: values, offsets and a few words stay, the text does not."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from incidents.shorten import MOST_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]


# what tells that there was a second run
RUN_ROWS = tuple(f'INSERT INTO "{name}"' for name in ("run", "run_article", "sqlite_sequence"))


def stored(db: str = "incidents.db") -> list[tuple[str, str, int]]:
    """Id, text and length of the articles of a database."""
    with closing(sqlite3.connect(db)) as found:
        return found.execute("SELECT id, text, text_length FROM article ORDER BY id").fetchall()


def dump() -> list[str]:
    """All rows but those that tell of the runs."""
    with closing(sqlite3.connect("incidents.db")) as db:
        return [
            line for line in db.iterdump() if 'INTO "run' not in line and "sequence" not in line
        ]


def test_text_is_not_stored(run: Run, articles: Path) -> None:
    """Hash and length of the text stay; the second run finds all as it was."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in articles.iterdir()}
    first = run("extract", str(articles), "--no-text", "--json")
    before = dump()

    assert stored() == [(id_, "", len(text)) for id_, text in sorted(texts.items())]
    assert run("extract", str(articles), "--no-text", "--json") == first
    assert dump() == before


def test_text_comes_back_and_goes_again(run: Run, articles: Path) -> None:
    """Without the option the text is stored, with it again it is taken out."""
    run("extract", str(articles), "--no-text")
    run("extract", str(articles))
    assert all(text for _, text, _ in stored())

    run("extract", str(articles), "--no-text")
    assert not any(text for _, text, _ in stored())


def test_no_text_can_be_set_for_good(
    run: Run, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """INCIDENTS_NO_TEXT=1 stands for the option."""
    monkeypatch.setenv("INCIDENTS_NO_TEXT", "1")
    run("extract", str(articles))

    assert not any(text for _, text, _ in stored())


def test_article_is_known_again_without_its_text(run: Run, articles: Path) -> None:
    """A copy in another folder is the same article, and keeps the day that was once told."""
    run("extract", str(articles), "--no-text", "--published", "2021-04-22")
    shutil.move(articles, "moved")

    code, out, err = run("extract", "moved", "--no-text", "--reports", "--json")

    assert code == 0
    assert "Kept from an earlier run: the day of publication of 2 articles" in err
    assert {each["article"]["published"] for each in json.loads(out)} == {"2021-04-22"}
    assert [id_ for id_, *_ in stored()] == ["a1", "b2"]


def test_other_article_of_that_name_is_not_taken_for_it(run: Run, articles: Path) -> None:
    """Another text under the same name in another folder gets a name of its own."""
    run("extract", str(articles), "--no-text")
    Path("other").mkdir()
    Path("other/a1.txt").write_text("Other news\n\nNothing happened in Paris.", encoding="utf-8")
    run("extract", "other", "--no-text")

    assert [id_ for id_, *_ in stored()] == ["a1", "b2", "other/a1"]


ARTICLE = """Clashes at the river

After a quiet week in which traders had reopened their stalls along the northern road, gunmen from
an unknown group attacked a convoy of the Malian army near Mopti on Tuesday morning, killing three
soldiers and wounding at least seven others before they withdrew towards the forest, according to a
local official who asked not to be named because he feared for his family.
"""


@pytest.mark.model
def test_every_command_works_without_text(tmp_path: Path) -> None:
    """The program shows, explains, links and exports what it stored, and holds no sentence."""
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    program = Path(sys.executable).with_name("incidents")

    def call(*words: str) -> str:
        done = subprocess.run(
            [program, *words],
            check=False,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**os.environ, "INCIDENTS_DB": "incidents.db"},
        )
        assert (done.returncode, done.stderr.count("Traceback")) == (0, 0), done.stderr
        return done.stdout

    [incident] = json.loads(
        call("extract", "a.txt", "--no-text", "--published", "2021-04-22", "--json")
    )
    call("show")
    assert "«killing three»" in call("why", incident["id"])
    call("link")
    for name in ("csv", "acled", "ged", "geojson", "html", "jsonl"):
        assert "Mopti" in call("export", name), name
    words = ARTICLE.split()
    runs = {" ".join(words[at : at + MOST_WORDS + 1]) for at in range(len(words) - MOST_WORDS)}
    held = b"".join(path.read_bytes() for path in tmp_path.glob("incidents.db*")).decode("latin-1")
    held = " ".join(held.replace("\\n", " ").split())
    assert words[-1] not in held
    assert [run for run in runs if run in held] == []
