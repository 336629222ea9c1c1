"""The part of an article that is parsed, and where it stands in the whole."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import structs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidents.model import Report

# A line end, or the space behind a full stop; "Gen. Aoun" is cut too, which does no harm unless a
# passage ends there. Lookbehind and bounded repeats: a row of dots costs no more than other text.
_END = re.compile(r"\n\s*|(?<=[.!?…])[\"”’'»)\]]{0,3}\s+")
_TITLED = re.compile(r"(?:\b[A-Z][a-z]{0,3}|\b[A-Z](?:\.[A-Z]){1,5})\.$")
_TAIL = 12  # characters in which an abbreviation fits


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Cut a text at its line ends and where sentences end.

    >>> split_sentences("Gen. Aoun left. He fled.")
    [(0, 16), (16, 24)]

    Args:
        text: any text.

    Returns:
        Half-open ranges without gaps, each with the white space behind it.
    """
    cuts = [0]
    for end in _END.finditer(text):
        stop = end.start()
        if end[0][0] != "\n" and _TITLED.search(text[max(cuts[-1], stop - _TAIL) : stop]):
            continue  # "Mr.", "U.S.", "J."
        if end.end() < len(text):
            cuts.append(end.end())
    if text:
        cuts.append(len(text))
    return list(pairwise(cuts))


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Passages of an article, one after the other.

    Attributes:
        text: what is parsed; a passage that ends within a line gets a line end.
        starts: where each passage begins in it.
        origins: where each passage begins in the article.
        skipped: how many sentences are left out before each passage, from the beginning on.
    """

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    skipped: tuple[int, ...]

    def offset(self, position: int) -> int:
        """The place in the article of a character of the excerpt.

        Args:
            position: offset into `text`.
        """
        i = self._passage(position)
        return self.origins[i] + position - self.starts[i]

    def sentences_before(self, position: int) -> int:
        """How many sentences of the article are left out before a character of the excerpt.

        Args:
            position: offset into `text`.
        """
        return self.skipped[self._passage(position)]

    def within(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a range of the article stands in the excerpt, as far as it is kept.

        Args:
            start: first character in the article.
            end: one past the last one.
        """
        kept = []
        for i, (begin, origin) in enumerate(zip(self.starts, self.origins, strict=True)):
            stop = self.starts[i + 1] if i + 1 < len(self.starts) else len(self.text)
            low, high = max(start, origin), min(end, origin + stop - begin)
            if low < high:
                kept.append((begin + low - origin, begin + high - origin))
        return (kept[0][0], kept[-1][1]) if kept else None

    def restore(self, report: Report) -> Report:
        """A report of the excerpt with the offsets of the article.

        Args:
            report: its evidence and casualties count in `text`.
        """
        if len(self.starts) == 1 and self.origins == (0,):
            return report
        return structs.replace(
            report,
            casualties=tuple(
                structs.replace(c, start=self.offset(c.start), end=self._end(c.end))
                for c in report.casualties
            ),
            evidence=tuple(
                structs.replace(e, start=self.offset(e.start), end=self._end(e.end))
                for e in report.evidence
            ),
        )

    def _end(self, position: int) -> int:
        return self.offset(position - 1) + 1 if position else 0

    def _passage(self, position: int) -> int:
        return max(bisect_right(self.starts, position) - 1, 0)


def whole(text: str) -> Excerpt:
    """All of a text.

    Args:
        text: an article.
    """
    return Excerpt(text, (0,), (0,), (0,))


def cut_out(text: str, passages: Sequence[tuple[int, int]]) -> Excerpt:
    """Put passages of a text together.

    Args:
        text: an article.
        passages: sorted, disjoint, half-open ranges.
    """
    parts: list[str] = []
    starts, origins, skipped = [], [], []
    length = before = last = 0
    for start, end in passages:
        before += len(split_sentences(text[last:start]))
        starts.append(length)
        origins.append(start)
        skipped.append(before)
        part = text[start:end]
        if end < len(text) and "\n" not in part[len(part.rstrip()) :]:
            part += "\n"  # else its last sentence runs on into the next passage
        parts.append(part)
        length += len(part)
        last = end
    return Excerpt("".join(parts), tuple(starts), tuple(origins), tuple(skipped))
