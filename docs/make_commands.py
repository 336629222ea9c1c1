"""Write docs/commands.md from what each command says of itself.

    .venv/bin/python docs/make_commands.py

A test compares the file with the program, so that the page is never behind.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer.testing import CliRunner

from incidents.cli import app

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).with_name("commands.md")
HEAD = """# Commands

Written by `docs/make_commands.py` from the program's own help; do not edit.

Data goes to stdout, everything else to stderr. Exit codes: 0 fine, 1 nothing could be done,
2 wrong usage, 3 some articles failed (each is named on stderr, the rest is done).
"""
ENVIRONMENT = {"COLUMNS": "90", "TERM": "dumb", "NO_COLOR": "1", "INCIDENTS_DB": ""}


def make_page() -> str:
    """Make the page: a heading and the help of each command."""
    runner = CliRunner(env=ENVIRONMENT)
    parts = [HEAD]
    for words in _commands(typer.main.get_command(app), ()):
        answer = runner.invoke(app, [*words, "--help"], prog_name="incidents")
        if answer.exit_code:
            msg = f"incidents {' '.join(words)} --help ended with {answer.exit_code}"
            raise RuntimeError(msg)
        lines = [line.rstrip() for line in answer.output.strip("\n ").splitlines()]
        title = " ".join(("incidents", *words))
        parts.append("\n".join([f"## {title}", "", "```text", *lines, "```", ""]))
    return "\n".join(parts)


def _commands(command: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:  # noqa: ANN401 - Typer keeps the class to itself
    """Every command and group, as the words that a user types."""
    yield path
    for name, child in getattr(command, "commands", {}).items():
        yield from _commands(child, (*path, name))


if __name__ == "__main__":
    PAGE.write_text(make_page(), encoding="utf-8")
