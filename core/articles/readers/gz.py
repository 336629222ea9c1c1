"""Files packed with gzip: what is inside is read as it is unpacked.

A file may have many parts, each packed on its own, as web archives do; it is read through to its
end. Where a part is damaged, that is told, and who reads on gets the next part: `warc.py` does.

Source: RFC 1952.
"""

from __future__ import annotations

import zlib
from pathlib import PurePath
from typing import TYPE_CHECKING

from incidents.articles.limits import Counted, Stepwise, Unpacked, buffered
from incidents.articles.registry import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from incidents.articles.source import Source

_MAGIC = b"\x1f\x8b\x08"  # magic number, deflate
_BLOCK = 1 << 16
_GZIP = 16 + zlib.MAX_WBITS  # tells zlib that a heading and a checksum stand around the data


def _read(source: Source) -> Iterator[Source]:
    packed = Counted(Stepwise(source.stream))
    unpacked = Unpacked(_Parts(packed), source.label, lambda: packed.taken)
    yield source.unpacked(buffered(unpacked), PurePath(source.name).stem)


class _Parts:
    """The parts of a gzip file, unpacked one after another."""

    def __init__(self, stream: IO[bytes] | Counted) -> None:
        self._stream = stream
        self._data = b""  # that was read and not yet unpacked
        self._behind = b""  # that was unpacked of this part, as far back as a break is noticed
        self._part: zlib._Decompress | None = None  # None between two parts
        self._is_lost = False  # in a damaged part

    def read(self, size: int, /) -> bytes:
        """Give up to so many unpacked bytes; none at the end.

        Raises:
            zlib.error: a part is damaged; who reads on gets the next one.
            EOFError: the last part has no end.
        """
        while self._fill():
            if self._part is None and not self._begin():
                continue
            unpacked = self._unpack(size)
            if unpacked:
                self._is_lost = False
                return unpacked
        if self._part is not None and not self._is_lost:
            self._part = None
            msg = "the end is missing"
            raise EOFError(msg)
        return b""

    def _fill(self) -> bool:
        """Whether there is something left to unpack."""
        if not self._data or (self._part is None and len(self._data) < len(_MAGIC)):
            block = self._stream.read(_BLOCK) or b""
            self._data = self._data + block if block else b""  # no part is as short
        return bool(self._data)

    def _begin(self) -> bool:
        """Begin a part, if one stands here or further on."""
        self._data = self._data.lstrip(b"\0")  # programs fill blocks up with zeros
        if len(self._data) < len(_MAGIC):
            return False
        if not self._data.startswith(_MAGIC):
            self._skip()
            if not self._is_lost:
                self._is_lost = True
                msg = "not gzip where a part should begin"
                raise zlib.error(msg)
            return False
        self._part = zlib.decompressobj(_GZIP)
        self._part.decompress(_MAGIC)
        self._data, self._behind = self._data[len(_MAGIC) :], b""
        return True

    def _unpack(self, size: int) -> bytes:
        part, data = self._part, self._data
        assert part is not None  # noqa: S101 - so says `read`
        try:
            unpacked = part.decompress(data, size)
        except zlib.error:
            self._part = None
            # a part that was cut is noticed when some of the next one was taken for its end
            self._data = self._behind + data
            self._skip()
            if self._is_lost:
                return b""
            self._is_lost = True
            raise
        self._data = part.unconsumed_tail
        self._behind = (self._behind + data[: len(data) - len(self._data)])[-_BLOCK:]
        if part.eof:
            self._part, self._data = None, part.unused_data
        return unpacked

    def _skip(self) -> None:
        """Go on to where the next part may begin."""
        at = self._data.find(_MAGIC)
        # the first bytes of the mark may stand at the end
        self._data = self._data[at:] if at >= 0 else self._data[-2:]


def _is_like(head: bytes) -> bool:
    return head.startswith(_MAGIC)


READER = Reader(name="a gzip file", suffixes=(".gz",), read=_read, is_like=_is_like, is_binary=True)
