"""RSS and Atom feeds: an entry, an article.

Source: RSS 2.0 (https://www.rssboard.org/rss-specification), RSS 1.0, and RFC 4287 (Atom).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from incidents.articles.fields import make_article
from incidents.articles.limits import Bounded
from incidents.articles.markup import markup_text
from incidents.articles.registry import Reader
from incidents.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from incidents.articles.source import Source
    from incidents.model import Article

_MAX_DEPTH = 100  # of elements in each other; XHTML inside an entry has perhaps twenty
# field -> names of elements without their namespace, the fullest first
_TEXTS = ("encoded", "content", "description", "summary")
_DAYS = ("pubDate", "published", "date", "issued")
_IDS = ("guid", "id")
_BEGIN = re.compile(
    # nothing of it is tried twice: a row of comments could else be parted in 2**n ways
    rb"[\xef\xbb\xbf\s]*+(?:(?:<\?[^>]*+>|<!--(?>.*?-->)|<!DOCTYPE[^>\[]*+>)\s*+)*+"
    rb"<(?:rss|feed|rdf:RDF)[\s>]",
    re.DOTALL,
)


def _read(source: Source) -> Iterator[Article | InputError]:
    from defusedxml.common import DefusedXmlException  # noqa: PLC0415 - most files are none

    number = 0
    try:
        for number, (entry, publisher) in enumerate(_find_entries(source), start=1):
            yield _read_entry(entry, publisher, number, source)
    except ParseError as error:
        line = error.position[0]
        reason = str(error).partition(":")[0]
        yield InputError(
            f"{source.label}:{line}: broken XML ({reason}); what came before was read, mend it"
        )
        return
    except DefusedXmlException:
        yield InputError(
            f"{source.label}: XML with entities of its own, which can be a trap;"
            " it was not read, take them out"
        )
        return
    if not number:
        yield InputError(f"{source.label}: no entry of a feed (RSS, Atom) in it; leave it out")


def _find_entries(source: Source) -> Iterator[tuple[Element, str | None]]:
    """Yield the entries one by one, each with the feed's title, and forget what was read."""
    from defusedxml.ElementTree import iterparse  # noqa: PLC0415

    publisher = None
    open_elements: list[Element] = []
    stream = Bounded(source.stream, lambda: f"{source.label}: an entry")
    for event, element in iterparse(stream, events=("start", "end"), forbid_entities=True):
        if event == "start":
            open_elements.append(element)
            if len(open_elements) > _MAX_DEPTH:
                msg = f"{source.label}: elements more than {_MAX_DEPTH} deep; mend the file"
                raise InputError(msg)
            continue
        open_elements.pop()
        name = _name(element)
        parent = open_elements[-1] if open_elements else None
        if name in {"item", "entry"}:
            stream.refresh()
            yield element, publisher
            if parent is not None:
                parent.clear()
        elif name == "title" and parent is not None and _name(parent) in {"channel", "feed"}:
            publisher = "".join(element.itertext()).strip() or None


def _read_entry(
    entry: Element, publisher: str | None, number: int, source: Source
) -> Article | InputError:
    origin = source.origin.numbered(f"{source.label}: entry {number}", number)
    markup = _value(entry, _TEXTS)
    title = _value(entry, ("title",))
    values = {
        "id": _value(entry, _IDS),
        "title": markup_text(title) if title else None,
        "published": _value(entry, _DAYS),
        "publisher": publisher,
        "url": _link(entry),
    }
    try:
        return make_article(values, markup_text(markup or "").strip(), origin)
    except InputError as error:
        return error


def _value(entry: Element, names: tuple[str, ...]) -> str | None:
    """The text of the first child that has one of the names and some text."""
    for name in names:
        for child in entry:
            if _name(child) != name:
                continue
            text = _inner(child)
            if text.strip():
                return text
    return None


def _inner(element: Element) -> str:
    """The markup in an element: escaped, as most feeds have it, or XHTML as it stands."""
    if len(element) == 0:
        return element.text or ""
    parts = [element.text or ""]
    for child in element:
        line = "\n" if _name(child) in {"p", "div", "br", "li"} else ""
        parts += [line, _inner(child), child.tail or ""]
    return "".join(parts)


def _link(entry: Element) -> str | None:
    """The address of an entry: text in RSS, an attribute in Atom, where some are for other ends."""
    for child in entry:
        if _name(child) == "link" and child.get("rel", "alternate") == "alternate":
            link = (child.text or "").strip() or child.get("href")
            if link:
                return link
    return None


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _is_like(head: bytes) -> bool:
    return _BEGIN.match(head) is not None


READER = Reader(
    name="a feed", suffixes=(".rss", ".atom", ".rdf", ".xml"), read=_read, is_like=_is_like
)
