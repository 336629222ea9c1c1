"""How likely two spellings are one name: log odds of each sign standing for another.

The odds were counted on pairs of names that GeoNames gives the same city: of how many k in one is
there a g in the other, against how many by chance. What an alignment adds up to is the logarithm
of "same name" against "chance", so that rare sounds in common weigh more than an a. Spellings
without vowels (Arabic, Hebrew) have odds of their own.

Source: Durbin, Eddy, Krogh, Mitchison, Biological Sequence Analysis (1998), chapter 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from incidents.gazetteer.data_files import OddsFile, read_file
from incidents.gazetteer.spelling import ALPHABET

if TYPE_CHECKING:
    from collections.abc import Mapping

SIGNS = " " + ALPHABET
GAP = "-"


@dataclass(frozen=True, slots=True)
class Odds:
    """The log odds of one group of languages.

    Attributes:
        pairs: sign of the question -> sign of the entry -> log odds.
        gaps: sign of the question that the entry lacks -> log odds.
        extra: sign of the entry that the question lacks -> log odds.

    """

    pairs: Mapping[str, Mapping[str, float]]
    gaps: Mapping[str, float]
    extra: Mapping[str, float]

    def own(self, written: str) -> float:
        """Return what a spelling scores against itself."""
        return sum(self.pairs[sign][sign] for sign in written)

    def align(self, asked: str, entry: str) -> float:
        """Return the log odds of the best alignment of two names in signs."""
        costs = [self.extra[sign] for sign in entry]
        above = list(accumulate(costs, initial=0.0))
        for sign in asked:
            gap, row = self.gaps[sign], self.pairs[sign]
            before = above[0]
            best = before + gap
            line = [best]
            add = line.append
            # Ten million turns a minute: `max` would take twice the time of these comparisons.
            for other, cost, up in zip(entry, costs, above[1:], strict=True):
                best += cost
                matched = before + row[other]
                before = up
                if matched > best:  # noqa: PLR1730
                    best = matched
                if up + gap > best:  # noqa: PLR1730
                    best = up + gap
                add(best)
            above = line
        return above[-1]


@cache
def _file() -> OddsFile:
    return read_file("spelling_odds.json", OddsFile)


@cache
def odds_for(country: str, *, abjad: bool) -> Odds:
    """Return the odds for the names of a country.

    Args:
        country: ISO 3166-1 alpha-2 code.
        abjad: whether the entry's spelling lacks its vowels.

    """
    group = next((g for g, codes in _file().groups.items() if country in codes), "other")
    table = _file().tables[f"{group} abjad" if abjad else group]
    return Odds(
        {sign: dict(zip(SIGNS, row, strict=True)) for sign, row in table.pairs.items()},
        dict(zip(SIGNS, table.gaps, strict=True)),
        dict(zip(SIGNS, table.extra, strict=True)),
    )


@cache
def weights() -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Return the weights of an answer's features, and those of there being no answer."""
    return _file().answer, _file().nothing
