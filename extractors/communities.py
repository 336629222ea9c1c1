"""Peoples that fight each other: "clashes between the X and Y communities"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from incidents.extractors.columns import columns
from incidents.extractors.mentions import ActorMention
from incidents.extractors.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

_MOST_WORDS = 3  # of a people's name


class Community(NamedTuple):
    """Tokens that name a people: half-open range and what they mean."""

    start: int
    end: int
    mention: ActorMention


def find_communities(doc: Doc) -> Iterator[Community]:
    """The two peoples of "between the X and Y communities"; X stands alone, Y with the noun.

    Only behind "between": "the Christian and Jewish communities" of a town are its people.

    Args:
        doc: an article.

    Source: ACLED's identity militias, which are named after a people, a clan or a village.
    """
    words = columns(doc)
    nouns = word_set("people", "communities", "nouns")
    if nouns.isdisjoint(words.vocabulary):
        return
    for i, lower in enumerate(words.lower):
        if lower not in nouns:
            continue
        second = _name_before(doc, i)
        if not second or words.lower[second - 1] != "and":
            continue
        first = _name_before(doc, second - 1)
        before = first - 1 - (first > 0 and words.lower[first - 1] == "the") if first else -1
        if first and before >= 0 and words.lower[before] == "between":
            yield _community(doc, first, second - 1, second - 1)
            yield _community(doc, second, i, i + 1)


def _name_before(doc: Doc, end: int) -> int:
    """Where the capitalised words before a token begin, 0 if there are none."""
    start = end
    while start > max(0, end - _MOST_WORDS) and doc[start - 1].text[:1].isupper():
        start -= 1
    return start if start < end else 0


def _community(doc: Doc, start: int, stop: int, end: int) -> Community:
    name = doc[start:stop].text
    mention = ActorMention(
        None, name, "identity militia", generic=False, country_code=None, rule="people's name"
    )
    return Community(start, end, mention)
