"""Plain text and Markdown: one file, one article, with optional YAML front matter.

Whatever no other reader claims is read as plain text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from incidents.articles.decode import MAX_TEXT_BYTES, decode_text, detect_charset, read_bytes
from incidents.articles.fields import make_article
from incidents.articles.registry import Reader
from incidents.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from incidents.articles.source import Source
    from incidents.model import Article

# "---", up to 100 lines of YAML, "---" or "..."; further down "---" is a rule across the page.
_FRONT_MATTER = re.compile(
    r"\s{0,10}---[ \t]*\n(?P<yaml>(?:.*\n){0,100}?)(?:---|\.\.\.)[ \t]*(?:\n|$)"
)


def _read(source: Source) -> Iterator[Article]:
    """Make an article of a text file.

    Front matter may give id, title, publisher, url, published and language; the stored text is
    what follows it, and the title stays part of the text.
    """
    data = read_bytes(source.stream, source.label, limit=MAX_TEXT_BYTES)
    text = decode_text(data, source.label, charset=detect_charset(data, source.charset))
    values, body = split_front_matter(text, source.label)
    yield make_article({**source.values, **values}, body, source.origin)


def split_front_matter(text: str, label: str) -> tuple[Mapping[str, Any], str]:
    """Split a text into its front matter and what follows.

    Returns:
        The values, all as strings, and the text. Prose between two rules is text, not values.

    Raises:
        InputError: the front matter is no YAML.
    """
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    import yaml  # noqa: PLC0415 - most files have no front matter

    try:
        # BaseLoader builds strings only: no objects, no dates moved to UTC, an id of 0012 kept.
        values = yaml.load(match["yaml"], Loader=yaml.BaseLoader)  # noqa: S506
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1  # counted from 0, behind the opening rule
        reason = getattr(error, "problem", None) or "not readable"
        msg = f"{label}:{line}: front matter is not YAML ({reason}); put the value in quotes"
        raise InputError(msg) from error
    if not isinstance(values, dict):
        return {}, text
    return values, text[match.end() :].lstrip("\n")


READER = Reader(
    name="a text file", suffixes=(".txt", ".md", ".markdown", ".text"), read=_read, is_plain=True
)
