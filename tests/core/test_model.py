"""What the model's classes refuse to hold."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import msgspec
import pytest

from incidents.model import ArticleRef, Casualty, EventDate, Fatalities, Report

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = dt.date(2021, 4, 20)


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda: EventDate(start=DAY), "both set or both None"),
        (lambda: EventDate(end=DAY), "both set or both None"),
        (lambda: EventDate(start=DAY, end=dt.date(2021, 4, 19)), "starts after it ends"),
        (lambda: Casualty(kind="killed", min=3, max=2), "upside down: 3 > 2"),
        (lambda: Fatalities(low=-1), "not ordered: -1, 0, 0"),
        (lambda: Fatalities(low=2, best=1, high=3), "not ordered: 2, 1, 3"),
        (lambda: Fatalities(low=1, best=3, high=2), "not ordered: 1, 3, 2"),
        (
            lambda: Report(
                id="rep-a",
                article=ArticleRef(id="a"),
                event_type="Riots",
                sub_event_type="Armed clash",
            ),
            "'Armed clash' is no sub-event type of 'Riots'",
        ),
    ],
)
def test_model_refuses_what_cannot_be(make: Callable[[], object], complaint: str) -> None:
    """Half a span, ranges that fall, and a type under another's heading are refused by name."""
    with pytest.raises(ValueError, match=complaint):
        make()


@pytest.mark.parametrize(
    "made",
    [
        EventDate(start=DAY, end=DAY, precision="day"),
        Casualty(kind="killed", min=3, max=3),
        Casualty(kind="killed", min=3),
        Fatalities(low=2, best=2, high=2),
    ],
)
def test_model_holds_the_narrowest_ranges(made: object) -> None:
    """One day, an exact toll and an open one stand, and come back from JSON."""
    assert msgspec.json.decode(msgspec.json.encode(made), type=type(made)) == made
