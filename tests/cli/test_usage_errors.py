"""What a typing mistake is answered with: one line on stderr, exit code 2, nothing on stdout."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from incidents.cli import app

if TYPE_CHECKING:
    from pathlib import Path

RUNNER = CliRunner(env={"COLUMNS": "80", "INCIDENTS_DB": ""})
MISTAKES = {
    # names of commands and options
    "shwo": "no such command 'shwo'; did you mean 'show'?",
    "frobnicate": "no such command 'frobnicate'; see `incidents --help`",
    "gazetteer lookpu x": "no such command 'lookpu'; did you mean 'lookup'?",
    "--versoin": "no such option --versoin; did you mean --version?",
    "show --plaace Goma": "no such option --plaace; did you mean --place?",
    "show -z": "no such option -z; see `incidents show --help`",
    # arguments
    "extract": "missing argument 'PATH'; "
    "write `incidents extract PATH...`, see `incidents extract --help`",
    "why": "missing argument 'ID'; write `incidents why ID`, see `incidents why --help`",
    "gazetteer add Goma": "missing option '--country' / '-c'; see `incidents gazetteer add --help`",
    "show Goma": "one argument too many: Goma; see `incidents show --help`",
    # values
    "show --db": "--db: has no value; write one behind it",
    "show --since yesterday": "--since: 'yesterday' is not a date; "
    "write 2021-04-20, 2021-04 or 2021",
    "show --format xml": "--format: 'xml' is not one of 'table', 'json', 'jsonl', 'csv'; "
    "see `incidents show --help`",
    "show --json --format csv": "--json and --format csv contradict each other; "
    "see `incidents show --help`",
    "export acleb": "no format called 'acleb'; did you mean 'acled'?",
    "export GED": "no format called 'GED'; did you mean 'ged'?",
    "export nosuch": "no format called 'nosuch'; there are: acled, csv, ged, geojson, html, hxl, "
    "json, jsonl, parquet, xlsx",
    "export acled --option intre=text": "--option intre: acled has no such option; it has: inter",
    "export acled --option inter=words": "--option inter=words: no such value; "
    "choose of: numbers, text",
    "extract --published 0021-04-20 x.txt": "--published: 0021-04-20 lies outside 1900 to 2099; "
    "write it as 2021-04-20, or none",
    "diff 1 x": "RUN: is not a whole number; see `incidents diff --help`",
    # nothing where something is asked for, as from an unset variable of a shell
    "show --db ''": "--db: is empty; name a file, as incidents.db",
    "show --place ''": "--place: is empty; write a name, or leave the option out",
    "show --actor ' '": "--actor: is empty; write a name, or leave the option out",
    "extract --model '' news": "--model: is empty; write a name, or leave the option out",
    # numbers that are none
    "extract --time-limit nan news": "--time-limit: 'nan' is no time; "
    "write seconds, as 60, or 0 for any",
    "extract --time-limit 1e400 news": "--time-limit: '1e400' is no time; "
    "write seconds, as 60, or 0 for any",
    "extract --time-limit -1 news": "--time-limit: '-1' is no time; "
    "write seconds, as 60, or 0 for any",
    # what would do nothing
    "show --top 3": "--top 3: of which table? add --summary, or leave it out; "
    "see `incidents show --help`",
    "gazetteer lookup Mopti -c Mali": "--country: 'Mali' is no ISO 3166-1 code; "
    "write two letters, as SY",
    "extract --jobs -1 news": "--jobs: is less than 0; see `incidents extract --help`",
}


@pytest.mark.parametrize(("words", "message"), MISTAKES.items(), ids=MISTAKES)
def test_mistake_is_one_line(
    words: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says what is wrong and what to write, and leaves nothing behind."""
    monkeypatch.chdir(tmp_path)

    done = RUNNER.invoke(app, shlex.split(words), prog_name="incidents")

    assert (done.exit_code, done.stdout, done.stderr) == (2, "", f"Error: {message}\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", ["", "gazetteer"])
def test_no_command_is_answered_with_the_help(words: str) -> None:
    """Who types the bare name sees what there is; on stderr, since nobody asked for it."""
    done = RUNNER.invoke(app, words.split(), prog_name="incidents")

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"Usage: {f'incidents {words}'.strip()} [OPTIONS] COMMAND")


def test_mistake_with_a_line_end_is_one_line() -> None:
    """What was typed is quoted without what would break the line or turn it round."""
    done = RUNNER.invoke(app, ["show", "--pl\n\u202eace"], prog_name="incidents")

    assert done.stderr.count("\n") == 1
    assert "\u202e" not in done.stderr


@pytest.mark.parametrize("words", ["-h", "show -h", "gazetteer lookup -h"])
def test_short_help(words: str) -> None:
    """-h is --help, as in most programs."""
    long = words.replace("-h", "--help").split()

    done = RUNNER.invoke(app, words.split(), prog_name="incidents")

    assert done.exit_code == 0
    assert done.stdout == RUNNER.invoke(app, long, prog_name="incidents").stdout


def test_mistake_of_many_characters_is_cut() -> None:
    """A whole file that slipped into an argument does not fill the terminal."""
    done = RUNNER.invoke(app, ["gazetteer", "lookup", "ab" * 50_000], prog_name="incidents")

    assert done.exit_code == 1
    assert len(done.stderr) < 6_000
    assert done.stderr.endswith("try another spelling\n")
