"""Are people taken captive or let go? Checks for everyday verbs: take, seize, release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.columns import spans_at
from incidents.extractors.people import ARMED_GROUPS, class_of, is_attacker
from incidents.extractors.person_phrases import is_person
from incidents.extractors.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

_PLAIN = frozenset({"abduct", "kidnap", "snatch", "hijack"})  # need no second look
_CAPTORS = frozenset({"rebel", "militia", "identity", "rioters"})
_PEOPLE = frozenset({"him", "her", "them", "everybody", "everyone"})


def takes_captive(verb: Token, agents: Sequence[Token], patients: Sequence[Token]) -> bool:
    """True for an everyday verb of taking that tells of an abduction.

    Armed people or strangers take people: "seized a priest", "led the mayor away", "took 17
    passengers with them", "bundled her into a van". Police who do so arrest.

    Args:
        verb: the verb, one that is not of kidnapping by itself.
        agents: who took.
        patients: who was taken.
    """
    people = [p for p in patients if is_somebody(p) and p.head.lower_ != "from"]
    if not people or not any(is_captor(a) or is_soldier(a) for a in agents):
        return False
    if verb.lemma_.lower() in word_set("triggers", "captivity", "seizing"):
        return True
    return any(_leads_off(c) for c in verb.children)


def is_plain(verb: Token) -> bool:
    """True for verbs that tell of an abduction by themselves."""
    return verb.lemma_.lower() in _PLAIN


def lets_go(verb: Token, agents: Sequence[Token], patients: Sequence[Token]) -> bool:
    """True for captors who release people, and for people released after a captivity.

    Args:
        verb: "release" or "free".
        agents: who released.
        patients: who was released.
    """
    if not any(is_somebody(p) for p in patients):
        return False
    if agents:
        return any(is_captor(a) for a in agents)
    words = word_set("triggers", "captivity", "words")
    return any(t.lemma_.lower() in words for t in verb.subtree)


def is_somebody(token: Token) -> bool:
    """True for people, also by a pronoun or a bare count ("21 of the schoolgirls")."""
    if token.ent_type_ == "PERSON" or token.lower_ in _PEOPLE:
        return True
    if token.like_num:
        of = (c for c in token.children if c.lower_ == "of")
        return any(is_somebody(o) for prep in of for o in prep.children)
    return is_person(token, counted=False)


def is_captor(token: Token) -> bool:
    """True for those who take people and are no state: rebels, gunmen, strangers."""
    if class_of(token) in _CAPTORS or is_attacker(token) or token.lemma_.lower() == "man":
        return True
    return any(span._.actor.kind in ARMED_GROUPS for span in spans_at(token, "actors"))


def is_soldier(token: Token) -> bool:
    """True for a state's forces whose work is not arresting."""
    return class_of(token) == "state" and token.lemma_.lower() not in word_set(
        "triggers", "captivity", "arresting"
    )


def _leads_off(child: Token) -> bool:
    """True for "away", "captive", "with them", "into a van", "into the bush"."""
    if child.dep_ in {"prt", "advmod", "acomp", "oprd"}:
        return child.lower_ in {"away", "off", "captive", "hostage"}
    if child.dep_ != "prep":
        return False
    objects = {o.lemma_.lower() for o in child.children} | {o.lower_ for o in child.children}
    if child.lower_ == "with":
        return "them" in objects
    return child.lower_ in {"into", "to"} and bool(
        objects & word_set("triggers", "captivity", "carriers")
    )
