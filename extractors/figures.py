"""Words of war that are meant otherwise: figures of speech, animals, sports, searches by police."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.captivity import is_somebody
from incidents.extractors.person_phrases import is_person
from incidents.extractors.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token


def is_figure(frame: str, root: Token, agents: list[Token], patients: list[Token]) -> bool:
    """True if a word that can tell of an event is a figure of speech, or done by animals.

    Args:
        frame: the frame that it would stand for.
        root: its head.
        agents: who did it, by the parse.
        patients: who or what was acted on.

    Source: own work, after ordinary news of sports, business, health, nature and the arts.
    """
    return (
        _is_named_beside(root)
        or (frame in _words("talk", "frames") and _is_talked_of(patients))
        or (frame in _words("oneself", "frames") and _is_oneself(patients))
        or _is_of_no_bomb(root)
        or _is_with_no_arms(root)
        or _lets_people_explode(root, agents, patients)
        or any(map(_is_animal, agents))
        or (frame in _words("oneself", "frames") and _hits_animals(patients))
        or (frame == "abduct" and _takes_things(patients))
        or _is_practised(root)
        or _searches_premises(root, agents, patients)
        or _is_quarrel(root)
        or _is_old_battle(root)
    )


def _words(table: str, key: str) -> frozenset[str]:
    return word_set("figures", table, key)


def _is_named_beside(noun: Token) -> bool:
    """True for "an air raid alert", "an attack drill" and "blast injuries": none is the event."""
    return noun.dep_ in {"compound", "nmod", "amod"} and (
        noun.head.lemma_.lower() in _words("beside", "nouns")
    )


def _is_talked_of(patients: list[Token]) -> bool:
    """True for "shot down the bill" and "attacked the plan"."""
    opinions = word_set("objects", "opinions", "words")
    return bool(patients) and all(p.lemma_.lower() in opinions for p in patients)


def _is_oneself(patients: list[Token]) -> bool:
    """True for "shot himself in the leg"."""
    return bool(patients) and all(p.lower_ in _words("oneself", "words") for p in patients)


def _is_of_no_bomb(noun: Token) -> bool:
    """True for "an explosion of flavours", not for "an explosion of gas" and "of a shell"."""
    if noun.pos_ != "NOUN" or noun.lemma_.lower() not in _words("explosion", "nouns"):
        return False
    of = [o for c in noun.children if c.lower_ == "of" for o in c.children if c.i > noun.i]
    stuff = _words("explosion", "stuff") | word_set("objects", "arms", "words")
    stuff |= word_set("objects", "weapons", "words") | word_set("objects", "projectiles", "words")
    return any(
        o.pos_ == "NOUN" and not o.ent_type_ and o.lemma_.lower() not in stuff and not _counts(o)
        for o in of
    )


def _counts(noun: Token) -> bool:
    """True for "the explosion of a house": one thing, not stuff."""
    return any(c.dep_ in {"det", "nummod", "poss"} for c in noun.children)


def _is_with_no_arms(verb: Token) -> bool:
    """True for "bombarded with e-mails"."""
    if verb.lemma_.lower() not in _words("bombard", "verbs"):
        return False
    means = [o for c in verb.children if c.lower_ == "with" for o in c.children]
    return any(o.lemma_.lower() in _words("bombard", "harmless") for o in means)


def _lets_people_explode(verb: Token, agents: list[Token], patients: list[Token]) -> bool:
    """True for "the crowd exploded", not for "the bomber exploded" and "exploded a bomb"."""
    if verb.lemma_.lower() != "explode" or verb.pos_ != "VERB" or patients or not agents:
        return False
    return all(
        is_person(a, counted=False) and a.lemma_.lower() not in _words("explode", "bearers")
        for a in agents
    )


def _is_animal(agent: Token) -> bool:
    """True for "bees", "a gang of macaques", "soldiers of the ant colony"; not for clubs."""
    if agent.pos_ == "PROPN":
        return False
    if agent.lemma_.lower() in _words("animals", "nouns"):
        return True
    if agent.lemma_.lower() not in _words("animals", "groups"):
        return False
    of = (t for c in agent.children if c.lower_ == "of" for t in c.subtree)
    return _has_animal((*of, *(c for c in agent.children if c.dep_ == "compound")))


def _has_animal(tokens: Iterable[Token]) -> bool:
    animals = _words("animals", "nouns")
    return any(t.text.islower() and t.lemma_.lower() in animals for t in tokens)


def _hits_animals(patients: list[Token]) -> bool:
    """True for "shot a rabid dog"."""
    return bool(patients) and all(map(_is_animal, patients))


def _takes_things(patients: list[Token]) -> bool:
    """True for "took away spoiled fish": only people are abducted."""
    return bool(patients) and all(
        p.pos_ == "NOUN"
        and p.lower_ == p.text
        and not is_somebody(p)
        and not any(c.dep_ == "nummod" for c in p.children)
        and p.lemma_.lower() in word_set("people", "not_people", "nouns")
        for p in patients
    )


def _is_practised(verb: Token) -> bool:
    """True for "fired missiles in an exercise"."""
    if verb.pos_ != "VERB":
        return False
    setting = (o for c in verb.children if c.lower_ in {"in", "during"} for o in c.children)
    return any(o.lemma_.lower() in _words("practice", "nouns") for o in setting)


def _searches_premises(root: Token, agents: list[Token], patients: list[Token]) -> bool:
    """True for "police raided a restaurant": a search for goods, not an attack."""
    if root.lemma_.lower() not in {"raid", "storm"}:
        return False
    police, premises = _words("raid", "agents"), _words("raid", "premises")
    return (
        bool(agents)
        and bool(patients)
        and all(a.lemma_.lower() in police for a in agents)
        and all(p.lemma_.lower() in premises for p in patients)
    )


def _is_quarrel(verb: Token) -> bool:
    """True for "clashed with the minister over pay"."""
    if verb.lemma_.lower() != "clash":
        return False
    partners = [o for c in verb.children if c.lower_ == "with" for o in c.children]
    return any(p.lemma_.lower() in _words("quarrel", "partners") for p in partners)


def _is_old_battle(noun: Token) -> bool:
    """True for "a veteran of the Battle of Verdun", which the name tells to be known."""
    return (
        noun.text == "Battle"
        and noun.dep_ == "pobj"
        and any(
            c.lower_ == "of" and any(o.pos_ == "PROPN" for o in c.children) for c in noun.children
        )
    )
