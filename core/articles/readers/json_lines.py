"""JSON Lines: one object a line, each an article."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from incidents.articles.decode import MAX_TEXT_BYTES
from incidents.articles.line_records import BLANK, read_json_lines
from incidents.articles.readers import json_document
from incidents.articles.registry import Reader
from incidents.articles.source import rejoin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidents.articles.source import Source
    from incidents.errors import InputError
    from incidents.model import Article


def _read(source: Source) -> Iterator[Article | InputError | Source]:
    """Read lines, or a document that is only called so: a list, an object over many lines."""
    first = source.stream.readline(MAX_TEXT_BYTES)
    whole = replace(source, stream=rejoin(first, source.stream))
    begin = first.strip(BLANK)
    if begin in {b"{", b"["} or begin.startswith(b"[{"):
        yield from json_document.READER.read(whole)
    else:
        yield from read_json_lines(whole)


READER = Reader(name="JSON Lines", suffixes=(".jsonl", ".ndjson"), read=_read)
