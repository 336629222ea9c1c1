"""What a command says on stderr beside errors: little, nothing, or more."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from incidents.lines import clean

if TYPE_CHECKING:
    from typing import Self

QuietOption = Annotated[
    bool, typer.Option("--quiet", "-q", help="No progress and no notes; errors only.")
]
VerboseOption = Annotated[
    bool, typer.Option("--verbose", "-v", help="Say on stderr what is done, and how long it takes.")
]


class Notes(Enum):
    """How much is said; `Notes.chosen` reads it from the options.

    A note is what a user should know and did not ask for; a detail is for who asks for more.
    """

    quiet = 0
    usual = 1
    verbose = 2

    @classmethod
    def chosen(cls, *, quiet: bool = False, verbose: bool = False) -> Self:
        """What --quiet and --verbose ask for together.

        Raises:
            BadParameter: they contradict each other.
        """
        if quiet and verbose:
            msg = "--quiet and --verbose contradict each other"
            raise typer.BadParameter(msg)
        if quiet:
            import logging  # noqa: PLC0415 - few ask for it

            # that an index is built is a note as well
            logging.getLogger("incidents.gazetteer").setLevel(logging.ERROR)
        return cls(0 if quiet else 2 if verbose else 1)

    def note(self, message: str) -> None:
        """Say it unless the user wants quiet."""
        if self is not Notes.quiet:
            echo_note(message)

    def detail(self, message: str) -> None:
        """Say it if the user wants to know more."""
        if self is Notes.verbose:
            echo_note(message)


def echo_note(message: str) -> None:
    """Print a note as one line on stderr."""
    typer.echo(clean(message), err=True)
