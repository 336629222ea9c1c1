"""`incidents export`: formats, filters, and files that are whole or not there."""

from __future__ import annotations

import io
import os
import sys
from dataclasses import fields
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest
import typer

from incidents.cli import app
from incidents.cli.filters import Filters
from incidents.exports import Export, ExportOption, Material, export_names, load_export, registry
from incidents.exports.writing import write_file
from incidents.store import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from incidents.model import Incident
    from incidents.store import IncidentFilter

    Run = Callable[..., tuple[int, str, str]]

INCIDENTS = Path(sys.executable).with_name("incidents")


@pytest.fixture
def stored(run: Run, articles: Path) -> None:
    """Store the incidents of two articles in incidents.db."""
    assert run("extract", str(articles))[0] == 0


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize("name", ["csv", "json", "jsonl"])
def test_export_prints_what_show_prints(run: Run, name: str) -> None:
    """The formats of `show` are those of `export`."""
    shown = run("show", "--format", name)

    assert run("export", name) == shown
    assert shown[1] != ""


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    "options",
    [
        ("--place", "Zalin"),
        ("--place", "Amuda", "--within-km", "30"),
        ("--actor", "gunmen"),
        ("--kind", "militia"),
        ("--min-killed", "1"),
        ("--source", "b2"),
        ("--source", "Xyzzy"),
        ("--type", "abduction"),
        ("--since", "2021", "--until", "2021-04"),
        ("--no-background",),
        ("--sources", "2"),
        ("--grade", "weak", "--grade", "fair"),
        ("--disputed",),
    ],
    ids=" ".join,
)
def test_export_filters_as_show_does(run: Run, options: tuple[str, ...]) -> None:
    """Every filter lets the same incidents through, and says the same on stderr."""
    assert run("export", "jsonl", *options) == run("show", "--format", "jsonl", *options)


def test_export_and_show_have_the_same_filters() -> None:
    """Every option of `Filters` is one of both commands, with the same help, and in one order."""
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined] # of a group
    names = [field.name for field in fields(Filters)]
    options = [
        [(each.name, each.help) for each in commands[name].params if each.name in names]
        for name in ("show", "export")
    ]

    assert [name for name, _ in options[0]] == names
    assert options[0] == options[1]
    assert all(words for _, words in options[0])


@pytest.mark.usefixtures("stored")
def test_export_writes_a_file(run: Run) -> None:
    """--output gets the data, and stdout stays empty."""
    data = run("export", "jsonl")[1]

    assert run("export", "jsonl", "-o", "x.jsonl") == (0, "", "3 incidents written to x.jsonl.\n")
    assert Path("x.jsonl").read_text(encoding="utf-8") == data
    assert run("export", "jsonl", "--output", "-") == (0, data, "")


@pytest.mark.parametrize("name", ["ged", "hxl"])
@pytest.mark.usefixtures("stored")
def test_export_counts_what_is_in_the_file(run: Run, name: str) -> None:
    """An incident that the format leaves out is not said to be written."""
    chosen = ("--option", "columns=ged") if name == "hxl" else ()
    header = {"ged": 1, "hxl": 2}[name]
    err = run("export", name, *chosen, "-o", "x.csv")[2]
    rows = len(Path("x.csv").read_text(encoding="utf-8").splitlines()) - header

    assert rows < 3
    assert f"Left out: {3 - rows} incident" in err
    assert f"{rows} incident{'' if rows == 1 else 's'} written to x.csv.\n" in err


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("csv", "-o", "none/x.csv"), "none/x.csv: cannot be written (no such file or directory);"),
        (("csv", "-o", "news"), "news: cannot be written (is a directory);"),
        (("csv", "-o", "incidents.db"), "incidents.db: is the database itself; name another"),
        (("csv", "--place", "Xyzzy"), "no place called 'Xyzzy'; "),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
@pytest.mark.usefixtures("stored")
def test_export_says_what_is_wrong(run: Run, args: tuple[str, ...], message: str) -> None:
    """What cannot be done is one line on stderr, and nothing is written."""
    before = sorted(path.name for path in Path().iterdir())

    code, out, err = run("export", *args)

    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(f"Error: {message}")
    assert sorted(path.name for path in Path().iterdir()) == before


