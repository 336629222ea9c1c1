"""Bytes to text: by a byte order mark, as UTF-8, by what is declared, or as letters suggest."""

from __future__ import annotations

import codecs
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from incidents.articles.limits import MAX_JSON_BYTES, MAX_TEXT_BYTES
from incidents.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = [
    "MAX_JSON_BYTES",
    "MAX_TEXT_BYTES",
    "decode_text",
    "detect_charset",
    "open_bytes",
    "read_bytes",
    "unify_line_ends",
]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Character sets of news files that state none. The first of those that fit equally well is taken:
# English text with curly quotes and a few accents fits most of them.
_LIKELY = (
    *("cp1252", "cp1256", "cp1251", "cp1254", "cp1250", "cp1253", "cp1255", "koi8_r"),
    *("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"),
)
_SAMPLE_BYTES = 100_000  # that are looked at
_BLOCK_BYTES = 1 << 16


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
            yield _open_stdin()
        else:
            with path.open("rb") as stream:
                yield stream
    except PermissionError as error:
        msg = f"{label}: no permission to read it; change its mode or its owner (chmod +r)"
        raise InputError(msg) from error
    except OSError as error:
        msg = f"{label}: cannot be read ({(error.strerror or str(error)).lower()}); check the file"
        raise InputError(msg) from error


def _open_stdin() -> IO[bytes]:
    """Standard input, opened for this reading alone.

    A thread that still waits for it when the program ends holds the lock of its stream; Python
    would wait for that of `sys.stdin`, and give up with a fatal error.
    """
    try:
        number = sys.stdin.fileno()
    except (AttributeError, OSError, ValueError):  # a stand-in
        return sys.stdin.buffer
    return open(number, "rb", closefd=False)


def read_bytes(stream: IO[bytes], label: str, *, limit: int) -> bytes:
    """Read a stream to its end.

    Args:
        stream: what to read.
        label: its name in messages.
        limit: most bytes that are taken.

    Raises:
        InputError: there is more than the limit, or nothing but white space.
    """
    # block by block: Python sets memory aside for all that is asked for
    blocks, size = [], 0
    while size <= limit and (block := stream.read(min(_BLOCK_BYTES, limit + 1 - size))):
        blocks.append(block)
        size += len(block)
    data = b"".join(blocks)
    if size > limit:
        msg = (
            f"{label}: larger than {limit // 1_000_000} MB;"
            " split it, or write its articles as .jsonl, one object a line"
        )
        raise InputError(msg)
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        msg = f"{label}: empty; put the article's text into it or leave it out"
        raise InputError(msg)
    return data


def decode_text(data: bytes, label: str, *, charset: str | None = "utf-8") -> str:
    r"""Decode text, drop a byte order mark, and make every line end `\n`.

    Line ends change before any offset exists; nothing else about the text changes.

    Args:
        data: the whole text.
        label: what messages call it.
        charset: as declared by its source, or by its format, as JSON is UTF-8; None to find out.

    Raises:
        InputError: the bytes are no text, or none in that character set.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if marked in (None, "utf-8-sig") and b"\0" in data:
        msg = (
            f"{label}: a binary file (a zero byte at byte {data.index(0)}), not text;"
            " save the article as plain text"
        )
        raise InputError(msg)
    used = marked or charset or detect_charset(data)
    try:
        return unify_line_ends(data.decode(used))
    except UnicodeDecodeError as error:
        # The decoder counts behind the byte order mark that it has dropped.
        offset = error.start + (len(data) - len(error.object))
        shown = used.upper().removesuffix("-SIG")
        msg = (
            f"{label}: not {shown} at byte {offset} (0x{data[offset]:02x});"
            " convert it, for example: iconv -f WINDOWS-1252 -t UTF-8"
        )
        raise InputError(msg) from error


def detect_charset(data: bytes, declared: str | None = None) -> str:
    """Find out in which character set a text is.

    A text that can be read as UTF-8 is: hardly any other one can by chance, and what is declared
    is often wrong there. Then what is declared counts, then which letters come out.

    Args:
        data: the text, or its beginning.
        declared: what its source says; an unknown name is passed over.

    Returns:
        The name of a codec; Windows-1252, which reads nearly everything, where nothing fits.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if marked:
        return marked
    for name in ("utf-8", _codec(declared)):
        if name and _can_read(data, name):
            return name
    from charset_normalizer import from_bytes  # noqa: PLC0415 - most texts are UTF-8

    matches = from_bytes(data[:_SAMPLE_BYTES], cp_isolation=list(_LIKELY))
    best = matches.best()
    if best is None:
        return "cp1252"
    equal = {match.encoding for match in matches if match.chaos <= best.chaos}
    return next((name for name in _LIKELY if name in equal), best.encoding)


def unify_line_ends(text: str) -> str:
    r"""Turn `\r\n` and `\r` into `\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _codec(name: str | None) -> str | None:
    """The codec of a declared name, as browsers take it: ISO-8859-1 means Windows-1252.

    Source: WHATWG Encoding Standard, labels of windows-1252.
    """
    try:
        found = codecs.lookup((name or "").strip().strip("\"'"))
    except (LookupError, ValueError):  # a name with a zero byte
        return None
    if not getattr(found, "_is_text_encoding", True):  # "base64" and "zip" are codecs, too
        return None
    return "cp1252" if found.name in {"iso8859-1", "ascii"} else found.name


def _can_read(data: bytes, name: str) -> bool:
    """Whether a text reads as this character set, its last character perhaps cut off."""
    decoder = codecs.getincrementaldecoder(name)
    try:
        decoder().decode(data)
    except (UnicodeError, LookupError):
        return False
    return True
