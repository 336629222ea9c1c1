"""Time expressions to calendar days.

The order of what decides a missing year or day is fixed by the rules of the domain: an explicit
full date; a day of a month with its weekday; the day of publication; dates elsewhere in the
article; the years in which the named actors existed and dated context ("coronavirus" is 2020 or
later). What nothing resolves stays unresolved. Today's date is never used.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from incidents.extractors.vocabulary import load_words
from incidents.model import WEEKDAYS, EventDate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from incidents.extractors.mentions import DateMention
    from incidents.model import DatePrecision

_FIRST_YEAR = 1990
_SATURDAY = 5
_WEEK = dt.timedelta(days=7)
_DAY = dt.timedelta(days=1)
_DAYS_OF = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3650}


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day that an article's relative expressions count from.

    Attributes:
        day: day of publication, or a day near it that the article itself gives.
        basis: `published`, or what gave the day: `explicit`, `weekday+day`.
    """

    day: dt.date
    basis: str

    @property
    def is_published(self) -> bool:
        """Whether it is the day of publication."""
        return self.basis == "published"

    @property
    def lends(self) -> str:
        """Basis of a date that counts from it: `published`, or `article` for any other day."""
        return "published" if self.is_published else "article"


def year_bounds(
    text: str, spans_active: Iterable[tuple[int | None, int | None]]
) -> tuple[int, int | None]:
    """The years in which a text can have been written.

    Args:
        text: the article.
        spans_active: first and last year of existence of each actor that it names.

    Returns:
        (first year, last year or None): from the youngest actor's founding and dated context to
        the first end of an actor's existence.
    """
    folded = text.casefold()
    firsts = [_FIRST_YEAR]
    firsts += [year for cue, year in load_words("dates")["context_since"].items() if cue in folded]
    lasts = []
    for active_from, active_to in spans_active:
        if active_from is not None:
            firsts.append(active_from)
        if active_to is not None:
            lasts.append(active_to)
    first = max(firsts)
    last = min(lasts) if lasts else None
    return (first, last) if last is None or last >= first else (first, None)


def find_anchor(
    mentions: Sequence[DateMention], published: dt.date | None, bounds: tuple[int, int | None]
) -> Anchor | None:
    """The anchor of an article.

    Args:
        mentions: its time expressions in order of the text.
        published: day of publication, if known; it wins.
        bounds: as `year_bounds` gives them, for a day with a weekday but no year.
    """
    if published is not None:
        return Anchor(published, "published")
    for mention in mentions:
        if mention.kind == "full" and (day := _calendar_day(mention, mention.year)):
            return Anchor(day, "explicit")
    for mention in mentions:
        if mention.kind == "day-month":
            days = _days_on_weekday(mention, bounds)
            if len(days) == 1:
                return Anchor(days[0], "weekday+day")
    return None


def _days_on_weekday(mention: DateMention, bounds: tuple[int, int | None]) -> list[dt.date]:
    """The day of the month in each year within bounds in which it falls on the weekday."""
    first, last = bounds
    if last is None:
        return []  # as good as none: it comes again and again
    days = (_calendar_day(mention, year) for year in range(first, last + 1))
    return [day for day in days if day is not None and day.weekday() == mention.weekday]


def _calendar_day(mention: DateMention, year: int | None) -> dt.date | None:
    if year is None or mention.month is None or mention.day is None:
        return None
    try:
        return dt.date(year, mention.month, mention.day)
    except ValueError:
        return None


def resolve_date(
    mention: DateMention, words: str, anchor: Anchor | None, event: EventDate | None = None
) -> EventDate:
    """The calendar days that a time expression means.

    Args:
        mention: the expression.
        words: its words in the article.
        anchor: the article's anchor, or None for an article without any date.
        event: date of the event told before, for "a day earlier" and "the previous month".

    Returns:
        The days with their precision and basis; unresolved where nothing gives them.
    """
    weekday = WEEKDAYS[mention.weekday] if mention.weekday is not None else None
    try:
        found = _RESOLVERS[mention.kind](mention, anchor, event)
    except (OverflowError, ValueError):  # "900 years ago" in an article dated 0001-01-01
        found = None
    if found is None:
        return EventDate(precision=_known_part(mention), mention=words, weekday=weekday)
    start, end, precision, basis = found
    if weekday is None and start == end and mention.kind in {"full", "day-month"}:
        weekday = WEEKDAYS[start.weekday()]
    return EventDate(
        start=start, end=end, precision=precision, mention=words, basis=basis, weekday=weekday
    )


