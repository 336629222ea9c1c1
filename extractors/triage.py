"""Which articles, and which of their passages, are worth parsing: a cheap look at the words.

Parsing takes a hundred times as long as looking. Most news is of sports, business and politics,
and most of it needs no parse to tell that it holds no incident.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from incidents.extractors.dateline import find_dateline
from incidents.extractors.doc_items import heading_ranges, items_of_text
from incidents.extractors.excerpts import Excerpt, cut_out, split_sentences, whole
from incidents.extractors.page_links import find_links, is_link
from incidents.extractors.triage_score import Scan, is_bare_harm
from incidents.extractors.vocabulary import load_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from incidents.extractors.triage_score import Reading
    from incidents.gazetteer import Gazetteer
    from incidents.model import Article

_TITLE_CHARS = 250
_REACH = 2  # sentences between what was done and the harm that it did
_SHORTENING = re.compile(r"\(([A-Z][A-Za-z-]{1,7})\)")
_INTENT = "not_conflict:intent"
_HARMFUL = frozenset({"event:bomb", "event:kill", "harm:killed", "harm:wounded"})
_SELDOM = frozenset({"harm:displaced", "harm:kidnapped"})  # few examples weigh them


class _Sentence(NamedTuple):
    start: int
    end: int
    paragraph: int
    reading: Reading


class Triage:
    """Chooses what is parsed.

    Method: each sentence is scored by its words (`triage_score`). An article without a sentence
    that is likely enough to tell of an incident is not parsed at all; the bar is low for a short
    text, which costs little and gives little to judge by. Of one that is wholly of conflict, only
    what is far from any word of it is left out. Of another one, the telling sentences are kept,
    with what stands beside them in their paragraph, the headline and the dateline, and sentences
    that explain an abbreviation; where it is mostly of conflict, all with a word of it too.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Take over the names of armed groups.

        Args:
            gazetteer: shipped and own actors.
        """
        self._gazetteer = gazetteer
        self._scan = Scan(gazetteer)
        self._bars: dict[str, float] = load_words("triage_bars")["bars"]
        sure = load_words("triage_bars")["sure"]
        self._sure = [frozenset(cues) for cues in (*([cue] for cue in sure["cues"]), *sure["both"])]

    def excerpt(self, text: str) -> Excerpt | None:
        """What is parsed of an article, or None where it can hold no incident.

        Args:
            text: the article.
        """
        passages = self.passages(text)
        if not passages:
            return None
        return whole(text) if passages == ((0, len(text)),) else cut_out(text, passages)

    def passages(self, text: str) -> tuple[tuple[int, int], ...]:
        """The passages of an article that are parsed.

        Args:
            text: the article.

        Returns:
            Half-open character ranges, sorted and disjoint; none if it can hold no incident.
        """
        links = find_links(text)
        sentences = [s for s in self._sentences(text) if not is_link(links, s.start)]
        telling = self._telling(sentences, len(text))
        if not telling:
            return ()
        share = sum(sentences[i].end - sentences[i].start for i in telling) / len(text)
        if share >= self._bars["wholly"]:
            kept = self._near(sentences, telling)
        else:
            kept = self._beside(sentences, telling)
            if share >= self._bars["mostly"]:
                kept |= self._weak(sentences)
        left = sum(sentences[i].end - sentences[i].start for i in kept)
        if left >= self._bars["all"] * len(text):
            return ((0, len(text)),)
        kept |= set(_context(text, sentences, kept))
        kept |= self._headings(text, sentences, kept)
        return tuple(_merge(sentences, kept))

    def _sentences(self, text: str) -> list[_Sentence]:
        found = []
        paragraph = 0
        for start, end in split_sentences(text):
            words = text[start:end]
            found.append(_Sentence(start, end, paragraph, self._scan.read(words)))
            paragraph += "\n" in words[len(words.rstrip()) :]
        return found

    def _bar(self, length: int) -> float:
        """The score that a sentence needs, rising from short texts to long ones."""
        bars = self._bars
        part = (length - bars["short"]) / (bars["long"] - bars["short"])
        return bars["in_short"] + (bars["in_long"] - bars["in_short"]) * min(max(part, 0.0), 1.0)

    def _telling(self, sentences: Sequence[_Sentence], length: int) -> set[int]:
        """Sentences that reach the bar or are sure, and harm that the next one lays to intent."""
        bar = self._bar(length)
        telling = {
            i
            for i, s in enumerate(sentences)
            if s.reading.score >= bar or any(sure <= s.reading.cues for sure in self._sure)
        }
        told = sum(sentences[i].end - sentences[i].start for i in telling)
        if length > self._bars["short"] and told < self._bars["mostly"] * length:
            bare = {i for i in telling if is_bare_harm(sentences[i].reading.cues)}
            done = telling - bare
            telling = done | {i for i in bare if done & set(range(i - _REACH, i + _REACH + 1))}
        for i, (sentence, after) in enumerate(pairwise(sentences)):
            if _INTENT in after.reading.cues and sentence.reading.cues & _HARMFUL:
                telling |= {i, i + 1}
        return telling

    def _near(self, sentences: Sequence[_Sentence], telling: set[int]) -> set[int]:
        """All sentences with a word of conflict, those around them, and the lead."""
        weak = self._weak(sentences) | telling
        kept = {j for i in weak for j in (i - 1, i, i + 1)} | {0, 1, 2}
        return kept & set(range(len(sentences)))

    def _weak(self, sentences: Sequence[_Sentence]) -> set[int]:
        """Sentences with a word of conflict or of people driven off, which alone would not do."""
        return {
            i
            for i, s in enumerate(sentences)
            if s.reading.score >= self._bars["weak"] or not _SELDOM.isdisjoint(s.reading.cues)
        }

    def _beside(self, sentences: Sequence[_Sentence], telling: set[int]) -> set[int]:
        """The telling sentences, and in their paragraph the ones before and behind them."""
        return {
            j
            for i in telling
            for j in (i - 1, i, i + 1)
            if 0 <= j < len(sentences) and sentences[j].paragraph == sentences[i].paragraph
        }

    def _headings(self, text: str, sentences: Sequence[_Sentence], kept: set[int]) -> set[int]:
        """What says where and when the kept items of a list were."""
        items = items_of_text(text, self._gazetteer)
        if not items:
            return set()
        starts, begins = [s.start for s in sentences], [item.start for item in items]
        told = {bisect_right(begins, sentences[i].end - 1) - 1 for i in kept}
        ranges = heading_ranges([items[k] for k in told if k >= 0])
        return {bisect_right(starts, start) - 1 for start, _ in ranges}


def choose_excerpt(article: Article, triage: Triage | None) -> Excerpt | None:
    """What is parsed of an article.

    Args:
        article: any article.
        triage: chooses; None takes all of each article.

    Returns:
        None where the article can hold no incident.
    """
    return whole(article.text) if triage is None else triage.excerpt(article.text)


def _context(text: str, sentences: Sequence[_Sentence], kept: set[int]) -> Iterator[int]:
    """Sentences that the kept ones need: headline, dateline, abbreviations explained."""
    if len(sentences) > 1 and _is_headline(text[: sentences[0].end]):
        yield 0
    dateline = find_dateline(text)
    words: set[str] | None = None
    for i, (start, end, _, _) in enumerate(sentences):
        if i in kept:
            continue
        if dateline is not None and start < dateline.end and dateline.start < end:
            yield i
        for short in _SHORTENING.findall(text, start, end):
            if words is None:
                words = {w for j in kept for w in _words(text, sentences[j])}
            if short in words:
                yield i


def _is_headline(line: str) -> bool:
    """True for a short line of its own that does not end as sentences do."""
    words = line.rstrip()
    return len(words) <= _TITLE_CHARS and "\n" in line[len(words) :] and words[-1:] != "."


def _words(text: str, sentence: _Sentence) -> list[str]:
    return re.findall(r"[\w-]+", text[sentence.start : sentence.end])


def _merge(sentences: Sequence[_Sentence], kept: set[int]) -> Iterator[tuple[int, int]]:
    """Kept sentences as passages."""
    begin = end = None
    for i in sorted(kept):
        if end != sentences[i].start:
            if begin is not None and end is not None:
                yield begin, end
            begin = sentences[i].start
        end = sentences[i].end
    if begin is not None and end is not None:
        yield begin, end
