"""Time expressions of news text, found with a small grammar; not yet calendar days."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Span

from incidents.extractors.mentions import DateMention, register_extensions
from incidents.extractors.vocabulary import load_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc

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
_ZONE = r"(?:the )?"

# Name, pattern. Tried in this order at each place; the first that matches wins. Every repetition
# is bounded, so each pattern runs in linear time.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("iso", r"(?P<year>(?:19|20)\d\d)-(?P<m>[01]\d)-(?P<day>[0-3]\d)\b"),
    (
        "day-range",
        rf"(?:(?:between|from) )?{_MONTH} {_DAY} ?{_TO} ?(?:(?P<month2>{_either(_MONTHS)}) )?"
        rf"(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?\b(?:,? {_YEAR})?",
    ),
    (
        "day-range",
        rf"(?:(?:between|from) )?{_DAY} ?{_TO} ?(?P<day2>[0-3]?\d)(?:st|nd|rd|th)? (?:of )?{_MONTH}"
        rf"(?:,? {_YEAR})?",
    ),
    (
        "month-day",
        rf"(?:{_WEEKDAY},? )?(?:the )?{_MONTH} {_DAY}(?!,\d|\.\d| (?:people|civilians|soldiers))"
        rf"(?:,? {_YEAR})?",
    ),
    ("day-month", rf"(?:{_WEEKDAY},? )?(?:the )?{_DAY}(?: of)? {_MONTH}(?:,? {_YEAR})?"),
    ("day-month", rf"{_DAY} {_MONTH}(?:,? {_YEAR})?"),
    (
        "month-year",
        rf"(?:(?P<modifier>early|late|mid|earlier in|later in)[ -])?{_MONTH},? (?:of )?{_YEAR}",
    ),
    (
        "month",
        rf"(?P<modifier>last|this|this past|past|early|late|mid|in early|in late|in mid|since early"
        rf"|since late|since the beginning of|since the start of|at the beginning of|at the end of|since|in|during|of|earlier in|until|by|throughout|previous|from)[ -]{_MONTH}",
    ),
    (
        "weekday",
        rf"(?:(?P<modifier>last|this|past|late on|late|early on|early|since|next|previous|earlier on"
        rf"|until|following|from) )?(?:the )?{_WEEKDAY}(?: {_PART})?",
    ),
    (
        "today",
        r"(?P<today>earlier today|today|tonight|this morning|this afternoon|this evening"
        r"|early this morning|earlier this morning|late this evening|in the early hours of today"
        r"|earlier in the day|later in the day|in the past 24 hours|over the past 24 hours"
        r"|in the last 24 hours|over the last 24 hours|within the past 24 hours"
        r"|during the past 24 hours|in the past few hours|in the last few hours)\b",
    ),
    (
        "yesterday",
        r"(?P<yesterday>the day before yesterday|yesterday|last night|late last night"
        r"|early yesterday|overnight)\b",
    ),
    ("ago", rf"{_COUNT} {_UNIT} ago\b"),
    ("ago", rf"(?P<modifier>over|more than|nearly|almost|about) {_COUNT} {_UNIT} ago\b"),
    (
        "offset",
        rf"(?:just |only )?{_COUNT} {_UNIT} (?P<direction>earlier|before|previously|later|after"
        r"(?:wards?)?|prior)\b",
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
        r"(?P<modifier>earlier this|earlier last|later this|last|this|this past|late last|early last"
        rf"|early this|late this|the past|past) {_UNIT}",
    ),
    (
        "recent",
        rf"(?:in|over|during|for|within)? ?(?:the )?(?P<recent>past|last|recent)"
        rf"(?: (?P<count>\d{{1,3}}|{_either(_COUNTS)}|several|few))? (?P<unit>day|week|month|year|decade)s\b",
    ),
    (
        "vague-past",
        r"(?P<vague>in the past|previously|in recent (?:days|weeks|months|years)|the days and weeks"
        r" prior|in previous (?:days|weeks|months|years)|over the years|for (?:months|years|decades"
        r"|weeks)|historically|in the (?:19|20)\d0s|at the time)\b",
    ),
    (
        "season",
        rf"(?P<modifier>last|this|in the|in|of) (?P<season>{_either(_SEASONS)})(?: (?:of )?{_YEAR})?",
    ),
    (
        "year",
        r"(?P<modifier>in early|in late|in mid|in|since|of|during|from|until|by|early|late|mid"
        rf"|the|throughout|after|before)[ -]{_YEAR}(?![,.]\d|%| (?:people|civilians|soldiers|troops))",
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
_UNIT_OF = {"hour": "day", "minute": "day", "decade": "year"}


def find_dates(text: str) -> Iterator[tuple[int, int, DateMention]]:
    """Time expressions in a text, left to right, without overlap.

    Args:
        text: any English text.

    Yields:
        (start, end, mention), half-open character offsets.

    >>> [(text, m.kind) for text, m in
    ...  (("on Tuesday night"[s:e], m) for s, e, m in find_dates("on Tuesday night"))]
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
        mention = _READERS[name](match)
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


