"""Web pages: the article without menus and footers, and what the page says about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from incidents.articles.decode import MAX_TEXT_BYTES, decode_text, detect_charset, read_bytes
from incidents.articles.fields import make_article
from incidents.articles.page_dates import find_page_date
from incidents.articles.registry import Reader
from incidents.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidents.articles.source import Source
    from incidents.model import Article

_HEAD_BYTES = 4096  # of a page, where its character set is declared; browsers look at 1024
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*+=\s*+[\"']?+\s*+([\w.:-]{1,40})", re.IGNORECASE)
_BEGIN = re.compile(
    # nothing of it is tried twice: a row of comments could else be parted in 2**n ways
    rb"[\xef\xbb\xbf\s]*+(?:<\?xml[^>]*+>\s*+)?+(?:<!--(?>.*?-->)\s*+)*+"
    rb"<(?:!doctype\s++html|html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")  # lxml refuses text that declares its bytes


def _read(source: Source) -> Iterator[Article]:
    data = read_bytes(source.stream, source.label, limit=MAX_TEXT_BYTES)
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    charset = source.charset or (declared[1].decode("ascii") if declared else None)
    page = decode_text(data, source.label, charset=detect_charset(data, charset))
    yield _read_page(_DECLARATION.sub("", page), source)


def _read_page(page: str, source: Source) -> Article:
    from trafilatura import bare_extraction, load_html  # noqa: PLC0415 - most files are no pages

    tree = load_html(page)
    if tree is None:
        raise _no_text(source.label)
    url = source.values.get("url")
    day = find_page_date(tree, url)  # before the tree is pruned
    # Precision, because a line of a menu would be read as a sentence of the article; it also keeps
    # the paragraphs of short articles apart, which the default runs together.
    found: Any = bare_extraction(
        tree, url=url, favor_precision=True, include_comments=False, with_metadata=True
    )
    text = (found.text or "") if found is not None else ""
    if not text.strip():
        raise _no_text(source.label)
    url = url or found.url
    day = day or find_page_date(tree, found.url)
    values = {
        "title": found.title,
        "publisher": found.sitename or found.hostname,
        "url": url,
        "published": day.isoformat() if day else None,
        **{key: value for key, value in source.values.items() if value},
    }
    return make_article(values, text, source.origin)


def _no_text(label: str) -> InputError:
    return InputError(f"{label}: no article in this page; save its text as .txt, or leave it out")


def _is_like(head: bytes) -> bool:
    return _BEGIN.match(head) is not None


READER = Reader(
    name="a web page", suffixes=(".html", ".htm", ".xhtml"), read=_read, is_like=_is_like
)
