"""Who is said to have done it: claims of responsibility, blame and accusation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.arguments import subjects_of, with_conjuncts
from incidents.extractors.modality import is_negated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

_CLAIMING = frozenset({"claim", "accept", "admit"})
_CLAIMED = frozenset({"responsibility"})


def find_responsible(sent: Span) -> Iterator[Token]:
    """Heads of the phrases that name who is held or holds itself responsible.

    "X claimed responsibility", "blamed on X", "blamed X for the attack", "accused X of killing",
    "indications point to X", "bears the hallmarks of X".
    Denied and negated claims ("no group has claimed responsibility") give none.
    """
    for token in sent:
        if token.lemma_ == "hallmark":
            yield from _objects(token, "of")
        if token.pos_ != "VERB" or is_negated(token):
            continue
        if token.lemma_ in _CLAIMING and any(
            c.lower_ in _CLAIMED for c in token.children if c.dep_ in {"dobj", "nsubjpass"}
        ):
            yield from subjects_of(token)
            yield from _by(token)
        elif token.lemma_ == "point" and token.dep_ != "amod":
            yield from _objects(token, "to")
        elif token.lemma_ == "blame":
            yield from _blamed(token)
        elif token.lemma_ == "accuse" and any(c.lower_ == "of" for c in token.children):
            yield from (t for c in token.children if c.dep_ == "dobj" for t in with_conjuncts(c))


def _by(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ == "agent":
            yield from (t for c in child.children for t in with_conjuncts(c))


def _objects(token: Token, preposition: str) -> Iterator[Token]:
    for prep in token.children:
        if prep.dep_ == "prep" and prep.lower_ == preposition:
            yield from (t for o in prep.children if o.dep_ == "pobj" for t in with_conjuncts(o))


def _blamed(verb: Token) -> Iterator[Token]:
    on = list(_objects(verb, "on"))
    on += [t for c in verb.children if c.dep_ == "dobj" for t in _objects(c, "on")]
    if on:
        yield from on
    elif any(c.dep_ == "prep" and c.lower_ == "for" for c in verb.children):
        people = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}]
        yield from (t for c in people for t in with_conjuncts(c))
