"""Time expressions: what they look like, and what only looks like them."""

from __future__ import annotations

import time

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from incidents.extractors.dates import DateMatcher, find_dates
from incidents.extractors.mentions import DateMention

TEMPLATE = "The bridge fell {} near the river."

EXPRESSIONS: list[tuple[str, DateMention]] = [
    # full dates
    ("on {12 March 2018}", DateMention("full", 2018, 3, 12)),
    ("on {March 12, 2018}", DateMention("full", 2018, 3, 12)),
    ("on {March 12th, 2018}", DateMention("full", 2018, 3, 12)),
    ("on {the 12th of March 2018}", DateMention("full", 2018, 3, 12)),
    ("on {Monday, 12 March 2018}", DateMention("full", 2018, 3, 12, weekday=0)),
    ("on {Monday, March 12, 2018}", DateMention("full", 2018, 3, 12, weekday=0)),
    ("on {Aug. 9, 2005}", DateMention("full", 2005, 8, 9)),
    ("on {Sept 1, 1999}", DateMention("full", 1999, 9, 1)),
    ("on {2018-03-12}", DateMention("full", 2018, 3, 12)),
    # days of a month
    ("on {12 March}", DateMention("day-month", None, 3, 12)),
    ("on {March 12}", DateMention("day-month", None, 3, 12)),
    ("on {Tuesday, April 21st}", DateMention("day-month", None, 4, 21, weekday=1)),
    ("on {Tuesday 21 April}", DateMention("day-month", None, 4, 21, weekday=1)),
    ("on {May 1}", DateMention("day-month", None, 5, 1)),
    ("on {Fri., 3 June}", DateMention("day-month", None, 6, 3, weekday=4)),
    ("in the early hours of {March 5}", DateMention("day-month", None, 3, 5)),
    ("on the night of {March 5, 2017}", DateMention("full", 2017, 3, 5)),
    ("by {March 5}", DateMention("day-month", None, 3, 5)),
    # ranges
    ("{from 3 to 5 June}", DateMention("day-month", None, 6, 3, end_day=5)),
    ("on {June 3-5}", DateMention("day-month", None, 6, 3, end_day=5)),
    ("on {June 3–5, 2014}", DateMention("full", 2014, 6, 3, end_day=5)),
    ("{between June 28 and July 2}", DateMention("day-month", None, 6, 28, end_day=2, end_month=7)),
    # months
    ("{in February}", DateMention("month", month=2, modifier="in")),
    ("{last May}", DateMention("month", month=5, modifier="last")),
    ("{in May}", DateMention("month", month=5, modifier="in")),
    ("{since March}", DateMention("month", month=3, modifier="since")),
    ("{in late October}", DateMention("month", month=10, modifier="in late")),
    ("{in mid-October}", DateMention("month", month=10, modifier="in mid")),
    ("behind the post of that {June 2016}", DateMention("month", 2016, 6)),
    ("as the {June 2016} offensive began", DateMention("month", 2016, 6)),
    ("as fighters, {late June 2016}, crossed", DateMention("month", 2016, 6, modifier="late")),
    ("{in June 2016}", DateMention("month", 2016, 6, modifier="in")),
    ("{in early June 2016}", DateMention("month", 2016, 6, modifier="in early")),
    ("{since June 2016}", DateMention("month", 2016, 6, modifier="since")),
    # seasons and years
    ("{last summer}", DateMention("month", month=6, end_month=8, modifier="last")),
    ("{in the winter of 2014}", DateMention("month", 2014, 12, end_month=2, modifier="in the")),
    ("{in 2016}", DateMention("year", 2016, modifier="in")),
    ("{since 1998}", DateMention("year", 1998, modifier="since")),
    ("{in early 2014}", DateMention("year", 2014, modifier="in early")),
    # weekdays
    ("on {Tuesday}", DateMention("weekday", weekday=1)),
    ("on {Tuesday night}", DateMention("weekday", weekday=1)),
    ("on {Thursday}", DateMention("weekday", weekday=3)),
    ("{last Friday}", DateMention("weekday", weekday=4, modifier="last")),
    ("{late on Sunday}", DateMention("weekday", weekday=6, modifier="late on")),
    ("{early Saturday morning}", DateMention("weekday", weekday=5, modifier="early")),
    ("{since Wednesday}", DateMention("weekday", weekday=2, modifier="since")),
    # counted from the day of the article
    ("{today}", DateMention("relative-day", offset=0, unit="day")),
    ("{tonight}", DateMention("relative-day", offset=0, unit="day")),
    ("{earlier today}", DateMention("relative-day", offset=0, unit="day")),
    ("{this morning}", DateMention("relative-day", offset=0, unit="day")),
    ("{yesterday}", DateMention("relative-day", offset=-1, unit="day")),
    ("{last night}", DateMention("relative-day", offset=-1, unit="day")),
    ("{the day before yesterday}", DateMention("relative-day", offset=-2, unit="day")),
    ("{overnight}", DateMention("relative-day", offset=0, unit="day", modifier="overnight")),
    ("{two days ago}", DateMention("ago", offset=-2, unit="day")),
    ("{a week ago}", DateMention("ago", offset=-1, unit="week")),
    ("{three months ago}", DateMention("ago", offset=-3, unit="month")),
    ("{10 years ago}", DateMention("ago", offset=-10, unit="year")),
    ("{nearly two years ago}", DateMention("ago", offset=-2, unit="year")),
    ("{last week}", DateMention("ago", offset=-1, unit="week", modifier="last")),
    ("{earlier this month}", DateMention("ago", offset=0, unit="month", modifier="earlier this")),
    ("{last year}", DateMention("ago", offset=-1, unit="year", modifier="last")),
    ("{in the past three weeks}", DateMention("span", offset=-3, unit="week", modifier="past")),
    ("{in the past hour}", DateMention("relative-day", offset=0, unit="day", modifier="past")),
    ("{over the last hour}", DateMention("relative-day", offset=0, unit="day", modifier="past")),
    ("{in the past 24 hours}", DateMention("relative-day", offset=0, unit="day", modifier="past")),
    ("{over the past week}", DateMention("span", offset=-1, unit="week", modifier="past")),
    ("{the past week}", DateMention("span", offset=-1, unit="week", modifier="past")),
    ("in {two days} of clashes", DateMention("span", offset=-1, unit="day")),
    ("{over the weekend}", DateMention("ago", offset=-1, unit="weekend")),
    # counted from the event told before
    ("{two days later}", DateMention("offset", offset=2, unit="day", relative_to="event")),
    ("{a day earlier}", DateMention("offset", offset=-1, unit="day", relative_to="event")),
    ("{three weeks before}", DateMention("offset", offset=-3, unit="week", relative_to="event")),
    ("{the previous month}", DateMention("offset", offset=-1, unit="month", relative_to="event")),
    ("{the following day}", DateMention("offset", offset=1, unit="day", relative_to="event")),
    ("{the day before}", DateMention("offset", offset=-1, unit="day", relative_to="event")),
    ("{the day after}", DateMention("offset", offset=1, unit="day", relative_to="event")),
    ("{the next day}", DateMention("offset", offset=1, unit="day", relative_to="event")),
    ("{the same day}", DateMention("offset", offset=0, unit="day", relative_to="event")),
    # vague
    ("{in recent months}", DateMention("span", unit="month", modifier="vague")),
    ("{several years ago}", DateMention("span", unit="year", modifier="vague")),
    ("{several weeks earlier}", DateMention("span", unit="week", modifier="vague")),
    ("{in the past}", DateMention("span", modifier="vague")),
]  # fmt: skip

