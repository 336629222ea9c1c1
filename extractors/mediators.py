"""Who brought the parties of an agreement or an exchange together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.arguments import agents_of
from incidents.extractors.modality import is_negated
from incidents.extractors.syntax import is_verbal
from incidents.extractors.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

_HYPHENS = frozenset({"-", "‑"})
_MODIFIERS = frozenset({"compound", "amod", "nmod", "poss"})


def find_mediators(sent: Span) -> Iterator[Token]:
    """Heads of the phrases that name mediators.

    "Qatar brokered a truce", "a truce brokered by Qatar", "a Qatari-brokered truce", "under the
    mediation of Oman", "Egyptian mediators", "with the help of the Red Cross". Denied ones give
    none.

    Args:
        sent: a sentence that tells of an agreement or of an exchange.
    """
    for token in sent:
        if token.lemma_.lower() in word_set("speech", "mediating", "verbs") and is_verbal(token):
            if not is_negated(token):
                yield from _beside_hyphen(token) or agents_of(token)
        elif token.lemma_.lower() in word_set("speech", "mediating", "nouns"):
            yield from _of_noun(token)


def _beside_hyphen(verb: Token) -> list[Token]:
    """Qatar, of "Qatar-brokered"."""
    doc, i = verb.doc, verb.i
    if i > verb.sent.start + 1 and doc[i - 1].text in _HYPHENS:
        return [doc[i - 2]]
    return []


def _of_noun(noun: Token) -> Iterator[Token]:
    """Whose mediation or help it is: "Oman's mediation", "the help of Oman", "Omani envoys"."""
    for child in noun.children:
        if child.dep_ in _MODIFIERS and child.i < noun.i:
            yield child
        elif child.dep_ == "prep" and child.lower_ in {"of", "by", "from"}:
            yield from (c for c in child.children if c.dep_ == "pobj")
