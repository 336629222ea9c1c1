"""What is installed: packages, data files, entry points, and what an import costs."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib import metadata
from importlib.metadata import entry_points
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETUPTOOLS = PROJECT["tool"]["setuptools"]
FOLDERS: dict[str, str] = SETUPTOOLS["package-dir"]
COMPONENT = re.compile(r'@Language\.(?:factory|component)\(\s*"(\w+)"')
NO_CODE = (".py", ".pyc", ".typed")


def packages_on_disk() -> set[str]:
    """Every folder with an `__init__.py`, by its import name."""
    return {
        ".".join((name, *init.parent.relative_to(ROOT / folder).parts))
        for name, folder in FOLDERS.items()
        for init in (ROOT / folder).rglob("__init__.py")
    }


def test_packages_listed_are_the_folders_on_disk() -> None:
    """A sub-package that is not listed would be missing from the wheel in silence."""
    assert sorted(packages_on_disk()) == sorted(SETUPTOOLS["packages"])


def test_data_files_go_into_the_wheel() -> None:
    """Every file beside the code that is no code matches a pattern of package-data."""
    packed = {
        path
        for name, patterns in SETUPTOOLS["package-data"].items()
        for pattern in patterns
        for path in (ROOT / FOLDERS[name]).glob(pattern)
    }
    on_disk = {
        path
        for folder in FOLDERS.values()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and (path.suffix not in NO_CODE or path.name == "py.typed")
    }
    assert on_disk
    assert sorted(on_disk) == sorted(packed)


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("console_scripts", PROJECT["project"]["scripts"]),
        ("spacy_factories", PROJECT["project"]["entry-points"]["spacy_factories"]),
    ],
    ids=["console_scripts", "spacy_factories"],
)
def test_entry_points_are_installed_and_resolve(group: str, expected: dict[str, str]) -> None:
    """What pyproject.toml promises is there to call."""
    installed = {point.name: point for point in entry_points(group=group)}
    for name, target in expected.items():
        assert target == installed[name].value
        assert callable(installed[name].load())


def test_every_component_is_an_entry_point() -> None:
    """A component that is registered in the code can be added to any pipeline by its name."""
    registered = {
        name
        for path in (ROOT / "extractors").glob("*.py")
        for name in COMPONENT.findall(path.read_text(encoding="utf-8"))
    }
    assert len(registered) > 1
    assert sorted(registered) == sorted(PROJECT["project"]["entry-points"]["spacy_factories"])


def test_factories_are_found_without_an_import() -> None:
    """`nlp.add_pipe("incidents_dates")` works in a process that never imported incidents."""
    code = "import spacy; print(spacy.blank('en').add_pipe('incidents_dates').__class__.__name__)"
    assert _run(code) == "DateMatcher"


@pytest.mark.parametrize(
    "module",
    ["incidents", "incidents.cli", "incidents.articles", "incidents.store", "incidents.gazetteer"],
)
def test_import_leaves_spacy_alone(module: str) -> None:
    """Only extraction pays for spaCy."""
    code = f"import sys, {module}; print('spacy' in sys.modules, 'numpy' in sys.modules)"
    assert _run(code) == "False False"


def test_versions_agree() -> None:
    """The version stands in one place, and is what the installer wrote down."""
    assert "version" not in PROJECT["project"]
    assert metadata.version("incidents") == _run("import incidents; print(incidents.__version__)")


def test_every_dependency_is_pinned() -> None:
    """constraints.txt holds each direct dependency, exact, and no address to load it from."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert [line for line in pins if line.count("==") != 1 or "/" in line] == []
    pinned = {_normal(_name(line)) for line in pins}
    extras = PROJECT["project"]["optional-dependencies"].values()
    groups = [PROJECT["project"]["dependencies"], *extras]
    wanted = [line for group in groups for line in group if not line.startswith("incidents[")]
    assert [line for line in wanted if _normal(_name(line)) not in pinned] == []


def _name(requirement: str) -> str:
    return re.split(r"[<>=]", requirement)[0].strip()


def _normal(name: str) -> str:
    return name.lower().replace("_", "-")


def _run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error::SyntaxWarning", "-c", code],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()
