"""Typer's own messages on wrong options, which quote what was typed."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from typer.core import TyperGroup

from incidents.lines import escape_unseen

if TYPE_CHECKING:
    from collections.abc import Iterator


class EscapingGroup(TyperGroup):
    """A group of commands whose usage errors reach no terminal with raw characters.

    Typer escapes control characters, but not those that turn a line round.
    """

    def make_context(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as Typer has it
        """Read the options of the program itself."""
        with _escaped():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - as Typer has it
        """Read the options of a command, and run it."""
        with _escaped():
            return super().invoke(ctx)


@contextmanager
def _escaped() -> Iterator[None]:
    try:
        yield
    except Exception as exc:
        message = getattr(exc, "message", None)  # Typer's errors change their class by version
        if isinstance(message, str):
            exc.message = escape_unseen(message)  # type: ignore[attr-defined] # it has one
        raise
