"""Turns of phrase that tell of harm without a verb of harm: "lost two men", "taken to hospital"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from incidents.extractors.arguments import agents_of
from incidents.extractors.captivity import is_plain, takes_captive
from incidents.extractors.casualty_words import casualty_words, cues
from incidents.extractors.people import class_of, member_nouns
from incidents.extractors.person_phrases import count_people, left_tokens, stands_for_one
from incidents.extractors.quantities import quantity_of
from incidents.extractors.victims import Victims, own_subjects, subjects_harmed, verb_victims
from incidents.extractors.vocabulary import load_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from incidents.model import CasualtyKind

    Turn = tuple[CasualtyKind, Victims]

_TAKEN: dict[str, CasualtyKind] = {
    "custody": "detained",
    "captivity": "kidnapped",
    "hospital": "wounded",
}
UNSAVED = "not saved"
"""The rule of a death that is told by a negated verb."""

_OUT_OF = frozenset({"from", "out"})


@cache
def _turning_verbs() -> frozenset[str]:
    """Lemmas of the verbs that head a turn of phrase by themselves."""
    tables = {
        "lose": ["verbs"],
        "suffer": ["verbs"],
        "taken": ["verbs"],
        "driven": ["verbs", "leaving", "streaming"],
        "unsaved": ["active", "passive"],
        "treated": ["needing"],
        "hit": ["verbs"],
    }
    listed = (w for table, keys in tables.items() for k in keys for w in casualty_words(table, k))
    abducting = load_words("triggers")["frames"]["abduct"]["verbs"]
    return frozenset({"number", "shoot", *listed, *abducting})


@cache
def _deadly_words() -> frozenset[str]:
    """Words that make any verb a deadly one."""
    return frozenset({"fatally", "alive"}) | casualty_words("deadly", "ends")


def can_turn(verb: str, vocabulary: frozenset[str]) -> bool:
    """False for a verb that `find_turns` need not be asked about.

    Args:
        verb: its lemma.
        vocabulary: the words of its text, in lower case.
    """
    return verb in _turning_verbs() or not _deadly_words().isdisjoint(vocabulary)


def find_turns(verb: Token) -> Iterator[Turn]:
    """Whom the turn of phrase that a verb heads says to be harmed, and how.

    Args:
        verb: any verb; its lemma and what depends on it decide.
    """
    yield from _lost(verb)
    yield from _suffered(verb)
    yield from _taken(verb)
    yield from _driven_out(verb)
    yield from _led_off(verb)
    yield from _numbered(verb)
    yield from _unsaved(verb)
    yield from _in_need(verb)
    yield from _hit(verb)
    if _is_deadly(verb):
        yield from (("killed", v) for v in verb_victims(verb))
    if verb.lemma_ == "shoot" and verb.i + 1 < len(verb.doc) and verb.nbor().lower_ == "dead":
        yield from (("killed", v) for v in verb_victims(verb))


def _objects(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in {"dobj", "obj"}]


def _lost(verb: Token) -> Iterator[Turn]:
    """Read "lost two fighters"; a lost seat or tank is nobody."""
    if verb.lemma_ not in casualty_words("lose", "verbs"):
        return
    for o in _objects(verb):
        _, noun = count_people(o)
        if o.lower_ != "life" and (class_of(noun) or noun.lemma_.lower() in member_nouns()):
            yield "killed", Victims(o, "lost")
        elif o.pos_ == "NUM" and any(t.lemma_.lower() in _DEADLY for t in verb.sent if t != verb):
            yield "killed", Victims(o, "lost")  # "killed 12 rebels and lost three"


_DEADLY = frozenset({"kill", "die"})
_SLAYING = frozenset({"shoot", "kill", "execute", "murder", "behead"})
_ALL_OF_THEM = frozenset({"them", "him", "her", "both", "all"})
_DYING = frozenset({"die", "succumb", "death"})


def _suffered(verb: Token) -> Iterator[Turn]:
    """Read "five people suffered injuries"; "suffered 12 injuries" counts the injuries."""
    if verb.lemma_ not in casualty_words("suffer", "verbs"):
        return
    objects = _objects(verb)
    of = [p for o in objects for c in o.children if c.lower_ == "of" for p in c.children]
    of += [p for c in verb.children if c.lower_ == "from" for p in c.children]
    harms = [o for o in (*objects, *of) if o.lemma_.lower() in casualty_words("suffer", "harms")]
    harms += [o for o in objects if o.lower_ == "reaction" and _is_of_stress(o)]
    harmed = [h for h in harms if quantity_of(left_tokens(h)) is None]
    if harmed:  # "various degrees of injuries" too
        yield from (("wounded", Victims(s, "suffered wounds")) for s in subjects_harmed(verb))


def _is_of_stress(reaction: Token) -> bool:
    return any(c.lower_ == "stress" for c in reaction.lefts)


def _taken(verb: Token) -> Iterator[Turn]:
    """Read "took six men into custody", "held 14 passengers captive", "rushed to hospital"."""
    if verb.lemma_ not in casualty_words("taken", "verbs"):
        return
    words = [t for t in verb.subtree if t.i > verb.i]
    for where, kind in _TAKEN.items():
        goals = [t for t in words if t.lemma_.lower() in casualty_words("taken", where)]
        if where == "hospital":
            goals += [t for t in words if _is_wound(t)]  # "brought in with gunshot wounds"
            goals = [
                t for t in goals if t.dep_ == "pobj" and t.head.head in {verb, *_objects(verb)}
            ]
            if any(_tells_own_death(t) for t in words):
                continue  # "taken to hospital, where he died"
        if goals:
            yield from ((kind, v) for v in verb_victims(verb) if v.head not in goals)


def _is_wound(noun: Token) -> bool:
    return noun.head.lower_ in {"with", "for"} and noun.lemma_.lower() in casualty_words(
        "suffer", "harms"
    )


def _tells_own_death(word: Token) -> bool:
    """True for the death of those taken to hospital; "and two died" counts others."""
    subjects = [c for c in word.children if c.dep_ == "nsubj"]
    counted = any(quantity_of(left_tokens(s)) is not None or stands_for_one(s) for s in subjects)
    return (word.lemma_ in _DYING or _is_unsaved(word)) and not counted


def _in_need(verb: Token) -> Iterator[Turn]:
    """Read "20 others needed treatment"."""
    if verb.lemma_ in casualty_words("treated", "needing") and any(
        o.lemma_.lower() in casualty_words("treated", "care") for o in _objects(verb)
    ):
        counted = [s for s in subjects_harmed(verb) if quantity_of(left_tokens(s)) is not None]
        yield from (("wounded", Victims(s, "needed treatment")) for s in counted)


def in_bad_condition(noun: Token) -> Iterator[Turn]:
    """Whom "two are in critical condition" and "the other is in hospital" say to be hurt.

    Args:
        noun: any noun; "condition", "care" or "hospital" behind "in" decide.
    """
    verb = noun.head.head
    if verb.lemma_ not in _BEING or noun.lemma_.lower() not in casualty_words(
        "treated", "conditions"
    ):
        return
    if noun.head.lower_ == "under" and noun.lemma_ == "treatment":
        yield from (("wounded", Victims(s, "under treatment")) for s in subjects_harmed(verb))
        return
    states = {c.lower_ for c in noun.lefts if noun.head.lower_ == "in"}
    if noun.head.lower_ != "in" or noun.lemma_ == "treatment":
        return
    if noun.lemma_ == "hospital" or states & casualty_words("treated", "states"):
        bare = noun.lemma_ == "hospital"  # ministers are in hospitals to visit somebody
        people = (s for s in subjects_harmed(verb) if not bare or class_of(s) in {None, "neutral"})
        yield from (("wounded", Victims(s, "in bad condition")) for s in people)


_BEING = frozenset({"be", "remain", "lie", "stay"})


def _driven_out(verb: Token) -> Iterator[Turn]:
    """Read "driven from their homes", "left their villages", "streamed out of the city"."""
    homes = casualty_words("driven", "homes")
    lemma = verb.lemma_
    if lemma in casualty_words("driven", "verbs"):
        goals = {
            g.lemma_
            for p in verb.children
            if p.lower_ in _OUT_OF
            for g in p.subtree
            if g.dep_ == "pobj"
        }
        if goals & homes:
            yield from (("displaced", v) for v in verb_victims(verb))
    elif lemma in casualty_words("driven", "leaving"):
        left = [o for o in _objects(verb) if o.lemma_ in homes and o.tag_ == "NNS"]
        if any(c.dep_ == "poss" for o in left for c in o.children):
            yield from (("displaced", Victims(s, "left homes")) for s in subjects_harmed(verb))
    elif lemma in casualty_words("driven", "streaming") and any(
        c.lower_ in _OUT_OF for c in verb.children
    ):
        yield from (("displaced", Victims(s, "streamed out")) for s in subjects_harmed(verb))


def _led_off(verb: Token) -> Iterator[Turn]:
    """Read "rebels whisked away 40 pupils" and "gunmen led two men into the bush"."""
    verbs = load_words("triggers")["frames"]["abduct"]["verbs"]
    if verb.lemma_.lower() not in verbs or is_plain(verb):
        return
    slain = (c for c in verb.children if c.dep_ == "conj" and c.lemma_ in _SLAYING)
    if any(all(o.lower_ in _ALL_OF_THEM for o in _objects(c)) for c in slain):
        return  # "taken off a bus and shot": nobody was held
    victims = list(verb_victims(verb))
    if victims and takes_captive(verb, agents_of(verb), [v.head for v in victims]):
        yield from (("kidnapped", v) for v in victims)


def _unsaved(verb: Token) -> Iterator[Turn]:
    """Read "the soldier could not be saved" and "the girl did not survive"."""
    if _is_unsaved(verb):
        yield from (("killed", Victims(s, UNSAVED)) for s in subjects_harmed(verb))


def _is_unsaved(verb: Token) -> bool:
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    return any(c.dep_ == "neg" for c in verb.children) and verb.lemma_ in casualty_words(
        "unsaved", "passive" if passive else "active"
    )


def _numbered(verb: Token) -> Iterator[Turn]:
    """Read "those killed numbered at least 12" and "the injured numbered 25"."""
    if verb.lemma_ != "number":
        return
    told = own_subjects(verb.head) if verb.dep_ == "xcomp" else []  # "are said to number 15"
    numbers = _objects(verb) or [c for c in verb.rights if c.dep_ == "nummod"]
    for subject in own_subjects(verb) or told:
        words = [subject.lower_, *(c.lower_ for c in subject.children if c.dep_ == "acl")]
        kind = next((cues("adjectives")[w] for w in words if w in cues("adjectives")), None)
        if kind is not None:
            yield from ((kind, Victims(n, "numbered")) for n in numbers)


def _hit(verb: Token) -> Iterator[Turn]:
    """Read "shot a youth in the leg" and "hit by shrapnel"."""
    if verb.lemma_ not in casualty_words("hit", "verbs") or any(
        _tells_own_death(t) for t in verb.subtree if t.i > verb.i
    ):
        return
    goals = {
        (c.lower_, o.lemma_.lower())
        for c in verb.children
        if c.dep_ in {"prep", "agent"} and c.i > verb.i
        for o in c.children
    }
    limbs, missiles = casualty_words("hit", "limbs"), casualty_words("hit", "missiles")
    if any((p == "in" and o in limbs) or (p == "by" and o in missiles) for p, o in goals):
        yield from (("wounded", v) for v in verb_victims(verb))


def _is_deadly(verb: Token) -> bool:
    """True for "fatally shot", "burned alive", "hacked to death", "blown to pieces".

    Not for those whom a court sentences to death.
    """
    if verb.lemma_ in casualty_words("deadly", "judging"):
        return False
    words = {c.lower_ for c in verb.children}
    if "fatally" in words or ("alive" in words and verb.lemma_ in _BURNING):
        return True
    return any(
        c.lower_ == "to" and any(o.lower_ in casualty_words("deadly", "ends") for o in c.children)
        for c in verb.children
    )


_BURNING = frozenset({"burn", "roast", "torch"})
