"""Web archives: the pages, feeds and files in them, one after another.

Packed ones (.warc.gz) are unpacked by the reader of .gz. Only answers with status 200 are read;
pictures, scripts, redirects, site maps and the crawler's own records are passed over.

Source: ISO 28500:2017 (WARC 1.1).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from incidents.articles.limits import (
    MAX_DOCUMENT_BYTES,
    Unpacked,
    buffered,
    too_large,
)
from incidents.articles.readers import feed, html_page
from incidents.articles.registry import Reader
from incidents.articles.source import take_head
from incidents.articles.warc_records import Record, Records
from incidents.errors import InputError, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidents.articles.source import Source

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# media type -> the name by which the reader is told
_KINDS = {
    "text/html": "page.html",
    "application/xhtml+xml": "page.html",
    "application/pdf": "page.pdf",
    "application/rss+xml": "feed.rss",
    "application/atom+xml": "feed.atom",
    "application/rdf+xml": "feed.rdf",
    "text/plain": "page.txt",
    _WORD: "page.docx",
}
# A feed, a page, or a site map: the first bytes tell.
_XML = frozenset({"text/xml", "application/xml"})
_RECORDS = frozenset({"response", "resource", "conversion"})


def _read(source: Source) -> Iterator[Source | InputError]:
    from warcio.bufferedreaders import BufferedReader  # noqa: PLC0415 - most files are none

    BufferedReader.DECOMPRESSORS["br"] = _Brotli
    found = is_broken = False
    for record in Records(source.stream, source.label):
        if isinstance(record, InputError):
            is_broken = True
            yield record
            continue
        member = _open_record(record, source)
        if member is None:
            continue
        found = True
        yield member
        if record.is_cut and not isinstance(member, InputError):
            yield InputError(
                f"{member.label}: broken web archive (this record is shorter than it states);"
                " what there is of it was read, fetch it again for the rest"
            )
    if not found and not is_broken:
        yield InputError(f"{source.label}: no page in this web archive; leave it out")


def _open_record(record: Record, source: Source) -> Source | InputError | None:
    """What a record holds, if that is something to read."""
    url = record.headers.get("warc-target-uri", "").strip("<>")
    if record.headers.get("warc-type") not in _RECORDS or not url:
        return None
    label = f"{source.label}: {url}"
    if record.content is None:
        return too_large(label, MAX_DOCUMENT_BYTES)
    try:
        answer = _parse(record)
        path = urlsplit(url).path
    except _errors() as error:
        return InputError(
            f"{label}: broken record of a web archive ({reason_of(error)}); fetch it again"
        )
    http = answer.http_headers
    if (http is not None and http.get_statuscode() != "200") or path == "/robots.txt":
        return None
    headers = http if http is not None else answer.rec_headers
    kind, _, parameters = (headers.get_header("Content-Type") or "").partition(";")
    stream: Any = buffered(
        Unpacked(answer.content_stream(), label, lambda: answer.length or 0, errors=_errors())
    )
    name = _KINDS.get(kind.strip().lower())
    if kind.strip().lower() in _XML:
        name, stream = _tell_xml(stream)
    if name is None:
        return None
    id_ = record.headers.get("warc-record-id", url).strip("<>").removeprefix("urn:uuid:")
    return replace(
        source,
        stream=stream,
        name=name,
        origin=replace(source.origin, label=label, default_id=id_),
        charset=parameters.partition("charset=")[2].strip() or None,
        values={"url": url, "id": id_},
        depth=source.depth + 1,
    )


def _parse(record: Record) -> Any:  # noqa: ANN401 - the library has no types
    """The record with its HTTP headers, as the library has it."""
    from warcio.bufferedreaders import BufferedReader  # noqa: PLC0415
    from warcio.recordloader import ArcWarcRecordLoader  # noqa: PLC0415

    return ArcWarcRecordLoader().parse_record_stream(
        BufferedReader(record.content), known_format="warc"
    )


def _tell_xml(stream: Any) -> tuple[str | None, Any]:  # noqa: ANN401 - a stream
    """What XML of no kind is, and a stream of all of it; None for what is not read."""
    head, stream = take_head(stream)
    kinds = (("feed.xml", feed.READER), ("page.html", html_page.READER))
    return next((name for name, reader in kinds if reader.is_like(head)), None), stream


class _Brotli:
    """Unpacks brotli for warcio, whose own way fails with brotli 1.2: it sets `unused_data`."""

    unused_data = b""

    def __init__(self) -> None:
        import brotli  # noqa: PLC0415 - few pages are packed so

        self._unpacker: Any = brotli.Decompressor()

    def decompress(self, data: bytes) -> bytes:
        return bytes(self._unpacker.process(data))


def _errors() -> tuple[type[Exception], ...]:
    """What the library raises for records that are not as they should be."""
    from warcio.bufferedreaders import ChunkedDataException  # noqa: PLC0415
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415
    from warcio.statusandheaders import StatusAndHeadersParserException  # noqa: PLC0415

    return (
        *(ChunkedDataException, ArchiveLoadFailed, StatusAndHeadersParserException),
        *(EOFError, ValueError, AttributeError, IndexError, TypeError),
    )


def _is_like(head: bytes) -> bool:
    return head.startswith(b"WARC/")


READER = Reader(
    name="a web archive", suffixes=(".warc", ".wet"), read=_read, is_like=_is_like, is_binary=True
)
