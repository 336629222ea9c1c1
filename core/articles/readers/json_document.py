"""JSON: one object, or a list of objects, alone or wrapped as a known layout does.

A list is read object by object, so that it may have any size. A file called .json that holds an
object a line is read as JSON Lines.
"""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from incidents.articles.decode import MAX_JSON_BYTES, MAX_TEXT_BYTES, decode_text, read_bytes
from incidents.articles.layouts import unwrap
from incidents.articles.limits import Bounded
from incidents.articles.line_records import BLANK, read_json_lines, take_first_line
from incidents.articles.records import read_record
from incidents.articles.registry import Reader
from incidents.articles.source import rejoin
from incidents.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidents.articles.source import Source
    from incidents.model import Article

_BEGIN = re.compile(
    rb"[\xef\xbb\xbf\s]*+(?:\[\s*+)?\{\s*+(?:\"|\}|$)"
)  # unlike "[{sic}] Two killed"
_OBJECT_LINE = re.compile(r"^\{\s*\"", re.MULTILINE)
_OPENS = frozenset({"start_map", "start_array"})
_CLOSES = frozenset({"end_map", "end_array"})
_MAX_DEPTH = 200  # of lists and objects in each other; articles have three or four


def _read(source: Source) -> Iterator[Article | InputError]:
    taken, head = take_first_line(source.stream)
    second = b""
    if head.startswith(b"{") and source.name:  # of a pipe no further line is awaited
        second = source.stream.readline(MAX_TEXT_BYTES)
    start = (taken + second).removeprefix(b"\xef\xbb\xbf")  # a byte order mark is no JSON
    whole = replace(source, stream=rejoin(start, source.stream))
    is_one = not source.name or second.strip(BLANK).startswith(b"{")
    if head.startswith(b"["):
        yield from _read_list(whole)
    elif head.startswith(b"{") and is_one and (source.name or _is_object(head)):
        yield from read_json_lines(whole)
    else:
        yield from _read_whole(whole)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _read_whole(source: Source) -> Iterator[Article | InputError]:
    """Make articles of a document that is read as a whole: one object, or some inside it."""
    label = source.label
    text = decode_text(read_bytes(source.stream, label, limit=MAX_JSON_BYTES), label)
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        if len(_OBJECT_LINE.findall(text)) > 1:  # lines, of which the first one is broken
            yield from read_json_lines(replace(source, stream=io.BytesIO(text.encode())))
            return
        yield InputError(f"{label}:{error.lineno}: broken JSON ({error.msg}); mend the file")
        return
    except (ValueError, RecursionError):  # a number of 5,000 digits, 10,000 brackets
        yield InputError(f"{label}: JSON that cannot be read; mend the file")
        return
    records = document if isinstance(document, list) else unwrap(document)
    if records is None:
        yield read_record(document, source.origin, source.options)
        return
    yield from _read_records(iter(records), source)


def _read_list(source: Source) -> Iterator[Article | InputError]:
    """Make articles of a list, object by object."""
    import ijson  # noqa: PLC0415 - most files are none of these

    n_items = 0
    stream = Bounded(source.stream, lambda: f"{source.label}: article {n_items + 1}")

    def count_items() -> Iterator[object]:
        nonlocal n_items
        for item in _build_items(stream, source.label):
            n_items += 1
            yield item

    try:
        yield from _read_records(count_items(), source)
    except ijson.JSONError as error:
        reason = str(error).partition("\n")[0].strip()  # what follows is text of the article
        at = f" after article {n_items}" if n_items else ""
        yield InputError(f"{source.label}: broken JSON{at} ({reason}); mend the file")


def _build_items(stream: Bounded, label: str) -> Iterator[object]:
    """Build the items of a list one by one.

    ijson could do it alone, but takes memory by the square of the depth where brackets pile up.
    """
    from ijson import ObjectBuilder, basic_parse  # noqa: PLC0415

    depth = 0
    is_inside = False  # the list, behind its own bracket
    builder = ObjectBuilder()
    for event, value in basic_parse(stream, use_float=True):
        depth += (event in _OPENS) - (event in _CLOSES)
        if depth > _MAX_DEPTH:
            msg = f"{label}: lists more than {_MAX_DEPTH} deep in each other; mend the file"
            raise InputError(msg)
        if depth == 0 or (depth == 1 and event == "start_array" and not is_inside):
            is_inside = True
            continue
        builder.event(event, value)
        if depth == 1:
            stream.refresh()
            yield builder.value
            builder = ObjectBuilder()


def _read_records(records: Iterator[object], source: Source) -> Iterator[Article | InputError]:
    """Make articles of a list's objects; those that state no id are called `stem-<number>`."""
    number = 0
    for number, item in enumerate(records, start=1):
        origin = source.origin.numbered(f"{source.label}: article {number}", number)
        yield read_record(item, origin, source.options)
    if not number:
        yield InputError(f"{source.label}: an empty list; put articles into it or leave it out")


def _is_like(head: bytes) -> bool:
    return _BEGIN.match(head) is not None


READER = Reader(name="JSON", suffixes=(".json",), read=_read, is_like=_is_like)
