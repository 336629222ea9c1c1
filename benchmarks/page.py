"""Measure the page of `incidents export html`: its size, and the time to write and to open it.

Usage: page.py DB [COPIES ...]. Takes the incidents of a store once, and in as many copies as asked,
each some days later. Needs Chromium in PATH and the `dev` extra.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from playwright.sync_api import sync_playwright

from incidents.exports import Material
from incidents.exports.page.build import build_page
from incidents.store import open_store

if TYPE_CHECKING:
    from incidents.model import Incident


def main() -> None:
    """Print a row for each number of copies."""
    with open_store(sys.argv[1], create=False) as store, tempfile.TemporaryDirectory() as folder:
        found = store.incidents()
        for copies in map(int, sys.argv[2:] or ["1"]):
            many = [_later(each, number) for number in range(copies) for each in found]
            began = time.perf_counter()
            page = build_page(many, Material(store), title="Incidents", tiles="")
            wrote = time.perf_counter() - began
            path = Path(folder) / "page.html"
            path.write_text(page, encoding="utf-8")
            size, opened = path.stat().st_size / 1e6, _open(path)
            print(f"{len(many)} incidents: {size:.1f} MB, {wrote:.1f} s, {opened:.1f} s")


def _later(incident: Incident, number: int) -> Incident:
    """A copy of an incident, some days later; the first is the incident itself."""
    date = incident.date
    if not number or date.start is None or date.end is None:
        return incident
    gap = dt.timedelta(days=number)
    moved = msgspec.structs.replace(date, start=date.start + gap, end=date.end + gap)
    return msgspec.structs.replace(incident, id=f"{incident.id}-{number}", date=moved)


def _open(path: Path) -> float:
    """Seconds until the page says that it is ready."""
    with sync_playwright() as running:
        browser = running.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page()
        began = time.perf_counter()
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]")
        took = time.perf_counter() - began
        browser.close()
    return took


if __name__ == "__main__":
    main()
