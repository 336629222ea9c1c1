"""Word files (.docx): paragraphs and tables in their order."""

from __future__ import annotations

import zipfile
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


def _read(source: Source) -> Iterator[Article]:
    from docx import Document  # noqa: PLC0415 - most files are none of these
    from docx.table import Table  # noqa: PLC0415

    label = source.label
    with seekable(source.stream, label, MAX_DOCUMENT_BYTES) as stream:
        _check(stream, label)
        document = Document(stream)
        lines: list[str] = []
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                lines += [" ".join(cell.text for cell in row.cells) for row in block.rows]
            else:
                lines.append(block.text)
    text = "\n".join(line for line in lines if line.strip())
    # Author and day are those of the file, not of the article, and the title is often a template's.
    yield make_article(source.values, text, source.origin)


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
            info = archive.getinfo("word/document.xml")
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        msg = f"{label}: no Word file, or a broken one; save it as .docx again"
        raise InputError(msg) from error
    if info.file_size > MAX_TEXT_BYTES:
        what = f"{label}: its text"
        raise too_large(what, MAX_TEXT_BYTES)
    stream.seek(0)


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
