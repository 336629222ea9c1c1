"""How much is taken, and the streams that see to it.

An archive can unpack to a million times its size, and a line can have no end. What is read goes
through the streams of this module, which stop with a sentence instead of filling memory or disk.
"""

from __future__ import annotations

import io
import tempfile
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, AnyStr, cast

from incidents.errors import InputError, reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Protocol

    class Readable(Protocol):
        """What has bytes to give."""

        def read(self, size: int, /) -> bytes:
            """Give up to so many bytes; none at the end."""


MAX_TEXT_BYTES = 20_000_000
"""Largest article: a text file, a page, a row of a table, or one line of a .jsonl file."""

MAX_JSON_BYTES = 200_000_000
"""Largest JSON object, which is read as a whole; .jsonl files and JSON lists may have any size."""

MAX_DOCUMENT_BYTES = 100_000_000
"""Largest PDF or Word file."""

MAX_DEPTH = 4
"""How many archives may be inside each other: a page in a .warc in a .gz in a .zip is 3 deep."""

_MAX_COPY_BYTES = 20_000_000_000  # of an archive inside another one or from a pipe, kept on disk
_MAX_RATIO = 200  # news text packs 3 to 30 times; a bomb of zeros 1,000 times and more
_FREE_BYTES = 50_000_000  # what may be unpacked whatever the ratio
_BLOCK = 1 << 16


class DamagedError(InputError):
    """Packed data is broken here; behind it there may be more that can be read."""


class Counted(io.RawIOBase):
    """A stream that knows how many bytes were taken from it."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self.taken = 0

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Fill a buffer; a plain buffer stands for the typed one of io."""
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self.taken += len(data)
        return len(data)


class Unpacked(io.RawIOBase):
    """What an archive unpacks to, checked as it is read.

    Args:
        stream: gives the unpacked bytes.
        label: what is unpacked, as messages name it.
        packed: how many packed bytes went in so far.
        errors: what `stream` raises for broken data.
    """

    def __init__(
        self,
        stream: Readable,
        label: str,
        packed: Callable[[], int],
        errors: tuple[type[Exception], ...] = (),
    ) -> None:
        # `read` waits until it has all that was asked for, and loses it where the end is missing
        self._read_on = getattr(stream, "read1", stream.read)
        self._label = label
        self._packed = packed
        self._errors: tuple[type[Exception], ...] = (EOFError, zlib.error, *errors)
        self._size = 0

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Fill a buffer.

        Raises:
            InputError: the data is broken, or unpacks to more than text does.
        """
        try:
            data = self._read_on(len(buffer))
        except self._errors as error:
            reason = reason_of(error) if str(error).strip() else "the end is missing"
            msg = (
                f"{self._label}: broken or cut short ({reason});"
                " what came before was read, fetch it again for the rest"
            )
            raise DamagedError(msg) from error
        self._size += len(data)
        if self._size > _FREE_BYTES and self._size > _MAX_RATIO * self._packed():
            msg = (
                f"{self._label}: unpacks to more than {_MAX_RATIO} times its size, as no text does;"
                " unpack it yourself if you trust it"
            )
            raise InputError(msg)
        buffer[: len(data)] = data
        return len(data)


def buffered(stream: io.RawIOBase) -> IO[bytes]:
    """A stream with a buffer, for reading by lines."""
    return io.BufferedReader(stream, _BLOCK)


class Stepwise:
    """A stream that gives what there is at each step.

    `read` of a buffered stream gathers all that was asked for, and loses what it has gathered
    where the stream breaks: in a web archive that was cut short, every page of the last block.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._read_on = getattr(stream, "read1", stream.read)

    def read(self, size: int = -1, /) -> bytes:
        """Give some bytes; none at the end."""
        return bytes(self._read_on(size))


class Bounded:
    """A stream of entries or objects, none of which may be larger than an article.

    Args:
        stream: what to read.
        describe: says what is being read, for the message.
    """

    def __init__(self, stream: IO[bytes], describe: Callable[[], str]) -> None:
        self._stream = Stepwise(stream)
        self._describe = describe
        self._taken = 0

    def read(self, size: int = -1) -> bytes:
        """Read on; a parser calls this.

        Raises:
            InputError: what is being read has no end.
        """
        if self._taken > MAX_TEXT_BYTES:
            raise too_large(self._describe(), MAX_TEXT_BYTES)
        data = self._stream.read(size)
        self._taken += len(data)
        return data

    def refresh(self) -> None:
        """One has come out whole; the count begins anew."""
        self._taken = 0


def read_lines(stream: IO[AnyStr], end: AnyStr) -> Iterator[AnyStr | None]:
    """Yield lines; None for one above the limit, whose rest is passed over.

    Args:
        stream: of bytes, or of text whose line ends are kept.
        end: the line end.
    """
    while line := stream.readline(MAX_TEXT_BYTES):
        if line.endswith(end) or len(line) < MAX_TEXT_BYTES:
            yield line
            continue
        while line and not line.endswith(end):
            line = stream.readline(MAX_TEXT_BYTES)
        yield None


@contextmanager
def seekable(stream: IO[bytes], label: str, limit: int | None = None) -> Iterator[IO[bytes]]:
    """Give a stream in which one can go back: the stream itself, or a copy on disk.

    Args:
        stream: what to read.
        label: its name in messages.
        limit: most bytes that are taken; of a file on disk as many as it has without it.

    Raises:
        InputError: there is more than the limit.
    """
    if stream.seekable():
        start = stream.tell()
        if limit is not None and stream.seek(0, io.SEEK_END) - start > limit:
            raise too_large(label, limit)
        stream.seek(start)
        yield stream
        return
    limit = limit or _MAX_COPY_BYTES
    with tempfile.TemporaryFile(prefix="incidents-") as copy:
        size = 0
        while block := stream.read(_BLOCK):
            size += len(block)
            if size > limit:
                raise too_large(label, limit)
            copy.write(block)
        copy.seek(0)
        yield cast("IO[bytes]", copy)


def too_large(label: str, limit: int) -> InputError:
    """The error for what is larger than its limit."""
    return InputError(f"{label}: larger than {limit // 1_000_000} MB; split it or leave it out")
