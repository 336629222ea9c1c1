"""The lemmatizer's lists of known words, asked by hash instead of from the front.

spaCy's rule lemmatizer asks of every form that it tries whether it is a word, of lists of up to
60,000; for a word that it has not met before that takes longer than tagging it.

Source: `spacy.pipeline.Lemmatizer.rule_lemmatize` (spaCy 3.8), which reads the table `lemma_index`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.pipeline import Lemmatizer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.language import Language

_TABLE = "lemma_index"


class WordList(list[str]):
    """A list that knows its words by hash; it must not be changed."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take over the words, in their order."""
        super().__init__(words)
        self._words = frozenset(self)

    def __contains__(self, word: object) -> bool:
        """Tell whether a word is in the list."""
        return word in self._words


def hash_word_lists(nlp: Language) -> None:
    """Let the lemmatizers of a pipeline find words by hash; they give what they gave before.

    Args:
        nlp: a loaded pipeline; its tables are changed, and saved as lists as before.
    """
    for _, pipe in nlp.pipeline:
        if isinstance(pipe, Lemmatizer) and pipe.lookups.has_table(_TABLE):
            table = pipe.lookups.get_table(_TABLE)
            for part, words in table.items():
                if isinstance(words, list):
                    table[part] = WordList(words)
