"""People told of together: lists, companions, and parts of those counted already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.casualty_words import casualty_words, cues, kind_of_verb
from incidents.extractors.people import class_of, is_attacker, member_nouns
from incidents.extractors.person_phrases import counts_harmed, is_known_people, left_tokens
from incidents.extractors.quantities import quantity_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from incidents.model import CasualtyKind

_WITH = frozenset({"with", "alongside"})
_TOGETHER = frozenset({"along", "together"})
_OWNED = frozenset({"his", "her", "their"})


def conjuncts(head: Token) -> list[Token]:
    """A noun and those joined to it: "three soldiers, two policemen and a cook"."""
    found = [head]
    for child in head.children:
        if any(t.lower_ in {"them", "whom"} for t in child.subtree):
            continue  # "three civilians, one of them a woman"
        if any(_says_harm(t) for t in head.doc[head.i + 1 : child.i]):
            continue  # "kills 14 people and injures 17 others": another cue's people
        if child.dep_ == "conj" and _is_no_cue(child):
            found += conjuncts(child)
        elif child.dep_ == "appos" and child.i > head.i:
            found += _behind_comma(head, child)
    return found


def listed_before(head: Token) -> list[Token]:
    """The nine of "the mayor says nine children and a woman were killed".

    The parser gives the first of two joined subjects to the verb of saying.
    """
    start = head.left_edge.i
    if start == 0 or head.dep_ not in {"nsubjpass", "nsubj"}:
        return []
    joint = head.doc[start - 1]
    first = joint.head
    is_misread = joint.dep_ == "cc" and first.dep_ == "dobj" and head.head.dep_ == "ccomp"
    return [first] if is_misread and first.head == head.head.head else []


def _is_no_cue(noun: Token) -> bool:
    return (
        noun.lower_ not in cues("adjectives")
        and noun.lemma_.lower() not in cues("counts")
        and not counts_harmed(noun)
    )


def _behind_comma(head: Token, second: Token) -> list[Token]:
    """What follows in a list whose second member the parser takes for an apposition.

    "A judge, Ana Ruiz, and her driver" names the judge; "two men, a judge and a driver" says who
    the two are; "a judge, his wife and a driver" is three.
    """
    if not any(c.dep_ == "conj" for c in second.children):
        return []
    members = conjuncts(second)
    whole = quantity_of(left_tokens(head))
    if second.ent_type_ == "PERSON":
        return members[1:] if whole is None and head.tag_ in {"NN", "NNP"} else []
    if not all(_is_counted(m) for m in members):
        return []
    if whole is not None and whole.min == sum(_size(m) for m in members) and _is_open(head):
        return []
    return members


def spelled_out(head: Token) -> list[Token]:
    """The sides of "30 people: 12 soldiers, 10 rebels and eight civilians", which say more than 30.

    Args:
        head: head of the phrase that counts the people.

    Returns:
        The heads of the parts, where they are of several sides and come to the whole; else none.
    """
    whole = quantity_of(left_tokens(head))
    sent = head.sent
    opening = next((t for t in head.doc[head.i + 1 : sent.end] if t.text in _OPENING), None)
    if whole is None or opening is None or class_of(head) != "neutral":
        return []
    parts = [
        t
        for t in head.doc[opening.i + 1 : sent.end]
        if t.pos_ in {"NOUN", "PROPN"} and class_of(t) and quantity_of(left_tokens(t)) is not None
    ]
    sides = {class_of(p) for p in parts}
    is_whole = whole.min == sum(_size(p) for p in parts)
    return parts if is_whole and len(sides) > 1 and sides & _SIDES else []


_OPENING = frozenset({":", "(", "–", "—"})
_SIDES = frozenset({"state", "rebel", "militia", "identity"})


def _is_open(noun: Token) -> bool:
    """True for "two men", who may be a judge and a driver; "two soldiers" are not."""
    return class_of(noun) == "neutral" or noun.lemma_ in {"civilian", "resident", "child"}


def _is_counted(noun: Token) -> bool:
    return quantity_of(left_tokens(noun)) is not None or any(
        c.lower_ in {"a", "an", *_OWNED} for c in noun.children
    )


def _size(noun: Token) -> int:
    count = quantity_of(left_tokens(noun))
    return (count.min or 1) if count is not None else 1


def _says_harm(token: Token) -> bool:
    lemma = token.lemma_.lower()
    return (
        lemma in cues("verbs")
        or lemma.removesuffix("s") in cues("verbs")
        or (token.lower_ in cues("adjectives"))
    )


def companions(head: Token) -> list[Token]:
    """Those harmed together with others: "arrested him with eleven fighters", "with his wife"."""
    return [
        joined
        for with_ in _companies(head)
        for p in with_.children
        if p.dep_ == "pobj" and _is_companion(p)
        for joined in conjuncts(p)
    ]


def _companies(head: Token) -> Iterator[Token]:
    """The "with" of a person, or of what befell the person."""
    near = list(head.children)
    verb = head.head
    if head.dep_ in {"dobj", "nsubjpass"} or (
        head.dep_ == "nsubj" and verb.lemma_ in cues("intransitive")
    ):
        near += verb.children
    for word in near:
        if word.dep_ == "prep" and word.lower_ in _WITH:
            yield word
        elif word.lower_ in _TOGETHER:
            yield from (c for c in word.children if c.lower_ in _WITH)


def _is_companion(noun: Token) -> bool:
    """True for people counted or owned, and not harmed by a word of their own."""
    return (
        (class_of(noun) is not None or noun.lemma_.lower() in member_nouns())
        and not any(c.dep_ in {"acl", "relcl"} and _says_harm(c) for c in noun.children)
        and (
            quantity_of(left_tokens(noun)) is not None
            or any(c.dep_ == "poss" and c.lower_ in _OWNED for c in noun.children)
        )
    )


def attackers_among(head: Token) -> Token | None:
    """The attackers whom a count of the dead takes in: "five people, including the attacker".

    Args:
        head: head of the phrase that counts the people.

    Returns:
        The head of the attackers' phrase, or None. Their own dead count for their own side.
    """
    for part in _parts(head):
        the = any(c.lower_ == "the" for c in part.children)
        if is_attacker(part) or (the and class_of(part) == "militia"):
            return part
    return None


def has_families_among(head: Token) -> bool:
    """True for people "including children" or "among them two women", and nobody armed."""
    parts = list(_parts(head))
    families = casualty_words("subset", "families")
    return any(p.lemma_.lower() in families for p in parts) and all(
        class_of(p) in {"civilian", "neutral", None} for p in parts
    )


def _parts(head: Token) -> Iterator[Token]:
    """The people whom a count is said to take in."""
    for word in (*head.children, *head.head.children):
        if word.i > head.i and word.lower_ in casualty_words("subset", "prepositions"):
            for part in word.children:
                yield from conjuncts(part)
        elif word.i > head.i and any(t.lower_ in {"them", "whom"} for t in word.subtree):
            yield word


def is_subset(head: Token, noun: Token, cue: Token, told: CasualtyKind) -> bool:
    """True for people counted already: "including 3 children", "two of them".

    Args:
        head: head of the phrase that counts the people.
        noun: the noun that says who they are.
        cue: the word that says what befell them.
        told: what befell them; a turn of phrase says it where the cue alone does not.
    """
    before = [t.lower_ for t in head.doc[max(0, head.left_edge.i - 3) : head.left_edge.i]]
    among = head.head.lower_ == "among" or before[-1:] == ["among"]
    if among and head in {cue, cue.head} and quantity_of(left_tokens(head)) is not None:
        return False  # "four children were among nine people killed": the nine are the whole
    if head.head.lemma_.lower() in casualty_words("subset", "prepositions") and head.dep_ in {
        "pobj",
        "pcomp",
    }:
        return True
    if "including" in before or before[-2:] == ["among", "them"] or among:
        return True
    if noun == head:
        return False
    kind = kind_of_verb(cue) or (told if cue.pos_ == "VERB" else None)
    if noun.lower_ == "whom" and head.head.dep_ == "relcl":
        # "20 men, five of whom were killed": a part only of people whom the same thing befell.
        return kind_of_verb(head.head.head.head) == kind
    if head.head == cue and kind and cues("adjectives").get(noun.lower_, kind) != kind:
        return False  # "two of the wounded died"
    if noun.lower_ in {"them", "those", "these", "which", "whom"}:
        return head.head != cue or kind is None  # "killing five of them" kills five
    return bool(
        {noun.lower_, noun.lemma_.lower()} & casualty_words("subset", "pronouns")
    ) and is_known_people(noun)