def _int(match: re.Match[str], group: str) -> int | None:
    value = match.groupdict().get(group)
    return int(value) if value else None


def _month(match: re.Match[str], group: str = "month") -> int | None:
    value = match.groupdict().get(group)
    return _MONTHS[value.lower()] if value else None


def _modifier(match: re.Match[str]) -> str | None:
    value = match.groupdict().get("modifier")
    return value.lower() if value else None


def _read_day(match: re.Match[str]) -> DateMention | None:
    month = _month(match) or _int(match, "m")
    day = _int(match, "day")
    if month is None or day is None or not 1 <= day <= 31 or not 1 <= month <= 12:
        return None
    weekday = match.groupdict().get("weekday")
    year = _int(match, "year")
    return DateMention(
        kind="full" if year else "day-month",
        year=year,
        month=month,
        day=day,
        end_day=_int(match, "day2"),
        end_month=_month(match, "month2"),
        weekday=_WEEKDAYS[weekday.lower()] if weekday else None,
        rule="full date" if year else ("weekday+day" if weekday else "day-month"),
    )


def _read_month(match: re.Match[str]) -> DateMention | None:
    word = match["month"]
    # "May" is also a verb and a name: it needs the words around it that only a month has.
    modifier = _modifier(match)
    if word.lower() in {"sun", "mar", "dec", "jan"} and modifier in {None, "of", "by", "from"}:
        return None
    return DateMention(
        kind="month", month=_month(match), year=_int(match, "year"), modifier=modifier, rule="month"
    )


def _read_weekday(match: re.Match[str]) -> DateMention | None:
    if match["weekday"].lower() in {"sun", "sat", "mon", "wed"} and not match["weekday"].isupper():
        # "Sun" and "Sat" alone are newspapers and verbs more often than days.
        if not match.group().endswith("."):
            return None
    if _modifier(match) in {"next", "following", "until"}:
        return None
    return DateMention(
        kind="weekday",
        weekday=_WEEKDAYS[match["weekday"].lower()],
        modifier=_modifier(match),
        rule="weekday",
    )


def _read_today(match: re.Match[str]) -> DateMention:
    words = match["today"].lower()
    same_day = words.endswith("in the day")
    return DateMention(
        kind="relative-day",
        offset=0,
        unit="day",
        modifier="past" if "24 hours" in words or "few hours" in words else None,
        relative_to="event" if same_day else "published",
        rule="today",
    )


def _read_yesterday(match: re.Match[str]) -> DateMention:
    words = match["yesterday"].lower()
    if words == "overnight":
        return DateMention(
            kind="relative-day", offset=0, unit="day", modifier="overnight", rule="overnight"
        )
    return DateMention(
        kind="relative-day",
        offset=-2 if "before yesterday" in words else -1,
        unit="day",
        rule="yesterday",
    )


