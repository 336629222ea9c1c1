"""Wrong options, arguments and commands: one line that says what to write instead."""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from typer.core import TyperGroup

from incidents.cli.errors import echo_error, tells_interrupts
from incidents.lines import escape_unseen

if TYPE_CHECKING:
    from collections.abc import Iterator

# Typer's wording, and ours: its own takes four lines and does not say what to do.
_PLAINER = (
    (re.compile(r"^(Invalid value for '[^']*'.{0,80}) \(env var: '[^']*'\): "), r"\1: "),
    (re.compile(r"^Invalid value for '([^']*)'(?: / '[^']*')*: "), r"\1: "),
    (re.compile(r"^Invalid value: "), ""),
    (re.compile(r"\bValue error, "), ""),
    (re.compile(r"^No such option: (\S+)"), r"no such option \1"),
    (re.compile(r" \(Possible options: (.*)\)$"), r"; did you mean \1?"),
    (re.compile(r"\.? Did you mean (.{0,300})\?$"), r"; did you mean \1?"),
    (re.compile(r"^Got unexpected extra argument\(s\) \((.*)\)$"), r"one argument too many: \1"),
    (re.compile(r"^Got unexpected extra arguments? \((.*)\)$"), r"one argument too many: \1"),
    (re.compile(r"Input should be a valid integer, .*$"), "is not a whole number"),
    (re.compile(r"Input should be a valid number, .*$"), "is not a number"),
    (re.compile(r"Input should be greater than or equal to (\S+)$"), r"is less than \1"),
    (re.compile(r"^Option '(.*)' requires an argument$"), r"\1: has no value; write one behind it"),
    (re.compile(r"^(Missing|No such|Option|Got)\b"), lambda found: found[0].lower()),
)


class UsageGroup(TyperGroup):
    """A group of commands whose usage errors are one line that is safe to print.

    Typer escapes control characters, but not those that turn a line round.
    """

    def make_context(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as Typer has it
        """Read the options of the program itself."""
        with tells_interrupts(), _reworded():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - as Typer has it
        """Read the options of a command, and run it."""
        with tells_interrupts(), _reworded():
            return super().invoke(ctx)


@contextmanager
def _reworded() -> Iterator[None]:
    try:
        yield
    except Exception as exc:
        message = getattr(exc, "message", None)  # Typer's errors change their class by version
        if isinstance(message, str):
            exc.message = escape_unseen(message)  # type: ignore[attr-defined] # it has one
        if hasattr(exc, "format_message") and type(exc).__name__ != "NoArgsIsHelpError":
            exc.show = partial(_show, exc)  # type: ignore[attr-defined] # Typer calls it
        raise


def _show(error: Any, *_: object) -> None:  # noqa: ANN401 - Typer keeps the class to itself
    """Print a usage error as other errors are printed."""
    text = error.format_message().rstrip(".")
    for pattern, plain in _PLAINER:
        text = pattern.sub(plain, text)
    path = error.ctx.command_path if error.ctx else "incidents"
    if text.startswith("missing argument"):
        usage = " ".join([path, *error.ctx.command.collect_usage_pieces(error.ctx)])
        text += f"; write `{usage.replace('[OPTIONS] ', '')}`, see `{path} --help`"
    elif ";" not in text:  # it does not say yet what to do
        text += f"; see `{path} --help`"
    echo_error(text)
