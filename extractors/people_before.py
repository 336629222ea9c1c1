"""Whom "they", "both" or "all three" count: people told of before, with how many they were."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from incidents.extractors.arguments import agents_of
from incidents.extractors.attribution import speech_verbs
from incidents.extractors.joined_people import conjuncts
from incidents.extractors.people import class_of, member_nouns
from incidents.extractors.person_phrases import COLLECTIVE, count_people, left_tokens, victim_names
from incidents.extractors.quantities import quantity_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Span, Token

    from incidents.extractors.mentions import Quantity
    from incidents.model import CasualtyKind

_MANY = frozenset({"they", "them"})
_DEFINITE = frozenset({"both", "all", "the"})
_ACTED_ON = frozenset({"dobj", "nsubjpass", "dative"})
_BEHIND = frozenset({"pobj"})
_PLURAL = frozenset({"NNS", "NNPS"})
_FIGHTING = frozenset({"fight", "clash", "battle", "skirmish"})
_ARMED = frozenset({"rebel", "militia", "identity"})


class People(NamedTuple):
    """People told of before.

    Attributes:
        noun: head of the first phrase that names them.
        min: fewest; None where nothing counts them.
        max: most; None if open.
        names: those who are named.
    """

    noun: Token
    min: int | None
    max: int | None
    names: tuple[str, ...]


def people_meant(
    head: Token, cue: Token, quantity: Quantity | None, harmed: Mapping[int, CasualtyKind]
) -> People | None:
    """The people told of before that a pronoun or a bare count of those harmed means.

    "They" and "them" are those acted on rather than those who acted, and not who acts in the same
    clause; where forces are said to have done it, they are the armed ones. The dead are not meant
    again. "Both", "all three" and "the two" are people that were counted the same before, and "one"
    is one of those acted on.

    Args:
        head: head of the phrase that stands for those harmed.
        cue: the word that says what befell them.
        quantity: the count of that phrase, if it has one.
        harmed: what befell people, by the heads of their phrases, as far as it is read.

    Returns:
        The people, or None where nobody was told of, or more than one group can be meant.
    """
    if count_people(head)[1].lower_ in _MANY or head.lower_ in _MANY:
        found = [g for g in _groups_before(head, cue) if harmed.get(g.noun.i) != "killed"]
        return _likeliest(found, cue)
    if quantity is None:
        return None
    if _is_definite(head):
        counted = quantity.min, quantity.max
        found = _groups_before(head, cue, sentences=2)
        return _likeliest([g for g in found if (g.min, g.max) == counted], cue)
    if head.pos_ == "NUM" and not list(head.children):
        found = [g for g in _groups_before(head, cue) if g.noun.dep_ in _ACTED_ON]
        return _likeliest([g for g in found if g.min is not None and g.min > quantity.min], cue)
    return None


def _is_definite(head: Token) -> bool:
    """True for "both", "all four", "the two": those told of, without a noun of their own."""
    if class_of(head) not in {None, "neutral"} or head.lemma_ in {"man", "person", "people"}:
        return False
    return any(t.lower_ in _DEFINITE for t in left_tokens(head))


def _groups_before(head: Token, cue: Token, *, sentences: int = 1) -> list[People]:
    """The groups of the same sentence before a pronoun, or else of the sentences before it."""
    acting = {t.i for t in agents_of(cue)}
    doc, sent = head.doc, head.sent
    found = _groups(doc[sent.start : head.left_edge.i], acting)
    for _ in range(sentences):
        if found or sent.start == 0:
            break
        sent = doc[sent.start - 1].sent
        found = _groups(sent, acting)
    return found


def _groups(words: Span, acting: set[int]) -> list[People]:
    """The people, several of them, of a run of words; those joined are one group."""
    found: list[People] = []
    taken: set[int] = set()
    for token in words:
        if token.i in taken or not _is_people(token) or _tells(token):
            continue
        members = conjuncts(token)
        taken.update(m.i for m in members)
        if not acting & taken.intersection(m.i for m in members) and _are_several(members):
            found.append(People(token, *_count(members), _names(members)))
    return found


def _is_people(token: Token) -> bool:
    if token.pos_ not in {"NOUN", "PROPN"} or token.dep_ in {"compound", "amod", "nmod", "poss"}:
        return False
    if token.dep_ == "pobj" and token.head.lower_ == "of" and class_of(token.head.head):
        return False  # "officers of the force"
    is_known = class_of(token) is not None or token.lemma_.lower() in member_nouns()
    return is_known or token.ent_type_ == "PERSON"


def _names(members: Sequence[Token]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for m in members for name in victim_names(m)))


def _tells(noun: Token) -> bool:
    """True for who says what the sentence tells: "two witnesses said", "according to officials"."""
    return noun.head.lemma_.lower() in {*speech_verbs(), "accord", "to"}


def _are_several(members: Sequence[Token]) -> bool:
    first = members[0]
    if len(members) > 1 or first.tag_ in _PLURAL or first.lower_ in COLLECTIVE:
        return True
    count = quantity_of(left_tokens(first))
    return count is not None and count.max != 1


def _count(members: Sequence[Token]) -> tuple[int | None, int | None]:
    """How many the members of a group are together; None where one of them is not counted."""
    low, high = 0, 0
    is_open = False
    for member in members:
        count = quantity_of(left_tokens(member))
        if count is None and (member.tag_ in _PLURAL or member.lower_ in COLLECTIVE):
            return None, None
        low += 1 if count is None else count.min
        high += 1 if count is None else count.max or 0
        is_open = is_open or (count is not None and count.max is None)
    return low, None if is_open else high


def _fought(noun: Token) -> bool:
    verb = noun.head.head if noun.dep_ in _BEHIND else noun.head
    return verb.lemma_ in _FIGHTING


def _likeliest(groups: Sequence[People], cue: Token) -> People | None:
    """Those acted on before those behind a preposition, these before those who acted.

    Nobody where two counted sides fought each other.
    """
    if len([g for g in groups if g.min and _fought(g.noun)]) > 1:
        return None
    armed = [g for g in groups if class_of(g.noun) in _ARMED]
    if armed and any(class_of(a) == "state" for a in agents_of(cue)):
        groups = armed
    ranks = [
        [g for g in groups if g.noun.dep_ in _ACTED_ON],
        [g for g in groups if g.noun.dep_ in _BEHIND],
        list(groups),
    ]
    best = next((r for r in ranks if r), [])
    return best[0] if len(best) == 1 else None
