"""Text for one line: nothing of an article or an argument reaches a terminal raw.

This module imports nothing heavy, so that every command can.
"""

from __future__ import annotations

import unicodedata

# Bidirectional overrides, isolates and marks: they reach beyond the cell that they stand in.
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c\u200e\u200f")
# What nobody sees: two names that differ only in it look alike. The joiners U+200C and U+200D stay,
# since Persian and Indian scripts are written with them.
_UNSEEN = frozenset("\ufeff\u200b\u2060\u2061\u2062\u2063\u2064\u00ad\u180e") | frozenset(
    map(chr, range(0xE0000, 0xE0080))
)
_DROPPED = _BIDI | _UNSEEN
# Control characters, line and paragraph separators, lone surrogates, unassigned code points.
_BLANKED = frozenset({"Cc", "Zl", "Zp", "Cs", "Cn"})


def counted(number: int, what: str) -> str:
    """A number of things in words.

    >>> counted(1, "article"), counted(1200, "report")
    ('1 article', '1,200 reports')
    """
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def clean(text: str) -> str:
    r"""Make text from an article safe for one line of a table.

    >>> clean("Goma\x1b[31m\n  killed")
    'Goma [31m killed'
    """
    if text.isascii() and text.isprintable():  # nearly all, and soon told
        return " ".join(text.split())
    kept = (
        " " if unicodedata.category(char) in _BLANKED else char
        for char in text
        if char not in _DROPPED
    )
    return " ".join("".join(kept).split())


def escape_unseen(text: str) -> str:
    r"""Write what a terminal would obey or not show as Python does, and leave line ends.

    >>> escape_unseen("no\u202e\x1b")
    'no\\u202e\\x1b'
    """
    return "".join(
        char.encode("unicode_escape").decode()
        if char in _DROPPED or (char not in "\n\t" and unicodedata.category(char) in _BLANKED)
        else char
        for char in text
    )


def shorten(text: str, length: int) -> str:
    """Cut a text that is longer, and mark the cut: `The days and wee…`."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
