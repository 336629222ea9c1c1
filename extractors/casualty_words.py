"""The words of `data/casualties.toml`, by kind and use."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from incidents.extractors.vocabulary import load_words
from incidents.model import CASUALTY_KINDS

if TYPE_CHECKING:
    from spacy.tokens import Token

    from incidents.model import CasualtyKind


@cache
def cues(key: str) -> dict[str, CasualtyKind]:
    """Lemma to kind, for one column of `data/casualties.toml`."""
    table = load_words("casualties")
    return {lemma: kind for kind in CASUALTY_KINDS for lemma in table[kind][key]}


@cache
def casualty_words(table: str, key: str) -> frozenset[str]:
    """One list of the file as a set, by its table and key."""
    return frozenset(load_words("casualties")[table][key])


def kind_of_verb(verb: Token) -> CasualtyKind | None:
    """What a verb says to befall its people: "kill" and "die" the same; None for other verbs."""
    lemma = verb.lemma_.lower()
    return cues("verbs").get(lemma) or cues("intransitive").get(lemma)
