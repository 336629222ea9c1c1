"""Imports go one way, from what people see down to the model, and never in a circle.

All imports are read: at the top of a file, inside functions, for types alone, and modules that are
named in a string, which is how workers and lazy names are loaded. What a registry finds by folder
(readers, exports, components, migrations) lies in the registry's own package.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import incidents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = {
    "cli": "incidents.cli",
    "extractors": "incidents.extractors",
    "gazetteer": "incidents.gazetteer",
    "core": "incidents",
}
# Floors from the top; a module imports from its own floor and from those below it.
FLOORS = (
    ("incidents.__main__",),
    ("incidents.cli",),
    ("incidents.spark",),
    (
        "incidents.answers",
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
        "incidents.shorten",
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
        "incidents.distance",
        "incidents.entry_points",
        "incidents.errors",
        "incidents.event_types",
        "incidents.interrupts",
        "incidents.lines",
        "incidents.model",
        "incidents.time_limit",
    ),
)
# It stands on no floor: it says where the public names live, and loads each when it is first used.
ROOT_MODULE = "incidents"
# What goes up all the same: who imports what, and why.
EXCEPTIONS = {
    ("incidents.model", "incidents.notebook"): (
        "`_repr_html_`, which a notebook asks of a report, and nobody else"
    ),
    ("incidents.cli.spark_extract", "incidents.cli"): (
        "spark-submit runs this file as the program, so that it starts the command line itself"
    ),
}
# Modules of the extractors that are plain Python: to import them does not cost what spaCy costs.
PLAIN = frozenset(
    f"incidents.extractors{module}" for module in ("", ".dateline", ".model_files", ".vocabulary")
)
# What reads a database must not pay for spaCy, so that nothing of the core reaches the extractors,
# however late it imports, but for
NEEDS_EXTRACTORS = {
    "incidents.doctor": "it tries the pipeline on a sentence",
    "incidents.spark": "its workers extract",
}
_NAMED = re.compile(r"(incidents(?:\.\w+)+)(?::\w+)?")


@cache
def modules() -> dict[str, Path]:
    """Every module of the project, by its import name."""
    found = {}
    for folder, package in FOLDERS.items():
        for path in (ROOT / folder).rglob("*.py"):
            parts = path.relative_to(ROOT / folder).with_suffix("").parts
            found[".".join((package, *(part for part in parts if part != "__init__")))] = path
    return found


def _imported(source: str) -> Iterator[str]:
    """Everything that a file imports, in functions and for types as well."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "a relative import; write incidents.…"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _named(source: str) -> Iterator[str]:
    """Every module of the project that a file names in a string."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            named = _NAMED.fullmatch(node.value)
            if named is not None and named[1] in modules():
                yield named[1]


def _home(name: str) -> str | None:
    """The module that an imported name lives in; None for what is not the project's.

    A public name of the package, as in `from incidents import Extractor`, lives where it is loaded
    from; the number of the version lives in the root.
    """
    first, *rest = name.split(".")
    if first != ROOT_MODULE:
        return None
    assert rest, "a bare `import incidents` hides what is used of it; import names"
    home = incidents._HOMES.get(rest[0], name)
    while home not in modules():
        home = home.rpartition(".")[0]
    return home


def imports_of(source: str, module: str = "") -> set[str]:
    """The modules of the project that a file imports or names.

    Args:
        source: its text.
        module: its name; the packages around it, in whose folders it looks for files, are not
            counted where they are named.
    """
    imported = {home for name in _imported(source) if (home := _home(name)) is not None}
    return imported | {name for name in _named(source) if not is_in(module, [name])}


@cache
def graph() -> dict[str, frozenset[str]]:
    """What each module imports, without itself, the root and the exceptions."""
    return {
        module: frozenset(
            name
            for name in imports_of(path.read_text(encoding="utf-8"), module)
            if name not in {module, ROOT_MODULE} and (module, name) not in EXCEPTIONS
        )
        for module, path in modules().items()
        if module != ROOT_MODULE
    }


def reached_from(module: str) -> set[str]:
    """A module and all that it imports, and what that imports, and so on."""
    reached, waiting = {module}, [module]
    while waiting:
        new = graph()[waiting.pop()] - reached
        reached |= new
        waiting += new
    return reached


def is_in(module: str, packages: Iterable[str]) -> bool:
    """Whether a module is one of the packages or lies in one."""
    return any(f"{module}.".startswith(f"{package}.") for package in packages)


def floor_of(module: str) -> int | None:
    """The number of a module's floor, 0 at the top; None where it stands on none."""
    return next((n for n, packages in enumerate(FLOORS) if is_in(module, packages)), None)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from incidents.store import open_store", {"incidents.store"}),
        ("import incidents.store.rows", {"incidents.store.rows"}),
        ("def f():\n    from incidents.words import date_words", {"incidents.words"}),
        ("if TYPE_CHECKING:\n    from incidents.model import Report", {"incidents.model"}),
        ("from incidents import Extractor", {"incidents.extractors.pipeline"}),
        ("from incidents import __version__", {"incidents"}),
        ("import_module('incidents.store.rows')", {"incidents.store.rows"}),
        ("X = 'incidents.extractors.pipeline:Extractor'", {"incidents.extractors.pipeline"}),
        ("'''Read by incidents.store.'''; x = 'incidents.db'; import json", set()),
    ],
)
def test_imports_are_seen_wherever_they_stand(source: str, found: set[str]) -> None:
    """At the top, in a function, for types, by a public name, and in a string."""
    assert imports_of(source) == found


