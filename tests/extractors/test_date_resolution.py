"""Time expressions to calendar days, by the day of publication or by what else the article says."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.extractors import date_resolution
from incidents.extractors.date_resolution import Anchor, resolve_date
from incidents.extractors.dates import find_dates
from incidents.extractors.mentions import DateMention
from incidents.model import EventDate

# Friday 15 May 2015
FRIDAY = dt.date(2015, 5, 15)
EVENT = EventDate(
    start=dt.date(2014, 11, 5), end=dt.date(2014, 11, 5), precision="day", basis="weekday+day"
)

RESOLVED = [
    # words, published, start, end, precision, basis
    ("on Friday", "2015-05-15", "2015-05-15", "2015-05-15", "day", "published"),
    ("on Thursday", "2015-05-15", "2015-05-14", "2015-05-14", "day", "published"),
    ("on Saturday", "2015-05-15", "2015-05-09", "2015-05-09", "day", "published"),
    ("last Friday", "2015-05-15", "2015-05-08", "2015-05-08", "day", "published"),
    ("last Thursday", "2015-05-15", "2015-05-14", "2015-05-14", "day", "published"),
    ("late on Wednesday", "2015-05-15", "2015-05-13", "2015-05-13", "day", "published"),
    ("Friday night", "2015-05-15", "2015-05-15", "2015-05-15", "day", "published"),
    ("since Tuesday", "2015-05-15", "2015-05-12", "2015-05-15", "week", "published"),
    ("on Sunday", "2016-01-02", "2015-12-27", "2015-12-27", "day", "published"),
    # today and its neighbours
    ("today", "2015-05-15", "2015-05-15", "2015-05-15", "day", "published"),
    ("overnight", "2015-05-15", "2015-05-14", "2015-05-15", "day", "published"),
    ("overnight from Sunday to Monday", "2015-05-15", "2015-05-10", "2015-05-11", "day",
     "published"),
    ("in the night of Thursday to Friday", "2015-05-15", "2015-05-14", "2015-05-15", "day",
     "published"),
    ("yesterday", "2015-05-01", "2015-04-30", "2015-04-30", "day", "published"),
    ("the day before yesterday", "2016-03-01", "2016-02-28", "2016-02-28", "day", "published"),
    ("last night", "2016-01-01", "2015-12-31", "2015-12-31", "day", "published"),
    # ago
    ("two days ago", "2015-05-15", "2015-05-13", "2015-05-13", "day", "published"),
    ("a week ago", "2015-05-15", "2015-05-08", "2015-05-08", "day", "published"),
    ("two weeks ago", "2015-05-15", "2015-04-27", "2015-05-03", "week", "published"),
    ("three months ago", "2015-05-31", "2015-02-01", "2015-02-28", "month", "published"),
    ("a year ago", "2016-02-29", "2015-01-01", "2015-12-31", "year", "published"),
    ("two hours ago", "2015-05-15", "2015-05-15", "2015-05-15", "day", "published"),
    ("last week", "2015-05-15", "2015-05-04", "2015-05-10", "week", "published"),
    ("earlier this week", "2015-05-15", "2015-05-11", "2015-05-15", "week", "published"),
    ("last month", "2015-01-10", "2014-12-01", "2014-12-31", "month", "published"),
    ("earlier this month", "2015-05-15", "2015-05-01", "2015-05-15", "month", "published"),
    ("last year", "2015-05-15", "2014-01-01", "2014-12-31", "year", "published"),
    ("in the past three days", "2015-05-15", "2015-05-12", "2015-05-15", "week", "published"),
    ("two days of clashes", "2015-05-15", "2015-05-14", "2015-05-15", "week", "published"),
    ("in three days of heavy shelling", "2015-05-15", "2015-05-13", "2015-05-15", "week",
     "published"),
    ("over the past week", "2015-05-15", "2015-05-08", "2015-05-15", "week", "published"),
    ("in the past eight days", "2015-05-15", "2015-05-07", "2015-05-15", "month", "published"),
    ("in the past month", "2015-05-15", "2015-04-15", "2015-05-15", "month", "published"),
    ("in the past 31 days", "2015-05-15", "2015-04-14", "2015-05-15", "month", "published"),
    ("in the past 32 days", "2015-05-15", "2015-04-13", "2015-05-15", "year", "published"),
    ("in the past year", "2015-05-15", "2014-05-15", "2015-05-15", "year", "published"),
    ("in the past two decades", "2015-05-15", "1995-05-20", "2015-05-15", "year", "published"),
    # weekends
    ("over the weekend", "2015-05-15", "2015-05-09", "2015-05-10", "week", "published"),
    ("over the weekend", "2015-05-17", "2015-05-16", "2015-05-17", "week", "published"),
    ("over the weekend", "2015-05-16", "2015-05-16", "2015-05-16", "week", "published"),
    # days of a month
    ("on May 15", "2015-05-15", "2015-05-15", "2015-05-15", "day", "published"),
    ("on May 17", "2015-05-15", "2014-05-17", "2014-05-17", "day", "published"),
    ("on December 31", "2015-01-02", "2014-12-31", "2014-12-31", "day", "published"),
    ("on January 1", "2014-12-31", "2015-01-01", "2015-01-01", "day", "published"),
    ("on Thursday, May 14", "2015-05-15", "2015-05-14", "2015-05-14", "day", "weekday+day"),
    ("on Wednesday, May 14", "2015-05-15", "2014-05-14", "2014-05-14", "day", "weekday+day"),
    ("on February 29", "2017-03-01", "2016-02-29", "2016-02-29", "day", "published"),
    ("on 29 February 2016", None, "2016-02-29", "2016-02-29", "day", "explicit"),
    ("on 12 March 2018", "2015-05-15", "2018-03-12", "2018-03-12", "day", "explicit"),
    ("on June 3-5, 2014", None, "2014-06-03", "2014-06-05", "week", "explicit"),
    ("between June 28 and July 2", "2015-07-15", "2015-06-28", "2015-07-02", "week", "published"),
    ("on June 3-3, 2014", None, "2014-06-03", "2014-06-03", "day", "explicit"),
    ("on June 3-16, 2014", None, "2014-06-03", "2014-06-16", "week", "explicit"),
    ("on June 3-17, 2014", None, "2014-06-03", "2014-06-17", "month", "explicit"),
    # months, seasons, years
    ("in February", "2015-05-15", "2015-02-01", "2015-02-28", "month", "published"),
    ("in November", "2015-05-15", "2014-11-01", "2014-11-30", "month", "published"),
    ("in May", "2015-05-15", "2015-05-01", "2015-05-15", "month", "published"),
    ("in May", "2015-05-01", "2015-05-01", "2015-05-01", "month", "published"),
    ("last May", "2015-05-15", "2014-05-01", "2014-05-31", "month", "published"),
    ("last December", "2015-01-10", "2014-12-01", "2014-12-31", "month", "published"),
    ("in early April", "2015-05-15", "2015-04-01", "2015-04-10", "month", "published"),
    ("in mid-April", "2015-05-15", "2015-04-11", "2015-04-20", "month", "published"),
    ("in late April", "2015-05-15", "2015-04-21", "2015-04-30", "month", "published"),
    ("in late February", "2016-05-15", "2016-02-21", "2016-02-29", "month", "published"),
    ("since March", "2015-05-15", "2015-03-01", "2015-05-15", "month", "published"),
    ("late June 2016", None, "2016-06-21", "2016-06-30", "month", "explicit"),
    ("in the winter of 2014", None, "2014-12-01", "2015-02-28", "month", "explicit"),
    ("in 2016", None, "2016-01-01", "2016-12-31", "year", "explicit"),
    ("in 2012", "2015-05-15", "2012-01-01", "2012-12-31", "year", "explicit"),
    ("since 2012", "2015-05-15", "2012-01-01", "2015-05-15", "year", "explicit"),
]  # fmt: skip
BUGS = [
    ("in early 2014", None, "2014-01-01", "2014-04-30", "'early' is not used (first third)"),
    ("in late 2014", None, "2014-09-01", "2014-12-31", "'late' is not used (last third)"),
    ("last summer", "2015-07-10", "2014-06-01", "2014-08-31",
     "in July 'last summer' is the summer before, whose months begin in June"),
    ("between December 31 and January 1", "2015-01-10", "2014-12-31", "2015-01-01",
     "a range over the end of a year loses its end"),
]  # fmt: skip


def only(words: str) -> tuple[DateMention, str]:
    """Return the one time expression in some words, and its own words."""
    ((start, end, mention),) = find_dates(words)
    return mention, words[start:end]


def day(text: str | None) -> dt.date | None:
    """Return the day that an ISO date names."""
    return dt.date.fromisoformat(text) if text else None


def published(text: str | None) -> Anchor | None:
    """Return the anchor of an article published on a day."""
    found = day(text)
    return Anchor(found, "published") if found else None


@pytest.mark.parametrize(
    ("words", "on", "start", "end", "precision", "basis"),
    RESOLVED,
    ids=[f"{r[0]} {r[1]}" for r in RESOLVED],
)
def test_resolve_date_gives_days_precision_and_basis(
    words: str, on: str | None, start: str, end: str, precision: str, basis: str
) -> None:
    """An expression and a day of publication give calendar days, and say how."""
    mention, its_words = only(words)

    date = resolve_date(mention, its_words, published(on))

    assert (day(start), day(end)) == (date.start, date.end)
    assert (precision, basis, its_words) == (date.precision, date.basis, date.mention)


@pytest.mark.parametrize(
    ("words", "weekday", "precision"),
    [("on Tuesday", "Tuesday", "none"), ("Tuesday, April 20", "Tuesday", "none"),
     ("April 20", None, "none"), ("yesterday", None, "none"), ("last May", None, "month"),
     ("two days ago", None, "none"), ("since March", None, "month"), ("last month", None, "month"),
     ("two years ago", None, "year"), ("last week", None, "none"), ("overnight", None, "none"),
     ("a day earlier", None, "none")],
)  # fmt: skip
def test_resolve_date_without_anchor_stays_unresolved(
    words: str, weekday: str | None, precision: str
) -> None:
    """An article without any date gives no day; the weekday, the month and the year are kept."""
    mention, its_words = only(words)

    date = resolve_date(mention, its_words, None)

    assert (date.start, date.end, date.basis) == (None, None, None)
    assert (its_words, weekday, precision) == (date.mention, date.weekday, date.precision)


@pytest.mark.parametrize(
    "words", ["in recent months", "several years ago", "several weeks earlier", "in the past"]
)
def test_resolve_date_of_vague_words_stays_unresolved(words: str) -> None:
    """What is too vague to count gives no day, whatever is known of the article."""
    mention, its_words = only(words)

    assert resolve_date(mention, its_words, Anchor(FRIDAY, "published"), EVENT).start is None


@pytest.mark.parametrize(
    ("words", "weekday"),
    [
        ("12 March 2018", "Monday"),
        ("Tuesday, 12 March 2018", "Tuesday"),
        ("June 3-5, 2014", None),
        ("yesterday", None),
    ],
)
def test_resolve_date_of_a_day_names_its_weekday(words: str, weekday: str | None) -> None:
    """One full date says which weekday it was, if the article itself does not."""
    mention, its_words = only(words)

    assert resolve_date(mention, its_words, Anchor(FRIDAY, "published")).weekday == weekday


@pytest.mark.parametrize(
    ("words", "on", "start", "basis"),
    [
        # 26 February was a Saturday in 2011 and again in 2022; 29 February a Wednesday in 2012
        ("on Saturday, February 26", "2022-01-10", "2011-02-26", "weekday+day"),
        ("on Wednesday, February 29", "2024-03-01", "2024-02-29", "published"),
    ],
)
def test_resolve_date_looks_twelve_years_back_for_the_weekday(
    words: str, on: str, start: str, basis: str
) -> None:
    """In twelve years each day of a month falls on each weekday; one not found is a mistake."""
    mention, its_words = only(words)

    date = resolve_date(mention, its_words, published(on))

    assert (day(start), basis) == (date.start, date.basis)


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("900 years ago", "0001-01-01"),
        ("on Tuesday", "0001-01-01"),
        ("in the past two decades", "0001-01-01"),
        ("on December 3", "9999-12-31"),
    ],
)
def test_resolve_date_outside_the_calendar_stays_unresolved(words: str, on: str) -> None:
    """An empty date of some systems, 0001-01-01, has nothing before it, and stops nothing."""
    mention, its_words = only(words)

    assert resolve_date(mention, its_words, published(on)).start is None


UNITS = ["minute", "hour", "day", "week", "month", "year", "decade"]


@pytest.mark.parametrize("unit", UNITS)
def test_resolve_date_knows_every_unit_that_is_found(unit: str) -> None:
    """No unit that the patterns find stops the reading of an article."""
    text = (
        f"last {unit}, the past {unit}, in the last {unit}, the previous {unit}, a {unit} ago,"
        f" two {unit}s ago, two {unit}s later, in the past two {unit}s, in recent {unit}s"
    )
    found = [(text[start:end], mention) for start, end, mention in find_dates(text)]

    assert found
    for words, mention in found:
        assert resolve_date(mention, words, Anchor(FRIDAY, "published"), EVENT).mention == words


@pytest.mark.parametrize(
    ("words", "start", "end", "precision"),
    [
        ("a day earlier", "2014-11-04", "2014-11-04", "day"),
        ("two days later", "2014-11-07", "2014-11-07", "day"),
        ("the following day", "2014-11-06", "2014-11-06", "day"),
        ("the same day", "2014-11-05", "2014-11-05", "day"),
        ("the previous month", "2014-10-01", "2014-10-31", "month"),
        ("a week earlier", "2014-10-29", "2014-10-29", "day"),
        ("the previous week", "2014-10-27", "2014-11-02", "week"),
        ("the week before", "2014-10-27", "2014-11-02", "week"),
        ("two weeks later", "2014-11-17", "2014-11-23", "week"),
        ("earlier in the day", "2014-11-05", "2014-11-05", "day"),
    ],
)
def test_resolve_date_counts_from_the_event_told_before(
    words: str, start: str, end: str, precision: str
) -> None:
    """A day earlier is a day before the event, not before the article."""
    mention, its_words = only(words)

    date = resolve_date(mention, its_words, Anchor(FRIDAY, "published"), EVENT)

    assert (day(start), day(end), precision) == (date.start, date.end, date.precision)


def test_resolve_date_of_the_same_day_has_the_basis_of_the_event() -> None:
    """What gave the event its day gives it to what happened earlier in the day."""
    mention, words = only("earlier in the day")

    date = resolve_date(mention, words, Anchor(FRIDAY, "published"), EVENT)

    assert date.basis == "weekday+day"


def test_resolve_date_counts_yesterday_from_the_article() -> None:
    """Yesterday is the day before the article, whatever was told before."""
    mention, words = only("yesterday")

    date = resolve_date(mention, words, Anchor(FRIDAY, "published"), EVENT)

    assert date.start == dt.date(2015, 5, 14)


@pytest.mark.parametrize(
    ("words", "start"),
    [("a day earlier", "2015-05-14"), ("the same day", "2015-05-15"),
     ("the following day", None), ("two days later", None)],
)  # fmt: skip
def test_resolve_date_before_any_event_counts_back_from_the_article(
    words: str, start: str | None
) -> None:
    """Where no event was told before, what lies behind is counted from the article."""
    mention, its_words = only(words)

    assert resolve_date(mention, its_words, Anchor(FRIDAY, "published")).start == day(start)


@pytest.mark.parametrize(
    ("words", "on", "start", "end"),
    [
        pytest.param(
            *c, id=c[0], marks=pytest.mark.xfail(strict=True, raises=AssertionError, reason=r)
        )
        for *c, r in BUGS
    ],
)  # fmt: skip
def test_resolve_date_of_harder_expression(
    words: str, on: str | None, start: str, end: str
) -> None:
    """Known failures: expressions that resolve to other days than meant."""
    mention, its_words = only(words)

    date = resolve_date(mention, its_words, published(on))

    assert (day(start), day(end)) == (date.start, date.end)


MENTIONS = st.builds(
    DateMention,
    kind=st.sampled_from(
        [
            "full",
            "day-month",
            "month",
            "year",
            "weekday",
            "relative-day",
            "ago",
            "offset",
            "span",
        ]
    ),
    year=st.none() | st.integers(1900, 2099),
    month=st.none() | st.integers(1, 12),
    day=st.none() | st.integers(1, 31),
    end_day=st.none() | st.integers(1, 31),
    end_month=st.none() | st.integers(1, 12),
    weekday=st.none() | st.integers(0, 6),
    offset=st.none() | st.integers(-60, 3),
    unit=st.sampled_from(["day", "week", "month", "year", "decade"]),
    modifier=st.none()
    | st.sampled_from(["last", "since", "in early", "in mid", "late", "previous"]),
    relative_to=st.sampled_from(["published", "event"]),
    rule=st.sampled_from(["ago", "offset", "season", ""]),
).filter(lambda m: m.kind != "span" or (m.offset or 0) <= 0)  # spans reach back, never on
ANCHORS = st.none() | st.builds(
    Anchor, st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31)),
    st.sampled_from(["published", "explicit", "weekday+day"]),
)  # fmt: skip


@given(MENTIONS, ANCHORS)
def test_resolve_date_never_ends_before_it_starts(
    mention: DateMention, anchor: Anchor | None
) -> None:
    """Whatever the parts, a date is whole or unresolved, and its days are in order."""
    date = resolve_date(mention, "words", anchor)

    assert (date.start is None) == (date.end is None) == (date.basis is None)
    assert date.start is None or (date.end is not None and date.start <= date.end)


@given(MENTIONS, ANCHORS)
def test_resolve_date_never_asks_for_today(mention: DateMention, anchor: Anchor | None) -> None:
    """The clock is not read: with a clock that fails, each expression still resolves."""

    class Clockless(dt.date):
        @classmethod
        def today(cls) -> dt.date:  # type: ignore[override]  # fails instead of returning Self
            raise AssertionError

    expected = resolve_date(mention, "words", anchor)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(date_resolution.dt, "date", Clockless)
        found = resolve_date(mention, "words", anchor)

    assert (expected.start, expected.end) == (found.start, found.end)
