"""An example below the help of each command."""

from __future__ import annotations

_UNWRAPPED = "\b"  # click leaves the lines of such a paragraph as they are


def examples(*lines: str) -> str:
    """The last part of a command's help.

    Args:
        lines: command lines as a user types them, each at most 76 characters.
    """
    head = "Example:" if len(lines) == 1 else "Examples:"
    return "\n".join([_UNWRAPPED, head, *(f"  {line}" for line in lines)])