@pytest.mark.parametrize("source", ["import incidents", "from . import rows"])
def test_imports_that_hide_what_they_use_are_refused(source: str) -> None:
    """A bare root and a relative import would escape the tests below."""
    with pytest.raises(AssertionError, match=r"import"):
        imports_of(source)


@pytest.mark.parametrize("module", sorted(modules().keys() - {ROOT_MODULE}))
def test_imports_never_go_up(module: str) -> None:
    """A module imports from its own floor or from a lower one."""
    floor = floor_of(module)
    assert floor is not None, f"{module} stands on no floor; put it on one in this test"
    upward = [name for name in graph()[module] if (floor_of(name) or 0) < floor]
    assert upward == []


def test_imports_make_no_circle() -> None:
    """Each module can be read, and tested, before those that import it."""
    try:
        TopologicalSorter(graph()).prepare()
    except CycleError as exc:
        pytest.fail(" -> ".join(exc.args[1]))


def test_floors_and_exceptions_are_in_use() -> None:
    """Each names modules that exist and imports that are made; what is gone is taken out."""
    known = modules()
    named = {*(each for floor in FLOORS for each in floor), *PLAIN, *NEEDS_EXTRACTORS}
    assert named - known.keys() == set()
    unused = {
        (module, name)
        for module, name in EXCEPTIONS
        if name not in imports_of(known[module].read_text(encoding="utf-8"))
    }
    assert unused == set()


@pytest.mark.parametrize(
    "module",
    sorted(
        module
        for module, path in modules().items()
        if path.is_relative_to(ROOT / "core")
        and module not in {ROOT_MODULE, "incidents.__main__"}  # the latter is the program itself
    ),
)
def test_core_reaches_no_more_of_the_extractors_than_it_may(module: str) -> None:
    """`show`, `why` and `link` stay quick: nothing that they use reaches spaCy."""
    reached = {name for name in reached_from(module) if is_in(name, ["incidents.extractors"])}
    assert reached <= PLAIN or is_in(module, NEEDS_EXTRACTORS)


@pytest.mark.parametrize("module", sorted(PLAIN))
def test_plain_modules_of_the_extractors_are_plain(module: str) -> None:
    """Neither they nor what they import need spaCy."""
    outside = {
        name.split(".")[0]
        for each in reached_from(module)
        for name in _imported(modules()[each].read_text(encoding="utf-8"))
    }
    assert not outside & {"spacy", "thinc"}


def test_bare_folder_names_are_never_imported() -> None:
    """`import extractors` would load a second copy whose classes are other types."""
    scripts = (ROOT / folder for folder in ("benchmarks", "docs", "tests"))
    others = (path for folder in scripts for path in folder.rglob("*.py"))
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in [*modules().values(), *others]
        for name in _imported(path.read_text(encoding="utf-8"))
        if name.split(".")[0] in FOLDERS
    ]
    assert found == []