def _known_part(mention: DateMention) -> DatePrecision:
    """How much an unresolved expression still tells."""
    unit = mention.unit or mention.kind
    if unit == "month":
        return "month"
    return "year" if unit == "year" else "none"


_Found: TypeAlias = "tuple[dt.date, dt.date, DatePrecision, str] | None"


def _full(mention: DateMention, anchor: Anchor | None, event: EventDate | None) -> _Found:
    del anchor, event
    start = _calendar_day(mention, mention.year)
    return _with_end(mention, start, "explicit") if start else None


def _with_end(mention: DateMention, start: dt.date, basis: str) -> _Found:
    """A single day, or the days up to the end that the expression names."""
    if mention.end_day is None:
        return start, start, "day", basis
    end = _calendar_day(
        replace(mention, month=mention.end_month or mention.month, day=mention.end_day), start.year
    )
    if end is None or end <= start:
        return start, start, "day", basis
    return start, end, "week" if end - start < 2 * _WEEK else "month", basis


def _day_month(mention: DateMention, anchor: Anchor | None, event: EventDate | None) -> _Found:
    """The year is that of the last such day up to the anchor; a weekday must agree with it."""
    del event
    if anchor is None:
        return None
    # A day after: an article may be dated by a time zone west of the event.
    latest = anchor.day + _DAY if anchor.is_published else anchor.day + _WEEK
    years = range(latest.year, latest.year - 12, -1)
    days = [d for y in years if (d := _calendar_day(mention, y)) is not None and d <= latest]
    if mention.weekday is not None:
        agreeing = [d for d in days if d.weekday() == mention.weekday]
        if agreeing:
            return _with_end(mention, agreeing[0], "weekday+day")
    return _with_end(mention, days[0], anchor.lends) if days else None


def _weekday(mention: DateMention, anchor: Anchor | None, event: EventDate | None) -> _Found:
    """The last such weekday up to the day of publication; that very day counts."""
    del event
    if anchor is None or mention.weekday is None:
        return None
    back = (anchor.day.weekday() - mention.weekday) % 7
    if anchor.is_published:
        if back == 0 and mention.modifier in {"last", "past", "previous"}:
            back = 7
        start = anchor.day - dt.timedelta(days=back)
        if mention.modifier == "night":  # it began on the day before
            return start - _DAY, start, "day", "published"
        end = anchor.day if mention.modifier == "since" else start
        return start, end, "day" if start == end else "week", "published"
    # The anchor is a day of the event, not of the article: the nearest such weekday is meant.
    start = anchor.day - dt.timedelta(days=back if back <= 3 else back - 7)  # noqa: PLR2004 - half a week
    return start, start, "day", "article"


def _relative_day(mention: DateMention, anchor: Anchor | None, event: EventDate | None) -> _Found:
    if anchor is None:
        return None
    if mention.relative_to == "event" and event is not None and event.start is not None:
        return event.start, event.start, "day", event.basis or "article"
    if not anchor.is_published:
        return None
    day = anchor.day + dt.timedelta(days=mention.offset or 0)
    if mention.modifier == "overnight":
        return day - _DAY, day, "day", "published"  # the night began on the day before
    return day, day, "day", "published"


def _month_days(year: int, first: int, last: int, modifier: str | None) -> tuple[dt.date, dt.date]:
    """First and last day of months; early, mid and late are its thirds."""
    end_year = year + 1 if last < first else year
    length = calendar.monthrange(end_year, last)[1]
    low, high = 1, length
    part = (modifier or "").rpartition(" ")[-1]
    if part == "early":
        high = 10
    elif part == "mid":
        low, high = 11, 20
    elif part == "late":
        low = 21
    return dt.date(year, first, low), dt.date(end_year, last, high)


