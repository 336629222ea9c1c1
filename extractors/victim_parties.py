"""Which party the people harmed belong to, where their own phrase does not say."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from incidents.extractors.mentions import COUNTRY_AS_AGENT
from incidents.extractors.people import ARMED_GROUPS
from incidents.extractors.subjects import subjects_of
from incidents.extractors.syntax import is_verbal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from incidents.extractors.accounts import Claim
    from incidents.extractors.sides import Party, Sides

_BARE = frozenset("others other more number dozens scores several many another".split())
_ARMED_KINDS = ARMED_GROUPS | {"state forces"}
_FOLLOWERS = frozenset({"driver", "aide", "escort", "assistant", "colleague"})
_SIDE_NOUNS = frozenset({"side", "rank", "part"})
_SUFFERING = frozenset({"suffer", "lose", "sustain", "take"})


def victim_party(head: Token, cue: Token, claims: Sequence[Claim], sides: Sides) -> Party | None:
    """The party of those harmed.

    A bare count takes it from "among the NDF", from the subject of "suffered three wounded", or
    from the people counted before it ("three soldiers were killed and four wounded").

    Args:
        head: head of the phrase that counts the people.
        cue: the word that says what befell them.
        claims: the claims of the same sentence that come before.
        sides: the article's parties.
    """
    party = sides.of(head)
    if party is not None and _is_national(head, party):
        party = None  # "killed one Malian": not the state
    if party is not None and party.generic and cue.lemma_ == "lose":
        return next(iter(sides.parties(subjects_of(cue))), party)
    if party is not None and party.kind == "civilians" and _serves(head, claims, cue):
        return claims[-1].party  # "a captain and his driver"
    if party is not None and not party.people:
        _name_companion(party, head, cue, claims)
        return party
    if head.lower_ in {"people", "persons", "person"}:
        return party
    return (
        _from_description(head, sides)
        or _from_complement(head, cue, sides)
        or _from_sufferer(head, cue, sides)
        or _from_owner(cue, sides)
        or (_common_party(claims) if claims and is_bare(head) else party)
    )


def _is_national(head: Token, party: Party) -> bool:
    """True for one of a people, whom the actors' rules take for the state or its forces."""
    return party.rule == COUNTRY_AS_AGENT or (
        head.ent_type_ == "NORP" and party.kind == "state forces"
    )


def _from_description(head: Token, sides: Sides) -> Party | None:
    """The armed party of "Omar Diallo, a member of the militia"."""
    if head.ent_type_ != "PERSON":
        return None
    described = sides.parties(c for c in head.children if c.dep_ == "appos")
    return next((p for p in described if p.kind in _ARMED_KINDS), None)


def _common_party(claims: Sequence[Claim]) -> Party | None:
    """The party of all the claims before, or None where they are of several."""
    counted = [c for c in claims if c.mention.rule != "casualties"]
    keys = {c.party.key if c.party else None for c in counted}
    return counted[-1].party if len(keys) == 1 else None


def is_bare(head: Token) -> bool:
    """True for a count that leaves out who they are: "four wounded", "12 others"."""
    return head.like_num or head.pos_ in {"NUM", "ADJ", "VERB"} or head.lower_ in _BARE


def _name_companion(party: Party, head: Token, cue: Token, claims: Sequence[Claim]) -> None:
    """In "arrested a fighter with eleven of the NDF", the fighter is the NDF's too."""
    companion = next((c for c in claims if c.mention.cue == cue.i and c.party), None)
    if companion is None or companion.party is None or not party.id or head.dep_ != "pobj":
        return
    if companion.party.generic and companion.party.kind in _ARMED_KINDS:
        companion.party = party


def _from_complement(head: Token, cue: Token, sides: Sides) -> Party | None:
    """The party behind "among", "from", "of", "on the side of"."""
    for token in (head, cue, *(c for c in head.children if c.lower_ == "of")):
        for obj in _complements(token):
            if obj == head:
                continue  # "the death of an Israeli": not the state
            for noun in (obj, *(g for c in obj.children if c.lower_ == "of" for g in c.children)):
                side = sides.of(noun)
                if side is not None and not side.people:
                    return side
    return None


def _complements(token: Token) -> Iterator[Token]:
    for prep in token.children:
        if prep.dep_ != "prep" or prep.lower_ not in {"among", "from", "on", "in", "of"}:
            continue
        for obj in prep.children:
            if prep.lower_ in {"on", "in"} and obj.lemma_ not in _SIDE_NOUNS:
                continue
            if obj.dep_ == "pobj" and obj.ent_type_ != "GPE":
                yield obj


def _from_sufferer(head: Token, cue: Token, sides: Sides) -> Party | None:
    """The subject of "suffered three wounded"."""
    for verb in (cue.head, head.head):
        if verb.lemma_ in _SUFFERING and is_verbal(verb):
            owner = next(iter(sides.parties(subjects_of(verb))), None)
            if owner is not None and owner.kind != "civilians":
                return owner
    return None


def _serves(head: Token, claims: Sequence[Claim], cue: Token) -> bool:
    """True for the driver or the aide of somebody armed who was harmed by the same deed."""
    if head.lemma_.lower() not in _FOLLOWERS or not claims or claims[-1].mention.cue != cue.i:
        return False
    before = claims[-1].party
    owned = any(c.lower_ in {"his", "her", "their"} for c in head.children)
    return owned and before is not None and before.kind in _ARMED_KINDS


def _from_owner(cue: Token, sides: Sides) -> Party | None:
    """The army of "the army put its losses at four"."""
    for owner in (c for c in cue.children if c.dep_ == "poss"):
        if owner.lower_ not in {"its", "their"}:
            return sides.of(owner)
        subjects = sides.parties(subjects_of(cue.head))
        return next((p for p in subjects if p.kind in _ARMED_KINDS), None)
    return None


def share_sides(claims: Sequence[Claim]) -> None:
    """Give the dead and the wounded of "several dead and wounded from X" the same side."""
    for before, claim in pairwise(claims):
        if "shared count" in {claim.mention.rule, before.mention.rule}:
            known = next((c.party for c in (before, claim) if c.party and not c.party.people), None)
            if known is not None:
                before.party = claim.party = known
