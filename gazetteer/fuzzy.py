"""Fuzzy look-ups of a country's places: candidates by likeness, then weighed by their odds.

Candidates share a coarse key or a consonant skeleton, nearly (Damerau's distance, rapidfuzz).
Each is aligned with the question (`incidents.gazetteer.odds`); its odds and some features more make
a weight, and the weights of all candidates and of "none of them" make probabilities. So two towns
that fit equally well both stay below one half, and a long name needs more in common than a short.

The weights are fitted by benchmarks/fit_spelling.py.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from incidents.gazetteer.country_spellings import read_spellings
from incidents.gazetteer.data_files import GivenNames, read_file
from incidents.gazetteer.odds import odds_for, weights
from incidents.gazetteer.spelling import coarse, signs, skeleton

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from incidents.gazetteer.country_spellings import Spelling
    from incidents.gazetteer.odds import Odds

_COARSE_LIMIT, _SKELETON_LIMIT = 20, 16
_COARSE_CUTOFF, _SKELETON_CUTOFF = 0.55, 0.65
_MOST_ALIGNED = 40
_ANSWERS = 12
_SUPPORT_ODDS, _SUPPORT_MOST = 4.0, 4
_NO_ABJAD = -10.0
_MIN_SKELETON = 2
_LENGTH_ROOM = 4  # a key may differ by 1 sign and a quarter of its length


class _Hit(NamedTuple):
    """A spelling that came up for a place.

    Attributes:
        odds: log odds that it and the name that was asked are one.
        excess: what their common words carry beyond their rarity, which `odds` leaves out.
        spelling: of the place.

    """

    odds: float
    excess: float
    spelling: Spelling


@dataclass(frozen=True, slots=True)
class Guess:
    """A place that a name may mean, and how probable that is."""

    number: int
    probability: float


class CountryNames:
    """All spellings of one country's places, ready for fuzzy look-ups.

    Args:
        country: ISO 3166-1 alpha-2 code.
        packed: the country's row of the index's `spellings`.

    """

    def __init__(self, country: str, packed: bytes) -> None:
        self.country = country
        table = read_spellings(country, packed)
        self._kinds, self._words = table.kinds, table.words
        self._by_coarse = _by_key((each.coarse, each) for each in table.spellings)
        self._by_skeleton = _by_key((each.skeleton, each) for each in table.spellings)
        self._coarse = _by_length(self._by_coarse)
        self._skeletons = _by_length(self._by_skeleton)
        self._size = len(table.spellings)

    def find(self, name: str, kinds: Collection[str] = ("city",), fame: float = 0.0) -> list[Guess]:
        """Return the most probable places, best first, whatever their probability.

        Args:
            name: as written.
            kinds: kinds of place that may answer.
            fame: how well the name is known as a place elsewhere (`fame_of`): Zlín in an article
                on Syria is rather Zlín than Zalin.

        """
        candidates, nothing = self.features(name, kinds, fame)
        if not candidates:
            return []
        answer_weights, nothing_weights = weights()
        scores = [_weigh(features, answer_weights) for _, features in candidates]
        top = max(*scores, none := _weigh(nothing, nothing_weights), none)
        total = math.exp(none - top) + sum(math.exp(score - top) for score in scores)
        guesses = [
            Guess(number, math.exp(score - top) / total)
            for (number, _), score in zip(candidates, scores, strict=True)
        ]
        return sorted(guesses, key=lambda guess: -guess.probability)

    def features(
        self, name: str, kinds: Collection[str], fame: float
    ) -> tuple[list[tuple[int, dict[str, float]]], dict[str, float]]:
        """Return the candidates with their features, and the features of "none of them"."""
        asked = signs(name)
        if not asked:
            return [], {}
        plain, bare = odds_for(self.country, abjad=False), odds_for(self.country, abjad=True)
        own = max(1.0, plain.own(asked))
        hits: dict[int, list[_Hit]] = {}
        for spelling in self._candidates(asked):
            hit = self._weigh_spelling(asked, spelling, bare if spelling.abjad else plain)
            for number in spelling.numbers:
                if self._kinds[number] in kinds:
                    hits.setdefault(number, []).append(hit)
        ranked = sorted(hits.items(), key=lambda item: -max(hit.odds for hit in item[1]))
        person = _is_person(asked)
        return [
            (number, self._describe(asked, own, of_place, person=person))
            for number, of_place in ranked[:_ANSWERS]
        ], {
            "always": 1.0,
            "size": math.log(max(self._size, 1)),
            "own": own / 10,
            "words": float(asked.count(" ")),
            "person": float(person),
            "elsewhere": float(fame > 0),
            "fame": fame,
        }

    def _candidates(self, asked: str) -> Iterable[Spelling]:
        key, bare = coarse(asked), skeleton(asked)
        found: dict[Spelling, None] = {}
        for choice in _nearest(key, self._coarse, _COARSE_CUTOFF, _COARSE_LIMIT):
            found.update(dict.fromkeys(self._by_coarse[choice]))
        if len(bare) >= _MIN_SKELETON:
            for choice in _nearest(bare, self._skeletons, _SKELETON_CUTOFF, _SKELETON_LIMIT):
                found.update(dict.fromkeys(self._by_skeleton[choice]))
        if len(found) <= _MOST_ALIGNED:
            return found
        return sorted(found, key=lambda s: -OSA.normalized_similarity(key, s.coarse))[
            :_MOST_ALIGNED
        ]

    def _weigh_spelling(self, asked: str, spelling: Spelling, odds: Odds) -> _Hit:
        """Return the odds, less what common words ("Velyka", "Tell") carry beyond their rarity."""
        score = odds.align(asked, spelling.written)
        if " " not in asked and " " not in spelling.written:
            return _Hit(score, 0.0, spelling)
        shared = set(asked.split()) & set(spelling.written.split())
        excess = sum(
            max(0.0, odds.own(word) - math.log(self._size / self._words[word])) for word in shared
        )
        return _Hit(score - excess, excess, spelling)

    def _describe(
        self, asked: str, own: float, hits: list[_Hit], *, person: bool
    ) -> dict[str, float]:
        score, excess, spelling = max(hits, key=lambda hit: hit.odds)
        support = sum(hit.odds > score - _SUPPORT_ODDS for hit in hits)
        abjad = max((hit.odds for hit in hits if hit.spelling.abjad), default=_NO_ABJAD)
        first = spelling.written.split()[0]
        entry_share = score / max(1.0, odds_for(self.country, abjad=False).own(spelling.written))
        return {
            "odds": score,
            "share": score / own,
            "entry share": entry_share,
            "entry share squared": max(0.0, entry_share) ** 2,
            "same": float(spelling.written == asked and not spelling.abjad),
            "support": min(support, _SUPPORT_MOST) - 1,
            "words": abs(spelling.written.count(" ") - asked.count(" ")),
            "abjad odds": abjad / 10,
            "excess": excess / 10,
            "names": math.log(len(hits)),
            "first": float(coarse(asked)[:1] == spelling.coarse[:1]),
            "likeness": OSA.normalized_similarity(asked, spelling.written),
            "person": float(person and coarse(first) != coarse(asked.split(maxsplit=1)[0])),
        }


def _by_key(pairs: Iterable[tuple[str, Spelling]]) -> dict[str, tuple[Spelling, ...]]:
    """Spellings by a key, in tuples: Python's collector passes over those, but not over lists."""
    found: dict[str, list[Spelling]] = {}
    for key, spelling in pairs:
        found.setdefault(key, []).append(spelling)
    return {key: tuple(spellings) for key, spellings in found.items()}


