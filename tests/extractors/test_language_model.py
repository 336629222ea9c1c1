"""The quick language model: it annotates as spaCy's own loading does, and is saved as such."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import spacy
from spacy.lookups import Lookups
from spacy.pipeline import DependencyParser, EntityRecognizer
from spacy.tokens import Doc
from spacy.training import Example

from incidents.errors import ModelMissingError
from incidents.extractors.greedy_parsing import GreedyParser, GreedyRecognizer, step_with_lock
from incidents.extractors.language_model import load_model
from incidents.extractors.lemma_lists import WordList, hash_word_lists
from incidents.extractors.model_files import DEFAULT_MODEL

if TYPE_CHECKING:
    from spacy.language import Language

GOLD = Path(__file__).resolve().parents[1] / "gold"
WORDS = ["Rebels", "shelled", "Aleppo", "."]


@pytest.fixture
def small() -> Language:
    """A parser and a recogniser with random weights, and a word that no label holds."""
    nlp = spacy.blank("en")
    doc = Doc(
        nlp.vocab, words=WORDS, heads=[1, 1, 1, 1], deps=["nsubj", "ROOT", "dobj", "punct"],
        ents=["O", "O", "B-GPE", "O"],
    )  # fmt: skip
    nlp.add_pipe("parser")
    nlp.add_pipe("ner")
    nlp.initialize(lambda: [Example(doc.copy(), doc)])
    nlp.vocab.strings.add("Qorvath")
    return nlp


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*W095")
def test_model_annotates_as_spacy_alone() -> None:
    """Every annotation of every word of the annotated articles is that of `spacy.load`."""
    texts = [
        json.loads(line)["text"]
        for file in sorted(GOLD.glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    texts += ["", " \n", "Zelminu's gonna re-shell Uxbaretti, isn't he?\n\n\t\u200b€5m 3/4 💥 ok"]
    quick, plain = load_model(DEFAULT_MODEL), spacy.load(DEFAULT_MODEL)

    for ours, theirs in zip(quick.pipe(texts), plain.pipe(texts), strict=True):
        assert [_values(token) for token in ours] == [_values(token) for token in theirs]


def _values(token: Any) -> tuple[object, ...]:  # noqa: ANN401 - spaCy's token
    return (
        *(token.text, token.whitespace_, token.lemma_, token.norm_, token.shape_, token.prefix_),
        *(token.tag_, token.pos_, str(token.morph), token.head.i, token.dep_, token.suffix_),
        *(token.ent_type_, token.ent_iob_, token.is_sent_start, token.has_vector, token.is_stop),
    )


def test_model_is_stepped_as_spacy_steps(small: Language) -> None:
    """Weights that are random, and so close to each other, lead to the same arcs and names."""
    texts = [" ".join(WORDS * n) for n in range(12)] + ["", " "]
    expected = [_drawn(doc) for doc in small.pipe(texts)]
    assert type(small.get_pipe("parser")) is DependencyParser
    assert type(small.get_pipe("ner")) is EntityRecognizer

    step_with_lock(small)

    assert type(small.get_pipe("parser")) is GreedyParser
    assert type(small.get_pipe("ner")) is GreedyRecognizer
    assert [_drawn(doc) for doc in small.pipe(texts)] == expected
    assert [_drawn(small(text)) for text in texts] == expected


def test_model_is_saved_as_spacys_own(small: Language, tmp_path: Path) -> None:
    """A pipeline that was made quick is loaded by spaCy alone, with its settings."""
    small.to_disk(tmp_path / "given")
    quick = load_model(str(tmp_path / "given"))
    quick.to_disk(tmp_path / "saved")
    saved = spacy.load(tmp_path / "saved")

    assert type(saved.get_pipe("ner")) is EntityRecognizer
    assert saved.config["components"] == small.config["components"]
    assert _drawn(saved(" ".join(WORDS))) == _drawn(quick(" ".join(WORDS)))


def test_model_is_loaded_without_words_that_nothing_asks_for(
    small: Language, tmp_path: Path
) -> None:
    """Labels stay, words go; a component that may need words finds them all."""
    small.to_disk(tmp_path / "usual")
    small.add_pipe("entity_ruler")
    small.to_disk(tmp_path / "further")

    usual, further = (load_model(str(tmp_path / name)) for name in ("usual", "further"))

    assert "Qorvath" not in usual.vocab.strings
    assert "GPE" in usual.vocab.strings
    assert "Qorvath" in further.vocab.strings


def test_model_must_parse_and_name(small: Language, tmp_path: Path) -> None:
    """What is missing is told in a line; so is a pipeline that is not there."""
    small.remove_pipe("ner")
    small.to_disk(tmp_path / "parser")

    with pytest.raises(ModelMissingError, match=r"has no ner; name another with --model"):
        load_model(str(tmp_path / "parser"))
    with pytest.raises(ModelMissingError, match=r"'no_such_model' is not installed"):
        load_model("no_such_model")


def test_words_are_found_by_hash() -> None:
    """The lemmatizer gives the same lemmas, in the same order, and its lists are saved as lists."""
    nlp = spacy.blank("en")
    lookups = Lookups()
    lookups.add_table("lemma_rules", {"noun": [["men", "man"], ["ies", "y"], ["s", ""]]})
    lookups.add_table("lemma_exc", {"noun": {"feet": ["foot"]}})
    lookups.add_table("lemma_index", {"noun": ["army", "gunman", "shell"]})
    lemmatizer: Any = nlp.add_pipe("lemmatizer")
    lemmatizer.initialize(lookups=lookups)
    doc = Doc(nlp.vocab, words="gunmen armies shells feet wugs".split(), pos=["NOUN"] * 5)
    before = [lemmatizer.rule_lemmatize(token) for token in doc]
    saved = lemmatizer.lookups.to_bytes()
    lemmatizer.cache.clear()

    hash_word_lists(nlp)

    assert [lemmatizer.rule_lemmatize(token) for token in doc] == before
    assert before == [["gunman"], ["army"], ["shell"], ["foot"], ["wug"]]
    assert all(isinstance(words, WordList) for words in lookups.get_table("lemma_index").values())
    assert lemmatizer.lookups.to_bytes() == saved


def _drawn(doc: Doc) -> list[tuple[int, str, str, str]]:
    return [(t.head.i, t.dep_, t.ent_type_, t.ent_iob_) for t in doc]
