"""The words that tell of events: frames, their phrases as lemmas, and the lemmas of a text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from incidents.extractors.columns import columns, once_a_doc
from incidents.extractors.phrases import PhraseTrie
from incidents.extractors.syntax import is_verbal
from incidents.extractors.vocabulary import load_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SKIPPED = frozenset({"a", "an", "the", "-", "‑", "–", "’s", "'s"})


class Frame(NamedTuple):
    """A kind of event as `data/triggers.toml` has it."""

    name: str
    sub_event_type: str
    rank: int
    family: str


@cache
def frames() -> dict[str, Frame]:
    """All frames by name."""
    return {
        name: Frame(name, entry["sub_event_type"], entry["rank"], entry["family"])
        for name, entry in load_words("triggers")["frames"].items()
    }


class Entry(NamedTuple):
    """What a phrase of the word list stands for."""

    frame: str | None  # None: a compound that looks like an event and is none
    form: str  # verb, noun, phrase, deed
    by: str | None = None  # who must act, for a deed: state, police, armed, captors, people


def phrase_keys(phrase: str) -> list[str]:
    """The words of a phrase that are compared: without determiners and hyphens."""
    return [w for w in phrase.replace("-", " ").split() if w not in _SKIPPED]


@cache
def trigger_phrases() -> PhraseTrie[Entry]:
    """Every trigger of the word list, as lemmas."""
    trie: PhraseTrie[Entry] = PhraseTrie()
    words = load_words("triggers")
    for name, entry in words["frames"].items():
        for form in ("verb", "noun", "phrase"):
            for phrase in entry.get(form + "s", ()):
                trie.add(phrase_keys(phrase), Entry(name, form))
    for compound in words["not_events"]["compounds"]:
        keys = phrase_keys(compound)
        trie.add(keys, Entry(None, "phrase"))
        trie.add([*keys[:-1], keys[-1].removesuffix("s")], Entry(None, "phrase"))
    return trie


@once_a_doc
def lemma_keys(doc: Doc) -> tuple[list[str], list[int]]:
    """Lemmas of a doc without determiners, hyphens and possessive endings, and their tokens."""
    words, found = columns(doc), lemmas(doc)
    indices = [
        i
        for i, (lower, is_space) in enumerate(zip(words.lower, words.is_space, strict=True))
        if lower not in _SKIPPED and not is_space
    ]
    return [found[i] for i in indices], indices


# Where the lemmatizer errs on words of this field.
_LEMMAS = {
    "raped": "rape",
    "raping": "rape",
    "rapes": "rape",
    "laid": "lay",
    "slew": "slay",
    "sniped": "snipe",
    "sniping": "snipe",
}


def lemma(token: Token) -> str:
    """Lemma in lower case; names in headlines ("Clashes") lose their plural as nouns do."""
    return lemmas(token.doc)[token.i]


@once_a_doc
def lemmas(doc: Doc) -> list[str]:
    """The lemma of each token of a doc, as `lemma` has it."""
    words = columns(doc)
    found = []
    columns_read = zip(words.lower, words.lemma, words.pos, words.tag, strict=True)
    for i, (lower, base, pos, tag) in enumerate(columns_read):
        if lower in _LEMMAS:
            found.append(_LEMMAS[lower])
        elif tag == "VBG" and not is_verbal(doc[i]):
            found.append(lower)  # "as fighting intensifies"
        elif pos == "PROPN" and base == lower:
            found.append(_singular(base))
        else:
            found.append(base)
    return found


def _singular(name: str) -> str:
    for ending, stem in (("shes", "sh"), ("ches", "ch"), ("sses", "ss"), ("ies", "y")):
        if name.endswith(ending):
            return name.removesuffix(ending) + stem
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name
