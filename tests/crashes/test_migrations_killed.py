"""A migration that is killed or finds no room leaves the database as it was."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from store_state import exact_state, faults, version_of

from incidents.store.migrations import MIGRATIONS

if TYPE_CHECKING:
    from stage import Stage

FIXTURES = Path(__file__).parents[1] / "core" / "fixtures"

pytestmark = pytest.mark.slow


def make_old(path: Path, version: int) -> None:
    """Make a database of an older version."""
    with closing(sqlite3.connect(path)) as db:
        db.executescript((FIXTURES / f"schema{version}.sql").read_text(encoding="utf-8"))
        db.execute("PRAGMA journal_mode = WAL")


@pytest.mark.parametrize("version", [1, 2, 3])
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE INDEX incident_place_by_name",
        "CREATE INDEX incident_by_grade",
        f"PRAGMA user_version = {len(MIGRATIONS)}",
        "COMMIT",
    ],
)
def test_killed_in_a_migration(stage: Stage, tmp_path: Path, version: int, statement: str) -> None:
    """The old version stays whole, and the next command brings it up to date."""
    path = tmp_path / "old.db"
    make_old(path, version)
    before = exact_state(path)
    killed = stage.run("show", "--db", path, kill_at=statement)

    assert killed.code == -signal.SIGKILL
    assert version_of(path) == version
    assert exact_state(path) == before
    assert faults(path) == []
    shown = stage.run("show", "--db", path, "--format", "jsonl", "--quiet")
    assert shown.code == 0
    assert shown.out
    assert version_of(path) == len(MIGRATIONS)
    assert exact_state(tmp_path / f"old.db.schema{version}.2.bak") == before


def test_no_room_for_the_copy(stage: Stage, tmp_path: Path) -> None:
    """What cannot be kept is not changed."""
    path = tmp_path / "old.db"
    make_old(path, 3)
    before = exact_state(path)
    ended = stage.run("show", "--db", path, max_bytes=50_000)

    assert ended.code == 1
    [line] = ended.err.splitlines()
    assert line.startswith(f"Error: {path}: is of an older version and was left as it is")
    assert (version_of(path), exact_state(path)) == (3, before)
    assert [each.name for each in tmp_path.iterdir()] == ["old.db"]


def test_two_migrate_at_once(stage: Stage, tmp_path: Path) -> None:
    """One of them does it, and the other finds it done."""
    path = tmp_path / "old.db"
    make_old(path, 3)
    started = [stage.start("show", "--db", path, "--format", "jsonl") for _ in range(4)]
    ended = [stage.wait(pid) for pid in started]

    assert [each.code for each in ended] == [0] * 4
    assert len({each.out for each in ended}) == 1
    assert "".join(each.err for each in ended).count("brought up to date") == 1
    assert len(list(tmp_path.glob("*.bak"))) == 1
