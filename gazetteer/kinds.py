"""Words that say what a place is: "Hasakah province", "city of Homs", "al-Tay neighborhood"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from incidents.gazetteer.data_files import KindFile, KindRow, read_file
from incidents.gazetteer.names import fold_name

_MAX_WORDS = 3
_LEADING_LINK = frozenset({"of", "the"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a place name.

    Attributes:
        name: the folded name without its kind word.
        kinds: kinds that the word allows, best first; empty without a word.
        otherwise: factor for a city of that name.
        key: the folded name with the word.

    """

    name: str
    kinds: tuple[str, ...]
    otherwise: float
    key: str


@cache
def _file() -> KindFile:
    return read_file("place_kinds.json", KindFile)


@cache
def _words() -> dict[tuple[str, ...], KindRow]:
    return {tuple(word.split()): row for row in _file().rows for word in row.words}


@cache
def needs_word() -> dict[str, bool]:
    """Return the kinds that answer only with their word; true where being near is enough."""
    return {entry.kind: entry.near for entry in _file().entry_needs_word}


@cache
def place_kinds() -> tuple[str, ...]:
    """Return the kinds of places that a word or an entry can have, by the alphabet."""
    kinds = {kind for row in _file().rows for kind in row.kinds}
    return tuple(sorted(kinds | needs_word().keys()))


def read_name(text: str) -> Reading:
    """Split a kind word from a place name: behind it ("X province") or before ("city of X")."""
    folded = fold_name(text).removeprefix("the ")
    tokens = folded.split()
    for size in range(min(_MAX_WORDS, len(tokens) - 1), 0, -1):
        row = _words().get(tuple(tokens[-size:]))
        if row is not None:
            name = " ".join(tokens[:-size])
            return Reading(name, row.kinds, row.otherwise, folded)
    for size in range(min(_MAX_WORDS, len(tokens) - 2), 0, -1):
        row = _words().get(tuple(tokens[:size]))
        if row is not None and tokens[size] in _LEADING_LINK:
            name = " ".join(tokens[size + 1 :])
            return Reading(name, row.kinds, row.otherwise, folded)
    return Reading(folded, (), 1.0, folded)
