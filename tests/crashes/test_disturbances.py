"""A full disk, folders that cannot be written, files that go or break: one line, nothing lost."""

from __future__ import annotations

import signal
from random import Random
from typing import TYPE_CHECKING

import pytest
from store_state import exact_state, faults, half_articles

if TYPE_CHECKING:
    from pathlib import Path

    from stage import Result, Stage

pytestmark = pytest.mark.slow


def assert_one_line(ended: Result, *words: str) -> None:
    """The program failed, and said why in one line that says what to do."""
    assert ended.code == 1, ended.err
    [line] = ended.err.splitlines()
    assert line.startswith("Error: ")
    for word in words:
        assert word in line


@pytest.mark.parametrize("kilobytes", [1, 20, 60, 150, 400, 700])
def test_disk_full(
    stage: Stage, folder: Path, articles: Path, undisturbed: Path, kilobytes: int
) -> None:
    """No file may grow any more: what is stored stays, and the rest comes when there is room."""
    path, whole = folder / f"full-{kilobytes}.db", exact_state(undisturbed)
    extract = ("extract", articles, "--db", path, "--format", "jsonl", "--quiet")
    ended = stage.run(*extract, max_bytes=1000 * kilobytes)

    assert_one_line(ended, path.name, "free some space")
    if path.exists():
        assert faults(path) == []
        assert half_articles(path, whole) == []
    assert stage.run(*extract).code == 0
    assert exact_state(path) == whole


def test_database_that_may_not_grow(
    stage: Stage, folder: Path, articles: Path, undisturbed: Path
) -> None:
    """The same where SQLite itself says that it is full."""
    path, whole = folder / "pages.db", exact_state(undisturbed)
    extract = ("extract", articles, "--db", path, "--format", "jsonl", "--quiet")
    ended = stage.run(*extract, max_pages=150)

    assert_one_line(ended, "cannot grow, the disk is full; free some space, then try again")
    assert faults(path) == []
    assert half_articles(path, whole) == []
    assert stage.run(*extract).code == 0
    assert exact_state(path) == whole


@pytest.mark.parametrize("locked", ["file", "folder", "new file in folder"])
def test_database_that_may_not_be_written(
    stage: Stage, folder: Path, articles: Path, undisturbed: Path, locked: str
) -> None:
    """It is refused before an article is read; reading it works, and changes nothing."""
    inner = folder / locked
    inner.mkdir()
    path = inner / "locked.db"
    if locked != "new file in folder":
        path.write_bytes(undisturbed.read_bytes())
        path.chmod(0o444)
    inner.chmod(0o755 if locked == "file" else 0o555)
    before = {each.name: each.read_bytes() for each in inner.iterdir()}
    try:
        extract = ("extract", articles, "--db", path, "--quiet")
        ended = stage.run(*extract, is_nobody=True)
        shown = stage.run("show", "--db", path, "--format", "jsonl", is_nobody=True)
        assert before == {each.name: each.read_bytes() for each in inner.iterdir()}
    finally:
        inner.chmod(0o755)
    assert_one_line(ended, "locked.db: ", "check its folder or pass another --db")
    if before:
        assert shown.code == 0
        assert shown.out.count("\n") > 100
    else:
        assert_one_line(shown, "no such database")


@pytest.mark.parametrize("at_article", [1, 100, 200])
def test_database_deleted_under_way(
    stage: Stage, folder: Path, articles: Path, undisturbed: Path, at_article: int
) -> None:
    """The run ends and says so, instead of writing into what nobody can open."""
    path = folder / "deleted.db"
    extract = ("extract", articles, "--db", path, "--format", "jsonl", "--quiet")
    ended = stage.run(*extract, at_article=at_article, db=str(path), replace_by=None)

    assert_one_line(ended, "was deleted or replaced while it was open", "extract again")
    assert not path.exists()
    assert stage.run(*extract).code == 0
    assert exact_state(path) == exact_state(undisturbed)
    path.unlink()


@pytest.mark.parametrize("at_article", [1, 100, 200])
def test_database_replaced_under_way(
    stage: Stage, folder: Path, articles: Path, undisturbed: Path, at_article: int
) -> None:
    """The new file stays as it is: nothing of the old one gets into it."""
    path, other = folder / "replaced.db", folder / "other.db"
    first = folder / "other.jsonl"
    first.write_text('{"id": "n-7000", "text": "Other words.", "language": "en"}')
    stage.run("extract", first, "--db", other)
    before = exact_state(other)
    extract = ("extract", articles, "--db", path, "--format", "jsonl", "--quiet")
    ended = stage.run(*extract, at_article=at_article, db=str(path), replace_by=str(other))

    assert_one_line(ended, "was deleted or replaced while it was open", "extract again")
    assert exact_state(path) == before
    assert faults(path) == []
    assert stage.run(*extract).code == 0
    stored = {row[0] for row in exact_state(path)["article"]}
    assert stored == {"n-7000"} | {row[0] for row in exact_state(undisturbed)["article"]}
    path.unlink()


@pytest.mark.parametrize("seed", range(12))
def test_damaged_database(
    stage: Stage, folder: Path, articles: Path, undisturbed: Path, seed: int
) -> None:
    """Pages that the disk has changed: a command works on the rest, or ends with one line."""
    random = Random(seed)  # noqa: S311 - no secret
    content = bytearray(undisturbed.read_bytes())
    page = 4096
    for _ in range(1 + seed):
        start = random.randrange(1 if seed % 2 else 0, len(content) // page) * page
        start += random.randrange(page // 2)
        content[start : start + page // 4] = random.randbytes(page // 4)
    path = folder / f"damaged-{seed}.db"
    said = []
    for args in (
        ["show", "--format", "jsonl"],
        ["show", "--actor", "NDF", "--place", "Hamlet"],
        ["why", "rep-n-11"],
        ["extract", str(articles), "--format", "jsonl", "--quiet"],
        ["link", "--threshold", "0.8"],
        ["export", "csv"],
    ):
        for beside in folder.glob(f"{path.name}-*"):
            beside.unlink()
        path.write_bytes(content)
        ended = stage.run(*args, "--db", path)
        assert ended.code in (0, 1), ended.err
        errors = [line for line in ended.err.splitlines() if line.startswith("Error: ")]
        assert len(errors) == ended.code, ended.err
        assert "Traceback" not in ended.err
        said += errors
    assert any("is damaged" in each or "not an SQLite database" in each for each in said), said


def test_killed_before_the_first_table(stage: Stage, folder: Path, articles: Path) -> None:
    """A file that was made, and nothing written to, is a database that is empty."""
    path = folder / "empty.db"
    path.touch()
    extract = ("extract", articles, "--db", path, "--format", "jsonl", "--quiet")
    assert stage.run_until(0, signal.SIGKILL, *extract).code == -signal.SIGKILL
    assert stage.run(*extract).code == 0
