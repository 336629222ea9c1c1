"""Whether two dates can be one, and how much that says."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from incidents.model import EventDate, Report

DateLevel = Literal[
    "same",
    "overlap",
    "week",
    "month",
    "year",
    "lent",
    "weekday",
    "assumed",
    "adjacent",
    "unknown",
    "conflict",
]

Days = tuple[dt.date, dt.date]
"""First and last day."""

MAX_LATE_DAYS = 2
"""An outlet that names no day prints what happened at most this many days before."""

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COARSE: dict[str, DateLevel] = {"week": "week", "month": "month", "year": "year"}


def compare_dates(one: Report, two: Report) -> DateLevel:
    """Compare when two reports say that it happened.

    Returns:
        `same`: the same single day.
        `overlap`: ranges of days that share a day.
        `week`, `month`, `year`: the coarser of the two is as coarse as that and holds the other.
        `lent`: one has no day, and its weekday is that of the other's day.
        `weekday`: neither has a day, and the weekdays agree.
        `assumed`: other days, but one is only the day of printing, and the other shortly before.
        `adjacent`: the day before or after (a night, a time zone, a late report).
        `unknown`: one says nothing that could be compared.
        `conflict`: other days, or other weekdays.
    """
    first, second = span(one.date), span(two.date)
    if first is None:
        if second is None:
            return _compare_weekdays(one.date, two.date)
        return _compare_lent(two.date, second, one)
    if second is None:
        return _compare_lent(one.date, first, two)
    return _compare_resolved(one.date, first, two.date, second)


def weekday_of(day: dt.date) -> str:
    """English name of a day's weekday, in small letters."""
    return _WEEKDAYS[day.weekday()]


def span(date: EventDate) -> Days | None:
    """First and last day, or None."""
    return (date.start, date.end) if date.start and date.end else None


def is_day(date: EventDate) -> bool:
    """Whether a date is resolved to days."""
    return date.start is not None and date.precision == "day"


def is_assumed(date: EventDate) -> bool:
    """Whether a day is only the day of printing: the text itself names none."""
    return is_day(date) and date.basis == "published" and date.mention is None


def _compare_weekdays(one: EventDate, two: EventDate) -> DateLevel:
    if not one.weekday or not two.weekday:
        return "unknown"
    return "weekday" if one.weekday.casefold() == two.weekday.casefold() else "conflict"


def _compare_lent(date: EventDate, days: Days, borrower: Report) -> DateLevel:
    """Compare a date, of these days, with a report that has at most a weekday."""
    weekday = borrower.date.weekday
    if not is_day(date):
        return "unknown"
    # What an article reports happened before the article was printed.
    published = borrower.article.published
    if published is not None and published < days[0]:
        return "conflict"
    if not weekday:
        return "unknown"
    return "lent" if weekday.casefold() in _weekdays(*days) else "conflict"


def _compare_resolved(one: EventDate, first: Days, two: EventDate, second: Days) -> DateLevel:
    days_apart = max((second[0] - first[1]).days, (first[0] - second[1]).days)
    if days_apart > 0:
        later = one if first[0] > second[0] else two
        if is_assumed(later) and days_apart <= MAX_LATE_DAYS and is_day(one) and is_day(two):
            return "assumed"
        near = days_apart == 1 and is_day(one) and is_day(two)
        return "adjacent" if near else "conflict"
    for coarse in ("year", "month", "week"):
        if coarse in (one.precision, two.precision):
            return _COARSE[coarse] if _weekdays_fit(one, two) else "conflict"
    return "same" if first == second and first[0] == first[1] else "overlap"


def _weekdays_fit(one: EventDate, two: EventDate) -> bool:
    """Whether "a Tuesday in April" can be the other's day."""
    for coarse, fine in ((one, two), (two, one)):
        days = span(fine)
        if coarse.weekday and days and is_day(fine):
            return coarse.weekday.casefold() in _weekdays(*days)
    return True


def _weekdays(first: dt.date, last: dt.date) -> set[str]:
    length = min((last - first).days, 6)
    return {weekday_of(first + dt.timedelta(days=number)) for number in range(length + 1)}
