"""The order in which incidents are listed."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import msgspec
import pytest

from incidents.linking import link
from incidents.model import Evidence
from incidents.order import sort_incidents

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidents.model import Report

    Build = Callable[..., Report]


def build(build_report: Build, text: str) -> Report:
    """Make a report of `b: Tuesday @120 (background)`: article, date, place in the text."""
    article, _, rest = text.partition(": ")
    date, _, at = rest.removesuffix(" (background)").partition(" @")
    report = build_report(
        f"{article}.{rest}", date=date.strip(), background=rest.endswith(" (background)")
    )
    evidence = (
        Evidence(start=0, end=5, text="Clash", rule="actors:name"),
        Evidence(start=int(at), end=int(at) + 5, text="Clash", rule="event:verb"),
    )
    return msgspec.structs.replace(report, evidence=evidence)


@pytest.mark.parametrize(
    "rows",
    [
        # dated by day, background among them, whatever article they are from
        ["a: 2016 @90 (background)", "b: 2020-04-21 @10", "a: 2021-02 @80", "a: 2021-04-20 @5"],
        # of one day: by article, then as the text tells it
        ["a: 2021-04-20 @30", "a: 2021-04-20 @200", "b: 2021-04-20 @10"],
        # undated last, article by article
        ["z: 2021-04-20 @0", "a: Friday @50", "a:  @60", "b: Monday @10", "b: Tuesday @5"],
        # the weekdays of one article as they follow each other, over the weekend too
        ["a: Tuesday @300", "a: Wednesday @200", "a: Thursday @10"],
        ["a: Friday @20", "a: Saturday @10", "a: Monday @0"],
        ["a: Sunday @20", "a: Monday @10"],
        # then what has no weekday, as the text tells it; what the article recalls comes last
        ["a: Sunday @90", "a:  @10", "a:  @20", "a: Friday @2 (background)", "a:  @1 (background)"],
    ],
    ids="; ".join,
)
def test_order_of_incidents(build_report: Build, rows: list[str]) -> None:
    """Whatever the order they come in, incidents are listed as the table says."""
    made = [link([build(build_report, row)], threshold=1)[0] for row in rows]

    for shuffled in permutations(made):
        found = [each.reports[0].removeprefix("rep-") for each in sort_incidents(shuffled)]
        assert [row.replace(": ", ".", 1) for row in rows] == found
