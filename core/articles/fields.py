"""The values that a source states, as the fields of an article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from incidents.articles.decode import unify_line_ends
from incidents.articles.languages import language_code
from incidents.articles.published import explain_unread, read_published, show_value
from incidents.errors import InputError, MendedInputError
from incidents.extractors.dateline import find_dateline
from incidents.model import Article

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from incidents.articles.source import Origin

_HEADING = re.compile(r"#{1,6}\s++(?P<title>.+)")
_MAX_CHARACTERS = 1_000_000  # of a text; a parser of language takes no more at once
_MAX_TITLE = 250  # characters; a longer first line is a paragraph


def make_article(values: Mapping[str, Any], text: str, origin: Origin) -> Article:
    """Make an article of its text and the values that its source states.

    The day of publication is the source's own; else that of a dateline which gives the year;
    else the origin's. A stated day that cannot be read is told, and counts as none: the article's
    own dateline knows more of it than an option that was meant for a whole run.

    Args:
        values: front matter or JSON object; unknown keys are passed over.
        text: the article's text, kept as it is.
        origin: where it is read from.

    Raises:
        InputError: a value cannot be used.
    """
    label = origin.label
    if not text.strip():
        msg = f"{label}: no text; give the article's words or leave it out"
        raise InputError(msg)
    if len(text) > _MAX_CHARACTERS:
        msg = f"{label}: {len(text):,} characters, and {_MAX_CHARACTERS:,} are read; split the text"
        raise InputError(msg)
    _check_characters(text, "text", label)
    dateline = find_dateline(text)
    stated = values.get("published")
    day = read_published(stated) or (dateline.day if dateline else None) or origin.published
    if stated not in (None, "") and read_published(stated) is None:
        origin.on_mended(_unread_day(stated, day, label))
    return Article(
        id=_read_string(values, "id", label) or origin.make_id(text),
        text=text,
        title=_read_string(values, "title", label) or find_title(text),
        published=day,
        publisher=_read_string(values, "publisher", label),
        url=_read_string(values, "url", label),
        path=origin.path,
        dateline=dateline.place if dateline else None,
        language=language_code(_read_string(values, "language", label)),
    )


def _unread_day(stated: object, day: dt.date | None, label: str) -> MendedInputError:
    """Say that a stated day cannot be read, and what stands in its place."""
    instead = (
        f"{day.isoformat()} is taken instead; write days as 2021-04-21"
        if day
        else "the article is kept without a day; write 2021-04-21 or pass --published"
    )
    return MendedInputError(
        f"{label}: 'published' {explain_unread(stated)}: {show_value(stated)}; {instead}"
    )


def find_title(text: str) -> str | None:
    """Take the first line of a text as its title, where it looks like one.

    A heading (`# Two killed in Tyre`) is a title; so is a short line without a full stop that
    more text follows and that no dateline opens.
    """
    first, _, rest = text.strip().partition("\n")
    heading = _HEADING.match(first)
    if heading and (words := heading["title"].rstrip().rstrip("#").split()):
        return " ".join(words)
    title = " ".join(first.split())
    is_title = (
        rest.strip()
        and len(title) <= _MAX_TITLE
        and not title.rstrip("\"'”’)»").endswith((".", "…", ":"))
        and find_dateline(title) is None
    )
    return title if is_title else None


def _read_string(values: Mapping[str, Any], key: str, label: str) -> str | None:
    value = values.get(key)
    if isinstance(value, int) and not isinstance(value, bool) and key == "id":
        value = str(value)
    if value is None:
        return None
    if not isinstance(value, str):
        msg = f"{label}: {key!r} is not a string: {show_value(value)}; put it in quotes"
        raise InputError(msg)
    _check_characters(value, key, label)
    return " ".join(unify_line_ends(value).split()) or None


def _check_characters(value: str, key: str, label: str) -> None:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        msg = (
            f"{label}: {key!r} holds half a character (\\u{ord(value[error.start]):04x}) at"
            f" {error.start}; write it as UTF-8 or as a pair of escapes"
        )
        raise InputError(msg) from error
