"""Imports go one way, from what people see down to the model."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = {
    "cli": "incidents.cli",
    "extractors": "incidents.extractors",
    "gazetteer": "incidents.gazetteer",
    "core": "incidents",
}
# Floors from the top; a module imports from its own floor and from those below it.
FLOORS = (
    ("incidents.cli",),
    ("incidents.spark",),
    (
        "incidents.batch",
        "incidents.doctor",
        "incidents.forget",
        "incidents.record",
        "incidents.schema",
    ),
    ("incidents.decide", "incidents.relink"),
    (
        "incidents.articles",
        "incidents.evaluation",
        "incidents.excerpts",
        "incidents.explain",
        "incidents.explain_links",
        "incidents.exports",
        "incidents.linking",
        "incidents.order",
        "incidents.frames",
        "incidents.notebook",
        "incidents.run_diff",
        "incidents.runs",
        "incidents.summary",
        "incidents.store",
        "incidents.words",
        "incidents.workload",
    ),
    ("incidents.extractors",),
    ("incidents.gazetteer",),
    ("incidents.parallel",),
    ("incidents.ahead", "incidents.worker_process"),
    ("incidents.attempts", "incidents.workers"),
    (
        "incidents.errors",
        "incidents.event_types",
        "incidents.lines",
        "incidents.model",
        "incidents.time_limit",
    ),
)
# The public names load lazily and so reach every floor; a version number costs nothing.
ROOT_MODULE = "incidents"
# What reads a database must not pay for spaCy: these never import the extractors. The readers do
# import one module of theirs, which is plain Python.
WITHOUT_EXTRACTORS = (
    "incidents.evaluation",
    "incidents.decide",
    "incidents.relink",
    "incidents.explain",
    "incidents.explain_links",
    "incidents.exports",
    "incidents.linking",
    "incidents.order",
    "incidents.summary",
    "incidents.store",
    "incidents.words",
)


def modules() -> dict[str, Path]:
    """Every module of the project, by its import name."""
    found = {}
    for folder, package in FOLDERS.items():
        for path in (ROOT / folder).rglob("*.py"):
            parts = path.relative_to(ROOT / folder).with_suffix("").parts
            found[".".join((package, *(part for part in parts if part != "__init__")))] = path
    return found


def _imported(path: Path) -> Iterator[str]:
    """Everything that a file imports, in functions and for types as well."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import; write incidents.…"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imports_of(path: Path) -> list[str]:
    """Every module of the project that a file imports."""
    return [name for name in _imported(path) if name.split(".")[0] == ROOT_MODULE]


def floor_of(module: str) -> int | None:
    """The number of a module's floor, 0 at the top; None for the root's own names."""
    for number, packages in enumerate(FLOORS):
        if any(f"{module}.".startswith(f"{package}.") for package in packages):
            return number
    return None


@pytest.mark.parametrize("module", sorted(modules().keys() - {ROOT_MODULE}))
def test_imports_never_go_up(module: str) -> None:
    """A module imports from its own floor or from a lower one."""
    floor = floor_of(module)
    assert floor is not None, f"{module} stands on no floor; put it on one in this test"
    upward = [
        name
        for name in imports_of(modules()[module])
        if (other := floor_of(name)) is not None and other < floor
    ]
    assert upward == []


@pytest.mark.parametrize("package", WITHOUT_EXTRACTORS)
def test_reading_a_store_never_imports_the_extractors(package: str) -> None:
    """`show`, `why` and `link` stay quick: nothing they use reaches spaCy."""
    found = [
        f"{module}: {name}"
        for module, path in modules().items()
        if f"{module}.".startswith(f"{package}.")
        for name in imports_of(path)
        if name.startswith(("incidents.extractors", "incidents.Extractor"))
    ]
    assert found == []


def test_readers_import_only_the_datelines_of_the_extractors() -> None:
    """`incidents.extractors.dateline` is plain Python; the other modules import spaCy."""
    found = {
        name.rsplit(".", 1)[0]
        for module, path in modules().items()
        if module.startswith("incidents.articles")
        for name in imports_of(path)
        if name.startswith("incidents.extractors")
    }
    assert found <= {"incidents.extractors.dateline"}


def test_bare_folder_names_are_never_imported() -> None:
    """`import extractors` would load a second copy whose classes are other types."""
    files = [*modules().values(), *(ROOT / "tests").rglob("*.py")]
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in files
        for name in _imported(path)
        if name.split(".")[0] in FOLDERS
    ]
    assert found == []
