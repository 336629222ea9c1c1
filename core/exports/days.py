"""How precisely a day is known, as ACLED and UCDP code it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from incidents.model import EventDate

_WEEK, _MONTH = 7, 31  # days


def reference_day(date: EventDate) -> dt.date | None:
    """The one day that ACLED enters: the middle of the time that is known, up to a month.

    Source:
        ACLED Codebook, Time precision codes; "ACLED does not include events with less temporal
        information" than a month.
    """
    if date.start is None or date.end is None or _days(date) > _MONTH:
        return None
    return date.start + (date.end - date.start) // 2


def time_precision(date: EventDate) -> int | None:
    """ACLED's code: 1 the day, 2 a week or a part of it, 3 up to a month.

    Source:
        ACLED Codebook, Time precision codes.
    """
    days = _days(date)
    if not 0 < days <= _MONTH:
        return None
    return 1 if days == 1 else 2 if days <= _WEEK else 3


def date_prec(date: EventDate) -> int | None:
    """UCDP's code: 1 the day, 2 two to six days, 3 a week, 4 up to a month, 5 longer.

    Source:
        UCDP GED codebook (v23.1), variable date_prec.
    """
    days = _days(date)
    if not days:
        return None
    if days == 1:
        return 1
    return 2 if days < _WEEK else 3 if days == _WEEK else 4 if days <= _MONTH else 5


def _days(date: EventDate) -> int:
    """How many days it may have been; 0 where nothing is known."""
    if date.start is None or date.end is None:
        return 0
    return (date.end - date.start).days + 1
