"""The number that a toll comes to: "raising the toll to 12", "put the wounded at 60"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.casualty_words import casualty_words, cues
from incidents.extractors.modality import is_real
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
_THOSE = frozenset({"those", "people", "persons"})


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
        yield from _said_to_be(noun)
    yield from _behind_colon(noun)


def _kind_counted(noun: Token) -> CasualtyKind | None:
    """The kind of "the number of wounded"; the first word that has one says it."""
    for token in noun.subtree:
        word = token.lemma_.lower() if token.pos_ == "NOUN" else token.lower_
        kind = cues("adjectives").get(word) or cues("counts").get(word)
        if kind in {"killed", "wounded"} and token != noun:
            return kind
    return None


def _reached(kind: CasualtyKind, noun: Token) -> Iterator[tuple[CasualtyKind, Victims]]:
    if noun.dep_ == "nsubj" and not is_real(noun.head):
        return  # "the toll could pass 20"
    scope = [*noun.subtree]
    if noun.dep_ != "pobj":
        scope += [
            t for c in noun.head.children if c.dep_ in {"prep", "dobj", "attr"} for t in c.subtree
        ]
    for token in scope:
        if token.pos_ != "NUM" or token.dep_ not in _NUMBERS:
            continue
        head = token.head if token.dep_ == "nummod" else token
        if head.ent_type_ != "DATE" and not _is_earlier(head):
            yield kind, Victims(head, TOLL)
            return


def _is_earlier(number: Token) -> bool:
    """True for the nine of "from nine to 14", and the five of "rose by five"."""
    raised = any(c.lower_ == "to" and c.i < number.i for c in number.children)
    return number.head.lower_ in {"by", "from"} and not raised


def _put_at(noun: Token) -> Iterator[tuple[CasualtyKind, Victims]]:
    """Read "put the dead at 19 and the injured at 54", and "fatalities were put at four"."""
    kind = cues("adjectives").get(noun.lower_) or cues("counts").get(noun.lemma_.lower(), "killed")
    people = noun.head if noun.dep_ == "acl" and noun.head.lower_ in _THOSE else noun
    if not _is_put(people):
        return
    verb = people.head if people.dep_ in _ROLES else people
    preps = [people.doc[noun.i + 1], *noun.children, *verb.children] if not _ends(noun) else []
    for prep in sorted(set(preps), key=lambda t: t.i):
        if prep.lower_ == "at" and prep.i > noun.i:
            yield from (
                (kind, Victims(o, TOLL))
                for o in prep.children
                if o.dep_ == "pobj" and (o.pos_ == "NUM" or any(c.like_num for c in o.children))
            )
            return


def _ends(noun: Token) -> bool:
    return noun.i + 1 >= noun.sent.end


def _is_put(people: Token) -> bool:
    """True for people of whom a verb such as "put … at" is said, definite or bare."""
    if people.dep_ in _ROLES:
        if people.head.lemma_ not in casualty_words("toll", "putting"):
            return False
        bare = people.dep_ == "nsubjpass" and people.lemma_.lower() in cues("counts")
        return bare or people.lower_ in _THOSE or _is_definite(people)
    return people.dep_ in {"dep", "conj"} and _is_definite(people)


def _is_definite(noun: Token) -> bool:
    return any(c.dep_ in {"det", "poss"} for c in noun.children)


def _said_to_be(noun: Token) -> Iterator[tuple[CasualtyKind, Victims]]:
    """Read "those killed were two men and a child", "the dead were named as Ali Bello"."""
    kind = cues("adjectives").get(noun.lower_)
    people = noun.head if noun.dep_ == "acl" and noun.head.lower_ in _THOSE else noun
    if kind is None or not (people.lower_ in _THOSE or _is_definite(people)):
        return
    verb = people.head
    if people.dep_ == "nsubj" and verb.lemma_ == "be":
        yield from ((kind, Victims(c, "said to be")) for c in verb.children if c.dep_ == "attr")
    elif people.dep_ in {*_ROLES, "oprd"} and verb.lemma_ in casualty_words("toll", "naming"):
        yield from (
            (kind, Victims(o, "named as"))
            for c in verb.children
            if c.lower_ == "as"
            for o in c.children
            if o.dep_ == "pobj" and o.ent_type_ == "PERSON"
        )


def _behind_colon(noun: Token) -> Iterator[tuple[CasualtyKind, Victims]]:
    """Read "Dead: 6" of a list."""
    kind = cues("adjectives").get(noun.lower_) or cues("counts").get(noun.lemma_.lower())
    after = noun.doc[noun.i + 1 : min(noun.i + 4, noun.sent.end)]
    if not kind or len(after) < 2 or after[0].text != ":" or not after[1].like_num:  # noqa: PLR2004
        return
    if noun.lemma_.lower() != "casualty" and all(t.is_punct for t in after[2:]):
        yield kind, Victims(after[1], TOLL)
