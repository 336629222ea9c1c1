"""Whom a pronoun or a definite description means: "they", "its fighters", "the attackers"."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING

from incidents.extractors.attribution import speech_verbs
from incidents.extractors.people import is_attacker
from incidents.extractors.subjects import subjects_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span, Token

    from incidents.model import ActorKind

PRONOUNS = frozenset("they them it he she him we us who their its".split())
_PLURAL = frozenset("they them their".split())
_OBJECTS = frozenset({"them", "him", "us"})
_SUBJECT_LIKE = frozenset({"nsubj", "nsubjpass", "pobj", "compound", "amod", "poss"})
_MODIFIERS = frozenset({"compound", "amod", "nmod"})
_LOOK_BACK = 3  # sentences in which an antecedent is sought
_ACTING: frozenset[ActorKind] = frozenset(
    {"rebel group", "political militia", "identity militia", "protesters", "rioters"}
)
_SUFFERING: frozenset[ActorKind] = frozenset({"civilians", "state forces"})


def find_antecedent(
    token: Token, spans: Sequence[Span], kind: ActorKind | None = None
) -> Span | None:
    """The mention that a pronoun or a description stands for.

    A named party is sought first, in the last three sentences, subjects and agents before others.
    "They" and "the attackers" can also mean a party without a name that stands nearer: "gunmen".
    "Them" is not who acts in the same clause, and can be civilians. In "the army said that it had
    shelled the town", "it" is the army.

    Args:
        token: the pronoun, or the head of "the group".
        spans: the article's mentions of parties, in order.
        kind: what the description says of the party, if anything.
    """
    speaker = _speaker(token, spans)
    if speaker is not None:
        return speaker
    first = first_looked_at(token)
    acting = _acting_beside(token)
    near = spans[bisect_left(spans, first, key=_start) : bisect_left(spans, token.i, key=_start)]
    before = [s for s in near if acting.isdisjoint(_tokens(s))]
    named = _nearest([s for s in before if _is_named(s, token, kind)], token)
    if token.lower_ not in _PLURAL and not (kind is not None and is_attacker(token)):
        return named
    kinds = _ACTING | _SUFFERING if _is_acted_on(token) else _ACTING
    nameless = _nearest([s for s in before if _is_nameless(s, kinds)], token)
    if nameless is None or (named is not None and named.sent.start >= nameless.sent.start):
        return named
    return nameless


def first_looked_at(token: Token) -> int:
    """The first token of the sentences in which an antecedent is sought."""
    first: int = token.sent.start
    for _ in range(_LOOK_BACK - 1):
        if first > 0:
            first = token.doc[first - 1].sent.start
    return first


_start = attrgetter("start")


def _tokens(span: Span) -> range:
    return range(span.start, span.end)


def _acting_beside(token: Token) -> set[int]:
    """Who acts in the clause in which "them" is acted on: "police fired, killing five of them"."""
    if token.lower_ not in _OBJECTS:
        return set()
    verb = next((t for t in token.ancestors if t.pos_ == "VERB"), None)
    return {t.i for t in subjects_of(verb)} if verb is not None else set()


def _nearest(spans: Sequence[Span], token: Token) -> Span | None:
    """The last of those in the same sentence, or else before it; subjects and agents first."""
    here = [s for s in spans if s.start >= token.sent.start]
    subjects = [s for s in here or spans if s.root.dep_ in _SUBJECT_LIKE]
    return next(reversed(subjects or here or list(spans)), None)


def _is_named(span: Span, token: Token, kind: ActorKind | None) -> bool:
    actor = span._.actor
    if actor.generic or not actor.id or (actor.is_country and not _is_subject_of(span, token)):
        return False
    return kind is None or actor.kind == kind or "state" not in str(kind) + str(actor.kind)


def _is_nameless(span: Span, kinds: frozenset[ActorKind]) -> bool:
    """True for gunmen, rioters, protesters: those who act without being named."""
    actor = span._.actor
    return actor.generic and actor.kind in kinds and span.root.dep_ not in _MODIFIERS


def _is_acted_on(pronoun: Token) -> bool:
    return pronoun.lower_ in _OBJECTS or pronoun.dep_ == "nsubjpass"


def _speaker(pronoun: Token, spans: Sequence[Span]) -> Span | None:
    """The party that says of itself what it did: "rebels said that they had taken the town"."""
    verb = pronoun.head
    if pronoun.lower_ not in {"it", "they"} or pronoun.dep_ != "nsubj" or verb.dep_ != "ccomp":
        return None
    if verb.head.lemma_.lower() not in speech_verbs():
        return None
    heads = {t.i for t in subjects_of(verb.head) if t.lower_ not in PRONOUNS}
    return next(
        (
            s
            for s in spans
            if not heads.isdisjoint(_tokens(s)) and s._.actor.kind not in {None, "civilians"}
        ),
        None,
    )


def _is_subject_of(country: Span, pronoun: Token) -> bool:
    """True for a country that a pronoun of the same sentence means: "Russia said its jets …"."""
    return (
        pronoun.lower_ in {"it", "its"}
        and country.start >= pronoun.sent.start
        and country.root.dep_ == "nsubj"
    )
