"""Nothing is lost and nothing is double, whenever an extract ends."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing
from random import Random
from typing import TYPE_CHECKING

import pytest
from store_state import exact_state, faults, half_articles, nameless_state

if TYPE_CHECKING:
    from pathlib import Path

    from stage import Stage

KILLS, INTERRUPTS = 50, 8
SEED = 8

pytestmark = pytest.mark.slow


def remove(path: Path) -> None:
    """Remove a database and what is beside it."""
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink()


def count(path: Path, table: str) -> int:
    """Count the rows of a table; none, where the database has no tables yet."""
    with closing(sqlite3.connect(path)) as db:
        if not db.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (table,)).fetchone():
            return 0
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


def test_killed_at_fifty_moments(
    stage: Stage, folder: Path, articles: Path, undisturbed: Path
) -> None:
    """After each the database is sound, holds whole articles, and the next run completes it."""
    random = Random(SEED)  # noqa: S311 - no secret
    whole = exact_state(undisturbed)
    path = folder / "killed.db"
    extract = ("extract", articles, "--db", path, "--format", "jsonl", "--quiet")
    length = stage.run(*extract).seconds
    reached = []
    for _ in range(KILLS):
        remove(path)
        moment = random.uniform(0, length)
        killed = stage.run_until(moment, signal.SIGKILL, *extract)
        assert killed.code in (0, -signal.SIGKILL), killed.err
        if path.exists():
            assert faults(path) == [], moment
            assert half_articles(path, whole) == [], moment
            reached.append((count(path, "article"), count(path, "incident")))
        length = (9 * length + stage.run(*extract).seconds) / 10  # the machine may be busy
        assert exact_state(path) == whole, moment
        assert faults(path) == []
    # not all before the first article, nor after the last one
    assert len({stored for stored, _ in reached if 0 < stored < 200}) >= 5
    assert len([stored for stored, linked in reached if stored == 200 and not linked]) >= 2


def test_killed_while_it_links(
    stage: Stage, folder: Path, articles: Path, undisturbed: Path
) -> None:
    """Linking writes in several steps; wherever it ends, the next run comes to the same."""
    path = folder / "linked.db"
    link = ("extract", articles, "--db", path, "--format", "jsonl", "--quiet")
    whole = exact_state(undisturbed)
    for at_statement in range(3, 3 + 12):
        remove(path)
        killed = stage.run(*link, kill_at_write=at_statement)
        assert killed.code == -signal.SIGKILL
        assert count(path, "article") == 200
        assert faults(path) == []
        stage.run(*link)
        assert exact_state(path) == whole


def test_interrupted_at_some_moments(
    stage: Stage, folder: Path, articles: Path, undisturbed: Path
) -> None:
    """Ctrl-C links what is done, says so in one line, and the next run does the rest."""
    random = Random(SEED)  # noqa: S311 - no secret
    whole, path = exact_state(undisturbed), folder / "interrupted.db"
    extract = ("extract", articles, "--db", path, "--format", "jsonl", "--quiet")
    length = stage.run(*extract).seconds
    for _ in range(INTERRUPTS):
        remove(path)
        ended = stage.run_until(random.uniform(0.1, 0.8) * length, signal.SIGINT, *extract)
        assert ended.code in (0, 130), ended.err
        assert len(ended.err.splitlines()) == (ended.code == 130), ended.err
        if path.exists():
            assert faults(path) == []
            assert half_articles(path, whole) == []
        assert stage.run(*extract).code == 0
        assert nameless_state(path) == nameless_state(undisturbed)


@pytest.mark.parametrize("attempt", range(4))
@pytest.mark.parametrize("kind", ["halves", "same articles"])
def test_two_at_once(stage: Stage, folder: Path, articles: Path, kind: str, attempt: int) -> None:
    """Two extracts into one database both end well; it holds what one run would have made."""
    files = [articles, articles]
    if kind == "halves":
        lines = articles.read_text(encoding="utf-8").splitlines(keepends=True)
        files = [folder / "even.jsonl", folder / "odd.jsonl"]
        for number, file in enumerate(files):
            file.write_text("".join(lines[number::2]), encoding="utf-8")
    once, path = folder / f"once-{kind}.db", folder / f"two-{kind}-{attempt}.db"
    stage.run("extract", *dict.fromkeys(files), "--db", once, "--format", "jsonl")
    started = [stage.start("extract", file, "--db", path, "--format", "jsonl") for file in files]
    results = [stage.wait(pid) for pid in started]

    assert [(each.code, each.err) for each in results] == [(0, ""), (0, "")]
    assert faults(path) == []
    assert nameless_state(path) == nameless_state(once)


def test_readers_do_not_wait_for_an_extract(stage: Stage, folder: Path, articles: Path) -> None:
    """`show` answers while articles are stored, and sees more and more of them."""
    path = folder / "read.db"
    first = folder / "first.jsonl"
    first.write_text(articles.read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")
    stage.run("extract", first, "--db", path)
    writer = stage.start("extract", articles, "--db", path, "--quiet", seconds=0.01)
    seen = []
    while count(path, "article") < 200:
        shown = stage.run("show", "--db", path, "--format", "jsonl")
        assert shown.code == 0
        assert "locked" not in shown.err
        assert shown.out.startswith('{"id":"inc-')
        seen.append(count(path, "article"))
    assert stage.wait(writer).code == 0
    assert len(set(seen)) > 2


def test_a_long_write_does_not_keep_readers_out(
    stage: Stage, undisturbed: Path, folder: Path
) -> None:
    """`show` answers while a transaction is open, and a long reader does not stop a writer."""
    path = folder / "long.db"
    path.write_bytes(undisturbed.read_bytes())
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM incident_actor")
        shown = stage.run("show", "--db", path, "--actor", "NDF", "--format", "jsonl")
        assert shown.code == 0
        assert shown.out.count("\n") > 100
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        [before] = reader.execute("SELECT count(*) FROM article").fetchone()
        one = folder / "one.jsonl"
        one.write_text('{"id": "n-900", "text": "Words.", "language": "en"}')
        assert stage.run("extract", one, "--db", path).code == 0
        assert reader.execute("SELECT count(*) FROM article").fetchone() == (before,)
    assert count(path, "article") == before + 1
