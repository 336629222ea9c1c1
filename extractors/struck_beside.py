"""Who else was struck: the force whose post a bomb went off at, and forces among the victims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.mentions import COUNTRY_AS_AGENT
from incidents.extractors.people import ARMED, is_attacker
from incidents.extractors.syntax import is_verbal, objects_of
from incidents.extractors.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from incidents.extractors.sides import Party, Sides

_EXPLODING = frozenset({"bomb", "suicide", "grenade"})
_BESIDE = frozenset({"outside", "near", "at", "inside", "beside", "by", "under", "close", "next"})


def parties_of_site(frame: str, root: Token, sides: Sides) -> list[Party]:
    """The force whose post, base or convoy stood where something exploded.

    "A bomb went off outside a police station": the police were its target.

    Args:
        frame: the trigger's frame.
        root: its head.
        sides: the article's parties.
    """
    if frame not in _EXPLODING:
        return []
    verb = root if is_verbal(root) else root.head
    guarded = word_set("objects", "guarded", "words")
    sites = (t for t in _places_beside(verb) if t.lemma_.lower() in guarded)
    return [
        p
        for p in sides.parties(sites)
        if p.kind in ARMED and p.rule != COUNTRY_AS_AGENT and not p.people
    ]


def _places_beside(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ in {"prep", "advmod"} and child.lower_ in _BESIDE:
            yield from objects_of(child)
            yield from (t for c in child.children if c.lower_ == "to" for t in objects_of(c))
        elif child.lower_ == "in":  # "in front of the barracks"
            fronts = (t for t in objects_of(child) if t.lower_ == "front")
            yield from (t for f in fronts for c in f.children for t in objects_of(c))


def parties_among(sent: Span, sides: Sides) -> list[Party]:
    """Armed parties among people counted together: "three people, including an officer"."""
    parts = (t for t in sent if t.lower_ == "including" and t.dep_ == "prep")
    people = [o for part in parts for o in objects_of(part) if not is_attacker(o)]
    return [p for p in sides.parties(people) if p.kind in ARMED and p.rule != COUNTRY_AS_AGENT]
