"""Bytes to read, with what is known about them: a file, standard input, a member of an archive."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import IO, TYPE_CHECKING

from incidents.articles.limits import Counted, buffered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from incidents.errors import MendedInputError

PACKED_SUFFIXES = (".gz", ".zst")
"""Endings that say how a file is packed, not what it holds: `news.jsonl.gz` is called `news`."""

_HEAD_BYTES = 8192  # by which a format is told
_HEAD_LINES = 3  # of a pipe, whose next line may be long in coming
# 2021-04-21, 2021_04_21, 20210421, with no digit around it
_DAY_IN_NAME = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<gap>[-_.]?)(?P<month>\d\d)(?P=gap)(?P<day>\d\d)(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Options:
    """How the user wants articles to be read.

    Attributes:
        fields: field of an article -> the name it has in the user's tables and JSON.
        published: day for articles that state none.
        dates_from_names: whether the name of a file may give the day.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    published: dt.date | None = None
    dates_from_names: bool = False


def _tell_nobody(_: MendedInputError) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article is read from.

    Attributes:
        label: file, and line where there is one, as messages name it.
        default_id: id of an article that states none; see `make_id`.
        path: the file, None for standard input.
        published: day for an article that states none.
        on_mended: called with what was left out of an article or changed in it.
    """

    label: str
    default_id: str
    path: str | None = None
    published: dt.date | None = None
    on_mended: Callable[[MendedInputError], None] = _tell_nobody

    def make_id(self, text: str) -> str:
        """The id of an article that states none.

        Standard input has no name: its articles are told apart by their text.
        """
        if self.path is not None:
            return self.default_id
        return name_by_text(text)

    def numbered(self, label: str, number: int) -> Origin:
        """One of many articles in this file."""
        return replace(self, label=label, default_id=f"{self.default_id}-{number}")


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes to read, and what is known about them.

    Attributes:
        stream: the bytes, from their beginning.
        name: a file's name, by whose ending the format is told; empty where there is none.
        origin: what its articles are called.
        options: how the user wants them to be read.
        charset: the character set that was sent along, if any.
        values: fields of the article that are known from outside, such as `url`.
        depth: in how many archives it lies.
    """

    stream: IO[bytes]
    name: str
    origin: Origin
    options: Options = field(default_factory=Options)
    charset: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    depth: int = 0

    @property
    def label(self) -> str:
        """What messages call it."""
        return self.origin.label

    def unpacked(self, stream: IO[bytes], name: str) -> Source:
        """What this file is when it is unpacked: the same file, of another format."""
        return replace(self, stream=stream, name=name, depth=self.depth + 1)

    def member(self, stream: IO[bytes], name: str) -> Source:
        """A file inside this archive."""
        origin = replace(
            self.origin,
            label=f"{self.label}: {name}",
            default_id=stem_of(name),
            path=f"{self.origin.path}/{name}" if self.origin.path else None,
            published=day_of(name, self.options) or self.origin.published,
        )
        return replace(
            self, stream=stream, name=name, origin=origin, depth=self.depth + 1, values={}
        )


def name_by_text(text: str) -> str:
    """The id of an article that has no name of its own: the same text, the same id."""
    digest = hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
    return f"stdin-{digest}"


def stem_of(name: str) -> str:
    """A file's name without its endings: `news.jsonl.gz` is `news`."""
    path = PurePath(name)
    while path.suffix.casefold() in PACKED_SUFFIXES:
        path = path.with_suffix("")
    return path.stem


def day_of(name: str, options: Options) -> dt.date | None:
    """The day in a file's name, if that is asked for and there is one and not two."""
    if not options.dates_from_names:
        return None
    days = set()
    for found in _DAY_IN_NAME.finditer(PurePath(name).name):
        try:
            days.add(dt.date(int(found["year"]), int(found["month"]), int(found["day"])))
        except ValueError:  # 20211399 is a number
            continue
    return days.pop() if len(days) == 1 else None


def take_head(stream: IO[bytes]) -> tuple[bytes, IO[bytes]]:
    """Look at the beginning of a stream.

    Returns:
        The first bytes, and a stream that gives everything from them on. Of a pipe no more lines
        are awaited than tell its format.
    """
    if stream.seekable():
        head = stream.read(_HEAD_BYTES)
        stream.seek(-len(head), io.SEEK_CUR)
        return head, stream
    head, lines = b"", 0
    while len(head) < _HEAD_BYTES and lines < _HEAD_LINES:
        line = stream.readline(_HEAD_BYTES - len(head))
        head += line
        lines += bool(line.strip())
        if not line or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            break
    return head, rejoin(head, stream)


def rejoin(head: bytes, stream: IO[bytes]) -> IO[bytes]:
    """A stream that gives the bytes already taken from another one, and then what is left of it."""
    return buffered(Counted(_Chained(head, stream)))


class _Chained:
    """The bytes already taken from a stream, and then the stream."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        self._head = head
        self._stream = stream

    def read(self, size: int, /) -> bytes:
        if self._head:
            data, self._head = self._head[:size], self._head[size:]
            return data
        read_one = getattr(self._stream, "read1", self._stream.read)  # what there is, no waiting
        return bytes(read_one(size))
