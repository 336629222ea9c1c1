"""What a token is in the parse: a verb of its own, one of several that are joined, near another.

Labels are those of spaCy's English pipelines (ClearNLP).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Span

from incidents.extractors.columns import columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
"""What the model's recogniser calls places."""

_NOMINAL = frozenset({"nsubj", "nsubjpass", "pobj", "dobj", "compound", "poss"})
_VERB_PARTS = frozenset({"dobj", "nsubj", "aux", "auxpass", "prt", "advmod"})
_VERB_TAGS = frozenset({"VBN", "VBD", "VBG", "VB", "VBZ", "VBP"})


def is_verbal(token: Token) -> bool:
    """True for verbs, participles and gerunds that take their own arguments.

    A "verb" in a noun's place is a noun that the tagger mistook ("airstrikes kill ten"), and so is
    a gerund without an object ("fighting continues"). A "noun" that a sentence hangs on, with a
    subject of its own, is a verb ("a man rams into a crowd").
    """
    if token.dep_ in _NOMINAL and (
        token.tag_ != "VBG" or not any(c.dep_ in _VERB_PARTS for c in token.children)
    ):
        return False
    if token.dep_ == "ROOT" and any(c.dep_ in {"nsubj", "nsubjpass"} for c in token.children):
        return token.pos_ != "AUX"
    return token.pos_ == "VERB" or (token.tag_ in _VERB_TAGS and token.pos_ != "AUX")


def way_between(doc: Doc, a: int, b: int) -> tuple[list[int], list[int], int] | None:
    """How two words of a sentence hang together.

    Args:
        doc: a parsed doc.
        a: number of a token.
        b: number of another.

    Returns:
        The tokens up from `a` and those up from `b`, both without the one where they meet, and that
        one; None if they hang on different roots.
    """
    heads = columns(doc).head
    chain = _up_from(b, heads)
    ranks = {node: rank for rank, node in enumerate(chain)}
    up: list[int] = []
    for node in _up_from(a, heads):
        if node in ranks:
            return up, chain[: ranks[node]], node
        up.append(node)
    return None


def _up_from(node: int, heads: Sequence[int]) -> list[int]:
    chain = [node]
    while heads[node] != node:
        node = heads[node]
        chain.append(node)
    return chain


def arcs_between(doc: Doc, a: int, b: int) -> int | None:
    """Number of dependency arcs between two tokens; None if they hang on different roots."""
    way = way_between(doc, a, b)
    return None if way is None else len(way[0]) + len(way[1])


def with_conjuncts(token: Token) -> list[Token]:
    """A token and those joined to it by "and"."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj":
            found += with_conjuncts(child)
    return found


def objects_of(prep: Token) -> list[Token]:
    """What stands behind a preposition, with what is joined to it."""
    return [t for c in prep.children if c.dep_ in {"pobj", "pcomp"} for t in with_conjuncts(c)]


def entity_at(token: Token) -> Span | None:
    """The named entity that a token stands in, found without a look through all of the doc's.

    Args:
        token: a token of a doc on which an NER has run.
    """
    doc, start = token.doc, token.i
    if not token.ent_type_:
        return None
    while start > 0 and doc[start].ent_iob_ == "I":
        start -= 1
    end = token.i + 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return Span(doc, start, end, label=token.ent_type_)


def distance(a: Token, b: Token) -> int:
    """Number of dependency arcs between two tokens of one sentence."""
    doc = a.doc
    arcs = arcs_between(doc, a.i, b.i)
    return len(doc) if arcs is None else arcs


def stands_after(inner: Token, outer: Token) -> bool:
    """True if `inner` is told as what came before: "… after the killing of …"."""
    node = inner
    while node.head != node:
        if node.dep_ in {"pobj", "pcomp", "advcl"}:
            marks = (
                {node.head.lower_}
                if node.dep_ != "advcl"
                else {c.lower_ for c in node.children if c.dep_ in {"mark", "advmod", "prep"}}
            )
            if marks & {"after", "since", "before"}:
                return outer.i not in {t.i for t in node.subtree}
        node = node.head
    return False


def shooters_before(verb: Token) -> list[Token]:
    """The subject of "a sniper shot and hurt a man", where the parser takes the shot for a noun."""
    shot = verb.head
    if verb.dep_ != "conj" or shot.lower_ != "shot" or shot.pos_ != "NOUN":
        return []
    return [c for c in shot.lefts if c.dep_ == "compound" and c.i == shot.i - 1]


def is_reported_from(token: Token) -> bool:
    """True for X in "clashes were reported from X": it is where they were.

    Args:
        token: the head of a name.
    """
    verb = token.head.head
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    return (
        token.dep_ == "pobj" and token.head.lower_ == "from" and passive and verb.lemma_ == "report"
    )
