"""Time expressions of news text, found with a small grammar; not yet calendar days."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Span

from incidents.extractors.columns import text_of
from incidents.extractors.components import Component
from incidents.extractors.date_readers import READERS
from incidents.extractors.mentions import register_extensions
from incidents.extractors.vocabulary import load_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spacy.tokens import Doc

    from incidents.extractors.mentions import DateMention

_WORDS = load_words("dates")
_PHRASES: dict[str, list[str]] = _WORDS["phrases"]


def _either(words: Iterable[str]) -> str:
    """An alternation of words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)).replace(r"\ ", " ")


def _dot(values: Mapping[str, int]) -> str:
    """The full stop of a short form: "Sept.", "Tue."; that of "Friday." ends the sentence."""
    spelt: dict[int, str] = {}
    for word, value in values.items():
        spelt[value] = max(spelt.get(value, ""), word, key=len)
    return "(?:" + "".join(f"(?<!{word})" for word in sorted(spelt.values())) + r"\.)?"


_MONTHS = _either(_WORDS["months"])
_COUNTS = _either(_WORDS["counts"])
_MONTH = rf"(?P<month>{_MONTHS})\b{_dot(_WORDS['months'])}"
_WEEKDAY = rf"(?P<weekday>{_either(_WORDS['weekdays'])})\b{_dot(_WORDS['weekdays'])}"
_WEEKDAY_2 = rf"(?P<weekday2>{_either(_WORDS['weekdays'])})\b"
_NIGHT = r"(?:overnight|(?:(?:in|during) )?the night)"
_ORDINAL = r"(?:st|nd|rd|th)?"
_DAY = rf"(?P<day>[0-3]?\d){_ORDINAL}\b"
_DAY_2 = rf"(?P<day2>[0-3]?\d){_ORDINAL}\b"
_FROM = r"(?:(?:between|from) )?"
_TO = r"(?:-|–|—|to|and|until|through)"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_OF_YEAR = rf"(?:,? {_YEAR})?"
_UNIT = r"(?P<unit>day|week|month|year|decade|hour|minute)s?\b"
_COUNT = rf"(?P<count>\d{{1,3}}|{_COUNTS}|several|few|a few)"
_PART = (
    r"(?:(?:early|late|mid)[ -])?(?:morning|afternoon|evening|night|noon|midday|midnight|dawn|dusk)"
)
_UNITS = r"(?P<unit>day|week|month|year|decade)s\b"
_DURING = r"(?:in|over|during|for|within)? ?"
_DIRECTION = r"(?P<direction>earlier|before|previously|later|after(?:wards?)?|prior)\b"
_SEASON = _either(_WORDS["seasons"])
_NO_PEOPLE = r"(?![,.]\d|%| (?:people|civilians|soldiers|troops|others))"  # "May 3 people", "2,016"


def _before(group: str) -> str:
    return rf"(?P<modifier>{_either(_PHRASES[group])})"