LOOK_ALIKES = [
    "he may march on the capital",
    "they may be late",
    "the sun set behind the hills",
    "the villagers sat down and wed in secret",
    "The Sun has the story",
    "Sun Microsystems left",
    "Mon ami",
    "Mon State is calm",
    "the army will march 12 miles",
    "it lies 12 km away",
    "see page 1/1",
    "the March Against Fear",
    "March for Our Lives drew thousands",
    "a 10-year-old boy",
    "the score was 3-2",
    "2,016 people and 1999.5 points",
    "in 2,016 homes",
    "room 2016",
    "call 555-2018",
    "the second battalion",
    "Theresa May resigned",
    "April O'Neil shouted",
    "version 2.10.2018-beta",
    "they secondly asked",
    "a monthly wage",
    "the year",
    "the day",
    "at last",
    "in Springfield and in Summerville",
    "this time",
    "Article 5",
    "the 12 soldiers",
    "about 2000 men",
    "the same man",
    "Saturdays-only",
    "may 3 people pass?",
    "next Monday they will vote",
    "until Friday the road stays closed",
    "in one day of clashes",
    "in 1 days of clashes",
    "in several days of clashes",
    "at the last minute",
    "to this day",
    "two hours later they left",
    "the following hour was calm",
    "the songs of Jan were sung by Dec",
    "",
]

COUPLE = "'a couple of' is unknown"
BUGS = [
    ("{a couple of days ago}", DateMention("ago", offset=-2, unit="day"), COUPLE),
    ("{the next morning}", DateMention("offset", offset=1, unit="day", relative_to="event"),
     "'the next morning' and 'that night' are unknown"),
]  # fmt: skip
NOT_YET = [
    ("a rifle of 1944 make", "'of' and a figure is taken for a year"),
    ("they marched down 1 May Street", "a street named after a day"),
    ("members of the 17 November group", "a group named after a day"),
]


def _marked(text: str) -> tuple[str, str]:
    """Return the text without its braces, and the words inside them."""
    start, end = text.index("{"), text.index("}")
    return text[:start] + text[start + 1 : end] + text[end + 1 :], text[start + 1 : end]


