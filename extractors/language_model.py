"""The language model: loaded without the words that it need not know, and stepped quickly."""

from __future__ import annotations

import warnings

import spacy
from spacy.language import Language  # noqa: TC002 - the API reference resolves it

from incidents.errors import ModelMissingError
from incidents.extractors.attribute_rules import look_up_attributes
from incidents.extractors.greedy_parsing import step_with_lock
from incidents.extractors.lemma_lists import hash_word_lists

# What these annotate they take from the text and their own labels. Others may keep no more than
# the hash of a word (the trees of spaCy's trainable lemmatizer do), and ask the vocabulary for it.
_NEED_NO_WORDS = frozenset(
    "tok2vec tagger parser senter sentencizer attribute_ruler lemmatizer ner".split()
)


def load_model(model: str) -> Language:
    """Load a spaCy pipeline, made quicker; it annotates as `spacy.load` alone would.

    The vocabulary of spaCy's English models holds the spellings of all words that it has vectors
    for, some 770,000. Where nothing asks for them, they are left out: loading them takes longer
    than all the rest, and 130 MB. So `nlp.vocab.strings` knows labels, and the words of texts that
    went through.

    Args:
        model: name or path of an English pipeline with a parser, a tagger and an NER.

    Raises:
        ModelMissingError: if the pipeline is not installed or lacks a parser or NER.
    """
    nlp = _load(model, exclude=["strings"])
    if not _NEED_NO_WORDS.issuperset(nlp.pipe_factories.values()):
        nlp = _load(model, exclude=[])
    missing = [pipe for pipe in ("parser", "ner") if pipe not in nlp.pipe_names]
    if missing:
        msg = (
            f"spaCy pipeline {model!r} has no {' and no '.join(missing)}; name another with --model"
        )
        raise ModelMissingError(msg)
    look_up_attributes(nlp)
    hash_word_lists(nlp)
    step_with_lock(nlp)
    return nlp


def _load(model: str, exclude: list[str]) -> Language:
    try:
        with warnings.catch_warnings():
            # md 3.7.1 runs under spaCy 3.8 with the same output; the tests hold it to that.
            warnings.filterwarnings("ignore", message=r"\[W095\]")
            return spacy.load(model, exclude=exclude)
    except OSError as exc:
        msg = f"spaCy pipeline {model!r} is not installed; install it or name another with --model"
        raise ModelMissingError(msg) from exc
