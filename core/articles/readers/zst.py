"""Files packed with Zstandard: what is inside is read as it is unpacked."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from incidents.articles.limits import Counted, Unpacked, buffered
from incidents.articles.registry import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidents.articles.source import Source

_MAX_WINDOW_BYTES = 1 << 28  # of memory; `zstd` packs with 8 MB, with --long=27 128 MB


def _read(source: Source) -> Iterator[Source]:
    import zstandard  # noqa: PLC0415 - most files are none of these

    packed = Counted(source.stream)
    unpacker = zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW_BYTES)
    with unpacker.stream_reader(buffered(packed), read_across_frames=True, closefd=False) as stream:
        unpacked = Unpacked(
            stream, source.label, lambda: packed.taken, errors=(zstandard.ZstdError,)
        )
        yield source.unpacked(buffered(unpacked), PurePath(source.name).stem)


def _is_like(head: bytes) -> bool:
    return head.startswith(b"\x28\xb5\x2f\xfd")  # RFC 8878


READER = Reader(
    name="a Zstandard file", suffixes=(".zst",), read=_read, is_like=_is_like, is_binary=True
)
