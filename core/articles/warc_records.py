"""The records of a web archive, found again behind a damaged one.

Archives are damaged where a crawler ended or a disk was full: a record is shorter than it states,
and the next one follows. A record's length is believed where another record or the end comes next;
else the next record is looked for.

Source: ISO 28500:2017 (WARC 1.1), 4 (file and record model).
"""

from __future__ import annotations

import io
import re
import tempfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from incidents.articles.limits import (
    MAX_DOCUMENT_BYTES,
    MAX_TEXT_BYTES,
    Counted,
    DamagedError,
    Stepwise,
    buffered,
)
from incidents.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_VERSION = b"WARC/"
# A record inside what another one claims: a version and a named field. Where a crawler was stopped,
# it may stand in the middle of a line.
_INNER = re.compile(rb"WARC/\d\.\d\r?\n[Ww][Aa][Rr][Cc]-")
_LENGTH = re.compile(rb"\s*\d{1,18}\s*")
_BLOCK = 1 << 16
_MAX_HEAD = 1 << 16  # bytes of a record's own header
_MAX_REREAD = 500_000_000  # bytes of damaged records that are looked through


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a web archive.

    Attributes:
        headers: its named fields, their names in lower case.
        content: header and block, from the beginning; None for a block that is larger than any
            document that is read.
        is_cut: whether less is there than the record states.
    """

    headers: Mapping[str, str]
    content: IO[bytes] | None
    is_cut: bool = False


class Records:
    """Reads a web archive record by record.

    Args:
        stream: the archive, unpacked.
        label: what messages call it.
    """

    def __init__(self, stream: IO[bytes], label: str) -> None:
        self._stream = buffered(Counted(Stepwise(stream)))
        self._label = label
        self._back = io.BytesIO()  # what was taken and is read again
        self._reread = 0
        self._error: DamagedError | None = None  # that is still to be told

    def __iter__(self) -> Iterator[Record | InputError]:
        """Yield records, and an error for each place where there is none."""
        is_damaged = False
        while True:
            try:
                skipped, line = self._find_start()
                if skipped and not is_damaged:
                    yield self._broken(f"{skipped} bytes that are no record")
                if not line:
                    return
                yield self._read_record(line)
                if self._error is not None:
                    error, self._error = self._error, None
                    raise error
            except DamagedError as error:
                if is_damaged:  # nothing came out since the last one
                    return
                yield error
                is_damaged = True
            else:
                is_damaged = False

    def _find_start(self) -> tuple[int, bytes]:
        """Go on to the first line of a record; how many bytes of anything else come before."""
        skipped = 0
        while line := self._read_line():
            if line.startswith(_VERSION):
                break
            skipped += len(line) if line.strip() else 0
        return skipped, line

    def _read_record(self, first: bytes) -> Record | InputError:
        head = [first]
        size = 0
        while (line := self._read_line()).strip() and size < _MAX_HEAD:
            head.append(line)
            size += len(line)
        fields = [each.partition(b":") for each in head[1:]]
        headers = {
            name.strip().lower().decode("latin-1"): value.strip().decode("utf-8", "replace")
            for name, _, value in fields
        }
        length = headers.get("content-length", "")
        if not _LENGTH.fullmatch(length.encode("utf-8", "replace")):
            return self._broken("a record without its length")
        return self._read_block(b"".join(head) + b"\r\n", headers, int(length))

    def _read_block(self, head: bytes, headers: Mapping[str, str], length: int) -> Record:
        content = tempfile.SpooledTemporaryFile(MAX_TEXT_BYTES, prefix="incidents-")  # noqa: SIM115 - it is read later
        content.write(head)
        left = length
        while left and (block := self._read(min(left, _BLOCK))):
            left -= len(block)
            if length <= MAX_DOCUMENT_BYTES:
                content.write(block)
        is_cut = bool(left)
        if length > MAX_DOCUMENT_BYTES:
            return Record(headers, None, is_cut)
        if is_cut or not self._is_at_border():
            is_cut |= self._give_back(content, len(head))
        content.seek(0)
        return Record(headers, content, is_cut)

    def _is_at_border(self) -> bool:
        """Whether the next record or the end follows; what was looked at is read again."""
        try:
            while (line := self._read_line()) and not line.strip():
                pass
        except DamagedError as error:  # of what comes next; this record is whole
            self._error = error
            return True
        self._put_back(line)
        return not line or line.startswith(_VERSION)

    def _give_back(self, content: IO[bytes], start: int) -> bool:
        """Cut a record where another one begins in it, which is then read from there.

        Returns:
            Whether there is such a place.
        """
        content.seek(start)
        data = content.read()
        self._reread += len(data)
        inner = _INNER.search(data) if self._reread <= _MAX_REREAD else None
        if inner is None:
            return False
        content.seek(start + inner.start())
        content.truncate()
        self._put_back(data[inner.start() :])
        return True

    def _put_back(self, data: bytes) -> None:
        self._back = io.BytesIO(data + self._back.read())

    def _read_line(self) -> bytes:
        line = self._back.readline(_MAX_HEAD)
        if line.endswith(b"\n") or len(line) == _MAX_HEAD:
            return line
        return line + self._stream.readline(_MAX_HEAD)

    def _read(self, size: int) -> bytes:
        return self._back.read(size) or self._stream.read1(size)  # type: ignore[attr-defined]

    def _broken(self, reason: str) -> InputError:
        return InputError(
            f"{self._label}: broken web archive ({reason}); the rest was read, fetch it again"
        )