def _by_length(keys: Iterable[str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for key in keys:
        found.setdefault(len(key), []).append(key)
    return found


def _nearest(key: str, keys: Mapping[int, list[str]], cutoff: float, limit: int) -> list[str]:
    """Return the keys most like this one; those much shorter or longer are not looked at."""
    room = 1 + len(key) // _LENGTH_ROOM
    choices: list[str] = []
    for length in range(len(key) - room, len(key) + room + 1):
        choices += keys.get(length, ())
    found = process.extract(
        key, choices, scorer=OSA.normalized_similarity, limit=limit, score_cutoff=cutoff
    )
    return [choice for choice, _, _ in found]


def fame_of(populations: Iterable[int]) -> float:
    """Return how well a name is known from places of these populations; 0 for no place at all."""
    return max((0.1 + math.log10(1 + each) / 6 for each in populations), default=0.0)


def _weigh(features: Mapping[str, float], weight: Mapping[str, float]) -> float:
    return sum(value * weight.get(name, 0.0) for name, value in features.items())


@cache
def _given_names() -> frozenset[str]:
    return frozenset(
        coarse(signs(name)) for name in read_file("given_names.json", GivenNames).names
    )


def _is_person(asked: str) -> bool:
    """Tell whether a name of several words begins as people's names do."""
    first, _, rest = asked.partition(" ")
    return bool(rest) and coarse(first) in _given_names()
