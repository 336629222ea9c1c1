"""The list items of a parsed text: which one a sentence stands in, and what it lends to it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from incidents.extractors.columns import spans_within
from incidents.extractors.list_items import find_items

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Span

    from incidents.extractors.excerpts import Excerpt
    from incidents.extractors.list_items import Item, Range
    from incidents.gazetteer import Gazetteer

_KEY = "list_items"
_SURE = 0.5


@lru_cache(maxsize=2 * 64)  # the triage asks for a batch of articles, then the pipeline does
def items_of_text(text: str, gazetteer: Gazetteer) -> tuple[Item, ...]:
    """The list items of an article.

    Args:
        text: the article.
        gazetteer: tells which names are those of places.
    """

    def is_place(name: str) -> bool:
        found = gazetteer.find_places(name, limit=1)
        if not found or found[0].score < _SURE:
            return False
        return found[0].reason.partition(",")[0] in _SPELT  # "spelling, kind word aside"

    return find_items(text, is_place)


_SPELT = frozenset({"exact", "spelling"})


def set_items(doc: Doc, items: Sequence[Item], excerpt: Excerpt) -> None:
    """Keep the list items of an article with the doc that is to be parsed.

    Args:
        doc: the excerpt, not yet parsed.
        items: of the whole article.
        excerpt: which part of the article the doc is.
    """
    moved = (_moved(item, excerpt) for item in items)
    doc.user_data[_KEY] = tuple(item for item in moved if item is not None)


def items_of(doc: Doc) -> tuple[Item, ...]:
    """The list items of a doc, in its own offsets; none where nobody has looked for them.

    Args:
        doc: a doc of the extractor.
    """
    found: tuple[Item, ...] = doc.user_data.get(_KEY, ())
    return found


def item_at(doc: Doc, position: int) -> Item | None:
    """The list item that a character stands in.

    Args:
        doc: a doc of the extractor.
        position: offset into its text.
    """
    items = items_of(doc)
    i = bisect_right([item.start for item in items], position) - 1
    return items[i] if i >= 0 and position < items[i].end else None


def find_heads(doc: Doc) -> list[Span]:
    """The names before list items, which say where these were, in order.

    Args:
        doc: a doc of the extractor.
    """
    found: dict[int, Span] = {}
    for item in items_of(doc):
        for start, end in item.names:
            for span in _names(doc, start, end):
                found[span.start] = span
    return [found[start] for start in sorted(found)]


def _names(doc: Doc, start: int, end: int) -> Iterator[Span]:
    """The names of a range, one each: "Maiduguri, Borno" is two."""
    span = doc.char_span(start, end, alignment_mode="contract")
    if span is None:
        return
    first = span.start
    for i in (*(t.i for t in span if t.text in {",", "/", ":", "(", ")", "and"}), span.end):
        if i > first:
            yield doc[first:i]
        first = i + 1


def lent(item: Item, doc: Doc, group: str) -> list[Span]:
    """The places or dates that stand above or before a list item.

    Args:
        item: of this doc.
        doc: a doc that the group's component has run on.
        group: `places` or `dates`.
    """
    found = []
    for start, end in item.names if group == "places" else item.days:
        words = doc.char_span(start, end, alignment_mode="contract")
        if words is not None:
            found += spans_within(words, group)
    return found


def _moved(item: Item, excerpt: Excerpt) -> Item | None:
    """An item by the offsets of the excerpt; None if the excerpt leaves it out."""
    whole = excerpt.within(item.start, item.end)
    if whole is None:
        return None
    body = excerpt.within(item.body, item.end)
    names, days = (
        tuple(r for r in (excerpt.within(*each) for each in ranges) if r is not None)
        for ranges in (item.names, item.days)
    )
    start, end = whole
    return replace(
        item, start=start, end=end, body=body[0] if body else end, names=names, days=days
    )


def heading_ranges(items: Sequence[Item]) -> list[Range]:
    """What items need from elsewhere in their text.

    Args:
        items: some items of one text.
    """
    return sorted({r for item in items for r in (*item.names, *item.days)})
