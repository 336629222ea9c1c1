"""From a matched time expression to its normal form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.mentions import DateMention
from incidents.extractors.vocabulary import load_words

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

_LAST_DAY, _LAST_MONTH = 31, 12
_MONTHS: dict[str, int] = load_words("dates")["months"]
_WEEKDAYS: dict[str, int] = load_words("dates")["weekdays"]
_COUNTS: dict[str, int] = load_words("dates")["counts"]
_SEASONS: dict[str, list[int]] = load_words("dates")["seasons"]
_UNIT_OF = {"hour": "day", "minute": "day", "decade": "year"}


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
    month = _month(match) or int(match["m"])
    day = int(match["day"])
    if not 1 <= day <= _LAST_DAY or not 1 <= month <= _LAST_MONTH:
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
    # "Mar", "Dec" and "Jan" are names as well: they need words before them that only a month has.
    modifier = _modifier(match)
    if word.lower() in {"mar", "dec", "jan"} and modifier in {None, "of", "by", "from"}:
        return None
    return DateMention(
        kind="month", month=_month(match), year=_int(match, "year"), modifier=modifier, rule="month"
    )


def _read_weekday(match: re.Match[str]) -> DateMention | None:
    word = match["weekday"]
    short = word.lower() in {"sun", "sat", "mon", "wed"} and not word.isupper()
    if short and not match.group().endswith("."):
        return None  # "Sun" and "Sat" alone are newspapers and verbs more often than days
    if _modifier(match) in {"next", "following", "until"}:
        return None
    return DateMention(
        kind="weekday",
        weekday=_WEEKDAYS[word.lower()],
        modifier=_modifier(match),
        rule="weekday",
    )


def _read_night_between(match: re.Match[str]) -> DateMention | None:
    """Read "overnight from Sunday to Monday": the night that ended on the second day."""
    first, second = _WEEKDAYS[match["weekday"].lower()], _WEEKDAYS[match["weekday2"].lower()]
    if (second - first) % 7 != 1:
        return None
    return DateMention(kind="weekday", weekday=second, modifier="night", rule="night between days")


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


def _read_days_of(match: re.Match[str]) -> DateMention | None:
    """Read "in two days of clashes": the last of them is the day of the news."""
    count = _count(match)
    if count is None or count < 2:  # noqa: PLR2004 - "a day of protests" is one day
        return None
    return DateMention(kind="span", offset=1 - count, unit="day", rule="days-of")


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
    return DateMention(
        kind="offset", offset=sign, unit=unit, relative_to="event", rule="neighbouring unit"
    )


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
    if unit in {"hour", "minute"}:
        return DateMention(
            kind="relative-day", offset=0, unit="day", modifier="past", rule="recent"
        )
    if unit in _UNIT_OF:
        return None
    return DateMention(kind="span", offset=-1, unit=unit, modifier="past", rule="recent")


def _read_vague(match: re.Match[str]) -> DateMention:
    del match
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
    return DateMention(
        kind="year", year=_int(match, "year"), modifier=_modifier(match), rule="year"
    )


def _read_weekend(match: re.Match[str]) -> DateMention:
    del match
    return DateMention(kind="ago", offset=-1, unit="weekend", rule="weekend")


READERS: dict[str, Callable[[re.Match[str]], DateMention | None]] = {
    "iso": _read_day,
    "day-range": _read_day,
    "month-day": _read_day,
    "day-month": _read_day,
    "month-year": _read_month,
    "month": _read_month,
    "night-between": _read_night_between,
    "weekday": _read_weekday,
    "today": _read_today,
    "yesterday": _read_yesterday,
    "ago": _read_ago,
    "offset": _read_offset,
    "offset-one": _read_offset_one,
    "relative-unit": _read_relative_unit,
    "weekend": _read_weekend,
    "recent": _read_recent,
    "recent-one": _read_recent_one,
    "days-of": _read_days_of,
    "vague-past": _read_vague,
    "season": _read_season,
    "year": _read_year,
}
