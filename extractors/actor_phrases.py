"""The words of a party's name: folding, spelling, and where its noun phrase begins."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from incidents.extractors.abbreviations import is_acronym
from incidents.extractors.columns import columns
from incidents.extractors.people import class_of
from incidents.extractors.vocabulary import word_set
from incidents.gazetteer import fold_name, is_article

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from incidents.model import ActorKind

_STOPS = frozenset(".,;:!?")
_MODIFIERS = frozenset({"compound", "amod", "nmod", "poss", "case", "punct", "nummod", "advmod"})
ARMED_WORDS = frozenset({"armed", "masked", "hooded"})
GOVERNING = frozenset(
    "government regime state army military federal national pro-government loyalist security air"
    " border special royal presidential".split()
)
OPPOSING: dict[str, ActorKind] = {
    **dict.fromkeys(
        "rebel opposition separatist jihadist islamist insurgent guerrilla".split(), "rebel group"
    ),
    "militia": "political militia",
    "tribal": "identity militia",
    "clan": "identity militia",
}
NON_STATE = frozenset("faction factions group groups alliance movement front clans tribes".split())


def written_like(span: Span, name: str) -> bool:
    """True if the words are capitalised as the name is: "IS" is no "is", "Fano" no "fano"."""
    if is_acronym(name):
        return span.text.replace(".", "").isupper()
    first = next((t for t in span if t.is_alpha or t.text[:1].isalpha()), span[0])
    capitalised = next((c for c in name if c.isalpha()), "a").isupper()
    if not capitalised:
        return True
    if first.lower_ in {"al", "el"} and len(span) > 1:
        first = span[-1]
    return first.text[:1].isupper()


def is_broken(span: Span, name: str) -> bool:
    """True if a stop or comma parts the words, and the name has none: "in India. Authorities"."""
    return any(token.text in _STOPS and token.text not in name for token in span)


def phrase_start(doc: Doc, token: Token) -> int:
    """First token of the noun phrase's modifiers, without determiner and count."""
    start = token.i
    while start > 0:
        before = doc[start - 1]
        if (
            before.is_space
            or before.text in ',;:()[]"“”‘—–…'
            or before.ent_type_ in {"TIME", "DATE"}
        ):
            break
        if before.lower_ in {"time", "pm", "am", "p.m.", "a.m."}:
            break
        if (
            before.text == "-"
            and start - 2 >= token.left_edge.i
            and doc[start].tag_ in _PARTICIPLES
        ):
            start -= 2  # "regime-backed militia"
            continue
        if before.dep_ not in _MODIFIERS or before.i < token.left_edge.i:
            break
        if before.dep_ in {"nummod", "advmod"} or before.like_num:
            break
        if before.dep_ == "punct" and before.text not in {"-", "’", "'"}:
            break
        start -= 1
    while start < token.i and (
        doc[start].pos_ in {"DET", "PUNCT", "PART", "NUM", "PRON"}
        or doc[start].dep_ in {"case", "punct", "det"}
        or doc[start].lower_ in _EMPTY
    ):
        start += 1
    return start


_PARTICIPLES = frozenset({"VBN", "VBD", "VBG", "JJ"})
_EMPTY = frozenset(
    "several many dead other more wounded injured least all two-dozen few some various numerous"
    " dozen hundred heavy former additional last remaining local own same such".split()
)


@lru_cache(maxsize=1 << 15)
def _fold(word: str) -> tuple[str, ...]:
    return tuple(fold_name(word).split())


_is_article = lru_cache(maxsize=1 << 15)(is_article)
_NO_WORDS = frozenset({"'s", "’s", "’", "'"})


def folded_keys(doc: Doc) -> tuple[list[str], list[int]]:
    """The doc as folded words, and the token that each stands in.

    Hyphens, quotes and possessive endings give no word; the Arabic article gives none either, so
    that "al-Shabaab" and "Shabaab" read alike.
    """
    keys, indices = [], []
    words = columns(doc)
    last = len(words.text) - 1
    for i, (text, tag) in enumerate(zip(words.text, words.tag, strict=True)):
        if tag == "POS" or text in _NO_WORDS:
            continue
        if i < last and _is_article(text) and not words.is_space[i + 1]:
            continue
        for key in _fold(text):
            keys.append(key)
            indices.append(i)
    return keys, indices


def is_unarmed(words: Span) -> bool:
    """True for "the U.K.-based monitoring group"."""
    return words[-1].lower_ in word_set("people", "unarmed", "nouns") and any(
        t.lower_ in word_set("people", "unarmed", "words") for t in words[:-1]
    )


def is_official(token: Token) -> bool:
    """True for "the police chief": one of the state, though a chief is a civilian."""
    return any(c.dep_ == "compound" and class_of(c) == "state" for c in token.children)


def is_part_of_place(token: Token) -> bool:
    """True for the middle of "Bassa Local Government Area", as Nigeria calls its districts."""
    return token.lower_ == "government" and (
        token.i + 1 < len(token.doc) and token.nbor(1).lower_ in {"area", "areas", "house"}
    )