@pytest.mark.parametrize("name", ["ged", "html"])
@pytest.mark.usefixtures("stored")
def test_export_is_of_one_moment(run: Run, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another process takes away meanwhile is in the file like all that was there with it."""
    before = run("export", name)
    find = Store.incidents

    def find_and_lose(store: Store, where: IncidentFilter | None = None) -> list[Incident]:
        found = find(store, where)
        with open_store(store.path) as other:
            ids = sorted({source.article for each in found for source in each.sources})
            other.delete_articles(ids, {}, [])
        return found

    monkeypatch.setattr(Store, "incidents", find_and_lose)

    assert run("export", name) == before
    assert before[0] == 0


def test_export_without_a_value_is_wrong_usage(run: Run) -> None:
    """`--option` wants a name and a value."""
    code, _, err = run("export", "csv", "--option", "ab")

    assert code == 2
    assert "--option ab: write NAME=VALUE" in err


def test_export_lists_every_format(run: Run) -> None:
    """--list names each format and what it leaves to the user."""
    code, out, err = run("export", "--list")

    assert (code, err) == (0, "")
    for name in export_names():
        export = load_export(name)
        assert (export.name, export.help in out) == (name, True)
        assert all(f"--option {option.name}=" in out for option in export.options)


def _write_late(incidents: Sequence[Incident], stream: IO[str], material: Material) -> None:
    stream.write(f"{len(incidents)} {material.options['case']}\n")
    material.say("all said")


LATE = Export(
    name="late",
    help="A format of another package.",
    suffix=".late",
    write=_write_late,
    options=(ExportOption("case", "how to write", "small", ("small", "great")),),
)
NOT_AN_EXPORT = "something else"


@pytest.fixture
def other_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let another package offer two formats, one of which is none, and one that is not there."""
    monkeypatch.setitem(sys.modules, "late_package", sys.modules[__name__])
    points = EntryPoints(
        EntryPoint(name, value, registry.ENTRY_POINTS)
        for name, value in (
            ("late", "late_package:LATE"),
            ("odd", "late_package:NOT_AN_EXPORT"),
            ("lost", "no_such_package:EXPORT"),
        )
    )
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: points.select(group=group))


@pytest.mark.usefixtures("stored", "other_packages")
def test_export_takes_formats_of_other_packages(run: Run) -> None:
    """An entry point is a format like the project's own, options included."""
    assert run("export", "late") == (0, "3 small\n", "all said\n")
    assert run("export", "late", "--option", "case=great") == (0, "3 great\n", "all said\n")
    assert run("export", "late", "--option", "case=odd") == (
        2,
        "",
        "Error: --option case=odd: no such value; choose of: small, great\n",
    )


@pytest.mark.usefixtures("other_packages")
def test_export_names_a_package_that_is_broken(run: Run) -> None:
    """A format that cannot be loaded says whose it is, and the others stay."""
    for name, reason in (("odd", "is no incidents.exports.Export"), ("lost", "cannot be loaded")):
        code, out, err = run("export", name)
        assert (code, out, err.count("\n")) == (1, "", 1)
        assert err.startswith(f"Error: format {name} of ")
        assert reason in err
    code, out, _ = run("export", "--list")
    assert code == 0
    assert "cannot be loaded" in out
    assert LATE.help in out


def test_export_keeps_the_old_file_when_writing_fails(tmp_path: Path) -> None:
    """A file is replaced by a whole one or stays as it was, and nothing lies beside it."""

    def write(_items: object, stream: IO[str], _material: Material) -> None:
        stream.write("half")
        raise RuntimeError

    path = tmp_path / "x.csv"
    path.write_text("old", encoding="utf-8")
    broken = Export(name="x", help="", suffix=".csv", write=write)

    with pytest.raises(RuntimeError):
        write_file(broken, [], path, Material(None))  # type: ignore[arg-type]  # not asked

    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("x.csv", "old")]


def test_export_keeps_mode_and_links(tmp_path: Path) -> None:
    """A link stays one, and its target keeps who may read it."""
    target, link = tmp_path / "shared.late", tmp_path / "link.late"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    link.symlink_to(target)
    material = Material(None, options={"case": "small"})  # type: ignore[arg-type]  # not asked

    write_file(LATE, [], link, material)

    assert link.is_symlink()
    assert (target.read_text(), target.stat().st_mode & 0o777) == ("0 small\n", 0o640)


def test_export_writes_into_a_device(tmp_path: Path) -> None:
    """What is no file is written as it is, and not replaced by one."""
    material = Material(None, options={"case": "small"})  # type: ignore[arg-type]  # not asked

    write_file(LATE, [], Path(os.devnull), material)

    assert not Path(os.devnull).is_file()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="the system has no /dev/fd")
def test_export_writes_into_a_pipe_of_the_shell() -> None:
    """`-o >(gzip)` and `-o /dev/stdout` name a pipe by a link that leads to no file."""
    material = Material(None, options={"case": "small"})  # type: ignore[arg-type]  # not asked
    reading, writing = os.pipe()

    write_file(LATE, [], Path(f"/dev/fd/{writing}"), material)
    os.close(writing)

    with os.fdopen(reading, encoding="utf-8") as pipe:
        assert pipe.read() == "0 small\n"


def test_material_without_options_says_nothing() -> None:
    """Options are there by name; what a format says goes nowhere unless somebody listens."""
    material = Material(None, options=LATE.settle({}))  # type: ignore[arg-type]  # not asked
    stream = io.StringIO()

    LATE.write([], stream, material)

    assert stream.getvalue() == "0 small\n"
