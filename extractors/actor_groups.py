"""Parties that are described and not named: "Israeli forces", "suspected jihadists", "farmers"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from incidents.extractors.actor_phrases import (
    ARMED_WORDS,
    GOVERNING,
    NON_STATE,
    OPPOSING,
    is_official,
    is_part_of_place,
    is_unarmed,
    phrase_start,
)
from incidents.extractors.columns import columns
from incidents.extractors.communities import find_communities
from incidents.extractors.forces import force_of
from incidents.extractors.mentions import ActorMention
from incidents.extractors.people import (
    class_of,
    class_of_word,
    heads_neighbours,
    kind_of_class,
    organisation_nouns,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token

    from incidents.gazetteer import Gazetteer

_FORCES = "forces of a country"
NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})


class Found(NamedTuple):
    """Tokens that name a party; no mention for outlets and those who watch."""

    start: int
    end: int
    mention: ActorMention | None


_CIVILIANS = ActorMention(
    None, "civilians", "civilians", generic=True, country_code=None, rule="civilian noun"
)


def find_groups(doc: Doc, taken: Sequence[Found], gazetteer: Gazetteer) -> list[Found]:
    """Noun phrases that end in a word for forces, fighters, crowds or civilians.

    Args:
        doc: the article.
        taken: the names found in it, which such a phrase can hold.
        gazetteer: where countries and their forces are looked up.

    Returns:
        The longest of those that overlap.
    """
    owner = {i: c for c in taken for i in range(c.start, c.end)}
    groups = []
    for token, name in _heads(doc, owner):
        start = phrase_start(doc, token)
        inner = next((owner[i] for i in range(token.i - 1, start - 1, -1) if i in owner), None)
        if inner is not None and inner.mention is None:
            continue  # "a Rudaw reporter"
        mention: ActorMention | None
        if is_unarmed(doc[start : token.i + 1]):
            groups.append(Found(start, token.i + 1, None))  # nor is its nation a party
            continue
        if name == "civilian":
            mention = _CIVILIANS
        elif inner is not None:
            start, mention = min(start, inner.start), inner.mention
        else:
            mention = _describe(doc, start, token, name, gazetteer)
        if mention is not None:
            groups.append(Found(start, token.i + 1, mention))
    groups += [Found(*each) for each in find_communities(doc) if each.start not in owner]
    return longest(groups)


def _heads(doc: Doc, owner: dict[int, Found]) -> Iterator[tuple[Token, str | None]]:
    """Last words of such phrases, outside of names, and what they say of a person's side."""
    words = columns(doc)
    columns_read = zip(words.lower, words.lemma, words.pos, strict=True)
    for i, (lower, lemma, pos) in enumerate(columns_read):
        if i in owner or pos not in NOMINAL:
            continue
        name = class_of_word(lower, lemma, pos)
        if name is None and heads_neighbours(doc[i], lemma):
            name = "civilian"
        is_organisation = lower in organisation_nouns()
        if name is None and not is_organisation:
            continue
        token = doc[i]
        if is_part_of_place(token) or _qualifies_another(token):
            continue
        if name == "neutral" and any(c.lower_ in ARMED_WORDS for c in token.children):
            name = "militia"  # "unidentified armed men"
        if name == "neutral" and not is_organisation:
            continue
        if name == "civilian" and is_official(token):
            name = "state"
        yield token, name


def _qualifies_another(token: Token) -> bool:
    """True for the first noun of "rebel forces"."""
    return (
        token.dep_ == "compound"
        and token.head.i == token.i + 1
        and (class_of(token.head) is not None or token.head.lower_ in organisation_nouns())
    )


def _describe(
    doc: Doc, start: int, token: Token, name: str | None, gazetteer: Gazetteer
) -> ActorMention | None:
    """A described party: "Israeli forces", "suspected jihadists", "government troops"."""
    words = doc[start : token.i + 1]
    country = next(
        (c for t in words[:-1] if t.text[:1].isupper() and (c := gazetteer.country_of(t.text))),
        None,
    )
    bare = len(words) == 1
    governs = bare and token.lower_ in {"government", "regime", "junta"}
    named = not bare and any(
        t.text[:1].isupper() or t.lower_ in GOVERNING or t.lower_ in OPPOSING for t in words[:-1]
    )
    if name in {None, "neutral"} and not (governs or named):
        return None
    kind = kind_of_class(name) if name and name != "neutral" else None
    if name is None or name == "neutral":
        kind = next((OPPOSING[t.lower_] for t in words if t.lower_ in OPPOSING), kind)
    if kind is None and (country or any(t.lower_ in GOVERNING for t in words)):
        kind = "state forces" if token.lower_ not in NON_STATE else "rebel group"
    if country and kind == "state forces":
        force = force_of(gazetteer, country, words.text)
        if force is not None:
            return ActorMention(
                force.id,
                words.text,
                kind,
                generic=False,
                country_code=country,
                rule=_FORCES,
                described=True,
            )
    return ActorMention(
        None, words.text, kind, generic=True, country_code=country, rule="force noun phrase"
    )


def longest(found: Sequence[Found]) -> list[Found]:
    """The longest of overlapping finds, the earlier of equal ones."""
    kept: list[Found] = []
    taken: set[int] = set()
    for c in sorted(found, key=lambda c: (c.start - c.end, c.start)):
        if taken.isdisjoint(range(c.start, c.end)):
            kept.append(c)
            taken.update(range(c.start, c.end))
    return kept
