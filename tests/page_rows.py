"""The list of an exported page as a browser shows it, for the tests of the page."""

from __future__ import annotations

from typing import Any

SOME = 60
"""Incidents of the page that most tests open."""

ROW = "#rows tr.row"


def wait_for_rows(page: Any, count: int) -> None:  # noqa: ANN401
    """Wait until the list has so many rows."""
    from playwright.sync_api import expect

    # not `wait_for_function`: it calls eval, which the page's policy forbids
    expect(page.locator(ROW)).to_have_count(count, timeout=15_000)
