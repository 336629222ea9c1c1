"""Time expressions of news text, found with a small grammar; not yet calendar days."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Span

from incidents.extractors.date_readers import READERS
from incidents.extractors.mentions import register_extensions
from incidents.extractors.vocabulary import load_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from incidents.extractors.mentions import DateMention

_WORDS = load_words("dates")
_MONTHS: dict[str, int] = _WORDS["months"]
_WEEKDAYS: dict[str, int] = _WORDS["weekdays"]
_COUNTS: dict[str, int] = _WORDS["counts"]
_SEASONS: dict[str, list[int]] = _WORDS["seasons"]


def _either(words: dict[str, object] | dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_MONTH = rf"(?P<month>{_either(_MONTHS)})\b\.?"
_WEEKDAY = rf"(?P<weekday>{_either(_WEEKDAYS)})\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b"
_TO = r"(?:-|–|—|to|and|until|through)"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_UNIT = r"(?P<unit>day|week|month|year|decade|hour|minute)s?\b"
_COUNT = rf"(?P<count>\d{{1,3}}|{_either(_COUNTS)}|several|few|a few)"
_PART = (
    r"(?:(?:early|late|mid)[ -])?(?:morning|afternoon|evening|night|noon|midday|midnight|dawn|dusk)"
)
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("iso", r"(?P<year>(?:19|20)\d\d)-(?P<m>[01]\d)-(?P<day>[0-3]\d)\b"),
    (
        "day-range",
        (
            rf"(?:(?:between|from) )?{_MONTH} {_DAY} ?{_TO} ?(?:(?P<month2>{_either(_MONTHS)}) )?"
            rf"(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?\b(?:,? {_YEAR})?"
        ),
    ),
    (
        "day-range",
        (
            rf"(?:(?:between|from) )?{_DAY} ?{_TO} ?(?P<day2>[0-3]?\d)(?:st|nd|rd|th)? (?:of )?{_MONTH}"
            rf"(?:,? {_YEAR})?"
        ),
    ),
    (
        "month-day",
        (
            rf"(?:{_WEEKDAY},? )?(?:the )?{_MONTH} {_DAY}(?!,\d|\.\d| (?:people|civilians|soldiers))"
            rf"(?:,? {_YEAR})?"
        ),
    ),
    ("day-month", rf"(?:{_WEEKDAY},? )?(?:the )?{_DAY}(?: of)? {_MONTH}(?:,? {_YEAR})?"),
    ("day-month", rf"{_DAY} {_MONTH}(?:,? {_YEAR})?"),
    (
        "month-year",
        rf"(?:(?P<modifier>early|late|mid|earlier in|later in)[ -])?{_MONTH},? (?:of )?{_YEAR}",
    ),
    (
        "month",
        (
            rf"(?P<modifier>last|this|this past|past|early|late|mid|in early|in late|in mid|since early"
            rf"|since late|since the beginning of|since the start of|at the beginning of|at the end of|since|in|during|of|earlier in|until|by|throughout|previous|from)[ -]{_MONTH}"
        ),
    ),
    (
        "weekday",
        (
            rf"(?:(?P<modifier>last|this|past|late on|late|early on|early|since|next|previous|earlier on"
            rf"|until|following|from) )?(?:the )?{_WEEKDAY}(?: {_PART})?"
        ),
    ),
    (
        "today",
        (
            r"(?P<today>earlier today|today|tonight|this morning|this afternoon|this evening"
            r"|early this morning|earlier this morning|late this evening|in the early hours of today"
            r"|earlier in the day|later in the day|in the past 24 hours|over the past 24 hours"
            r"|in the last 24 hours|over the last 24 hours|within the past 24 hours"
            r"|during the past 24 hours|in the past few hours|in the last few hours)\b"
        ),
    ),
    (
        "yesterday",
        (
            r"(?P<yesterday>the day before yesterday|yesterday|last night|late last night"
            r"|early yesterday|overnight)\b"
        ),
    ),
    ("ago", rf"{_COUNT} {_UNIT} ago\b"),
    ("ago", rf"(?P<modifier>over|more than|nearly|almost|about) {_COUNT} {_UNIT} ago\b"),
    (
        "offset",
        (
            rf"(?:just |only )?{_COUNT} {_UNIT} (?P<direction>earlier|before|previously|later|after"
            r"(?:wards?)?|prior)\b"
        ),
    ),
    (
        "offset-one",
        rf"the (?P<direction>previous|preceding|following|next|same) {_UNIT}",
    ),
    ("offset-one", rf"the {_UNIT} (?P<direction>before|prior|after)\b"),
    (
        "recent-one",
        rf"(?:in|over|during|within|for|throughout) the (?:past|last) {_UNIT}",
    ),
    (
        "relative-unit",
        (
            r"(?P<modifier>earlier this|earlier last|later this|last|this|this past|late last|early last"
            rf"|early this|late this|the past|past) {_UNIT}"
        ),
    ),
    (
        "recent",
        (
            rf"(?:in|over|during|for|within)? ?(?:the )?(?P<recent>past|last|recent)"
            rf"(?: (?P<count>\d{{1,3}}|{_either(_COUNTS)}|several|few))? (?P<unit>day|week|month|year|decade)s\b"
        ),
    ),
    (
        "vague-past",
        (
            r"(?P<vague>in the past|previously|in recent (?:days|weeks|months|years)|the days and weeks"
            r" prior|in previous (?:days|weeks|months|years)|over the years|for (?:months|years|decades"
            r"|weeks)|historically|in the (?:19|20)\d0s|at the time)\b"
        ),
    ),
    (
        "season",
        rf"(?P<modifier>last|this|in the|in|of) (?P<season>{_either(_SEASONS)})(?: (?:of )?{_YEAR})?",
    ),
    (
        "year",
        (
            r"(?P<modifier>in early|in late|in mid|in|since|of|during|from|until|by|early|late|mid"
            rf"|the|throughout|after|before)[ -]{_YEAR}(?![,.]\d|%| (?:people|civilians|soldiers|troops))"
        ),
    ),
)
# "of 2016" alone; "in 2016" keeps its preposition in the mention so that it reads well.
_COMPILED = tuple((name, re.compile(rf"\b{p}", re.IGNORECASE)) for name, p in _PATTERNS)
_CUE = re.compile(
    rf"\b(?:{_either(_MONTHS)}|{_either(_WEEKDAYS)}|today|tonight|yesterday|overnight|this|last"
    r"|late|early|earlier|ago|before|prior|previous|previously|later|after|following|past|recent"
    r"|preceding|next|same|over|for|historically|at|in|since|of|during|from|until|by|mid|the|within"
    rf"|between|throughout|just|only|nearly|almost|about|more|\d{{1,4}}(?:st|nd|rd|th)?|{_either(_COUNTS)}|several|few)\b",
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
        yield cue.start(), end, mention
        position = max(end, cue.start() + 1)


def _match_at(text: str, start: int) -> tuple[int, DateMention] | None:
    for name, pattern in _COMPILED:
        match = pattern.match(text, start)
        if match is None or not _is_written_as_name(match):
            continue
        mention = READERS[name](match)
        if mention is not None:
            return match.end(), mention
    return None


def _is_written_as_name(match: re.Match[str]) -> bool:
    """Months and weekdays are capitalised: "may", "march" and "sun" are other words."""
    for group in ("month", "weekday", "month2"):
        word = match.groupdict().get(group)
        if word and not word[0].isupper():
            return False
    return True


class DateMatcher:
    """Finds time expressions: weekdays, days of months, "two days ago", "last May" and the like.

    Method: bounded patterns over the words of `data/dates.toml`, first match wins; month and
    weekday names must be capitalised. Sets `doc.spans["dates"]` and `span._.date`
    (a `DateMention`). Known misses: holidays, Islamic months, "the 12th".
    """

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.spans["dates"]`."""
        doc.spans["dates"] = list(self.match(doc))
        return doc

    def match(self, doc: Doc) -> Iterator[Span]:
        """The time expressions of a doc as spans with `span._.date` set."""
        for start, end, mention in find_dates(doc.text):
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is not None:
                span = Span(doc, span.start, span.end, label="DATE")
                span._.date = mention
                yield span


@Language.factory("incidents_dates", assigns=["doc.spans"])
def make_dates(nlp: Language, name: str) -> DateMatcher:
    """Make the time-expression component."""
    del nlp, name
    register_extensions()
    return DateMatcher()
