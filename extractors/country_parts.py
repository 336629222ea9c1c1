"""Parts of a country that have no name of their own: "the Somali coast", "the Sudanese capital"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Span

from incidents.extractors.columns import columns
from incidents.extractors.mentions import PlaceMention
from incidents.extractors.vocabulary import word_set
from incidents.gazetteer.countries import is_demonym

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from incidents.gazetteer import Gazetteer
    from incidents.gazetteer.model import Place

PART_RULE = "part of a country"


def find_country_parts(doc: Doc, gazetteer: Gazetteer) -> Iterator[Span]:
    """Phrases that place an event in a country by its people's name.

    Args:
        doc: a parsed article.
        gazetteer: where the country is looked up.

    Yields:
        Spans with `span._.place` set to the country: "Venezuelan coast" in "off the Venezuelan
        coast". The noun must stand behind a preposition of place, so that "the Syrian coast
        guard" and "the Syrian capital said" are none.
    """
    parts = word_set("place_kinds", "parts", "nouns")
    for token in (doc[i] for i, word in enumerate(columns(doc).lower) if word in parts):
        if not _is_scene(token):
            continue
        owner = next((c for c in token.lefts if is_demonym(c.text)), None)
        place = _country(owner, gazetteer) if owner is not None else None
        if owner is None or place is None:
            continue
        span = Span(doc, owner.i, token.i + 1, label="PLACE")
        span._.place = PlaceMention(
            place=place,
            name=place.name,
            kind="country",
            near=token.lower_ in word_set("place_kinds", "parts", "edges"),
            rule=PART_RULE,
        )
        yield span


def _is_scene(noun: Token) -> bool:
    """True behind a preposition of place, without a name: not "in the Yemeni port of Aden"."""
    head = noun.head
    if noun.i + 1 < len(noun.doc) and (noun.nbor().lower_ == "of" or noun.nbor().pos_ == "PROPN"):
        return False
    return noun.dep_ == "pobj" and head.lower_ in word_set("place_kinds", "parts", "prepositions")


def _country(demonym: Token, gazetteer: Gazetteer) -> Place | None:
    code = gazetteer.country_of(demonym.text)
    return None if code is None else gazetteer.country(code)
