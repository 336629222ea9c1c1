"""Who is said to have done it: claims of responsibility, blame, suspicion and accusation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.columns import columns, spans_at
from incidents.extractors.modality import is_negated
from incidents.extractors.people import ARMED_GROUPS, class_of
from incidents.extractors.subjects import subjects_of
from incidents.extractors.syntax import with_conjuncts
from incidents.extractors.triggers import frames, lemma, trigger_phrases
from incidents.extractors.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span, Token

_CLAIMING = frozenset({"claim", "accept", "admit"})
_CLAIMED = frozenset({"responsibility"})
_TRACING = frozenset({"attribute", "link", "ascribe", "trace"})
_ARMED_CLASSES = frozenset({"rebel", "militia", "identity"})
_SUSPECTING = frozenset({"suspect", "believe"})
_CUES = frozenset(
    {"hallmark", "point", "blame", "accuse", "hold", *_CLAIMING, *_TRACING, *_SUSPECTING}
)  # lemmas


def find_responsible(sent: Span) -> Iterator[Token]:
    """Heads of the phrases that name who is held or holds itself responsible.

    "X claimed responsibility", "X claimed the attack", "blamed on X", "blamed X for the attack",
    "accused X of killing", "X was accused of", "attributed the shelling to X", "held X
    responsible", "investigators suspect X", "X was behind it", "indications point to X", "bears
    the hallmarks of X". Denied and negated claims ("no group has claimed responsibility") give
    none.

    Args:
        sent: a sentence.
    """
    doc, words = sent.doc, columns(sent.doc)
    for i in range(sent.start, sent.end):
        if words.lemma[i] not in _CUES and words.lower[i] != "behind":
            continue
        token = doc[i]
        if token.lemma_ == "hallmark":
            yield from _objects(token, "of")
        if token.lower_ == "behind" and not is_negated(token.head):
            yield from _behind(token)
        if token.pos_ == "VERB" and not is_negated(token):
            yield from _held(token)


def _held(verb: Token) -> Iterator[Token]:
    """Whom one verb holds responsible."""
    if verb.lemma_ in _CLAIMING:
        claimed = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"} and _is_claimed(c)]
        if claimed and not _is_habit(verb, claimed):
            yield from subjects_of(verb)
            yield from _by(verb)
    elif verb.lemma_ == "point" and verb.dep_ != "amod":
        yield from _objects(verb, "to")
    elif verb.lemma_ == "blame":
        yield from _blamed(verb)
    elif verb.lemma_ == "accuse" and _says_of_what(verb):
        yield from _people_of(verb)
        if verb.dep_ == "acl":
            yield from with_conjuncts(verb.head)
    elif verb.lemma_ in _TRACING:
        if any(_is_event(t) for t in _traced(verb)):
            yield from _objects(verb, "to")
    elif verb.lemma_ == "hold" and any(_is_guilty(c) for c in verb.subtree):
        yield from _people_of(verb)
        guilty = (t for c in verb.children if c.dep_ == "ccomp" for t in c.children)
        yield from (t for c in guilty if c.dep_ == "nsubj" for t in with_conjuncts(c))
    elif verb.lemma_ in _SUSPECTING:
        yield from (t for c in verb.children if c.dep_ == "dobj" for t in with_conjuncts(c))


def _is_habit(verb: Token, claimed: Sequence[Token]) -> bool:
    """True for "it usually claims attacks" and "it has claimed most of the attacks"."""
    adverbs = {c.lower_ for c in verb.children if c.dep_ == "advmod"}
    if not adverbs.isdisjoint(word_set("discourse", "habitual", "words")):
        return True
    several = word_set("discourse", "habitual", "claims")
    deeds = [t for c in claimed for t in (c, *_objects(c, "for"))]
    return any(t.lower_ in several or any(c.lower_ in several for c in t.lefts) for t in deeds)


def _says_of_what(verb: Token) -> bool:
    """True for "accused X of …", wherever the parser hangs the "of"."""
    if any(c.lower_ == "of" for c in verb.children):
        return True
    accused = [t for c in verb.children if c.dep_ == "dobj" for t in with_conjuncts(c)]
    if any(_is_event(o) for t in accused for o in _objects(t, "of")):
        return True
    of = (p for t in accused for p in t.children if p.lower_ == "of")
    return any(o.tag_ == "VBG" for p in of for o in p.children)  # "the army and police of killing"


def _people_of(verb: Token) -> Iterator[Token]:
    """The object of a verb, or the subject of its passive."""
    people = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}]
    yield from (t for c in people for t in with_conjuncts(c))


def _is_claimed(token: Token) -> bool:
    """True for responsibility, and for an attack that is claimed."""
    return token.lower_ in _CLAIMED or _is_event(token)


def _is_event(noun: Token) -> bool:
    """True for a noun that tells of violence: "the attack", "the killings"."""
    found = trigger_phrases().longest([lemma(noun)], 0) if noun.pos_ == "NOUN" else None
    deeds = {e.frame for e in found[1]} if found is not None else set()
    return any(name is not None and frames()[name].family == "violence" for name in deeds)


def _traced(verb: Token) -> Iterator[Token]:
    """What is attributed: the object, the subject of the passive, the noun that it describes."""
    yield from _people_of(verb)
    if verb.dep_ == "acl":
        yield verb.head


def _is_guilty(token: Token) -> bool:
    return token.lower_ == "responsible"


def _behind(preposition: Token) -> Iterator[Token]:
    """X of "X was behind the attack"; "the man behind the wheel" is none."""
    verb = preposition.head
    if verb.lemma_ == "be" and any(
        o.dep_ == "pobj" and (_is_event(o) or o.lower_ in {"it", "them"})
        for o in preposition.children
    ):
        yield from (t for t in subjects_of(verb) if t.tag_ not in {"WP", "WDT"})  # "who is behind"


def _by(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ == "agent":
            yield from (t for c in child.children for t in with_conjuncts(c))


def _objects(token: Token, preposition: str) -> Iterator[Token]:
    for prep in token.children:
        if prep.dep_ in {"prep", "dative"} and prep.lower_ == preposition:
            yield from (t for o in prep.children if o.dep_ == "pobj" for t in with_conjuncts(o))


def _blamed(verb: Token) -> Iterator[Token]:
    on = list(_objects(verb, "on"))
    on += [t for c in verb.children if c.dep_ == "dobj" for t in _objects(c, "on")]
    if on:
        yield from on
    elif any(c.dep_ == "prep" and c.lower_ == "for" for c in verb.children) or _names_side(verb):
        yield from _people_of(verb)


def _names_side(verb: Token) -> bool:
    """True where the object alone says who did it: "blamed the rebels", not "the weather"."""
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    armed = any(class_of(t) in _ARMED_CLASSES for t in objects)
    return armed or any(
        span._.actor.kind in ARMED_GROUPS for t in objects for span in spans_at(t, "actors")
    )