def _count(match: re.Match[str]) -> int | None:
    word = match.groupdict().get("count")
    if word is None:
        return None
    return int(word) if word.isdigit() else _COUNTS.get(word.lower())


def _read_ago(match: re.Match[str]) -> DateMention:
    unit = match["unit"].lower()
    count = _count(match)
    if count is None or unit in _UNIT_OF:
        days_away = unit in {"hour", "minute"}
        return DateMention(
            kind="relative-day" if days_away else "span",
            offset=0 if days_away else None,
            unit=_UNIT_OF.get(unit, unit),
            modifier=None if days_away else "vague",
            rule="ago",
        )
    return DateMention(kind="ago", offset=-count, unit=unit, rule="ago")


def _read_offset(match: re.Match[str]) -> DateMention | None:
    unit = match["unit"].lower()
    direction = match["direction"].lower()
    sign = 1 if direction.startswith(("later", "after")) else -1
    count = _count(match)
    if unit in _UNIT_OF:
        return None
    if count is None:
        return DateMention(kind="span", unit=unit, modifier="vague", rule="offset")
    return DateMention(
        kind="offset", offset=sign * count, unit=unit, relative_to="event", rule="offset"
    )


def _read_offset_one(match: re.Match[str]) -> DateMention | None:
    unit = match["unit"].lower()
    sign = {"following": 1, "next": 1, "after": 1, "same": 0}.get(match["direction"].lower(), -1)
    if unit in _UNIT_OF:
        return None
    return DateMention(kind="offset", offset=sign, unit=unit, relative_to="event", rule="offset")


def _read_relative_unit(match: re.Match[str]) -> DateMention | None:
    unit = match["unit"].lower()
    modifier = _modifier(match) or ""
    if unit in _UNIT_OF or unit == "day":
        return None
    if modifier in {"past", "the past"}:
        return DateMention(kind="span", offset=-1, unit=unit, modifier="past", rule="past unit")
    return DateMention(
        kind="ago",
        offset=-1 if "last" in modifier else 0,
        unit=unit,
        modifier=modifier,
        rule="relative unit",
    )


def _read_recent(match: re.Match[str]) -> DateMention:
    count = _count(match)
    return DateMention(
        kind="span",
        offset=-count if count else None,
        unit=match["unit"].lower(),
        modifier="past" if count else "vague",
        rule="recent",
    )


def _read_recent_one(match: re.Match[str]) -> DateMention | None:
    unit = match["unit"].lower()
    if unit in _UNIT_OF:
        return None
    return DateMention(kind="span", offset=-1, unit=unit, modifier="past", rule="recent")


def _read_vague(match: re.Match[str]) -> DateMention:
    return DateMention(kind="span", modifier="vague", rule="vague past")


def _read_season(match: re.Match[str]) -> DateMention:
    first, last = _SEASONS[match["season"].lower()]
    return DateMention(
        kind="month",
        month=first,
        end_month=last,
        year=_int(match, "year"),
        modifier=_modifier(match),
        rule="season",
    )


def _read_year(match: re.Match[str]) -> DateMention:
    return DateMention(kind="year", year=_int(match, "year"), modifier=_modifier(match), rule="year")


_READERS: dict[str, Callable[[re.Match[str]], DateMention | None]] = {
    "iso": _read_day,
    "day-range": _read_day,
    "month-day": _read_day,
    "day-month": _read_day,
    "month-year": _read_month,
    "month": _read_month,
    "weekday": _read_weekday,
    "today": _read_today,
    "yesterday": _read_yesterday,
    "ago": _read_ago,
    "offset": _read_offset,
    "offset-one": _read_offset_one,
    "relative-unit": _read_relative_unit,
    "recent": _read_recent,
    "recent-one": _read_recent_one,
    "vague-past": _read_vague,
    "season": _read_season,
    "year": _read_year,
}


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