@pytest.mark.parametrize(("marked", "expected"), EXPRESSIONS, ids=[e[0] for e in EXPRESSIONS])
def test_find_dates_reads_expression(marked: str, expected: DateMention) -> None:
    """An expression is found with its bounds, its kind and its parts."""
    text, words = _marked(TEMPLATE.replace("{}", marked))

    found = list(find_dates(text))

    assert [words] == [text[start:end] for start, end, _ in found]
    mention = found[0][2]
    assert expected == DateMention(**{
        name: getattr(mention, name) for name in DateMention.__slots__ if name != "rule"
    })  # fmt: skip
    assert mention.rule


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param(
            *c, id=c[0], marks=pytest.mark.xfail(strict=True, raises=AssertionError, reason=r)
        )
        for *c, r in BUGS
    ],
)
def test_find_dates_reads_harder_expression(marked: str, expected: DateMention) -> None:
    """Known failures: expressions whose bounds or parts come out wrong."""
    text, words = _marked(TEMPLATE.replace("{}", marked))

    found = [
        (text[start:end], m.kind, m.year, m.month, m.day) for start, end, m in find_dates(text)
    ]

    assert found
    assert (expected.kind, expected.year, expected.month, expected.day) == found[0][1:]
    assert found[0][0].endswith(words)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(t, marks=pytest.mark.xfail(strict=True, raises=AssertionError, reason=r))
        for t, r in NOT_YET
    ],
)
def test_find_dates_leaves_harder_look_alike(text: str) -> None:
    """Known failures: words that are no date of an event and are read as one."""
    assert [text[start:end] for start, end, _ in find_dates(text)] == []


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("on 12 March 2018", "full date"),
        ("on Monday, 12 March 2018", "full date"),
        ("on Monday, 12 March", "weekday+day"),
        ("on 12 March", "day-month"),
        ("a week earlier", "offset"),
        ("the previous week", "neighbouring unit"),
    ],
)
def test_find_dates_names_its_rule(words: str, rule: str) -> None:
    """`incidents why` shows which rule read the words."""
    [(_, _, mention)] = find_dates(words)

    assert mention.rule == rule


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_find_dates_leaves_look_alike(text: str) -> None:
    """Other uses of these words are no dates."""
    assert [text[start:end] for start, end, _ in find_dates(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "the road was shut on 31 February 2020 by mistake",
        "on 45 March the road was shut",
        "on 32 March the road was shut",
        "on 0 March the road was shut",
        "on 2018-13-01 the road was shut",
        "on 2018-00-01 the road was shut",
    ],
)
def test_find_dates_never_gives_an_impossible_day_of_a_month(text: str) -> None:
    """Days are 1 to 31 and months 1 to 12, whatever the figures are."""
    mentions = [m for _, _, m in find_dates(text)]

    assert all(m.day is None or 1 <= m.day <= 31 for m in mentions)
    assert all(m.month is None or 1 <= m.month <= 12 for m in mentions)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He died on Friday.", "Friday"),
        ("He died on 3 May.", "3 May"),
        ("He died late on Tuesday. They fled.", "late on Tuesday"),
        ("He died on 3 Sept. in Goma.", "3 Sept."),
    ],
)
def test_find_dates_leaves_the_stop_of_the_sentence(text: str, expected: str) -> None:
    """Only a short form has a full stop of its own."""
    [(start, end, _)] = find_dates(text)

    assert expected == text[start:end]


def test_find_dates_gives_several_in_order() -> None:
    """Expressions of one text come from left to right."""
    text = "On Tuesday, as on 3 June 2011, the town that fell in 2009 was shelled again."

    assert [text[s:e] for s, e, _ in find_dates(text)] == ["Tuesday", "3 June 2011", "in 2009"]


@pytest.mark.parametrize(
    "unit",
    [
        "early ", "last ", "the ", "a few ", "12 ", "1", "May ", "Tuesday ", "Tuesday, ", "from ",
        "between June ", "June 1-", "in the ", "in the past ", "over the past 24 ", "more than ",
        "nearly a ", "late on ", "since early ", "20", "2018-", "mid-", "the day ", "winter ",
        "in recent ", "one two ", "Tuesday, the ", "the previous ", "of ", " ", "-",
    ],
)  # fmt: skip
def test_find_dates_is_linear_on_its_worst_cases(unit: str) -> None:
    """Long runs of the words that begin a pattern cost no more than their length."""
    text = unit * (40_000 // len(unit))

    began = time.perf_counter()
    list(find_dates(text))

    assert time.perf_counter() - began < 2


@given(st.text("MaTuesdyJn 123,.-–ofthlasing20", max_size=60))
def test_find_dates_spans_are_ordered_and_inside_the_text(text: str) -> None:
    """Spans do not overlap, are not empty, and lie inside the text."""
    position = 0
    for start, end, _ in find_dates(text):
        assert position <= start < end <= len(text)
        position = end


def test_date_matcher_sets_spans_of_whole_tokens() -> None:
    """The component writes spans whose words are the expression, with its parts."""
    nlp = spacy.blank("en")
    doc = DateMatcher()(nlp("Shelling resumed late on Sunday, residents said yesterday."))

    spans = doc.spans["dates"]

    assert [s.text for s in spans] == ["late on Sunday", "yesterday"]
    assert [s._.date.kind for s in spans] == ["weekday", "relative-day"]
