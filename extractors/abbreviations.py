"""Abbreviations that an article explains: "National Defense Forces (NDF)"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.people import organisation_nouns

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_ACRONYM_MAX = 6


def is_acronym(text: str) -> bool:
    """True for a short word in capitals."""
    return text.isupper() and len(text) <= _ACRONYM_MAX


def long_form(doc: Doc, bracket: int, acronym: str) -> Span | None:
    """The words before a bracket whose initials are the acronym (Schwartz and Hearst 2003).

    Small words between them may lack their letter.
    """
    letters = [c for c in acronym.lower() if c.isalpha()]
    i, left = bracket - 1, len(letters) - 1
    while i >= 0 and left >= 0 and bracket - i <= 2 * len(letters) + 2:
        token = doc[i]
        if token.is_space or token.text in "().,;:":
            return None
        if token.lower_[0] == letters[left]:
            left -= 1
        elif token.text[:1].isupper() and token.lower_ != "the":
            return None
        i -= 1
    if left >= 0:
        return None
    return doc[i + 1 : bracket]


def speaks_of_force(name: str) -> bool:
    """True if a name has a word for armed people: force, army, guard, resistance."""
    words = set(name.lower().split())
    return bool(words & (organisation_nouns() | _FORCE_WORDS))


_FORCE_WORDS = frozenset(
    "liberation defence defense resistance revolutionary mujahideen jihad unity protection"
    " salvation patriotic command council".split()
)
