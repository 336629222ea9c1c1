"""Reports without their sentences: of each only the words around what it is the evidence for.

For who must not keep the text of articles. The offsets stay those of the whole text, so that who
has the article finds the sentence again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from incidents.explain import FIELD_OF_RULE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidents.model import Evidence, Report

MOST_WORDS = 12
"""Most words kept around a value; those of several values of one sentence may touch."""

_AROUND = 3  # words on either side of a mention
_STEM = 4  # letters of a word by which its other forms are known
_QUOTED = re.compile(r"“(\w+)”")
_WORD = re.compile(r"\S+")

Span = tuple[int, int]


def shorten_report(report: Report) -> Report:
    """Cut the evidence of a report down to the words around its mentions.

    A sentence is cut to `MOST_WORDS` around each mention in it of the value that it is evidence
    for, and where none stands in it, to its first words. Mentions themselves are cut likewise.

    Args:
        report: with whole sentences, or cut down already: then nothing changes.

    Returns:
        The report with evidence whose `text` is still what stands at its offsets.
    """
    pieces = (piece for evidence in report.evidence for piece in _pieces(evidence, report))
    casualties = tuple(
        msgspec.structs.replace(
            casualty,
            mention=(cut := _first_words(casualty.mention)),
            end=casualty.end - len(casualty.mention) + len(cut),
        )
        for casualty in report.casualties
    )
    # one sentence can be evidence twice for what its pieces tell apart no more
    return msgspec.structs.replace(
        report, evidence=tuple(dict.fromkeys(pieces)), casualties=casualties
    )


def _pieces(evidence: Evidence, report: Report) -> Iterator[Evidence]:
    """The parts of a sentence that stay."""
    words = [match.span() for match in _WORD.finditer(evidence.text)]
    if len(words) <= MOST_WORDS:
        yield evidence
        return
    spans = sorted({_around(words, span) for span in _mentions(evidence, report)})
    for start, end in spans or [(words[0][0], words[MOST_WORDS - 1][1])]:
        yield msgspec.structs.replace(
            evidence,
            start=evidence.start + start,
            end=evidence.start + end,
            text=evidence.text[start:end],
        )


def _around(words: list[Span], span: Span) -> Span:
    """A mention with some words on either side, as far as there are enough."""
    held = [at for at, (start, end) in enumerate(words) if start < span[1] and end > span[0]]
    if not held:
        return words[0][0], words[min(MOST_WORDS, len(words)) - 1][1]
    first = max(held[0] - _AROUND, 0)
    last = min(held[-1] + _AROUND, len(words) - 1, first + MOST_WORDS - 1)
    return words[first][0], words[last][1]


def _mentions(evidence: Evidence, report: Report) -> Iterator[Span]:
    """Where the mentions of a value stand in the sentence that is evidence for it."""
    field = FIELD_OF_RULE.get(evidence.rule.partition(":")[0].strip())
    if field == "casualty":
        for casualty in report.casualties:
            if evidence.start <= casualty.start < evidence.end:
                yield casualty.start - evidence.start, casualty.end - evidence.start
        return
    for word in _QUOTED.findall(evidence.rule) if field == "event" else ():
        # the rule quotes the base form; its first letters are those of most other forms
        found = re.search(rf"\b{re.escape(word[:_STEM])}\w*", evidence.text, re.IGNORECASE)
        if found:
            yield found.span()
    for mention in _words_of(report, field):
        if mention and (at := evidence.text.find(mention)) >= 0:
            yield at, at + len(mention)


def _words_of(report: Report, field: str | None) -> list[str | None]:
    """The mentions of the values of a field."""
    if field == "date":
        return [report.date.mention]
    if field == "place":
        return [place.mention for place in report.places]
    if field == "actor":
        return [actor.mention for actor in report.actors]
    return [report.attribution] if field == "attribution" else []


def _first_words(text: str) -> str:
    words = [match.span() for match in _WORD.finditer(text)]
    return text[: words[MOST_WORDS - 1][1]] if len(words) > MOST_WORDS else text
