"""Values of front matter and of JSON objects, as the fields of an article."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from incidents.articles.decode import unify_line_ends
from incidents.errors import InputError
from incidents.extractors.dateline import find_dateline
from incidents.model import Article

if TYPE_CHECKING:
    from collections.abc import Mapping

_DAY = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})(?:$|[T ]\d{2}:?\d{2})")  # a time may follow the day
_HEADING = re.compile(r"#{1,6}\s+(?P<title>.*?)\s*#*\s*$")
_MAX_CHARACTERS = 1_000_000  # of a text; a parser of language takes no more at once
_MAX_TITLE = 250  # characters; a longer first line is a paragraph


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article is read from.

    Attributes:
        label: file, and line where there is one, as messages name it.
        default_id: id of an article that states none; see `make_id`.
        path: the file, None for standard input.
        published: day for an article that states none.
    """

    label: str
    default_id: str
    path: str | None = None
    published: dt.date | None = None

    def make_id(self, text: str) -> str:
        """The id of an article that states none.

        Standard input has no name: its articles are told apart by their text.
        """
        if self.path is not None:
            return self.default_id
        digest = hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
        return f"stdin-{digest}"

    def numbered(self, label: str, number: int) -> Origin:
        """One of many articles in this file."""
        return replace(self, label=label, default_id=f"{self.default_id}-{number}")


def make_article(values: Mapping[str, Any], text: str, origin: Origin) -> Article:
    """Make an article of its text and the values that its source states.

    The day of publication is the source's own; else that of a dateline which gives the year;
    else the origin's.

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
    own_day = _read_published(values.get("published"), label, fallback=origin.published)
    return Article(
        id=_read_string(values, "id", label) or origin.make_id(text),
        text=text,
        title=_read_string(values, "title", label) or find_title(text),
        published=own_day or (dateline.day if dateline else None) or origin.published,
        publisher=_read_string(values, "publisher", label),
        url=_read_string(values, "url", label),
        path=origin.path,
        dateline=dateline.place if dateline else None,
        language=_read_string(values, "language", label),
    )


def find_title(text: str) -> str | None:
    """Take the first line of a text as its title, where it looks like one.

    A heading (`# Two killed in Tyre`) is a title; so is a short line without a full stop that
    more text follows and that no dateline opens.
    """
    first, _, rest = text.strip().partition("\n")
    heading = _HEADING.match(first)
    if heading and heading["title"]:
        return heading["title"]
    title = first.strip()
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
        msg = f"{label}: {key!r} is not a string: {_show(value)}; put it in quotes"
        raise InputError(msg)
    _check_characters(value, key, label)
    return " ".join(unify_line_ends(value).split()) or None


def _read_published(value: object, label: str, *, fallback: dt.date | None) -> dt.date | None:
    """Read a day, `2021-04-21`, or a time on it, `2021-04-21T20:15:00Z`, which is cut to the day.

    A time zone does not move the day: it is the day that the outlet printed. A value that cannot
    be read gives way to `fallback`, as the message says.
    """
    if value is None or value == "":
        return None
    match = _DAY.match(value.strip()) if isinstance(value, str) else None
    try:
        day = dt.date.fromisoformat(match["day"]) if match else None
    except ValueError:  # 2021-04-31
        day = None
    if day is None and fallback is None:
        msg = (
            f"{label}: 'published' is not a date: {_show(value)};"
            " write 2021-04-21 or pass --published"
        )
        raise InputError(msg)
    return day or fallback


def _check_characters(value: str, key: str, label: str) -> None:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        msg = (
            f"{label}: {key!r} holds half a character (\\u{ord(value[error.start]):04x}) at"
            f" {error.start}; write it as UTF-8 or as a pair of escapes"
        )
        raise InputError(msg) from error


def _show(value: object) -> str:
    """Show a value in one short line."""
    shown = repr(value)
    return shown if len(shown) <= 40 else shown[:37] + "…"  # noqa: PLR2004 - width of a message
