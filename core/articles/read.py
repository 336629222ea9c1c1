"""Read articles from files, folders, globs and standard input, one after another."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from typing import IO, TYPE_CHECKING

from incidents.articles.decode import (
    MAX_JSON_BYTES,
    MAX_TEXT_BYTES,
    decode_text,
    open_bytes,
    read_bytes,
)
from incidents.articles.expand import STDIN, expand_path
from incidents.articles.fields import Origin
from incidents.articles.naming import Names
from incidents.articles.plain import parse_plain
from incidents.articles.records import BLANK, parse_json, parse_jsonl
from incidents.errors import InputError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator

    from incidents.model import Article

_JSON_LIST = re.compile(r"\s*\[\s*\{\s*\"")  # "[{"id"", unlike "[Updated] Two killed"


def read_articles(
    paths: Iterable[str | Path],
    *,
    published: dt.date | None = None,
    on_error: Callable[[InputError], None],
    find_stored: Callable[[str], Article | None] = lambda _: None,
) -> Iterator[Article]:
    """Read articles one after another, in the order of the paths.

    Each trouble is reported and the rest goes on. An article that comes twice, by id and text, is
    yielded once. Where files of one name lie in several folders, the later ones are called by
    their folder too, `march/report`; another text under an id that the source states is an error.

    Args:
        paths: files (.txt, .md, .json, .jsonl), folders, globs, and `-` for standard input, which
            holds JSON Lines where it begins with `{`, else one plain-text article.
        published: day for articles that state none, in a field or in a dateline with its year.
            It also stands in for a stated date that cannot be read.
        on_error: called with every file or article that cannot be read.
        find_stored: gives the article that is known by an id from an earlier run, if any, so that
            a file of the same name in another folder does not take its place.

    Yields:
        Articles, as they are read.

    Example:
        >>> for article in read_articles(["seeds/"], on_error=lambda error: None):
        ...     first = article.id
    """
    names = Names(find_stored)
    for path in paths:
        for found in _read_path(path, published):
            article = names.check(found) if not isinstance(found, InputError) else found
            if isinstance(article, InputError):
                on_error(article)
            elif article is not None:
                yield article


def _read_path(path: str | Path, published: dt.date | None) -> Iterator[Article | InputError]:
    for file in expand_path(path):
        if isinstance(file, InputError):
            yield file
            continue
        try:
            yield from _read_file(file, published)
        except InputError as error:
            yield error


def _read_file(file: Path, published: dt.date | None) -> Iterator[Article | InputError]:
    # A name that is no UTF-8 would break every output; its odd bytes are shown as \ufffd.
    label = os.fsencode(file).decode("utf-8", "replace")
    if label == STDIN:
        origin = Origin("stdin", "stdin", None, published)
    else:
        origin = Origin(label, Path(label).stem, label, published)
    with open_bytes(file, origin.label) as stream:
        match file.suffix.casefold():
            case _ if label == STDIN:
                yield from _read_stdin(stream, origin)
            case ".jsonl":
                yield from parse_jsonl(stream, origin)
            case ".json":
                yield from parse_json(_read_text(stream, origin, MAX_JSON_BYTES), origin)
            case _:
                yield parse_plain(_read_text(stream, origin, MAX_TEXT_BYTES), origin)


def _read_text(stream: IO[bytes], origin: Origin, limit: int) -> str:
    return decode_text(read_bytes(stream, origin.label, limit=limit), origin.label)


def _read_stdin(stream: IO[bytes], origin: Origin) -> Iterator[Article | InputError]:
    """Read JSON Lines where standard input begins with `{`, else one plain text.

    A JSON document over several lines (`{` alone on the first, or a list) is read too.
    """
    taken = line = stream.readline(MAX_TEXT_BYTES)
    while line and not line.strip(BLANK) and len(taken) < MAX_TEXT_BYTES:
        line = stream.readline(MAX_TEXT_BYTES)
        taken += line
    whole = _Chained(taken, stream)
    head = line.strip(BLANK)
    if head.startswith(b"{") and head != b"{":
        yield from parse_jsonl(whole, origin)
        return
    text = _read_text(whole, origin, MAX_TEXT_BYTES)
    if head == b"{" or _JSON_LIST.match(text):
        yield from parse_json(text, origin)
        return
    yield parse_plain(text, origin)


class _Chained(io.BytesIO):
    """The bytes already taken from a stream, and then the stream."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        super().__init__(head)
        self._stream = stream

    def read(self, size: int | None = -1, /) -> bytes:
        head = super().read(size)
        if size is None or size < 0:
            return head + self._stream.read()
        return head + self._stream.read(size - len(head))

    def readline(self, size: int | None = -1, /) -> bytes:
        return super().readline(size) or self._stream.readline(-1 if size is None else size)
