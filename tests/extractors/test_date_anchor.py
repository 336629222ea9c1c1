"""The day that an article's time expressions count from, where the day of printing is unknown."""

from __future__ import annotations

import datetime as dt

import pytest

from incidents.extractors.date_resolution import Anchor, find_anchor, resolve_date, year_bounds
from incidents.extractors.dates import find_dates

# Friday 15 May 2015
FRIDAY = dt.date(2015, 5, 15)


@pytest.mark.parametrize(
    ("text", "active", "expected"),
    [
        ("A quiet day.", [], (1990, None)),
        ("A quiet day.", [(2012, 2024), (2005, None)], (2012, 2024)),
        ("A quiet day.", [(None, 1999)], (1990, 1999)),
        ("A COVID ward was shelled.", [], (2020, None)),
        ("Despite the coronavirus, they met.", [(2012, 2024)], (2020, 2024)),
        ("A quiet day.", [(2015, None), (None, 2003)], (2015, None)),
        ("A quiet day.", [(2015, None), (None, 2015)], (2015, 2015)),
    ],
)
def test_year_bounds_follow_actors_and_dated_context(
    text: str, active: list[tuple[int | None, int | None]], expected: tuple[int, int | None]
) -> None:
    """A text is younger than its actors and its pandemic; actors that never met give no end."""
    assert expected == year_bounds(text, active)


@pytest.mark.parametrize(
    ("words", "bounds", "expected"),
    [
        # Tuesday 21 April: 2009, 2015, 2020, 2026 … ; Tuesday 20 April: 2010, 2021, 2027 …
        ("on Tuesday, April 21", (2012, 2018), Anchor(dt.date(2015, 4, 21), "weekday+day")),
        ("on Tuesday, April 21", (2016, 2024), Anchor(dt.date(2020, 4, 21), "weekday+day")),
        ("on Tuesday, April 20", (2012, 2024), Anchor(dt.date(2021, 4, 20), "weekday+day")),
        ("on Tuesday, April 21", (2015, 2019), Anchor(dt.date(2015, 4, 21), "weekday+day")),
        ("on Tuesday, April 21", (2010, 2015), Anchor(dt.date(2015, 4, 21), "weekday+day")),
        ("on Tuesday, April 21", (2016, 2025), Anchor(dt.date(2020, 4, 21), "weekday+day")),
        ("on Tuesday, April 21", (2012, 2024), None),
        ("on Tuesday, April 21", (1990, None), None),
        ("on Tuesday, April 21", (2016, 2018), None),
        ("on Tuesday", (2012, 2024), None),
        ("on April 21", (2012, 2012), None),
        ("on 3 June 2011, not on Tuesday", (1990, None), Anchor(dt.date(2011, 6, 3), "explicit")),
        ("nothing", (1990, None), None),
    ],
)
def test_find_anchor_of_undated_article_needs_one_possible_year(
    words: str, bounds: tuple[int, int | None], expected: Anchor | None
) -> None:
    """A weekday with its day fixes the year only if the actors' years leave just one."""
    mentions = [m for _, _, m in find_dates(words)]

    assert expected == find_anchor(mentions, None, bounds)


def test_find_anchor_prefers_the_day_of_publication() -> None:
    """The day of publication wins over days in the text."""
    mentions = [m for _, _, m in find_dates("on 3 June 2011")]

    assert find_anchor(mentions, FRIDAY, (1990, None)) == Anchor(FRIDAY, "published")


def test_undated_article_with_weekday_and_day_resolves_by_the_actors_years() -> None:
    """From the actors' years to the day: the anchor that was found dates its own expression."""
    ((_, _, mention),) = find_dates("on Tuesday, April 21")
    anchor = find_anchor([mention], None, year_bounds("", [(2012, 2018)]))

    date = resolve_date(mention, "Tuesday, April 21", anchor)

    assert (date.start, date.basis, date.weekday) == (
        dt.date(2015, 4, 21), "weekday+day", "Tuesday")  # fmt: skip


@pytest.mark.parametrize(
    ("words", "start"),
    [("on Monday", "2015-05-18"), ("on Tuesday", "2015-05-12"), ("on Wednesday", "2015-05-13")],
)
def test_resolve_date_of_weekday_is_the_nearest_to_a_day_of_the_article(
    words: str, start: str
) -> None:
    """Where the anchor is a day of the story, a weekday may lie on either side of it."""
    ((_, _, mention),) = find_dates(words)

    date = resolve_date(mention, words, Anchor(FRIDAY, "explicit"))

    assert (dt.date.fromisoformat(start), "article") == (date.start, date.basis)


def test_resolve_date_of_a_span_ends_after_a_day_of_the_article() -> None:
    """An article that tells of a day was written some days later."""
    ((_, _, mention),) = find_dates("over the past week")

    date = resolve_date(mention, "the past week", Anchor(FRIDAY, "explicit"))

    assert (date.start, date.end) == (dt.date(2015, 5, 8), dt.date(2015, 5, 17))
    assert date.basis == "article"
