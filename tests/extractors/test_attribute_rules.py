"""The table of attributes gives what spaCy's attribute ruler gives."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from incidents.extractors.attribute_rules import AttributeTable, look_up_attributes

if TYPE_CHECKING:
    from spacy.language import Language

GOLD = Path(__file__).resolve().parents[1] / "gold"
RULES: list[dict[str, Any]] = [
    {"patterns": [[{"TAG": "NN"}], [{"TAG": "NNS"}]], "attrs": {"POS": "NOUN"}},
    {"patterns": [[{"TAG": "VB"}]], "attrs": {"POS": "VERB", "MORPH": "VerbForm=Inf"}},
    {"patterns": [[{"LOWER": "raid", "TAG": "VB"}]], "attrs": {"LEMMA": "raid"}},
    {"patterns": [[{"LOWER": {"REGEX": "^r"}}]], "attrs": {"POS": "PROPN"}},
    {"patterns": [[{"LOWER": "raid", "TAG": "NN"}]], "attrs": {"POS": "NOUN", "LEMMA": "raiding"}},
    {"patterns": [[{"LOWER": "gon"}, {"LOWER": "na"}]], "attrs": {"LEMMA": "to"}, "index": -1},
    {"patterns": [[{"DEP": "expl"}, {"TAG": {"IN": ["VB"]}}]], "attrs": {"POS": "AUX"}, "index": 1},
    {"patterns": [[{"IS_SPACE": True}]], "attrs": {"TAG": "_SP", "POS": "SPACE"}},
]
WORDS = ("raid", "Raid", "gon", "na", "rebels", "there", "\n", "x", "xx", "XX", "xxx", "militia")


def rulers(rules: list[dict[str, Any]]) -> tuple[AttributeRuler, AttributeRuler]:
    """SpaCy's ruler, and one that was given to `look_up_attributes`."""
    pair = []
    for nlp in (spacy.blank("en"), spacy.blank("en")):
        ruler = nlp.add_pipe("attribute_ruler")
        assert isinstance(ruler, AttributeRuler)
        ruler.add_patterns(rules)
        pair.append((nlp, ruler))
    (_, own), (nlp, other) = pair
    look_up_attributes(nlp)
    return own, other


PLAIN, TABLE = rulers(RULES)
# without the rule that describes words: words that no rule names are looked up as one
NAMED = [
    *(rule for rule in RULES if "REGEX" not in str(rule)),
    {"patterns": [[{"ORTH": "Raid"}]], "attrs": {"POS": "PROPN"}},
    {"patterns": [[{"LOWER": {"IN": ["x", "there"]}, "TAG": "X"}]], "attrs": {"POS": "X"}},
    {"patterns": [[{"TEXT": {"NOT_IN": ["gon", "xx"]}, "TAG": "X"}]], "attrs": {"LEMMA": "other"}},
]
PLAIN_NAMED, TABLE_NAMED = rulers(NAMED)


def annotated(ruler: AttributeRuler, tokens: list[tuple[str, str, str]]) -> list[tuple[str, ...]]:
    """What a ruler makes of words with their tags and arcs."""
    words, tags, deps = zip(*tokens, strict=True) if tokens else ((), (), ())
    doc = ruler(Doc(ruler.vocab, words=list(words), tags=list(tags), deps=list(deps)))
    return [(t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_) for t in doc]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(WORDS),
            st.sampled_from(("NN", "VB", "X")),
            st.sampled_from(("expl", "dep")),
        )
    )
)
def test_table_is_the_ruler(tokens: list[tuple[str, str, str]]) -> None:
    """Words, tags and arcs in any order are annotated alike."""
    assert isinstance(TABLE, AttributeTable)
    assert annotated(PLAIN, tokens) == annotated(TABLE, tokens)
    assert isinstance(TABLE_NAMED, AttributeTable)
    assert annotated(PLAIN_NAMED, tokens) == annotated(TABLE_NAMED, tokens)


def test_table_lets_the_last_rule_win() -> None:
    """Rules are applied in their order, those about two words among them."""
    tokens = [("raid", "NN", "dep"), ("gon", "X", "expl"), ("na", "VB", "dep")]
    expected = [("NN", "NOUN", "", "raiding", "dep"), ("X", "", "", "", "expl")]
    assert expected == annotated(TABLE, tokens)[:2]
    assert annotated(TABLE, tokens)[2] == ("VB", "AUX", "VerbForm=Inf", "to", "dep")


def test_table_where_a_rule_is_about_any_word() -> None:
    """An expression that fits every word leaves each word a kind of its own."""
    plain, table = rulers(
        [*RULES, {"patterns": [[{"ORTH": {"REGEX": "."}}]], "attrs": {"POS": "X"}}]
    )
    tokens = [("raid", "NN", "dep"), ("x", "VB", "dep"), ("rebels", "X", "expl")]
    assert isinstance(table, AttributeTable)
    assert annotated(plain, tokens) == annotated(table, tokens)


def test_table_takes_rules_that_are_added_later() -> None:
    """A rule that is added after the first text holds for the next one."""
    _, table = rulers(RULES)
    assert annotated(table, [("rebels", "NNS", "dep")])[0][3] == ""
    table.add([[{"LOWER": "rebels"}]], {"LEMMA": "rebel"})
    assert annotated(table, [("rebels", "NNS", "dep")])[0][3] == "rebel"


@pytest.mark.parametrize(
    "rule",
    [
        {"patterns": [[{"NORM": "raid"}]], "attrs": {"POS": "NOUN"}},
        {"patterns": [[{"LOWER": "raid", "OP": "+"}]], "attrs": {"POS": "NOUN"}},
        {"patterns": [[{"LOWER": "raid"}]], "attrs": {"NORM": "Raid"}},
    ],
    ids=["asks for more", "repeats", "sets more"],
)
def test_other_rules_are_left_to_spacy(rule: dict[str, Any]) -> None:
    """One rule that a table cannot hold keeps the whole ruler as it is."""
    plain, other = rulers([*RULES, rule])
    assert type(other) is AttributeRuler
    tokens = [("raid", "NN", "dep")]
    assert annotated(plain, tokens) == annotated(other, tokens)


@pytest.mark.model
def test_table_annotates_articles_as_the_model_does(nlp: Language) -> None:
    """Every word of the annotated articles has the model's own tag, features, lemma and arc."""
    table, ruler = nlp.get_pipe("attribute_ruler"), _ruler_of(nlp)
    assert isinstance(table, AttributeTable)
    before = nlp.pipe_names[: nlp.pipe_names.index("attribute_ruler")]
    texts = [
        json.loads(line)["text"]
        for file in sorted(GOLD.glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()[:5]
    ]
    texts += ["There's one who ain't gonna go.\n\nLet's see what y'all've got.", "", " \n"]
    with nlp.select_pipes(enable=before):
        for doc in nlp.pipe(texts):
            ours, theirs = table(doc.copy()), ruler(doc.copy())
            assert [_values(t) for t in theirs] == [_values(t) for t in ours]


def _ruler_of(nlp: Language) -> AttributeRuler:
    """SpaCy's own ruler with the model's rules."""
    ruler = AttributeRuler(nlp.vocab)
    ruler.add_patterns(nlp.get_pipe("attribute_ruler").patterns)  # type: ignore[attr-defined]
    return ruler


def _values(token: Any) -> tuple[Any, ...]:  # noqa: ANN401 - spaCy's token
    return token.text, token.tag_, token.pos_, str(token.morph), token.lemma_, token.dep_
