"""Did it happen? Negation, plans, hypotheses and denials."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from incidents.extractors.attribution import denying_verbs, speech_verbs
from incidents.extractors.columns import once_a_token
from incidents.extractors.vocabulary import load_words, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSES = frozenset(  # arcs by which a word belongs to what governs it
    "xcomp ccomp advcl pcomp acl relcl conj dobj pobj attr prep nsubj nsubjpass appos oprd"
    " dep compound agent amod poss nmod npadvmod parataxis".split()
)
_SCOPE = 8  # governors looked at, nearest first


@cache
def _unreal(key: str) -> frozenset[str]:
    return frozenset(load_words("speech")["unreal"][key])


@once_a_token
def is_negated(token: Token) -> bool:
    """True for "did not kill", "no casualties", "without injuries", "no one was hurt"."""
    if any(c.dep_ == "neg" or c.lower_ in {"no", "neither", "never"} for c in token.children):
        return True
    subject = next((c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is not None and (
        subject.lower_ in {"none", "nobody", "no-one", "neither"}
        or any(c.lower_ in {"no", "neither"} for c in subject.children)
    ):
        return True
    return token.head.lower_ == "without" and token.dep_ in {"pobj", "pcomp"}


def _has_unreal_modal(verb: Token) -> bool:
    """A modal before the verb; "would" after a past report can still be a plan, so it counts."""
    return any(
        child.dep_ in {"aux", "auxpass"} and child.lower_ in _unreal("modals")
        for child in verb.children
    )


@once_a_token
def is_real(token: Token) -> bool:
    """True if the event that a token tells of is told as having happened.

    Looks at the token and its governors up to the sentence's main verb: negation, modal verbs,
    conditional markers, and verbs of planning, fearing, denying or judging.
    """
    if is_negated(token):
        return False
    node = token
    for _ in range(_SCOPE):
        if node.pos_ in {"VERB", "AUX"}:
            if _has_unreal_modal(node) or (
                node != token and is_negated(node) and not _is_cleft(node)
            ):
                return False
            if any(c.dep_ == "mark" and c.lower_ in _unreal("markers") for c in node.children):
                return False
        head = node.head
        if head == node or _stands_alone(node, head):
            return True
        if _is_unreal_governor(head, node):
            return False
        if head.lemma_.lower() in speech_verbs() and node.dep_ in {"ccomp", "parataxis"}:
            return head.lemma_.lower() not in denying_verbs() and not is_negated(head)
        if (
            node.dep_ in {"nsubj", "nsubjpass", "advcl", "conj", "relcl"}
            or node.dep_ not in _CLAUSES
        ):
            # What stands beside or above the governor is told on its own.
            if node.dep_ not in {"conj", "advcl"}:
                return True
            if node.dep_ == "conj" and not (node.pos_ == "VERB" and _shares_modal(node, head)):
                node = head
                if head.pos_ in {"VERB", "AUX"}:
                    return True
                continue
            if node.dep_ == "advcl":  # "threatened on Monday to shell the port" is a threat
                infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in node.children)
                unreal = _unreal("verbs") | _unreal("purpose")
                return not (infinitive and (head.lemma_.lower() in unreal or _is_accord(head)))
        node = head
    return True


def _stands_alone(node: Token, head: Token) -> bool:
    """True for a clause that only a semicolon or a comma parts from another one behind it.

    "They blew up a shrine; no one was hurt", "rockets hit the port, nobody was hurt". Not before
    one who speaks or fears: "war is near, he fears".
    """
    if node.dep_ not in {"ccomp", "parataxis"}:
        return False
    first, last = sorted((node.i, head.i))
    if any(t.text == ";" for t in node.doc[first:last]):
        return True
    subject = next((c for c in head.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None or not node.i < subject.i < head.i:
        return False
    if not any(t.text in {",", "–", "—"} for t in node.doc[node.i : subject.i]):
        return False
    told = subject.dep_ == "nsubjpass" and subject.pos_ == "NOUN"  # "no casualties were reported"
    return told or head.lemma_.lower() not in speech_verbs() | _unreal("verbs")


def _is_accord(verb: Token) -> bool:
    """True for "reached a deal to pull back": what is agreed is still to be done."""
    deals = word_set("objects", "deals", "words") | word_set("objects", "truces", "words")
    return any(c.dep_ == "dobj" and c.lemma_.lower() in deals for c in verb.children)


@once_a_token
def is_cumulative(token: Token) -> bool:
    """True for the toll of a war or of a year: "280,000 have been killed since it began".

    Args:
        token: the word that tells of harm: its verb, or a noun that the verb governs.
    """
    verb = token
    while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
        verb = verb.head
    helpers = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    if not helpers & {"have", "has"}:
        # "have been killed and 50 wounded"
        return verb.dep_ == "conj" and verb.head.pos_ == "VERB" and is_cumulative(verb.head)
    words = word_set("discourse", "cumulative", "words")
    above = verb.head if verb.dep_ == "conj" else verb
    return any(t.lower_ in words for v in (verb, above) for t in v.subtree)


@once_a_token
def is_depicted(token: Token) -> bool:
    """True for what a film, a book or a conference is about: "a play about a kidnapping"."""
    works = word_set("discourse", "works", "words")
    node = token
    for _ in range(_SCOPE):
        about = (
            *(o for c in node.children if c.lower_ in {"in", "about"} for o in c.children),
            *(c for c in node.children if c.dep_ == "nsubj"),
        )
        if any(t.lemma_.lower() in works for t in about if t != token):
            return True
        if node.head == node:
            return False
        node = node.head
        if node.lemma_.lower() in works and node.pos_ == "NOUN":
            return True
    return False


def is_allusion(noun: Token) -> bool:
    """True for what is only named beside the news: "resigns amid protests", "despite the truce"."""
    words = word_set("discourse", "allusion", "words")
    node = noun
    while node.head != node and node.pos_ != "VERB":
        if node.dep_ in {"pobj", "pcomp"} and node.head.lower_ in words:
            return True
        node = node.head
    return False


def _is_cleft(verb: Token) -> bool:
    """True for "this is not the first time that …", which asserts its clause."""
    return verb.lemma_ == "be" and any(c.lower_ in {"time", "first"} for c in verb.subtree)


def _shares_modal(node: Token, head: Token) -> bool:
    """A bare verb joined to one with a modal: "will attack and kill"."""
    return node.tag_ == "VB" and head.tag_ == "VB"


def _is_unreal_governor(head: Token, node: Token) -> bool:
    """True if the governor makes what it governs a plan, a fear, a charge, an end or a denial."""
    if head.lemma_.lower() in denying_verbs() and node.dep_ == "dobj":
        return any(c.dep_ == "acl" for c in node.children)  # "dismissed reports that …"
    if head.lemma_.lower() not in _unreal("verbs") or head.pos_ not in {"VERB", "ADJ", "NOUN"}:
        return False
    if head.lemma_ == "order" and any(c.dep_ == "advcl" and c.tag_ == "VBG" for c in head.children):
        return False  # "orders airstrikes, killing 31 people": they were carried out
    if head.lemma_ == "fear" and head.tag_ == node.tag_ == "VBN":
        return False  # "were feared killed" is how a toll is told before it is confirmed
    if node.dep_ in {"xcomp", "ccomp"}:
        return True
    if node.dep_ in {"dobj", "prep", "pcomp"} and head.pos_ == "VERB":
        return not (
            node.dep_ == "prep"
            and node.lower_ in {"after", "following", "as", "during", "amid", "in", "since"}
        )
    if node.dep_ == "prep" and head.pos_ == "NOUN":  # "a plan for an attack"
        return node.lower_ in {"for", "to"}
    return node.dep_ == "acl" and head.pos_ == "NOUN"
