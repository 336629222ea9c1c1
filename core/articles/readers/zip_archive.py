"""ZIP archives: each member of a format that is read."""

from __future__ import annotations

import stat
import struct
import zipfile
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING

from incidents.articles.limits import Unpacked, buffered, seekable
from incidents.articles.registry import Reader, is_readable, list_kinds
from incidents.errors import InputError, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidents.articles.source import Source

_HIDDEN = (".", "__MACOSX")
_IS_ENCRYPTED = 0x1  # bit of ZipInfo.flag_bits
_ERRORS = (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError)


def _read(source: Source) -> Iterator[Source | InputError]:
    label = source.label
    with seekable(source.stream, label) as stream:
        try:
            archive = zipfile.ZipFile(stream)
        # a table of contents with offsets before the file, or with dates and fields that are none
        except (*_ERRORS, ValueError, IndexError, struct.error) as error:
            yield InputError(f"{label}: broken ZIP archive ({reason_of(error)}); fetch it again")
            return
        with archive:
            if _overlaps(archive, stream):
                yield InputError(
                    f"{label}: members of the archive overlap, as in a bomb;"
                    " unpack it yourself if you trust it"
                )
                return
            yield from _read_members(archive, source)


def _overlaps(archive: zipfile.ZipFile, stream: IO[bytes]) -> bool:
    """Whether the members are together larger than the archive that holds them.

    Source: D. Fifield, "A better zip bomb", WOOT 2019: one kernel of data, quoted by many members.
    """
    size = stream.seek(0, 2)
    return sum(info.compress_size for info in archive.infolist()) > size


def _read_members(archive: zipfile.ZipFile, source: Source) -> Iterator[Source | InputError]:
    found = False
    for info in archive.infolist():
        name = info.filename
        parts = PurePosixPath(name).parts
        if info.is_dir() or any(part.startswith(_HIDDEN) for part in parts if part != ".."):
            continue
        wrong = _find_wrong(info)
        if not wrong and not is_readable(name):
            continue
        found = True
        if wrong:
            yield InputError(f"{source.label}: {name}: {wrong}")
            continue
        yield from _open_member(archive, info, source)
    if not found:
        yield InputError(
            f"{source.label}: no file in this archive that is read ({list_kinds()}); leave it out"
        )


def _find_wrong(info: zipfile.ZipInfo) -> str | None:
    """Say why a member is not opened, if it is not."""
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts:
        return "its name leads out of the archive; it was not read, rename it"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link, not a file; it was not read, put the file in its place"
    if info.flag_bits & _IS_ENCRYPTED:
        return "locked with a password; unpack the archive first"
    return None


def _open_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: Source
) -> Iterator[Source | InputError]:
    label = f"{source.label}: {info.filename}"
    try:
        member = archive.open(info)
    except (*_ERRORS, EOFError, IndexError, ValueError, struct.error) as error:
        yield InputError(f"{label}: cannot be unpacked ({reason_of(error)}); pack it again")
        return
    with member:
        unpacked = Unpacked(member, label, lambda: info.compress_size, errors=_ERRORS)
        yield source.member(buffered(unpacked), info.filename)


def _is_like(head: bytes) -> bool:
    # A Word file is a ZIP archive too, with a table of contents as its first member.
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06")) and b"[Content_Types].xml" not in head


READER = Reader(
    name="a ZIP archive", suffixes=(".zip",), read=_read, is_like=_is_like, is_binary=True
)
