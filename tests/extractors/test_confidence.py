"""The probability that a report is right: its cues, its weights, its range."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.extractors.confidence import (
    CUE_NAMES,
    confidence_of,
    estimate_confidence,
    find_cues,
)
from incidents.extractors.vocabulary import load_words
from incidents.model import (
    EVENT_TYPE_OF,
    ActorRef,
    ArticleRef,
    Casualty,
    EventDate,
    Evidence,
    PlaceRef,
    Report,
)

DAY = EventDate(start=dt.date(2024, 2, 3), end=dt.date(2024, 2, 3), precision="day")
MONTH = EventDate(start=dt.date(2024, 2, 1), end=dt.date(2024, 2, 29), precision="month")
TOWN = (PlaceRef(id="g:1", name="Sake", mention="Sake", kind="city"),)
SIDES = (
    ActorRef(name="M23", mention="M23", role="initiator"),
    ActorRef(name="army", mention="army", role="target"),
)


def report(sub_event_type: str = "Armed clash", **fields: Any) -> Report:  # noqa: ANN401
    """A report for which no cue holds but two sides, with what is given changed."""
    known = {"date": DAY, "places": TOWN, "actors": SIDES} | fields
    return Report(
        id="rep-1",
        article=ArticleRef(id="a"),
        event_type=EVENT_TYPE_OF[sub_event_type],
        sub_event_type=sub_event_type,
        **known,
    )


def sentences(count: int) -> tuple[Evidence, ...]:
    """Evidence of an event in so many sentences."""
    return tuple(Evidence(start=i, end=i + 1, text="x", rule="event:clash") for i in range(count))


@pytest.mark.parametrize(
    ("found", "cues"),
    [
        (report(), {"two sides"}),
        (report(background=True), {"two sides", "background"}),
        (report(places=()), {"two sides", "no place"}),
        (
            report(places=(PlaceRef(id="g:2", name="Kivu", mention="Kivu", kind="admin1"),)),
            {"two sides", "region"},
        ),
        (
            report(places=(PlaceRef(name="Bweru", mention="Bweru", kind="village"), *TOWN)),
            {"two sides", "unresolved place"},
        ),
        (report(date=MONTH), {"two sides", "no single day"}),
        (report(date=EventDate()), {"two sides", "no single day"}),
        (report(casualties=(Casualty(kind="killed", min=1),)), {"two sides", "people harmed"}),
        (report(actors=SIDES[:1]), set()),
        (report(actors=()), {"no sides"}),
        (report(evidence=sentences(3)), {"two sides"}),
        (report(evidence=sentences(4)), {"two sides", "many sentences"}),
        (report(evidence=sentences(1) * 4), {"two sides"}),
        (report("Grenade"), {"two sides", "remote violence"}),
        (report("Arrests"), {"two sides", "strategic development"}),
    ],
)
def test_cues_hold_for_what_the_report_says(found: Report, cues: set[str]) -> None:
    """Each cue holds where its words say so, and only there."""
    assert cues == set(find_cues(found, is_only=False))
    assert cues | {"only report"} == set(find_cues(found, is_only=True))


def test_every_cue_has_a_weight() -> None:
    """A cue that is added, renamed or dropped asks for a new fit."""
    assert {"base", *CUE_NAMES} == set(load_words("confidence")["weights"])


def test_confidence_is_less_where_less_is_known() -> None:
    """No place, no sides or an earlier event lower it; people harmed raise it."""
    plain = estimate_confidence(report(), is_only=False)

    assert estimate_confidence(report(places=()), is_only=False) < plain
    assert estimate_confidence(report(actors=()), is_only=False) < plain
    assert estimate_confidence(report(background=True), is_only=False) < plain
    assert estimate_confidence(report(), is_only=True) > plain


@given(st.dictionaries(st.sampled_from(CUE_NAMES), st.floats(-9, 9)), st.floats(-9, 9))
def test_probability_is_never_certain(weights: dict[str, float], base: float) -> None:
    """Whatever the weights, 0 and 1 are never said."""
    assert 0.02 <= confidence_of(weights, {"base": base} | weights) <= 0.98
