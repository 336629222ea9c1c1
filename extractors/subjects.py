"""The grammatical subject of a verb: its own, or one that the sentence gives it in another way.

Labels are those of spaCy's English pipelines (ClearNLP): nsubj, nsubjpass, dobj, agent, pobj …
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.columns import is_in_span, spans_at, tokens_once
from incidents.extractors.syntax import (
    PLACE_LABELS,
    is_verbal,
    objects_of,
    shooters_before,
    with_conjuncts,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_MAX_DEPTH = 4
RELATIVES = frozenset({"that", "which", "who", "whom"})
_HELD = frozenset({"believe", "suspect", "think", "say", "presume"})


def resolve_who(token: Token) -> list[Token]:
    """Resolve "who", "which" and "that" to the noun of the relative clause."""
    if token.lower_ in RELATIVES:
        node = token.head
        for _ in range(_MAX_DEPTH):
            if node.dep_ in {"relcl", "acl"}:
                return with_conjuncts(node.head) if node.head.i < token.i else []
            node = node.head
        return []
    return with_conjuncts(token)


@tokens_once
def subjects_of(verb: Token) -> list[Token]:
    """Grammatical subjects of a verb, its own or inherited through conjunction and control."""
    return _subjects(verb, 0)


def _subjects(verb: Token, depth: int) -> list[Token]:
    """Subjects of a verb that the question was passed on to `depth` times."""
    own = [t for c in verb.children if c.dep_ in {"nsubj", "csubj"} for t in resolve_who(c)]
    own = own or _names_before(verb) or noun_before(verb) or shooters_before(verb)
    if own or depth >= _MAX_DEPTH:
        return own
    head = verb.head
    before = verb.doc[verb.i - 1] if verb.i else verb
    if verb.tag_ == "VBG" and before.dep_ == "pobj" and is_named_party(before):
        return [before]  # "wounded in Hezbollah shelling"
    if any(c.dep_ == "nsubjpass" for c in verb.children):
        return []
    if verb.dep_ in {"conj", "xcomp", "advcl", "pcomp", "dep"} and is_verbal(head):
        purpose = any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)
        if verb.dep_ == "advcl" and verb.tag_ not in {"VBG", "VBN"} and not purpose:
            return []
        if any(c.dep_ == "nsubjpass" for c in head.children):
            return (
                []
                if verb.dep_ != "conj" or verb.tag_ == "VBN"
                else [t for c in head.children if c.dep_ == "nsubjpass" for t in with_conjuncts(c)]
            )
        return _subjects(head, depth + 1)
    if verb.dep_ == "pcomp" and verb.tag_ == "VBN":
        return []  # "with six guards killed"
    if verb.dep_ == "pcomp" and head.dep_ == "prep":
        return _subjects_by_preposition(verb, depth)
    if (
        verb.dep_ == "ccomp"
        and head.lemma_ in _HELD
        and any(c.dep_ == "xcomp" for c in head.children)
    ):
        return _subjects(head, depth + 1)  # "men believed to be rebels attacked a village"
    active = verb.tag_ == "VBG" or has_object(verb)
    if verb.dep_ in {"acl", "relcl"} and active and head.ent_type_ not in PLACE_LABELS:
        return with_conjuncts(_bearer(head))
    return []


def _subjects_by_preposition(verb: Token, depth: int) -> list[Token]:
    """Subjects of a verb behind a preposition: "resulted from fighters opening fire"."""
    preposition = verb.head
    head = preposition.head
    beside = [
        token
        for child in preposition.children
        if child.dep_ == "pobj" and child.i < verb.i
        for token in with_conjuncts(child)
    ]
    if beside:
        return beside
    if head.lemma_ in {"accuse", "suspect"}:  # "accused Russia of targeting civilians"
        return [t for c in head.children if c.dep_ == "dobj" for t in with_conjuncts(c)]
    return _subjects(head, depth + 1) if is_verbal(head) else []


def _names_before(verb: Token) -> list[Token]:
    """The parties of "The Taliban and ISIS-K fought", which the parser took for a compound."""
    if verb.dep_ != "ROOT" or verb.tag_ not in {"VBD", "VBP", "VBZ"}:
        return []
    return [
        t
        for c in verb.lefts
        if c.dep_ in {"nmod", "compound"} and is_side(c)
        for t in with_conjuncts(c)
    ]


def noun_before(verb: Token) -> list[Token]:
    """The subject of "Youths set upon a man", where the parser hung the verb on it."""
    head = verb.head
    if verb.dep_ != "acl" or head.dep_ != "ROOT" or head.i > verb.i or agents_behind_by(verb):
        return []
    objects = [c for c in verb.children if c.dep_ == "dobj" or c.lower_ == "upon"]
    return with_conjuncts(head) if objects else []


def _bearer(arms: Token) -> Token:
    """The men of "men armed with machetes killed a guard", where the verb hangs on the arms."""
    armed = arms.head.head
    if arms.dep_ == "pobj" and arms.head.lower_ == "with" and armed.lower_ == "armed":
        return armed.head if armed.dep_ == "acl" else arms
    return arms


def has_object(verb: Token) -> bool:
    """True for a past tense that the parser takes for a participle: "police … raided a house"."""
    return any(c.dep_ == "dobj" for c in verb.children)


def agents_behind_by(token: Token) -> list[Token]:
    """Heads of the phrases behind "by" that hang on a word."""
    return [
        t
        for c in token.children
        if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by")
        for t in objects_of(c)
    ]


def is_side(token: Token) -> bool:
    """True inside the name or description of a party."""
    return is_in_span(token, "actors")


def is_named_party(token: Token) -> bool:
    """True inside the name of a party that the gazetteer knows, whatever the NER makes of it."""
    return any(
        span._.actor.id is not None and not span._.actor.is_country
        for span in spans_at(token, "actors")
    )
