"""Nouns for people and forces, and what they say about a person's side."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from incidents.extractors.vocabulary import load_words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from incidents.model import ActorKind

ARMED: frozenset[ActorKind] = frozenset(
    {"state forces", "rebel group", "political militia", "identity militia", "external/other"}
)
ARMED_GROUPS: frozenset[ActorKind] = frozenset(
    {"rebel group", "political militia", "identity militia"}
)
CROWDS: frozenset[ActorKind] = frozenset({"protesters", "rioters"})
_CLASSES = ("state", "rebel", "militia", "identity", "crowd", "rioters", "civilian")


@cache
def noun_classes() -> dict[str, str]:
    """Lemma or lower-case noun to its class in `data/people.toml`."""
    classes: dict[str, str] = {}
    for name in (*_CLASSES, "neutral"):
        for noun in load_words("people")[name]["nouns"]:
            classes.setdefault(noun, name)
    return classes


@cache
def organisation_nouns() -> frozenset[str]:
    """Nouns that an armed actor's name ends in, lower case as written."""
    return frozenset(load_words("people")["organisation"]["nouns"])


def class_of(token: Token) -> str | None:
    """Class of a noun: state, rebel, militia, identity, crowd, rioters, civilian, neutral."""
    lower, lemma = token.lower_, token.lemma_.lower()
    name = class_of_word(lower, lemma, token.pos_)
    return "civilian" if name is None and heads_neighbours(token, lemma) else name


def heads_neighbours(token: Token, lemma: str) -> bool:
    """True for "a village head" and "the traditional ruler": a head alone may be of anything."""
    local = load_words("people")["local_heads"]
    return lemma in local["nouns"] and token.i > 0 and token.nbor(-1).lower_ in local["of"]


def class_of_word(lower: str, lemma: str, pos: str) -> str | None:
    """Class of a noun by its forms in lower case, and its part of speech."""
    classes = noun_classes()
    name = classes.get(lower) or classes.get(lemma)
    if name is None and pos == "PROPN":  # "Jihadists", taken for a name
        name = classes.get(lower.removesuffix("s"))
    return name


def kind_of_class(name: str) -> ActorKind:
    """ACLED inter label of a class."""
    kind: ActorKind = load_words("people")[name]["kind"]
    return kind


def is_attacker(token: Token) -> bool:
    """True for people who by their name struck first: attackers, gunmen, bombers."""
    return token.lemma_.lower() in load_words("people")["attackers"]["nouns"]


@cache
def member_nouns() -> frozenset[str]:
    """Nouns for one of a group ("member", "commander"): the group's name says the side."""
    return frozenset(load_words("people")["members"]["nouns"])
