"""Sentences that only say where or when the event told before took place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.attribution import speech_verbs
from incidents.extractors.vocabulary import word_set

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


def tells_setting(sent: Span) -> bool:
    """True for "the incident took place near X" and "it happened on Monday, police said".

    Args:
        sent: a parsed sentence.

    Returns:
        True if its main clause, or the one that a speaker tells, says of the event told before
        that it took place. False for another event ("a similar incident"), for what did not take
        place, and for what may yet.

    Source: own work; "it" and "the incident" without a telling noun take up the last event told.
    """
    return any(_takes_place(verb) and _is_past(verb) for verb in _main_verbs(sent))


def is_where_treated(place: Span) -> bool:
    """True for the hospital that people were taken to, died in or speak from.

    Args:
        place: a place mention.

    Returns:
        True if it is a hospital or morgue behind "to", or where doctors speak and wounded die;
        False for a hospital that was itself attacked.
    """
    root = place.root
    if root.lemma_.lower() not in word_set("discourse", "treated", "places"):
        return False
    prep = root.head
    if prep.pos_ not in {"ADP", "PART"} or prep.lower_ not in {"to", "at", "in", "from"}:
        return False
    words = word_set("discourse", "treated", "words") | speech_verbs()
    return prep.head.lemma_.lower() in words


def _main_verbs(sent: Span) -> list[Token]:
    root = sent.root
    if root.lemma_.lower() not in speech_verbs():
        return [root]
    return [c for c in root.children if c.dep_ in {"ccomp", "parataxis"}]


def _takes_place(verb: Token) -> bool:
    happens = verb.lemma_ in word_set("discourse", "setting", "verbs") or (
        verb.lemma_ == "take"
        and any(c.dep_ == "dobj" and c.lower_ == "place" for c in verb.children)
    )
    return happens and any(_is_known(c) for c in verb.children if c.dep_ == "nsubj")


def _is_known(subject: Token) -> bool:
    """True for "it", "this" and "the incident": the event that the reader knows of."""
    if subject.lower_ in word_set("discourse", "setting", "pronouns"):
        return True
    words = {c.lower_ for c in subject.children}
    return (
        subject.lower_ in word_set("discourse", "setting", "nouns")
        and bool(words & {"the", "this"})
        and not words & word_set("discourse", "setting", "others")
    )


def _is_past(verb: Token) -> bool:
    if any(c.dep_ == "neg" for c in verb.children):
        return False
    helpers = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    return verb.tag_ == "VBD" or (verb.tag_ == "VBN" and bool(helpers & {"has", "have", "had"}))
