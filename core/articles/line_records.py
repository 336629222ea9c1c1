"""Articles of JSON Lines: one object a line."""

from __future__ import annotations

import codecs
import json
import re
from typing import IO, TYPE_CHECKING

from incidents.articles.decode import MAX_TEXT_BYTES, decode_text
from incidents.articles.limits import read_lines
from incidents.articles.records import read_record
from incidents.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidents.articles.source import Options, Origin, Source
    from incidents.model import Article

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""What UTF-16 begins with, whose lines cannot be parted."""

BLANK = b"\xef\xbb\xbf \t\r\n"
"""Bytes of white space, and those of a byte order mark."""

_BLANK_BYTES = 1 << 20  # of empty lines before the first one that is not; files have a few
# A list or an object that goes on: `[`, `{`, `[{"text": …`
_OPENING = re.compile(rb"(?:\[\s*+(?:\{|$)|\{\s*+$)")


def take_first_line(stream: IO[bytes]) -> tuple[bytes, bytes]:
    """Take a stream's lines up to the first one that is not empty.

    Returns:
        All bytes that were taken, and the line without white space; it is empty where the stream
        is, or has nothing but empty lines for too long.
    """
    taken = bytearray()
    while len(taken) <= _BLANK_BYTES:
        line = stream.readline(MAX_TEXT_BYTES)
        taken += line
        if not line or line.strip(BLANK):
            return bytes(taken), line.strip(BLANK)
    return bytes(taken), b""


def opens_document(line: bytes) -> bool:
    """Whether a first line begins one document of JSON, instead of being an object by itself."""
    return _OPENING.match(line) is not None


def read_json_lines(source: Source) -> Iterator[Article | InputError]:
    """Make articles of JSON Lines, line by line, without reading the whole.

    Articles that state no id are called `stem-<line>`.

    Yields:
        Articles, and errors for the lines that give none; empty lines are passed over.
    """
    found = False
    origin = source.origin
    for number, line in enumerate(read_lines(source.stream, b"\n"), start=1):
        if line is not None and not line.strip(BLANK):
            continue
        if line is not None and not found and line.startswith(UTF_16):  # no line of it would do
            yield InputError(f"{origin.label}: UTF-16; convert it: iconv -f UTF-16 -t UTF-8")
            return
        found = True
        own = origin.numbered(f"{origin.label}:{number}", number)
        yield parse_line(line, own, source.options)
    if not found:
        yield InputError(f"{origin.label}: empty; put articles into it or leave it out")


def parse_line(line: bytes | None, origin: Origin, options: Options) -> Article | InputError:
    """Make an article of one line; None is a line above the limit."""
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
    return read_record(value, origin, options)
