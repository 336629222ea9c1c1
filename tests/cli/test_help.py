"""The help of each command: it fits 80 columns, and the program takes its examples."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import pytest
import typer
from typer.testing import CliRunner

from incidents.cli import app

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = 80
RUNNER = CliRunner(env={"COLUMNS": str(COLUMNS), "TERM": "dumb", "NO_COLOR": "1"})


def _commands(command: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:  # noqa: ANN401 - Typer keeps the class to itself
    children = getattr(command, "commands", {})
    if not children:
        yield path
    for name, child in children.items():
        yield from _commands(child, (*path, name))


COMMANDS = sorted(_commands(typer.main.get_command(app), ()))


def _help(command: tuple[str, ...]) -> str:
    answer = RUNNER.invoke(app, [*command, "--help"], prog_name="incidents")
    assert answer.exit_code == 0
    return answer.output


def _examples(command: tuple[str, ...]) -> list[str]:
    """The command lines below `Example:`."""
    _, _, tail = _help(command).rpartition("Example")
    return [line.strip() for line in tail.splitlines()[1:] if line.strip()]


@pytest.mark.parametrize("command", [(), ("gazetteer",), *COMMANDS], ids=" ".join)
def test_help_fits_80_columns(command: tuple[str, ...]) -> None:
    """No line of the help is longer than the terminal, and no word is broken off by dots."""
    lines = _help(command).splitlines()
    assert [line for line in lines if len(line) > COLUMNS] == []
    assert [line for line in lines if line.endswith("...") and not line.startswith("Usage:")] == []


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_examples_are_taken_by_the_program(command: tuple[str, ...]) -> None:
    """Each command has an example, and its words and options are those of the program."""
    found = _examples(command)
    assert found
    for line in found:
        own = next(part for part in line.split("|") if "incidents" in part).split(">")[0]
        words = shlex.split(own)
        assert words[: len(command) + 1] == ["incidents", *command]
        # --help is carried out once all words were read: a wrong option ends before it
        answer = RUNNER.invoke(app, [*words[1:], "--help"], prog_name="incidents")
        assert answer.exit_code == 0, f"{line}\n{answer.output}"


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_is_free_of_types(command: tuple[str, ...]) -> None:
    """Arguments are named in the reader's words: `PATH`, not `{PATH}` or `<list[str]>`."""
    text = _help(command)
    assert text.startswith(f"Usage: incidents {' '.join(command)} [OPTIONS]")
    head = text.partition("\nOptions:")[0]
    assert [sign for sign in ("<", "{", "[[", "]...]", "[required]") if sign in head] == []
