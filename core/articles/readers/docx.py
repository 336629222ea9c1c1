"""Word files (.docx): paragraphs and tables in their order."""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING

from incidents.articles.fields import make_article
from incidents.articles.limits import MAX_DOCUMENT_BYTES, MAX_TEXT_BYTES, seekable, too_large
from incidents.articles.registry import Reader
from incidents.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from incidents.articles.source import Source
    from incidents.model import Article

_LOCKED = b"\xd0\xcf\x11\xe0"  # OLE: what Word writes when a password locks the file
_XML = (".xml", ".rels")


def _read(source: Source) -> Iterator[Article]:
    with seekable(source.stream, source.label, MAX_DOCUMENT_BYTES) as stream:
        _check(stream, source.label)
        lines = _read_lines(stream, source.label)
    text = "\n".join(line for line in lines if line.strip())
    # Author and day are those of the file, not of the article, and the title is often a template's.
    yield make_article(source.values, text, source.origin)


def _read_lines(stream: IO[bytes], label: str) -> list[str]:
    """The paragraphs and the rows of tables.

    Raises:
        InputError: the archive or the XML in it is broken.
    """
    from docx import Document  # noqa: PLC0415 - most files are none of these
    from docx.table import Table  # noqa: PLC0415
    from lxml.etree import LxmlError  # noqa: PLC0415

    lines: list[str] = []
    try:
        for block in Document(stream).iter_inner_content():
            if isinstance(block, Table):
                lines += [" ".join(cell.text for cell in row.cells) for row in block.rows]
            else:
                lines.append(block.text)
    # The library trusts what it reads: parts that are not there, attributes that are no numbers.
    except (
        *(zipfile.BadZipFile, zlib.error, LxmlError, OSError, EOFError, NotImplementedError),
        *(KeyError, ValueError, AttributeError, IndexError, TypeError, RuntimeError),
    ) as error:
        raise _broken(label) from error
    return lines


def _check(stream: IO[bytes], label: str) -> None:
    """See that this is a Word file, and of a size that can be taken.

    Raises:
        InputError: it is not.
    """
    locked = stream.read(len(_LOCKED)) == _LOCKED
    stream.seek(0)
    if locked:
        msg = f"{label}: an old or locked Word file; save it as .docx without a password"
        raise InputError(msg)
    try:
        with zipfile.ZipFile(stream) as archive:
            archive.getinfo("word/document.xml")
            parts = archive.infolist()
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, NotImplementedError) as error:
        raise _broken(label) from error
    # All parts are unpacked into memory: what is text, and pictures, which are packed already.
    if sum(part.file_size for part in parts if part.filename.endswith(_XML)) > MAX_TEXT_BYTES:
        what = f"{label}: its text"
        raise too_large(what, MAX_TEXT_BYTES)
    if sum(part.file_size for part in parts) > MAX_DOCUMENT_BYTES:
        what = f"{label}: what it holds"
        raise too_large(what, MAX_DOCUMENT_BYTES)
    stream.seek(0)


def _broken(label: str) -> InputError:
    return InputError(f"{label}: no Word file, or a broken one; save it as .docx again")


def _is_like(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in head


READER = Reader(
    name="a Word file",
    suffixes=(".docx",),
    read=_read,
    is_like=_is_like,
    begins=b"PK\x03\x04",
    is_binary=True,
)
