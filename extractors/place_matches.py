"""How far the gazetteer's answers to a name in an article can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.gazetteer.model import REGION_KINDS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from spacy.tokens import Span

    from incidents.gazetteer.model import PlaceMatch

MIN_SCORE = 0.5
"""Score of an answer from which on it is sure."""

LIKENESS = ("sound", "similar")
"""Reasons of answers that are only like the name."""

_MIN_WIDE_SCORE = 0.47  # of provinces and countries, which fewer things are called after
_KNOWN_ABROAD = 100_000  # a smaller town of a country that nothing speaks of is a chance namesake
_INITIALS = 3  # letters


def is_initials(span: Span, match: PlaceMatch) -> bool:
    """True for initials that only sound like a place: the AK of "AK-series rifles", and Acq.

    Args:
        span: the name in the article.
        match: an answer to it.
    """
    short = span.text.isupper() and len(span.text) <= _INITIALS
    return short and match.place.kind != "country" and match.reason != "exact"


def is_sure(match: PlaceMatch) -> bool:
    """True for an answer that needs nothing else to speak for it.

    Args:
        match: an answer to a name.
    """
    return match.score >= (_MIN_WIDE_SCORE if match.place.kind in REGION_KINDS else MIN_SCORE)


def is_namesake(match: PlaceMatch, home: Collection[str]) -> bool:
    """True for a small place of a country that the article has nothing to do with.

    Args:
        match: an answer to a name.
        home: ISO codes of the countries that the article is about; empty where none is known.
    """
    place = match.place
    return (
        bool(home)
        and place.country_code not in home
        and place.kind not in REGION_KINDS
        and place.population < _KNOWN_ABROAD
    )


def is_guess(match: PlaceMatch, countries: Sequence[str]) -> bool:
    """True for an answer abroad, or one that only sounds like the name.

    Args:
        match: an answer to a name.
        countries: ISO codes that the article speaks of.
    """
    return match.place.country_code not in countries or match.reason.startswith(LIKENESS)
