"""Days of publication, as files and feeds write them."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate

from incidents.extractors.dateline import parse_day

# ISO 8601 in its long and its short form, with or without a time: 2021-04-21T20:15:00Z,
# 2021-04-21 20:15, 20210421T201500Z, 20210421201500, 2021-04-21
_DAY = re.compile(
    r"(?P<year>\d{4})(?P<gap>[-/]?)(?P<month>\d\d)(?P=gap)(?P<day>\d\d)"
    r"(?:$|[T ]\s*\d\d:?\d\d|\d{6}$)"
)
YEARS = range(1900, 2100)
"""Years of publication; tables write 0001-01-01 and 9999-12-31 where there is no day."""

_MAX_SHOWN = 40  # characters of a value in a message


def read_published(value: object) -> dt.date | None:
    """Read a day, or a time on it, which is cut to the day.

    A time zone does not move the day: it is the day that the outlet printed. Days of ISO 8601 are
    read, those of feeds (`Wed, 21 Apr 2021 10:00:00 GMT`, RFC 5322) and words (`April 21, 2021`);
    `21/4/21` is not, because outlets differ in what comes first.

    Args:
        value: as the source has it.

    Returns:
        The day; None where the value is none that can be read, or one that stands for none.
    """
    day = _read_day(value)
    return day if day and day.year in YEARS else None


def explain_unread(value: object) -> str:
    """Say why a value is none that `read_published` reads."""
    if _read_day(value):
        return f"lies outside {YEARS[0]} to {YEARS[-1]}"
    return "is not a date"


def _read_day(value: object) -> dt.date | None:
    text = str(value) if type(value) is int else value  # 20210421; not `true`, which is an int too
    if not isinstance(text, str):
        return None
    text = " ".join(text.split())
    found = _DAY.match(text)
    if found:
        parts = int(found["year"]), int(found["month"]), int(found["day"])
    elif ":" in text and (sent := parsedate(text)):
        parts = sent[:3]
    else:
        return parse_day(text)
    try:
        return dt.date(*parts)
    except (ValueError, OverflowError):  # 2021-04-31, a day of twenty digits
        return None


def show_value(value: object) -> str:
    """Show a value in one short line."""
    shown = repr(value)
    return shown if len(shown) <= _MAX_SHOWN else shown[: _MAX_SHOWN - 3] + "…"