def _month(mention: DateMention, anchor: Anchor | None, event: EventDate | None) -> _Found:
    del event
    if mention.month is None:
        return None
    last = mention.end_month or mention.month
    if mention.year is not None:
        start, end = _month_days(mention.year, mention.month, last, mention.modifier)
        return start, end, "month", "explicit"
    if anchor is None:
        return None
    year = anchor.day.year
    start, end = _month_days(year, mention.month, last, mention.modifier)
    strictly_before = (mention.modifier or "").startswith("last") or mention.modifier == "previous"
    if start > anchor.day or (strictly_before and start.month == anchor.day.month):
        start, end = _month_days(year - 1, mention.month, last, mention.modifier)
    if (mention.modifier or "").startswith("since"):
        return start, max(start, anchor.day), "month", anchor.lends
    end = min(end, max(anchor.day, start)) if anchor.is_published else end
    return start, end, "month", anchor.lends


def _year(mention: DateMention, anchor: Anchor | None, event: EventDate | None) -> _Found:
    del event
    if mention.year is None:
        return None
    start, end = dt.date(mention.year, 1, 1), dt.date(mention.year, 12, 31)
    if mention.modifier == "since" and anchor is not None:
        end = max(end, anchor.day)
    return start, end, "year", "explicit"


def _shift_months(day: dt.date, months: int) -> dt.date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def _units_away(
    day: dt.date, offset: int, unit: str, *, exact: bool
) -> tuple[dt.date, dt.date, DatePrecision]:
    """The day, week, month or year that lies `offset` units from a day."""
    if unit == "day" or (unit == "week" and exact):
        there = day + dt.timedelta(days=offset * (7 if unit == "week" else 1))
        return there, there, "day"
    if unit == "week":
        monday = day - dt.timedelta(days=day.weekday()) + offset * _WEEK
        return monday, monday + 6 * _DAY, "week"
    if unit == "month":
        there = _shift_months(day, offset)
        start, end = _month_days(there.year, there.month, there.month, None)
        return start, end, "month"
    year = day.year + offset
    return dt.date(year, 1, 1), dt.date(year, 12, 31), "year"


def _ago(mention: DateMention, anchor: Anchor | None, event: EventDate | None) -> _Found:
    del event
    if anchor is None or mention.offset is None or mention.unit is None:
        return None
    if mention.unit == "weekend":
        saturday = anchor.day - dt.timedelta(days=(anchor.day.weekday() - _SATURDAY) % 7)
        return saturday, max(saturday, min(saturday + _DAY, anchor.day)), "week", anchor.lends
    exact = mention.rule == "ago" and mention.offset == -1
    start, end, precision = _units_away(anchor.day, mention.offset, mention.unit, exact=exact)
    return start, min(end, max(anchor.day, start)), precision, anchor.lends


def _offset(mention: DateMention, anchor: Anchor | None, event: EventDate | None) -> _Found:
    if mention.offset is None or mention.unit is None:
        return None
    base = event.start if event is not None else None
    if base is None and anchor is not None and mention.offset <= 0:
        base = anchor.day
    if base is None:
        return None
    exact = mention.rule == "offset" and abs(mention.offset) == 1
    start, end, precision = _units_away(base, mention.offset, mention.unit, exact=exact)
    return start, end, precision, "article"


def _span(mention: DateMention, anchor: Anchor | None, event: EventDate | None) -> _Found:
    del event
    if anchor is None or mention.offset is None or mention.unit is None:
        return None
    days = _DAYS_OF[mention.unit] * -mention.offset
    precision: DatePrecision = "week" if days <= 7 else ("month" if days <= 31 else "year")  # noqa: PLR2004 - days of a week and of a month
    start = anchor.day - dt.timedelta(days=days)
    # An anchor that is an event's day lies some days before the article was written.
    end = anchor.day if anchor.is_published else anchor.day + dt.timedelta(days=2)
    return start, end, precision, anchor.lends


_RESOLVERS = {
    "full": _full,
    "day-month": _day_month,
    "month": _month,
    "year": _year,
    "weekday": _weekday,
    "relative-day": _relative_day,
    "ago": _ago,
    "offset": _offset,
    "span": _span,
}
