"""A stage, articles, and what an undisturbed run makes of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from stage import Stage, open_stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ARTICLES = 200


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder in which all is done; anybody may read it."""
    path = tmp_path_factory.mktemp("crashes")
    for each in (path, *list(path.parents)[:2]):
        each.chmod(0o755)
    return path


@pytest.fixture(scope="module")
def stage(folder: Path) -> Iterator[Stage]:
    """Give a stage."""
    with open_stage(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def articles(folder: Path) -> Path:
    """Give a file of 200 articles."""
    path = folder / "articles.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(ARTICLES):
            article = {"id": f"n-{number}", "text": f"Some words of {number}.", "language": "en"}
            file.write(json.dumps(article) + "\n")
    return path


@pytest.fixture(scope="module")
def undisturbed(stage: Stage, folder: Path, articles: Path) -> Path:
    """Give the database of a run that nothing happened to."""
    path = folder / "undisturbed.db"
    assert stage.run("extract", articles, "--db", path, "--format", "jsonl").code == 0
    return path
