"""The number that a toll comes to: "raising the toll to 12", "put the wounded at 60"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.casualty_words import casualty_words, cues
from incidents.extractors.victims import Victims

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from incidents.model import CasualtyKind

TOLL = "toll"
"""The rule of a count that stands for all the dead or wounded so far."""

TOLL_WORDS = frozenset({"toll"})
"""Lemmas that are a toll by themselves; `data/casualties.toml` has those of what is counted."""

_NUMBERS = frozenset({"pobj", "attr", "dobj", "nummod", "appos", "npadvmod"})
_ROLES = frozenset({"dobj", "nsubjpass", "nsubj"})


def find_tolls(noun: Token) -> Iterator[tuple[CasualtyKind, Victims]]:
    """What a noun such as "toll", "number of dead" or "the wounded" is said to come to.

    Args:
        noun: any token.
    """
    lemma = noun.lemma_.lower()
    if noun.pos_ not in {"NOUN", "PROPN", "ADJ", "VERB"}:
        return
    if noun.pos_ == "VERB" and noun.tag_ != "VBN":
        return  # "staff counted 33 dead"; the "injured" of "put the injured at 54" is a participle
    if lemma in TOLL_WORDS:
        yield from _reached("killed", noun)
    elif lemma in casualty_words("toll", "nouns"):
        kind = _kind_counted(noun)
        if kind is not None:
            yield from _reached(kind, noun)
    elif {lemma, noun.lower_} & casualty_words("toll", "groups"):
        yield from _put_at(noun)


def _kind_counted(noun: Token) -> CasualtyKind | None:
    """The kind of "the number of wounded"; the first word that has one says it."""
    for token in noun.subtree:
        word = token.lemma_.lower() if token.pos_ == "NOUN" else token.lower_
        kind = cues("adjectives").get(word) or cues("counts").get(word)
        if kind in {"killed", "wounded"} and token != noun:
            return kind
    return None


def _reached(kind: CasualtyKind, noun: Token) -> Iterator[tuple[CasualtyKind, Victims]]:
    scope = [*noun.subtree]
    if noun.dep_ != "pobj":
        scope += [
            t for c in noun.head.children if c.dep_ in {"prep", "dobj", "attr"} for t in c.subtree
        ]
    for token in scope:
        if token.pos_ != "NUM" or token.dep_ not in _NUMBERS:
            continue
        head = token.head if token.dep_ == "nummod" else token
        if head.ent_type_ != "DATE" and head.head.lower_ not in {"by", "from"}:
            yield kind, Victims(head, TOLL)
            return


def _put_at(noun: Token) -> Iterator[tuple[CasualtyKind, Victims]]:
    """Read "put the dead at 19 and the injured at 54", and "put its losses at four"."""
    kind = cues("adjectives").get(noun.lower_, "killed")
    definite = any(c.dep_ in {"det", "poss"} for c in noun.children)
    if not definite or noun.dep_ not in {*_ROLES, "dep", "conj"}:
        return
    verb = noun.head if noun.dep_ in _ROLES else noun
    if verb != noun and verb.lemma_ not in casualty_words("toll", "putting"):
        return
    for prep in sorted({*noun.children, *verb.children}, key=lambda t: t.i):
        if prep.lower_ == "at" and prep.i > noun.i:
            yield from (
                (kind, Victims(o, TOLL))
                for o in prep.children
                if o.dep_ == "pobj" and (o.pos_ == "NUM" or any(c.like_num for c in o.children))
            )
            return
