"""What stands around a place's name: near it, measured from it, or no scene at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from incidents.extractors.attribution import speech_verbs
from incidents.extractors.people import class_of, organisation_nouns
from incidents.extractors.syntax import is_reported_from
from incidents.extractors.vocabulary import word_set
from incidents.gazetteer.model import REGION_KINDS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_MEASURED_FROM = frozenset(
    "north south east west northeast northwest southeast southwest outskirts"
    " km kilometers kilometres miles".split()
)
_BEARING_TOKENS = 9  # "50 kilometres (31 miles) to the south of"
_AWAY = frozenset({"far", "away", "km", "kilometres", "kilometers", "miles", "metres", "meters"})


def is_near(span: Span) -> bool:
    """True for "near X", "outside X", "20 km north of X", "on the outskirts of X"."""
    doc = span.doc
    before = [doc[i].lower_ for i in range(max(0, span.start - 4), span.start)]
    near = word_set("place_kinds", "prepositions", "near")
    if near & set(before[-2:]):
        return True
    return "of" in before[-2:] and not _MEASURED_FROM.isdisjoint(before)


def gives_bearing(span: Span) -> bool:
    """True for the town that a distance is measured from: "50 km south of X"."""
    doc = span.doc
    if not span.start or doc[span.start - 1].lower_ not in {"of", "from"}:
        return False
    words = [t.lower_ for t in doc[max(span.sent.start, span.start - _BEARING_TOKENS) : span.start]]
    measured = [i for i, word in enumerate(words) if word in _AWAY]
    return bool(measured) and "," not in words[measured[-1] :]


def why_excluded(
    doc: Doc,
    span: Span,
    dateline: tuple[int, int] | None,
    *,
    is_country: bool = False,
    is_known: bool = True,
) -> str | None:
    """Why a place named here is not where something happened.

    Args:
        doc: the article.
        span: the place's name.
        dateline: first and last character of the article's dateline.
        is_country: True for a country: in front of people and forces it says whose they are.
        is_known: True if the gazetteer has it.
    """
    if dateline is not None and dateline[0] <= span.start_char < dateline[1]:
        return "dateline"
    before = doc[span.start - 1].lower_ if span.start else ""
    before_name = [t.lower_ for t in doc[max(0, span.start - 3) : span.start] if t.lower_ != "the"]
    before2 = doc[span.start - 2].lower_ if span.start > 1 else ""
    if before == "from" and before2 not in _AWAY and not is_reported_from(span.root):
        return "origin"
    if _is_launch_site(span):
        return "origin"
    if before_name[-2:] == ["according", "to"]:
        return "source"
    if before == "by" and span.root.head.dep_ == "agent":
        return "metonym"  # "backed by Washington"
    root = span.root
    if is_country and _tells_nationality(root):
        return "nationality"
    if (is_country or not is_known) and _tells_border(root):
        return "nationality"
    if root.dep_ in {"nsubj", "nsubjpass", "poss"} and span._.place is None:
        head = root.head
        if (
            root.dep_ == "nsubj"
            and head.pos_ in {"VERB", "AUX"}
            and head.lemma_ not in {"be", "see", "witness"}
        ):
            return "metonym"
    if _is_where_told(span):
        return "source"
    if "based" in {t.lower_ for t in doc[span.end : span.end + 2]}:
        return "seat"
    return None


def _is_seat_of_speaker(span: Span) -> bool:
    """True in "the health ministry in X said that nine people had been wounded"."""
    preposition = span.root.head
    speaker = preposition.head
    return (
        span.root.dep_ == "pobj"
        and preposition.lower_ in {"in", "at"}
        and speaker.dep_ == "nsubj"
        and speaker.lemma_.lower() in word_set("speech", "offices", "words")
        and speaker.head.lemma_.lower() in speech_verbs()
    )


def _is_where_told(span: Span) -> bool:
    """True in "told reporters on Sunday in X" and "at a news conference in X"."""
    doc, first = span.doc, span.sent.start
    if span.start == first or doc[span.start - 1].lower_ not in {"in", "at", "from"}:
        return False
    i = span.start - 2
    while i > first and (doc[i].ent_type_ in {"DATE", "TIME"} or doc[i].lower_ in _BETWEEN):
        i -= 1
    if i <= first:
        return False
    word, before = doc[i].lower_, doc[i - 1]
    if word in word_set("speech", "audience", "occasions"):
        governor = doc[i].head.head if doc[i].dep_ == "pobj" else doc[i].head
        return before.lower_ in word_set("speech", "audience", "of_occasions") and (
            governor.lemma_.lower() in speech_verbs() | word_set("speech", "audience", "speaking")
        )
    if word not in word_set("speech", "audience", "people"):
        return False
    while before.i > first and before.lower_ in {"the", "local", "foreign", "visiting", "some"}:
        before = before.nbor(-1)
    if before.lower_ == "to":  # "confirmed the raid to reporters", not "threats to reporters"
        said = speech_verbs() | word_set("speech", "audience", "speaking")
        return any(t.lemma_.lower() in said for t in doc[first : before.i] if t.pos_ == "VERB")
    return before.lemma_.lower() in word_set("speech", "audience", "telling")


_BETWEEN = frozenset({"on", ",", "late", "early", "here"})


def _is_launch_site(span: Span) -> bool:
    """True in "with missiles from the airspace of X"."""
    of = span.root.head
    area = of.head
    return (
        of.lower_ == "of"
        and area.dep_ == "pobj"
        and area.head.lower_ == "from"
        and area.lower_ in word_set("place_kinds", "parts", "launch")
    )


def _tells_border(root: Token) -> bool:
    """True in "near the Ugandan border"."""
    return root.dep_ in {"compound", "amod"} and root.head.lemma_.lower() in {"border", "frontier"}


def _tells_nationality(root: Token) -> bool:
    """True in "Kenya's army" and "a U.S. jet", not in "Iraq's Anbar province"."""
    if root.dep_ not in {"compound", "amod", "nmod", "poss"}:
        return False
    head = root.head
    while head.dep_ == "compound" and head.head != head and head.head.i > head.i:
        head = head.head
    return (
        head.ent_type_ == "PERSON"
        or class_of(head) is not None
        or head.lower_ in organisation_nouns()
        or head.lemma_.lower() in word_set("place_kinds", "parts", "owned")
        or head.lemma_.lower() in word_set("forces", "officials", "nouns")
    )


def mark_bearings(spans: list[Span]) -> list[Span]:
    """Places in order, marking towns that only say where the place told before them lies."""
    for i, span in enumerate(spans):
        mention = span._.place
        if mention.excluded is not None or not gives_bearing(span):
            continue
        told = any(
            s.sent == span.sent
            and s._.place.excluded is None
            and s._.place.kind not in REGION_KINDS
            for s in spans[:i]
            if s._.place.place is not None
        )
        if told:
            span._.place = replace(mention, excluded="bearing")
    return spans


def mark_speakers_seats(spans: list[Span]) -> list[Span]:
    """Places in order, marking the town of who speaks: "the ministry in X said that …".

    Where no other town is told, it stays: what the ministry of a town tells is mostly of there.
    """
    towns = {s._.place.name for s in spans if _can_be_scene(s)}
    for span in spans:
        if _is_seat_of_speaker(span) and towns - {span._.place.name}:
            span._.place = replace(span._.place, excluded="seat")
    return spans


def _can_be_scene(span: Span) -> bool:
    mention = span._.place
    return mention.excluded is None and mention.kind not in REGION_KINDS
