"""Noun phrases that stand for people: who they are and how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.casualty_words import cues
from incidents.extractors.columns import columns, tokens_once
from incidents.extractors.people import class_of, member_nouns
from incidents.extractors.quantities import quantity_of
from incidents.extractors.syntax import entity_at
from incidents.extractors.vocabulary import load_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from incidents.extractors.mentions import Quantity

_PRONOUNS = frozenset(
    "they them he she him her others one ones who whom some both everyone more".split()
)
NUMBER_NOUNS = frozenset(
    "dozen dozens scores score hundreds thousands tens number numbers couple pair total group"
    " majority handful bunch family".split()
)


def is_person(head: Token, *, counted: bool) -> bool:
    """True if a noun phrase can be people: a known noun, a name, a pronoun, or a bare count."""
    lemma = head.lemma_.lower()
    if lemma in load_words("people")["not_people"]["nouns"] and class_of(head) is None:
        return False
    if stands_for_one(head) or _is_age(head):
        return True
    if head.dep_ == "nummod" and head.head.lower_ in load_words("dates")["weekdays"]:
        return True  # "wounded 40 Tuesday"
    if head.ent_type_ in {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY"}:
        return False
    if class_of(head) or lemma in member_nouns():
        return True
    if head.ent_type_ in {"PERSON", "NORP"} or head.lower_ in _PRONOUNS:
        return True
    if head.pos_ == "NUM" or head.lower_ in NUMBER_NOUNS or head.like_num:
        return True
    return counted and head.pos_ in {"NOUN", "PROPN", "ADJ"}


def counts_harmed(number: Token) -> bool:
    """True for the 12 of "Nine killed 12 injured", which the parser makes an object."""
    after = number.i + 1
    return (
        number.like_num
        and after < len(number.doc)
        and (number.doc[after].lower_ in cues("adjectives"))
    )


def stands_for_one(head: Token) -> bool:
    """True for one person without a noun: "another", "the other", "a third", "a 10-year-old"."""
    if any(c.lower_ == "of" for c in head.children):
        return False
    if head.lower_ == "other" and any(c.lower_ == "the" for c in head.children):
        return head.dep_ not in {"amod", "det"}
    if head.lower_ == "another" or (_is_age(head) and head.lower_ == "old"):
        return True
    return head.lower_ in load_words("people")["ordinals"]["words"] and any(
        c.lower_ in {"a", "the"} for c in head.children
    )


def _is_age(head: Token) -> bool:
    """True for the last word of "a 10-year-old" and "two 10-year-olds" that stand for people."""
    i = head.i
    return (
        head.lower_ in {"old", "olds"}
        and i > 1
        and head.doc[i - 1].text == "-"
        and head.doc[i - 2].lower_ in {"year", "month"}
    )


@tokens_once
def left_tokens(head: Token) -> list[Token]:
    """Tokens of the head's phrase up to and with the head, within its clause."""
    doc, words = head.doc, columns(head.doc)
    start = head.left_edge.i
    found: list[int] = []
    for i in range(head.i - 1, start - 1, -1):
        text = words.text[i]
        if text in '"“”' or _is_in_brackets(words.text, i):
            continue
        if (
            words.is_space[i]
            or text in ";:()"
            or (words.pos[i] in {"VERB", "AUX"} and doc[i].dep_ not in _DESCRIBING)
        ):
            break
        if text == "," and found and not (i > start and doc[i - 1].like_num):
            break
        found.append(i)
    # A count that the parser hung elsewhere still stands right before its noun.
    first = found[-1] if found else head.i
    while first > head.sent.start and (
        words.lower[first - 1] in _COUNT_WORDS or (doc[first - 1].like_num and first == head.i)
    ):
        first -= 1
        found.append(first)
    if words.lower[max(0, first - 3) : first : 2] == ["between", "and"]:
        found += [first - 1, first - 2, first - 3]  # "between 15 and 20", a phrase of its own
    return [*(doc[i] for i in reversed(found)), head]


def _is_in_brackets(texts: Sequence[str], i: int) -> bool:
    """True inside "(TTP)", which stands between "12 Tehreek-e-Taliban Pakistan" and "militants"."""
    around = texts[max(0, i - 2) : i + 3]
    opening = next((k for k, text in enumerate(around) if text == "("), None)
    return opening is not None and ")" in around[opening + 2 : opening + 3]


_DESCRIBING = frozenset({"amod", "nummod", "compound"})


_COUNT_WORDS = frozenset(
    "at least more than over nearly almost about around some up to no fewer as many".split()
)


def count_people(head: Token) -> tuple[Quantity | None, Token]:
    """The count of a noun phrase, and the noun that says who they are.

    "dozens of civilians" counts dozens and says civilians; "one of its fighters" counts one and
    says fighters.
    """
    quantity = quantity_of(left_tokens(head))
    noun = head
    of = next((c for c in head.children if c.lower_ == "of" and c.dep_ == "prep"), None)
    if of is not None and (
        head.lower_ in NUMBER_NOUNS
        or head.like_num
        or head.pos_ == "NUM"
        or head.lower_ in {"one", "members", "member", "some", "several", "many", "all"}
    ):
        noun = next((c for c in of.children if c.dep_ == "pobj"), head)
        if head.lower_ in _WHOLES:
            quantity = quantity_of(left_tokens(noun)) or quantity
    if (persons := _persons_in_brackets(head)) is not None:
        quantity = persons
    if quantity is not None and [t.lower_ for t in head.doc[head.i + 1 : head.i + 3]] == [
        "or",
        "more",
    ]:
        quantity.max = None  # "five people or more"
    return quantity, noun


_WHOLES = frozenset({"group", "family", "total"})  # "a total of 21 people" counts 21


def _persons_in_brackets(head: Token) -> Quantity | None:
    """The people behind families: "8,400 households (about 42,000 persons)"."""
    doc, i = head.doc, head.i + 1
    if head.lemma_.lower() not in _HOUSEHOLDS or i >= len(doc) or doc[i].text != "(":
        return None
    inside = []
    for token in doc[i + 1 : i + _LONGEST_BRACKET]:
        if token.text == ")":
            break
        inside.append(token)
    is_people = any(t.lemma_.lower() in _PERSONS for t in inside)
    return quantity_of(inside) if is_people else None


_HOUSEHOLDS = frozenset({"household", "family"})
_PERSONS = frozenset({"person", "people", "individual", "member"})
_LONGEST_BRACKET = 10


def is_known_people(noun: Token) -> bool:
    """True for people told of before: "the 20 arrested members"."""
    return any(c.lower_ in {"the", "these", "those"} for c in noun.children if c.dep_ == "det")


COLLECTIVE = frozenset(
    "people police army military staff personnel family group crowd mob gang militia navy"
    " enemy air force party troops security cartel".split()
)


def is_denied(head: Token) -> bool:
    """True for "no casualties" and "nobody"."""
    return any(c.lower_ == "no" for c in head.children) or head.lower_ in {
        "none",
        "nobody",
        "nothing",
    }


def victim_names(head: Token) -> tuple[str, ...]:
    """Named victims: the head itself, or a name in apposition."""
    tokens = [head, *(c for c in head.children if c.dep_ == "appos")]
    names = []
    for token in tokens:
        if token.ent_type_ == "PERSON":
            ent = entity_at(token)
            if ent is not None:
                names.append(ent.text.removesuffix("’s").removesuffix("'s"))
    return tuple(dict.fromkeys(names))
