"""JSON Lines: one object a line, each an article."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from incidents.articles.line_records import opens_document, read_json_lines, take_first_line
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
    taken, first = take_first_line(source.stream)
    whole = replace(source, stream=rejoin(taken, source.stream))
    if opens_document(first):
        yield from json_document.READER.read(whole)
    else:
        yield from read_json_lines(whole)


READER = Reader(name="JSON Lines", suffixes=(".jsonl", ".ndjson"), read=_read)
