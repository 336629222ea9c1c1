"""Files packed with gzip: what is inside is read as it is unpacked."""

from __future__ import annotations

import gzip
from pathlib import PurePath
from typing import TYPE_CHECKING

from incidents.articles.limits import Counted, Unpacked, buffered
from incidents.articles.registry import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidents.articles.source import Source


def _read(source: Source) -> Iterator[Source]:
    packed = Counted(source.stream)
    # A file of many parts, as web archives are, is read through to its end.
    with gzip.GzipFile(fileobj=packed) as stream:
        unpacked = Unpacked(stream, source.label, lambda: packed.taken, errors=(gzip.BadGzipFile,))
        yield source.unpacked(buffered(unpacked), PurePath(source.name).stem)


def _is_like(head: bytes) -> bool:
    return head.startswith(b"\x1f\x8b\x08")  # RFC 1952: magic number, deflate


READER = Reader(name="a gzip file", suffixes=(".gz",), read=_read, is_like=_is_like, is_binary=True)
