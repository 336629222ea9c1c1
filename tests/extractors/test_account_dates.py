"""The day of an event among the days that its sentence names."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from incidents.model import Article

if TYPE_CHECKING:
    from incidents.extractors.pipeline import Extractor

pytestmark = pytest.mark.model

FRIDAY = dt.date(2015, 5, 15)

# text, first and last day
DAYS = [
    # a night began on the day before; a chronicle in the present tense dates it by its end
    ("Shelling wounded two men in Donetsk overnight.", "2015-05-14", "2015-05-15"),
    ("Overnight shelling in Donetsk has wounded two men.", "2015-05-14", "2015-05-15"),
    ("Overnight shelling kills two men in Donetsk.", "2015-05-15", "2015-05-15"),
    ("Two men are wounded in overnight shelling in Donetsk.", "2015-05-15", "2015-05-15"),
    ("Shelling wounded two men in Donetsk on Tuesday.", "2015-05-12", "2015-05-12"),
    # what a record is measured from is another time
    ("Jets bombed Sirte for the first time since March.", "2015-05-15", "2015-05-15"),
    ("Gunmen killed 30 people in Gao in the deadliest attack since 2012.",
     "2015-05-15", "2015-05-15"),
    # the day of what an event answers is another day
    ("Jets bombed Sirte on Tuesday in retaliation for an attack on Sunday.",
     "2015-05-12", "2015-05-12"),
    ("The army shelled Sirte in response to the killing of two soldiers on Sunday.",
     "2015-05-15", "2015-05-15"),
    # the day on which somebody came to know of it is another day
    ("A village near Gao was attacked by gunmen, who killed two men, the agency learned on"
     " Thursday.", "2015-05-15", "2015-05-15"),
    # but not the day of what is reported
    ("Clashes between rebels and the army were reported from Gao on Tuesday.",
     "2015-05-12", "2015-05-12"),
    ("The army reported on Thursday that shelling had wounded two men in Gao.",
     "2015-05-15", "2015-05-15"),
    # days of one event
    ("The army killed 30 rebels in two days of clashes in Gao.", "2015-05-14", "2015-05-15"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "start", "end"), DAYS, ids=[d[0] for d in DAYS])
def test_account_is_dated_by_the_event(
    extractor: Extractor, text: str, start: str, end: str
) -> None:
    """Days of records, causes and of coming to know are not the event's."""
    first = extractor.extract(Article(id="a", text=text, published=FRIDAY))[0]

    assert (str(first.date.start), str(first.date.end)) == (start, end)
