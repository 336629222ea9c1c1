"""Lists of a doc's words, and what is kept beside them."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from incidents.extractors.columns import (
    columns,
    distinct_mentions,
    is_in_span,
    mentions_of,
    once_a_doc,
    once_a_token,
    renew,
    spans_at,
    spans_within,
    text_at,
    text_of,
    tokens_once,
)
from incidents.extractors.mentions import register_extensions
from incidents.extractors.syntax import arcs_between, way_between

if TYPE_CHECKING:
    from spacy.tokens import Token

NLP = spacy.blank("en")
register_extensions()


def make_doc() -> Doc:
    """Two parsed sentences with a line end between them."""
    words = ["Rebels", "Raided", "Mopti", ".", "\n", "Troops", "fled"]
    return Doc(
        NLP.vocab,
        words=words,
        spaces=[True, True, False, False, False, True, False],
        pos=["NOUN", "VERB", "PROPN", "PUNCT", "SPACE", "NOUN", "VERB"],
        tags=["NNS", "VBD", "NNP", ".", "_SP", "NNS", "VBD"],
        lemmas=["rebel", "Raid", "Mopti", ".", "\n", "troop", "flee"],
        deps=["nsubj", "ROOT", "dobj", "punct", "dep", "nsubj", "ROOT"],
        heads=[1, 1, 1, 1, 3, 6, 6],
    )


def test_columns_are_what_the_tokens_say() -> None:
    """Each list has what spaCy has for each token."""
    doc = make_doc()
    words = columns(doc)
    assert [t.text for t in doc] == words.text
    assert [t.lower_ for t in doc] == words.lower
    assert [t.lemma_.lower() for t in doc] == words.lemma
    assert [t.pos_ for t in doc] == words.pos
    assert [t.tag_ for t in doc] == words.tag
    assert [t.head.i for t in doc] == words.head
    assert [t.is_space for t in doc] == [bool(n) for n in words.is_space]
    assert {"rebels", "raided", "mopti", ".", "\n", "troops", "fled"} == words.vocabulary


def test_columns_of_no_words() -> None:
    """A doc without a token has empty lists."""
    words = columns(Doc(NLP.vocab))
    assert [] == words.text == words.lemma == words.head


def test_renew_reads_what_was_annotated_since() -> None:
    """A lemma that another component sets is seen by the next of ours, and only then."""
    doc = make_doc()
    assert columns(doc).lemma[0] == "rebel"
    doc[0].lemma_ = "insurgent"
    assert columns(doc).lemma[0] == "rebel"
    renew(doc)
    assert columns(doc).lemma[0] == "insurgent"


def test_columns_follow_words_that_are_merged() -> None:
    """A doc of other tokens has other lists at once."""
    doc = make_doc()
    assert len(columns(doc).text) == 7
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[5:7])
    assert columns(doc).text[-1] == "Troops fled"


def test_columns_of_two_docs_in_turn() -> None:
    """Each doc has its own."""
    one, other = make_doc(), Doc(NLP.vocab, words=["Calm"])
    for _ in range(2):
        assert columns(one).text[0] == "Rebels"
        assert columns(other).text == ["Calm"]


def test_what_is_kept_does_not_keep_the_doc() -> None:
    """A doc that nobody uses any more is freed with all that is kept of it."""
    doc = make_doc()
    doc.spans["places"] = [Span(doc, 2, 3, label="PLACE")]
    assert spans_at(doc[2], "places")
    assert text_of(doc)
    known = weakref.ref(columns(doc))
    gone = weakref.ref(doc)
    del doc
    columns(make_doc())  # the last one asked for is held until another is
    gc.collect()
    assert gone() is None
    assert known() is None


def test_functions_are_asked_once() -> None:
    """Once a doc and once a token; lists of tokens come back as new lists of the same tokens."""
    asked: list[str] = []

    @once_a_doc
    def count(doc: Doc) -> int:
        asked.append("doc")
        return len(doc)

    @once_a_token
    def shout(token: Token) -> str | None:
        asked.append(token.text)
        return None

    @tokens_once
    def following(token: Token) -> list[Token]:
        asked.append(f"{token.text}+")
        return [token.nbor()]

    doc = make_doc()
    assert count(doc) == count(doc) == 7
    assert shout(doc[0]) is shout(doc[0]) is None
    first, second = following(doc[0]), following(doc[0])
    assert [doc[1]] == first == second
    assert first is not second
    assert asked == ["doc", "Rebels", "Rebels+"]
    assert following(make_doc()[0])[0].text == "Raided"
    assert asked[-1] == "Rebels+"


def test_spans_of_a_group_by_token_and_by_sentence() -> None:
    """Overlapping spans keep their order; a group that is not there has none."""
    doc = make_doc()
    doc.spans["dates"] = [Span(doc, 0, 3, label="A"), Span(doc, 2, 3, label="B")]
    assert [s.label_ for s in spans_at(doc[2], "dates")] == ["A", "B"]
    assert is_in_span(doc[1], "dates")
    assert not is_in_span(doc[5], "dates")
    assert spans_at(doc[5], "dates") == []
    assert [s.label_ for s in spans_within(doc[1:4], "dates")] == ["B"]
    assert spans_within(doc[0:7], "places") == []
    doc.spans["dates"] = [Span(doc, 5, 6, label="C")]
    renew(doc)
    assert [s.label_ for s in spans_within(doc[0:7], "dates")] == ["C"]


def test_mentions_are_those_of_the_spans() -> None:
    """What the spans mean, without asking each of them again."""
    doc = make_doc()
    doc.spans["places"] = [Span(doc, 2, 3, label="PLACE")]
    doc.spans["places"][0]._.place = "Mopti, Mali"
    assert mentions_of(doc, "places", "place") == ["Mopti, Mali"]
    assert mentions_of(doc, "actors", "actor") == []
    doc.spans["places"] = [Span(doc, n, n + 1, label="PLACE") for n in (4, 1)]
    for span in doc.spans["places"]:
        span._.place = "Gao"
    renew(doc)
    assert list(distinct_mentions(doc, "places", "place")) == ["Gao"]
    assert [s.start for s in spans_within(doc[0:7], "places")] == [4, 1]  # in their own order
    assert [s.start for s in spans_within(doc[2:7], "places")] == [4]


@pytest.mark.parametrize("bounds", [(0, 7), (1, 3), (3, 5), (6, 7)])
def test_text_is_spacys(bounds: tuple[int, int]) -> None:
    """The text of a doc and of its parts, spaces and line ends included."""
    doc = make_doc()
    span = doc[slice(*bounds)]
    assert text_of(doc) == doc.text
    assert text_at(span) == span.text


@given(st.integers(0, 6), st.integers(0, 6))
def test_way_between_two_words(a: int, b: int) -> None:
    """The way up from both words to the first one above both, as their ancestors tell it."""
    doc = make_doc()
    chain = [doc[b], *doc[b].ancestors]
    up = [t for t in (doc[a], *doc[a].ancestors) if t not in chain]
    joint = next((t for t in (doc[a], *doc[a].ancestors) if t in chain), None)
    way = way_between(doc, a, b)
    if joint is None:
        assert way is None
        assert arcs_between(doc, a, b) is None
    else:
        down = chain[: chain.index(joint)]
        assert way == ([t.i for t in up], [t.i for t in down], joint.i)
        assert arcs_between(doc, a, b) == len(up) + len(down)
