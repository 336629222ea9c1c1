"""Errors as a line on stderr and an exit code."""

from __future__ import annotations

import functools
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import typer

from incidents.errors import IncidentsError
from incidents.lines import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

P = ParamSpec("P")
R = TypeVar("R")

EXIT_INTERRUPTED = 130  # 128 + SIGINT, what a shell reports for Ctrl-C
EXIT_UNREAD = 141  # 128 + SIGPIPE, what a shell reports for `yes` in `yes | head -1`


def reports_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Turn an `IncidentsError` into one line on stderr and its exit code; bugs pass through."""

    @functools.wraps(command)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except IncidentsError as exc:
            echo_error(str(exc))
            raise typer.Exit(exc.exit_code) from exc
        except BrokenPipeError as exc:  # `| head` has seen enough
            give_up_stdout()
            raise typer.Exit(EXIT_UNREAD) from exc

    return wrapper


@contextmanager
def tells_interrupts() -> Iterator[None]:
    """Say that Ctrl-C has ended the program, also while it reads its options."""
    try:
        yield
    except KeyboardInterrupt as exc:
        typer.echo("Interrupted.", err=True)
        raise typer.Exit(EXIT_INTERRUPTED) from exc


def give_up_stdout() -> None:
    """Let what is still to be printed go nowhere: Python flushes once more at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)


def echo_error(message: str) -> None:
    """Print an error as one line on stderr, whatever a file name or a value brought into it."""
    text = clean(message)
    if len(text) > _LONGEST:  # a path has at most 4,096 characters
        text = f"{text[:_LONGEST]} […] {text[-_LAST:]}"
    typer.echo(f"Error: {text}", err=True)


_LONGEST, _LAST = 5_000, 200
