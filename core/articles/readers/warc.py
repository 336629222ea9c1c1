"""Web archives: the pages, feeds and files in them, one after another.

Packed ones (.warc.gz) are unpacked by the reader of .gz. Only answers with status 200 are read;
pictures, scripts, redirects and the crawler's own records are passed over.

Source: ISO 28500:2017 (WARC 1.1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from incidents.articles.limits import Stepwise, Unpacked, buffered
from incidents.articles.registry import Reader
from incidents.articles.source import Origin, Source
from incidents.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

# media type -> the name by which the reader is told
_KINDS = {
    "text/html": "page.html",
    "application/xhtml+xml": "page.html",
    "application/pdf": "page.pdf",
    "application/rss+xml": "feed.rss",
    "application/atom+xml": "feed.atom",
    "text/plain": "page.txt",
}
_BLOCK = 1 << 16
_RECORDS = frozenset({"response", "resource", "conversion"})


def _read(source: Source) -> Iterator[Source | InputError]:
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 - most files are none
    from warcio.bufferedreaders import BufferedReader  # noqa: PLC0415
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415

    BufferedReader.DECOMPRESSORS["br"] = _Brotli
    found = False
    try:
        for record in ArchiveIterator(Stepwise(source.stream)):
            member = _open_record(record, source)
            if member is not None:
                found = True
                yield member
                if _is_cut(record):
                    yield InputError(
                        f"{member.label}: broken web archive (this record is longer than what is"
                        " left); what came before was read, fetch it again for the rest"
                    )
    except ArchiveLoadFailed as error:
        # behind the colon stand the bytes that it met, which may be an article's
        reason = str(error).partition("\n")[0].partition(":")[0].strip()
        yield InputError(
            f"{source.label}: broken web archive ({reason}); what came before was read"
        )
        return
    if not found:
        yield InputError(f"{source.label}: no page in this web archive; leave it out")


def _open_record(record: Any, source: Source) -> Source | None:  # noqa: ANN401 - no types
    """What a record holds, if that is something to read."""
    http = record.http_headers
    if record.rec_type not in _RECORDS or (http is not None and http.get_statuscode() != "200"):
        return None
    headers = http if http is not None else record.rec_headers
    kind, _, parameters = (headers.get_header("Content-Type") or "").partition(";")
    name = _KINDS.get(kind.strip().lower())
    url = record.rec_headers.get_header("WARC-Target-URI")
    if name is None or not url or urlsplit(url).path == "/robots.txt":
        return None
    url = url.strip("<>")
    label = f"{source.label}: {url}"
    id_ = (record.rec_headers.get_header("WARC-Record-ID") or url).strip("<>")
    length = record.length or 0
    stream = Unpacked(record.content_stream(), label, lambda: length, errors=_errors())
    return Source(
        stream=buffered(stream),
        name=name,
        origin=Origin(
            label,
            id_.removeprefix("urn:uuid:"),
            source.origin.path,
            source.origin.published,
        ),
        options=source.options,
        charset=parameters.partition("charset=")[2].strip() or None,
        values={"url": url, "id": id_.removeprefix("urn:uuid:")},
        depth=source.depth,
    )


def _is_cut(record: Any) -> bool:  # noqa: ANN401 - no types
    """Whether a record has less than the length that it states; warcio does not mind."""
    stream = record.raw_stream
    while stream.read(_BLOCK):
        pass
    return bool(getattr(stream, "limit", 0) > 0)


class _Brotli:
    """Unpacks brotli for warcio, whose own way fails with brotli 1.2: it sets `unused_data`."""

    unused_data = b""

    def __init__(self) -> None:
        import brotli  # noqa: PLC0415 - few pages are packed so

        self._unpacker: Any = brotli.Decompressor()

    def decompress(self, data: bytes) -> bytes:
        return bytes(self._unpacker.process(data))


def _errors() -> tuple[type[Exception], ...]:
    from warcio.bufferedreaders import ChunkedDataException  # noqa: PLC0415
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415

    return (ChunkedDataException, ArchiveLoadFailed)


def _is_like(head: bytes) -> bool:
    return head.startswith(b"WARC/")


READER = Reader(
    name="a web archive", suffixes=(".warc", ".wet"), read=_read, is_like=_is_like, is_binary=True
)
