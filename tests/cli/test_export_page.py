"""`incidents export html`: the page by way of the command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def stored(run: Run, articles: Path) -> None:
    """Store the incidents of two articles in incidents.db."""
    assert run("extract", str(articles))[0] == 0


@pytest.mark.usefixtures("stored")
def test_export_writes_a_page_of_what_passes_the_filters(run: Run) -> None:
    """The headline is the user's, and only what was asked for is in the page."""
    everything = run("export", "html")[1]
    title = ("--option", "title=Abductions & more")
    told = run("export", "html", "--type", "abduction", *title, "-o", "page.html")
    page = Path("page.html").read_text(encoding="utf-8")

    assert told == (0, "", "1 incident written to page.html.\n")
    assert "<h1>Abductions &amp; more</h1>" in page
    assert (everything.count('"id":"inc-'), page.count('"id":"inc-')) == (3, 1)


@pytest.mark.usefixtures("stored")
def test_export_leaves_an_older_page_where_tiles_are_wrong(run: Run) -> None:
    """One line says how the address is written, and the page of before stays."""
    Path("page.html").write_text("before", encoding="utf-8")

    code, out, err = run("export", "html", "--option", "tiles=osm", "-o", "page.html")

    assert (code, out) == (1, "")
    assert err.startswith("Error: --option tiles=osm: is no address of tiles; write it as https://")
    assert Path("page.html").read_text(encoding="utf-8") == "before"
