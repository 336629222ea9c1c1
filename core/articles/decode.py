"""Bytes to text: UTF-8 or a sentence about what is wrong and how to mend it."""

from __future__ import annotations

import codecs
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from incidents.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_TEXT_BYTES = 20_000_000
"""Largest article: a .txt or .md file, or one line of a .jsonl file."""

MAX_JSON_BYTES = 200_000_000
"""Largest .json file, which is read as a whole; a .jsonl file may have any size."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@contextmanager
def open_bytes(path: Path, label: str) -> Iterator[IO[bytes]]:
    """Open a file, or standard input for `-`, for reading.

    Raises:
        InputError: it cannot be opened or read.
    """
    try:
        if str(path) == "-":
            if sys.stdin is None:  # started with `<&-`
                msg = f"{label}: closed; pipe an article into it or name a file"
                raise InputError(msg)
            yield sys.stdin.buffer
        else:
            with path.open("rb") as stream:
                yield stream
    except PermissionError as error:
        msg = f"{label}: no permission to read it; change its mode or its owner (chmod +r)"
        raise InputError(msg) from error
    except OSError as error:
        msg = f"{label}: cannot be read ({(error.strerror or str(error)).lower()}); check the file"
        raise InputError(msg) from error


def read_bytes(stream: IO[bytes], label: str, *, limit: int) -> bytes:
    """Read a stream to its end.

    Args:
        stream: what to read.
        label: its name in messages.
        limit: most bytes that are taken.

    Raises:
        InputError: there is more than the limit, or nothing but white space.
    """
    data = stream.read(limit + 1)
    if len(data) > limit:
        msg = (
            f"{label}: larger than {limit // 1_000_000} MB;"
            " split it, or write its articles as .jsonl, one object a line"
        )
        raise InputError(msg)
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        msg = f"{label}: empty; put the article's text into it or leave it out"
        raise InputError(msg)
    return data


def decode_text(data: bytes, label: str) -> str:
    r"""Decode UTF-8, drop a byte order mark, and make every line end `\n`.

    Line ends change before any offset exists; nothing else about the text changes.

    Raises:
        InputError: the bytes are no UTF-8 text.
    """
    if data.startswith(_UTF16):
        msg = f"{label}: UTF-16, not UTF-8; convert it: iconv -f UTF-16 -t UTF-8"
        raise InputError(msg)
    if b"\0" in data:
        msg = (
            f"{label}: a binary file (a zero byte at byte {data.index(0)}), not text;"
            " save the article as plain text"
        )
        raise InputError(msg)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The decoder counts behind the byte order mark that it has dropped.
        offset = error.start + (len(data) - len(error.object))
        msg = (
            f"{label}: not UTF-8 at byte {offset} (0x{data[offset]:02x});"
            " convert it, for example: iconv -f WINDOWS-1252 -t UTF-8"
        )
        raise InputError(msg) from error
    return unify_line_ends(text)


def unify_line_ends(text: str) -> str:
    r"""Turn `\r\n` and `\r` into `\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
