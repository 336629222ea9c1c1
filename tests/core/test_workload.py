"""How much of a run is done, by the size of its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incidents.model import Article
from incidents.workload import Workload

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with an article of 100 bytes and a file of several with 300."""
    (tmp_path / "a.txt").write_text("a" * 100, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text("b" * 300, encoding="utf-8")
    (tmp_path / "picture.png").write_text("c" * 900, encoding="utf-8")
    return tmp_path


def test_workload_counts_files_and_what_is_inside(folder: Path) -> None:
    """A file is behind when its text or a later file is done; none counts twice."""
    workload = Workload.measure([folder])

    assert workload is not None
    assert (workload.total, workload.done) == (400, 0)
    assert workload.advance(Article(id="a", text="a" * 90, path=f"{folder}/a.txt")) == 90
    assert workload.advance(Article(id="b1", text="b" * 120, path=f"{folder}/b.jsonl")) == 220
    assert workload.advance(Article(id="b2", text="b" * 120, path=f"{folder}/b.jsonl:2")) == 340
    assert workload.advance(Article(id="b3", text="b" * 120, path=f"{folder}/b.jsonl:3")) == 400
    assert workload.advance(Article(id="?", text="…", path="elsewhere.txt")) == 400
    assert workload.advance(Article(id="?", text="…")) == 400


@pytest.mark.parametrize(
    "paths",
    [
        pytest.param(["-"], id="standard input"),
        pytest.param(["nowhere.txt"], id="missing"),
        pytest.param([], id="none"),
    ],
)
def test_workload_that_nobody_can_know(paths: list[str]) -> None:
    """What has no size gives none, so that no time left is made up."""
    assert Workload.measure(paths) is None


def test_workload_of_a_folder_and_standard_input(folder: Path) -> None:
    """One part without a size leaves the whole without one."""
    assert Workload.measure([folder, "-"]) is None
