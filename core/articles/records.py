"""JSON and JSON Lines: objects with the fields of an article."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING

from incidents.articles.decode import MAX_TEXT_BYTES, decode_text, unify_line_ends
from incidents.articles.fields import make_article
from incidents.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidents.articles.fields import Origin
    from incidents.model import Article

BLANK = b"\xef\xbb\xbf \t\r\n"
"""Bytes of white space, and those of a byte order mark."""


def parse_json(text: str, origin: Origin) -> Iterator[Article | InputError]:
    """Make articles of a JSON document: one object, or a list of objects.

    Articles of a list that state no id are called `stem-<number>`.

    Yields:
        Articles, and errors for the objects that give none.
    """
    label = origin.label
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        yield InputError(f"{label}:{error.lineno}: broken JSON ({error.msg}); mend the file")
        return
    except (ValueError, RecursionError):  # a number of 5,000 digits, 10,000 brackets
        yield InputError(f"{label}: JSON that cannot be read; mend the file")
        return
    if not isinstance(document, list):
        yield _parse_object(document, origin)
        return
    if not document:
        yield InputError(f"{label}: an empty list; put articles into it or leave it out")
    for number, item in enumerate(document, start=1):
        yield _parse_object(item, origin.numbered(f"{label}: article {number}", number))


def parse_jsonl(stream: IO[bytes], origin: Origin) -> Iterator[Article | InputError]:
    """Make articles of JSON Lines, line by line, without reading the whole.

    Articles that state no id are called `stem-<line>`.

    Yields:
        Articles, and errors for the lines that give none; empty lines are passed over.
    """
    found = False
    for number, line in enumerate(_read_lines(stream), start=1):
        if line is not None and not line.strip(BLANK):
            continue
        found = True
        yield _parse_line(line, origin.numbered(f"{origin.label}:{number}", number))
    if not found:
        yield InputError(f"{origin.label}: empty; put articles into it or leave it out")


def _read_lines(stream: IO[bytes]) -> Iterator[bytes | None]:
    """Yield lines; None for one above the limit, whose rest is passed over."""
    while line := stream.readline(MAX_TEXT_BYTES):
        if line.endswith(b"\n") or len(line) < MAX_TEXT_BYTES:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(MAX_TEXT_BYTES)
        yield None


def _parse_line(line: bytes | None, origin: Origin) -> Article | InputError:
    if line is None:
        limit = MAX_TEXT_BYTES // 1_000_000
        return InputError(f"{origin.label}: a line larger than {limit} MB; split the article")
    try:
        value = json.loads(decode_text(line.rstrip(), origin.label))
    except InputError as error:
        return error
    except json.JSONDecodeError as error:
        return InputError(
            f"{origin.label}: broken JSON ({error.msg}, column {error.colno});"
            " write one whole object on each line"
        )
    except (ValueError, RecursionError):
        return InputError(f"{origin.label}: JSON that cannot be read; mend or remove the line")
    return _parse_object(value, origin)


def _parse_object(value: object, origin: Origin) -> Article | InputError:
    if not isinstance(value, dict):
        return InputError(f'{origin.label}: not a JSON object; write {{"id": …, "text": …}}')
    text = value.get("text")
    if not isinstance(text, str):
        wrong = "no 'text'" if text is None else "'text' is not a string"
        return InputError(f'{origin.label}: {wrong}; give the article\'s words as "text"')
    try:
        return make_article(value, unify_line_ends(text.removeprefix("\ufeff")), origin)
    except InputError as error:
        return error
