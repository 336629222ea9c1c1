"""Who did it and to whom: the arguments of a verb or an event noun in the dependency parse.

Labels are those of spaCy's English pipelines (ClearNLP): nsubj, nsubjpass, dobj, agent, pobj …
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from incidents.extractors.columns import columns, tokens_once
from incidents.extractors.subjects import (
    RELATIVES,
    agents_behind_by,
    has_object,
    is_named_party,
    is_side,
    noun_before,
    resolve_who,
    subjects_of,
)
from incidents.extractors.syntax import PLACE_LABELS, is_verbal, objects_of, with_conjuncts
from incidents.extractors.vocabulary import load_words, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_AGAINST = frozenset({"on", "upon", "against", "at", "targeting", "into", "toward", "towards"})
_MAX_DEPTH = 4
_PHRASE = 6  # words before an event noun that can be of its phrase


@cache
def light_verbs() -> frozenset[str]:
    """Verbs that carry an event noun: "launch (an attack)", "(clashes) erupted"."""
    return frozenset(load_words("triggers")["light"]["verbs"])


def _objects_under(noun: Token, preposition: str) -> list[Token]:
    return [
        t
        for c in noun.children
        if c.dep_ == "prep" and c.lower_ == preposition
        for t in objects_of(c)
    ]


def _is_passive(verb: Token) -> bool:
    return any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children) or (
        verb.tag_ == "VBN"
        and verb.dep_ in {"acl", "amod", "relcl", "advcl"}
        and not has_object(verb)
    )


@tokens_once
def agents_of(root: Token) -> list[Token]:
    """Heads of the phrases that name who did it.

    Args:
        root: the trigger's head, a verb or an event noun.

    Returns:
        Heads in order of the text; empty if the sentence does not say.
    """
    return _agents(root, 0)


def _agents(root: Token, depth: int) -> list[Token]:
    """Agents of a word that the question was passed on to `depth` times."""
    if depth >= _MAX_DEPTH:
        return []
    if is_verbal(root):
        agents = agents_behind_by(root)
        if root.lemma_.lower() in _BEATEN_BACK:
            return [a for c in root.children if c.dep_ == "dobj" for a in agents_behind_by(c)]
        if root.lemma_ == "fall":  # "the town fell to the rebels"
            return _objects_under(root, "to") or subjects_of(root)
        if not agents and not _is_passive(root):
            agents = subjects_of(root)
        if not agents and _is_passive(root):
            agents = _late_agents(root)
        return agents
    return _noun_agents(root, depth)


def _late_agents(verb: Token) -> list[Token]:
    """Agents of a passive behind what stands between.

    "beaten and dragged away by protesters", "killed in firing by gunmen", "found in a house in
    Ramadi by marines"; and in front of it, "troops led an operation in which four were killed".
    """
    if verb.dep_ == "relcl" and (operation := _operation_above(verb.head)) is not None:
        return _noun_agents(operation, 0)
    joined = (c for c in verb.children if c.dep_ == "conj" and c.tag_ in {"VBN", "VBD"})
    agents = [a for c in joined for a in agents_behind_by(c)]
    if agents:
        return agents
    for prep in verb.children:
        if prep.dep_ != "prep" or prep.i < verb.i or prep.lower_ not in {"in", "during", "at"}:
            continue
        for token in prep.subtree:
            if token.lower_ == "by" and not _is_verb_between(verb, token):
                agents += [a for a in objects_of(token) if is_side(a)]
    return agents


def _operation_above(noun: Token) -> Token | None:
    """The raid that a clause is about, also where it hangs on "a raid in the area of X"."""
    while noun.lemma_ not in _OPERATIONS and noun.dep_ == "pobj":
        noun = noun.head.head
    return noun if noun.lemma_ in _OPERATIONS else None


_OPERATIONS = frozenset({"operation", "raid", "sweep", "crackdown"})


def _is_verb_between(verb: Token, token: Token) -> bool:
    return any(t.pos_ in {"VERB", "AUX"} for t in verb.doc[verb.i + 1 : token.i] if t.tag_ != "VBG")


def _names_its_owner(modifier: Token, noun: Token) -> bool:
    """True for "Russian missile and drone strikes", not for a "Turkish bus attack"."""
    words, between = columns(noun.doc), slice(modifier.i + 1, noun.i)
    arms = word_set("objects", "arms", "words")
    return all(
        pos in _DESCRIBING or lemma in arms or lemma in _MEANS
        for pos, lemma in zip(words.pos[between], words.lemma[between], strict=True)
    )


_DESCRIBING = frozenset({"ADJ", "CCONJ", "NUM", "PUNCT", "ADV", "PROPN"})
_MEANS = frozenset(
    "air ground cross border suicide car terror cruise ballistic sniper knife gun".split()
)


def _owner_before(noun: Token) -> list[Token]:
    """The demonym before an event noun where the parser hung it on another word of the phrase."""
    for i in range(noun.i - 1, max(noun.sent.start, noun.i - _PHRASE) - 1, -1):
        token = noun.doc[i]
        if token.pos_ not in {"ADJ", "NOUN", "PROPN", "CCONJ", "PUNCT", "NUM", "ADV"}:
            break
        if token.ent_type_ == "NORP" and _names_its_owner(token, noun):
            return [token]
    return []


def _noun_agents(noun: Token, depth: int) -> list[Token]:  # long: a construction after the other
    agents = agents_behind_by(noun)
    agents += [  # "a bomb planted by rebels"
        a for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN" for a in agents_behind_by(c)
    ]
    agents += [a for verb in _carrying(noun) for a in subjects_of(verb)]
    if not agents:  # "the seizure of a base by rebels", where "by" hangs on the base
        agents = [a for o in _objects_under(noun, "of") for a in agents_behind_by(o)]
    if noun.lemma_ == "fall":  # "the fall of the town to the rebels"
        agents += _objects_under(noun, "to")
    agents += [c for c in noun.children if c.dep_ == "poss"]
    agents += [
        c
        for c in noun.children
        if c.dep_ in {"compound", "amod", "nmod"}
        and _names_its_owner(c, noun)
        and (
            is_named_party(c)
            or (
                c.ent_type_ not in PLACE_LABELS  # "West Bank raids" are in the West Bank
                and (c.pos_ == "PROPN" or c.ent_type_ in {"NORP", "ORG"} or c.lower_ in _SIDES)
            )
        )
    ]
    agents = agents or _owner_before(noun)
    if agents:
        return agents
    head = noun.head
    if noun.dep_ in {"dobj", "attr"} and is_verbal(head) and head.lemma_.lower() in light_verbs():
        return [] if head.lemma_.lower() in _SUFFERED else _agents(head, depth + 1)
    if noun.dep_ == "nsubjpass" and head.lemma_.lower() in light_verbs():
        return agents_behind_by(head)  # "a truce was agreed by both sides"
    if noun.dep_ == "pobj" and head.dep_ in {"prep", "agent"} and is_verbal(head.head):
        governor = head.head
        if (
            head.lower_ in {"in", "during", "with", "by", "through"}
            and not _is_passive(governor)
            and (governor.lemma_.lower() in _HARMING)
        ):
            return _agents(governor, depth + 1)
    if noun.dep_ == "pobj" and head.lower_ == "of" and head.head.pos_ in {"NOUN", "NUM", "DET"}:
        return _noun_agents(head.head, depth + 1)
    return []


def _carrying(noun: Token) -> list[Token]:
    """The light verb of a relative clause: "an attack that rebels made on a base"."""
    return [
        c
        for c in noun.children
        if c.dep_ in {"relcl", "acl"}
        and c.lemma_.lower() in light_verbs() - _SUFFERED
        and any(s.dep_ == "nsubj" and s.lower_ not in RELATIVES for s in c.children)
    ]


# "killed ten in an attack": the subject attacked; "died in an attack" says nothing of who did.
_HARMING = frozenset(
    "kill wound injure destroy damage target hit seize capture strike respond retaliate".split()
)
# "suffered an attack", "repelled the assault": the subject was attacked.
_SUFFERED = frozenset("suffer sustain face experience repel survive witness see repulse".split())
_SIDES = frozenset(
    "rebel regime government militant jihadist insurgent army police militia"
    " settler terrorist coalition military junta paramilitary separatist guerrilla".split()
)


# "repelled an attack by rebels": the subject was attacked.
_BEATEN_BACK = frozenset({"repel", "repulse"})
# What is taken "from" somebody was theirs.
_WRESTING = frozenset("retake recapture capture seize take liberate free wrest reclaim win".split())


@tokens_once
def patients_of(root: Token) -> list[Token]:
    """Heads of the phrases that name who or what was acted on."""
    found = [
        t for c in root.children if c.dep_ in {"dobj", "nsubjpass", "obj"} for t in resolve_who(c)
    ]
    if is_verbal(root) and root.lemma_.lower() in _BEATEN_BACK:
        return subjects_of(root)
    if is_verbal(root):
        is_noun_before = bool(noun_before(root)) or has_object(root)
        if root.dep_ in {"acl", "amod"} and root.tag_ == "VBN" and not is_noun_before:
            found += with_conjuncts(root.head)
        if root.tag_ == "VBN":
            found += _lost_with(root)
        found += against(root)
        if root.tag_ == "VBG" and not found:
            found += _objects_under(root, "of")  # "the shelling of a farm"
        if root.lemma_.lower() in _WRESTING:
            found += [t for g in (root, *found) for t in _objects_under(g, "from") if is_side(t)]
        if not found and root.dep_ == "conj" and root.tag_ == "VBN":
            found += [
                t for c in root.head.children if c.dep_ == "nsubjpass" for t in with_conjuncts(c)
            ]
        return found
    found += against(root)
    found += [t for verb in _carrying(root) for t in against(verb)]
    found += _objects_under(root, "of")
    head = root.head
    if is_verbal(head):
        if root.dep_ == "nsubj":
            found += [t for c in head.children if c.dep_ == "dobj" for t in with_conjuncts(c)]
            found += against(head)
        elif root.dep_ == "dobj" and head.lemma_.lower() in light_verbs() | _SUFFERED:
            found += against(head)
            if head.lemma_.lower() in _SUFFERED:
                found += subjects_of(head)
    for child in root.children:  # "an attack targeting a convoy", "an ambush that killed six"
        if child.dep_ in {"acl", "relcl"} and is_verbal(child) and child.tag_ != "VBN":
            objects = (c for c in child.children if c.dep_ == "dobj")
            found += [t for c in objects if c.lower_ not in RELATIVES for t in with_conjuncts(c)]
    return found


def _lost_with(participle: Token) -> list[Token]:
    """The guards of "the post fell, with six guards killed"."""
    if participle.dep_ == "pcomp":
        people = [c for c in participle.head.children if c.dep_ == "pobj"]
    elif any(c.dep_ == "mark" and c.lower_ == "with" for c in participle.children):
        people = [c for c in participle.children if c.dep_ == "nsubj"]
    else:
        people = []
    return [t for c in people for t in with_conjuncts(c)]


def against(token: Token) -> list[Token]:
    """What stands behind "on", "against", "at" and the like: what a deed is directed at."""
    return [
        t
        for c in token.children
        if c.dep_ == "prep" and c.lower_ in _AGAINST
        for t in objects_of(c)
        if t.ent_type_ not in {"DATE", "TIME"}  # "attacked on Monday"
    ]
