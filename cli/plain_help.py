"""The help of a command in words for people: no Python types, no brackets that nobody types."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand

if TYPE_CHECKING:
    from collections.abc import Callable


class PlainCommand(TyperCommand):
    """A command whose help names its arguments as its text does: `PATH...`, not `{PATH}...`."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ANN401 - as Typer has it
        """Say how the command is written."""
        return [re.sub(r"^\{(.*)\}", r"\1", piece) for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as Typer has it
        """Write the lists of arguments and options."""
        rows: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
        for param in self.get_params(ctx):
            if record := param.get_help_record(ctx):
                name, words = record
                # `<list[str]>` behind the name, and what the usage line shows already
                plain = name.partition(" <")[0], words.removesuffix("  [required]")
                is_argument = param.param_type_name == "argument"
                rows[param.param_type_name].append(plain if is_argument else record)
        for title, kind in (("Arguments", "argument"), ("Options", "option")):
            if rows[kind]:
                with formatter.section(title):
                    formatter.write_dl(rows[kind])


class PlainTyper(typer.Typer):
    """A program, or a group of commands, all of whose commands have plain help."""

    def command(self, name: str | None = None, **options: Any) -> Callable[..., Any]:  # noqa: ANN401 - Typer's own are a page long
        """Make a function a command; takes what `typer.Typer.command` takes."""
        return super().command(name, **{"cls": PlainCommand, **options})