# Name, pattern. Tried in this order at each place; the first that matches wins. Every repetition
# is bounded, so each pattern runs in linear time.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("iso", r"(?P<year>(?:19|20)\d\d)-(?P<m>[01]\d)-(?P<day>[0-3]\d)\b"),
    (
        "day-range",
        rf"{_FROM}{_MONTH} {_DAY} ?{_TO} ?(?:(?P<month2>{_MONTHS}) )?{_DAY_2}{_OF_YEAR}",
    ),
    ("day-range", rf"{_FROM}{_DAY} ?{_TO} ?{_DAY_2} (?:of )?{_MONTH}{_OF_YEAR}"),
    ("month-day", rf"(?:{_WEEKDAY},? )?(?:the )?{_MONTH} {_DAY}{_NO_PEOPLE}{_OF_YEAR}"),
    ("day-month", rf"(?:{_WEEKDAY},? )?(?:the )?{_DAY}(?: of)? {_MONTH}{_OF_YEAR}"),
    (
        "month-year",
        rf"(?:(?P<modifier>early|late|mid|earlier in|later in)[ -])?{_MONTH},? (?:of )?{_YEAR}",
    ),
    ("month", rf"{_before('before_month')}[ -]{_MONTH}(?:,? (?:of )?{_YEAR})?(?! ?[0-3]?\d\b)"),
    (
        "night-between",
        rf"{_NIGHT} (?:from|between|of) {_WEEKDAY} (?:to|and|into) {_WEEKDAY_2}",
    ),
    ("weekday", rf"(?:{_before('before_weekday')} )?(?:the )?{_WEEKDAY}(?: {_PART})?"),
    ("today", rf"(?P<today>{_either(_PHRASES['today'])})\b"),
    ("yesterday", rf"(?P<yesterday>{_either(_PHRASES['yesterday'])})\b"),
    ("ago", rf"(?:(?P<modifier>over|more than|nearly|almost|about) )?{_COUNT} {_UNIT} ago\b"),
    (
        "offset",
        rf"(?:just |only )?{_COUNT} {_UNIT} {_DIRECTION}",
    ),
    ("offset-one", rf"the (?P<direction>previous|preceding|following|next|same) {_UNIT}"),
    ("offset-one", rf"the {_UNIT} (?P<direction>before|prior|after)\b"),
    ("recent-one", rf"(?:in|over|during|within|for|throughout) the (?:past|last) {_UNIT}"),
    ("weekend", r"(?:last|this|this past|past|over the|at the|on the|during the|the) weekend\b"),
    ("relative-unit", rf"{_before('before_unit')} {_UNIT}"),
    (
        "recent",
        rf"{_DURING}(?:the )?(?:past|last|recent)(?: {_COUNT})? {_UNITS}",
    ),
    ("days-of", rf"{_COUNT} days(?= of (?:\w+ )?(?:{_either(_PHRASES['lasting'])})\b)"),
    ("vague-past", rf"(?P<vague>{_either(_PHRASES['vague_past'])}|in the (?:19|20)\d0s)\b"),
    (
        "season",
        rf"(?P<modifier>last|this|in the|in|of) (?P<season>{_SEASON})\b(?: (?:of )?{_YEAR})?",
    ),
    ("year", rf"{_before('before_year')}[ -]{_YEAR}{_NO_PEOPLE}"),
)
_COMPILED = tuple((name, re.compile(rf"\b{p}", re.IGNORECASE)) for name, p in _PATTERNS)
# Any of them: most numbers are no dates, and one search says so instead of one a pattern.
_ANY = re.compile(
    "|".join(rf"\b(?:{re.sub(r'[?]P<[a-z0-9_]+>', '?:', p)})" for _, p in _PATTERNS), re.IGNORECASE
)
# Where an expression can begin: only there are the patterns tried.
_CUE = re.compile(
    rf"\b(?:{_MONTHS}|{_either(_WORDS['weekdays'])}|{_COUNTS}|{_either(_PHRASES['cues'])}"
    r"|\d{1,4}(?:st|nd|rd|th)?)\b",
    re.IGNORECASE,
)


def find_dates(text: str) -> Iterator[tuple[int, int, DateMention]]:
    """Time expressions in a text, left to right, without overlap.

    Args:
        text: any English text.

    Yields:
        (start, end, mention), half-open character offsets.

    >>> [
    ...     (text, m.kind)
    ...     for text, m in (
    ...         ("on Tuesday night"[s:e], m) for s, e, m in find_dates("on Tuesday night")
    ...     )
    ... ]
    [('Tuesday night', 'weekday')]
    """
    position = 0
    while (cue := _CUE.search(text, position)) is not None:
        found = _match_at(text, cue.start())
        if found is None:
            position = cue.end()
            continue
        end, mention = found
        if mention is not None:
            yield cue.start(), end, mention
        position = end


def _match_at(text: str, start: int) -> tuple[int, DateMention | None] | None:
    """The expression at a place; without a mention where it speaks of what is to come."""
    if _ANY.match(text, start) is None:
        return None
    for name, pattern in _COMPILED:
        match = pattern.match(text, start)
        if match is None or not _is_written_as_name(match):
            continue
        mention = READERS[name](match)
        if mention is not None or name == "weekday":
            return match.end(), mention
    return None


def _is_written_as_name(match: re.Match[str]) -> bool:
    """Months and weekdays are capitalised: "may", "march" and "sun" are other words."""
    for group in ("month", "weekday", "month2", "weekday2"):
        word = match.groupdict().get(group)
        if word and not word[0].isupper():
            return False
    return True


class DateMatcher:
    """Finds time expressions: weekdays, days of months, "two days ago", "last May" and the like.

    Method: bounded patterns over the words of `data/dates.toml`, first match wins; month and
    weekday names must be capitalised. Sets `doc.spans["dates"]` and `span._.date`
    (a `DateMention`).

    Measured: finds 0.95 (130/137) of the words that annotators quote for dates, on 190 real
    articles (`benchmarks/components.py`). Known misses: holidays, Islamic months, "the 12th".
    """

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.spans["dates"]`."""
        doc.spans["dates"] = list(self.match(doc))
        return doc

    def match(self, doc: Doc) -> Iterator[Span]:
        """The time expressions of a doc as spans with `span._.date` set."""
        for start, end, mention in find_dates(text_of(doc)):
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is not None:
                span = Span(doc, span.start, span.end, label="DATE")
                span._.date = mention
                yield span


COMPONENT = Component("incidents_dates")


@Language.factory("incidents_dates", assigns=["doc.spans"])
def make_dates(nlp: Language, name: str) -> DateMatcher:
    """Make the time-expression component."""
    del nlp, name
    register_extensions()
    return DateMatcher()
