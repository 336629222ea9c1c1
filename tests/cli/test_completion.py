"""Completion in bash, zsh and fish: the script that a shell loads, and what it is then told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("incidents")
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "INCIDENTS_DB"} | {
    "PATH": f"{PROGRAM.parent}:{os.environ['PATH']}"
}
# what is typed, and a word that is offered
TYPED = [
    ("incidents sh", "show"),
    ("incidents show --pl", "--place"),
    ("incidents show --grade conf", "confirmed"),
    ("incidents show --format jsonl", "jsonl"),
    ("incidents gazetteer lo", "lookup"),
    ("incidents schema dec", "decision"),
]


def ask(**variables: str) -> str:
    """Start the program as a shell's completion does."""
    done = subprocess.run(
        [PROGRAM], capture_output=True, text=True, check=True, env={**ENVIRONMENT, **variables}
    )
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize(
    ("shell", "sign"),
    [
        ("bash", "complete -o default -F _incidents_completion incidents"),
        ("zsh", "#compdef incidents"),
        ("fish", "complete --command incidents"),
    ],
)
def test_completion_script_of_each_shell(shell: str, sign: str) -> None:
    """What `--show-completion` prints in that shell."""
    assert sign in ask(_INCIDENTS_COMPLETE=f"source_{shell}")


@pytest.mark.parametrize(("line", "word"), TYPED, ids=[line for line, _ in TYPED])
def test_completion_in_bash(line: str, word: str) -> None:
    """The script, loaded into a real bash, offers the word."""
    bash = shutil.which("bash")
    assert bash is not None
    script = (
        f'eval "$({PROGRAM} --show-completion)"; COMP_WORDS=({line});'
        "COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _incidents_completion incidents;"
        'echo "${COMPREPLY[*]}"'
    )

    done = subprocess.run(
        [bash, "-c", script], capture_output=True, text=True, check=True, env=ENVIRONMENT
    )

    assert done.stdout.split() == [word]


@pytest.mark.parametrize(("line", "word"), TYPED, ids=[line for line, _ in TYPED])
def test_completion_in_zsh_and_fish(line: str, word: str) -> None:
    """What their scripts ask for, with the help beside it."""
    zsh = ask(_INCIDENTS_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS=line)
    fish = ask(
        _INCIDENTS_COMPLETE="complete_fish",
        _TYPER_COMPLETE_ARGS=line,
        _TYPER_COMPLETE_FISH_ACTION="get-args",
    )
    assert zsh.startswith("_arguments '*: :((")
    assert f'"{word}"' in zsh
    assert fish.partition("\t")[0].strip() == word
