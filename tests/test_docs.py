"""The pages say what the program does: examples, help, links, data files."""

from __future__ import annotations

import ast
import doctest
import re
import shlex
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from scripts import load_script
from typer.testing import CliRunner

from incidents.cli import app

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
PAGES = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
COMMANDS = (
    "diff doctor eval export extract forget gazetteer gazetteer_edit gazetteer_list import_ link "
    "runs schema show spark_extract why"
).split()
LINK = re.compile(r"\]\(([^)#\s]+)(?:#([^)\s]+))?\)")


def of_docs(name: str) -> ModuleType:
    """Import one of the scripts in docs/."""
    return load_script(ROOT / "docs" / f"{name}.py")


def with_console() -> list[Path]:
    """Pages with blocks that show a session."""
    return [page for page in PAGES if "```console" in page.read_text(encoding="utf-8")]


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("page", with_console(), ids=lambda page: page.name)
def test_console_blocks_show_what_the_program_answers(page: Path) -> None:
    """Run again, every block answers as it stands; `docs/make_examples.py` rewrites them."""
    text = page.read_text(encoding="utf-8")
    assert of_docs("make_examples").make_page(text) == text


@pytest.mark.model
@pytest.mark.slow
def test_picture_of_the_table_shows_what_the_program_prints(tmp_path: Path) -> None:
    """Drawn again from the seeds, the table is the one in README.md."""
    script = of_docs("make_pictures")
    script.extract_seeds(tmp_path)
    drawn = script.draw(script.terminal_output(tmp_path))
    assert "al-Wahda" in drawn
    assert drawn == (script.FOLDER / "table.svg").read_text(encoding="utf-8")


@pytest.mark.model
def test_python_blocks_are_sound() -> None:
    """The README's Python session gives what it shows."""
    failed, attempted = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert attempted > 0
    assert failed == 0


def test_python_blocks_of_the_exports_are_sound() -> None:
    """The format that docs/exports.md adds works as it stands."""
    failed, attempted = doctest.testfile(str(ROOT / "docs/exports.md"), module_relative=False)
    assert attempted > 0
    assert failed == 0


def test_export_page_is_current() -> None:
    """The tables of docs/exports.md are the formats' own; `docs/make_exports.py` rewrites them."""
    script = of_docs("make_exports")
    text = script.PAGE.read_text(encoding="utf-8")
    assert script.make_page(text) == text
    assert {name for _, name in script.BLOCK.findall(text)} == {"", "acled", "ged", "csv"}


def test_command_page_is_current() -> None:
    """docs/commands.md is the program's own help; `docs/make_commands.py` rewrites it."""
    script = of_docs("make_commands")
    assert script.make_page() == script.PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_internal_links_lead_somewhere(page: Path) -> None:
    """Every relative link names a file that exists."""
    targets = [path for path, _ in LINK.findall(page.read_text(encoding="utf-8"))]
    inside = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert [target for target in inside if not (page.parent / target).exists()] == []


@pytest.mark.parametrize(
    "path",
    [
        path
        for folder in ("core/articles", "core/exports", "extractors", "gazetteer")
        for path in (ROOT / folder / "data").iterdir()
    ],
    ids=lambda path: f"{path.parent.parent.name}/{path.name}",
)
def test_data_file_is_listed_with_its_source(path: Path) -> None:
    """docs/data-sources.md has a row for each data file, below its folder's heading."""
    page = (ROOT / "docs" / "data-sources.md").read_text(encoding="utf-8")
    section = page.split(f"`{path.parent.relative_to(ROOT)}`")[1].split("\n## ")[0]
    assert f"| `{path.name}` |" in section


def test_architecture_names_every_module_of_the_flow() -> None:
    """Each extractor, and each module of the core that is in no package, has its place there."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    extractors = {path.name for path in (ROOT / "extractors").glob("*.py")}
    core = {f"core/{path.name}" for path in (ROOT / "core").glob("*.py")}
    doors = {"__init__.py", "core/__init__.py", "core/__main__.py"}  # no step of the flow
    names = sorted((extractors | core) - doors)
    assert [name for name in names if name not in page] == []


def test_architecture_is_read_in_one_go() -> None:
    """Who wants more finds it in the pages that it leads to."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert len(page.splitlines()) < 250


def test_files_that_the_pages_name_exist() -> None:
    """A path in backquotes that begins with one of the project's folders is there."""
    named = re.compile(r"`((?:cli|core|extractors|gazetteer|docs|tests|benchmarks)/[\w./-]*)`")
    missing = {
        f"{page.name}: {name}"
        for page in PAGES
        for name in named.findall(page.read_text(encoding="utf-8"))
        if not (ROOT / name).exists()
    }
    assert missing == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_in_the_text_are_those_of_the_program(page: Path) -> None:
    """What stands in backquotes as `incidents …` has words and options that the program takes."""
    text = re.sub(r"(?ms)^```.*?^```$", "", page.read_text(encoding="utf-8"))
    faults = []
    for line in re.findall(r"`incidents (\w[^`]*)`", text):
        words = shlex.split(" ".join(line.split()).partition(" |")[0].replace("…", ""))
        # --help is carried out once all words were read: a wrong option ends before it; an option
        # may stand without its value
        codes = {
            CliRunner().invoke(app, [*words, *value, "--help"]).exit_code for value in ((), ("X",))
        }
        if 0 not in codes:
            faults.append(line)
    assert faults == []


@pytest.mark.parametrize(
    "package",
    [
        "cli",
        "core/articles",
        "core/doctor",
        "core/evaluation",
        "core/exports",
        "core/exports/page",
        "core/linking",
        "core/spark",
        "core/store",
        "gazetteer",
    ],
)
def test_package_says_what_each_of_its_modules_is_for(package: str) -> None:
    """Whoever opens a folder reads in its `__init__.py` where things are."""
    about = ast.get_docstring(ast.parse((ROOT / package / "__init__.py").read_text("utf-8")))
    names = {path.name for path in (ROOT / package).glob("*.py")} - {"__init__.py"}
    named = re.findall(r"[\w*]+\.py", about or "")
    if package == "cli":  # a command is a file of its name
        names -= {f"{command}.py" for command in COMMANDS}
    assert [name for name in sorted(names) if not any(fnmatch(name, n) for n in named)] == []
    assert [name for name in named if "*" not in name and name not in names] == []
