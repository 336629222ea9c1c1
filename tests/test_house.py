"""Rules of the house that no linter knows: sizes of files and functions, a line a test."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("benchmarks", "cli", "core", "docs", "extractors", "gazetteer", "tests")
FILES = sorted(
    path.relative_to(ROOT) for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")
)
MOST_LINES, MOST_IN_FUNCTION = 400, 40
REASON = "# long: "  # and why, on the line of the `def`


def _functions(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def _length(function: ast.FunctionDef) -> int:
    """Lines of what a function does: neither its signature nor its docstring."""
    said = ast.get_docstring(function, clean=False) is not None
    body = function.body[1:] if said else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_files_are_short() -> None:
    """A file holds one concept: what needs more lines than this holds two."""
    sizes = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {str(path): size for path, size in sizes.items() if size > MOST_LINES} == {}


def test_functions_are_short() -> None:
    """A function does one step; one that is longer says why beside its name."""
    long = []
    for path in FILES:
        lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
        long += [
            f"{path}: {function.name}: {_length(function)} lines"
            for function in _functions(path)
            if _length(function) > MOST_IN_FUNCTION and REASON not in lines[function.lineno - 1]
        ]
    assert long == []


def test_each_test_says_what_it_holds() -> None:
    """The docstring of a test is the behaviour that a failure has broken."""
    silent = [
        f"{path}: {function.name}"
        for path in FILES
        if path.name.startswith("test_")
        for function in _functions(path)
        if function.name.startswith("test_") and not ast.get_docstring(function)
    ]
    assert silent == []
