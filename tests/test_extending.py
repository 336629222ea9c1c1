"""What docs/extending.md adds works as it stands there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import closing
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from incidents.errors import InputError
from incidents.extractors import components
from incidents.extractors.components import Component, component_names, order_components
from incidents.gazetteer import data_folder, index
from incidents.gazetteer.build import build_index

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "extending.md"
MOST_LINES = 60
BLOCK = re.compile(r"^```(\w+)\n(?:# ([\w/.]+)\n)?(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = {(kind, path): text for kind, path, text in BLOCK.findall(PAGE.read_text("utf-8"))}


def test_additions_are_short() -> None:
    """Nobody has to write more than 60 lines for one of them."""
    sizes = [len(text.splitlines()) for text in BLOCKS.values()]
    assert len(sizes) > 4
    assert max(sizes) < MOST_LINES


@pytest.mark.model
@pytest.mark.slow
def test_component_of_another_package_takes_part(tmp_path: Path) -> None:
    """Installed beside the program, the package's own table of sentences passes."""
    for (_, path), text in BLOCKS.items():
        if path:
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    head = '[project]\nname = "brigades"\nversion = "1"\n'
    info = tmp_path / "brigades-1.dist-info"  # what an installer writes
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: brigades\nVersion: 1\n", "utf-8")
    points = re.sub(r'project\.entry-points\."(.*)"', r"\1", BLOCKS["toml", "pyproject.toml"])
    (info / "entry_points.txt").write_text(points.replace('"', ""), encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(head, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_brigades.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "3 passed" in done.stdout


@pytest.mark.slow
def test_file_of_places_needs_no_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that lies in the data folder is in the index that is built next, as its mark says."""
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "gazetteer" / "data", folder)
    (folder / "places_crossings.json").write_text(BLOCKS["json", ""], encoding="utf-8")
    monkeypatch.setattr(data_folder, "data_folder", lambda: folder)
    assert "places_crossings.json" in data_folder.place_files()
    build_index(tmp_path / "index.sqlite", wide=False)
    with closing(index.connect(tmp_path / "index.sqlite")) as db:
        found = db.execute("SELECT name FROM places WHERE id = 'crossings:semalka'").fetchall()
    assert found == [("Semalka crossing",)]


def test_components_run_behind_what_they_need() -> None:
    """`after` and `before` set the order, and the alphabet where they leave a choice."""
    steps = [
        Component("z"),
        Component("b", after=("z",)),
        Component("a"),
        Component("m", after=("a",), before=("b",)),
    ]
    assert order_components(steps) == ("a", "z", "m", "b")
    assert order_components(reversed(steps)) == ("a", "z", "m", "b")


@pytest.mark.parametrize(
    ("steps", "complaint"),
    [
        ([Component("a", after=("b",)), Component("b", after=("a",))], "wait for each other"),
        ([Component("a", after=("lost",))], "component lost: .* not there"),
        ([Component("a", before=("lost",))], "component lost: .* not there"),
    ],
    ids=["circle", "after", "before"],
)
def test_components_that_cannot_be_ordered(steps: list[Component], complaint: str) -> None:
    """A circle, or a step that nobody has, is one line."""
    with pytest.raises(InputError, match=complaint):
        order_components(steps)


@pytest.mark.parametrize(
    ("value", "complaint"),
    [("no_such_package:X", "cannot be loaded"), ("incidents:__version__", "is no Component")],
    ids=["missing", "another object"],
)
def test_broken_component_of_another_package_is_named(
    monkeypatch: pytest.MonkeyPatch, value: str, complaint: str
) -> None:
    """A package that is broken says its name, and what to do."""
    points = EntryPoints([EntryPoint("odd", value, components.ENTRY_POINTS)])
    component_names()  # imports all that asks for entry points of its own
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: points.select(group=group))
    with pytest.raises(InputError, match=f"component odd of .*{complaint}"):
        component_names.__wrapped__()


def test_own_components_are_found() -> None:
    """The project's own steps are all there, each behind those whose spans it reads."""
    names = component_names()
    assert {"incidents_actors", "incidents_dates", "incidents_attribution"} <= set(names)
    assert names.index("incidents_actors") < names.index("incidents_events")
    assert names.index("incidents_actors") < names.index("incidents_places")
    assert names.index("incidents_dates") < names.index("incidents_places")
    assert names.index("incidents_places") < names.index("incidents_casualties")
    assert names.index("incidents_places") < names.index("incidents_events")
