"""Reports built by hand, for linking without an extractor."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import pytest
from short_reports import build_report

from incidents.exports import Material, load_export
from incidents.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidents.model import Incident, Report


@pytest.fixture(name="build_report", scope="session")
def fixture_build_report() -> Callable[..., Report]:
    """Give the builder of reports."""
    return build_report


@pytest.fixture(scope="session")
def seed_reports() -> list[Report]:  # long: one report after the other
    """Give what the five seed articles report, as annotated."""
    build = build_report
    return [
        build(
            "000.a",
            date="Tuesday",
            places="Wahda roundabout, Tay, Qamishli",
            casualties="killed 1 ISF: Khaled Haji; wounded 3 ISF; killed 3+ NDF; wounded 1+ NDF",
        ),
        build("000.b", date="", places="", actors=">NDF <Sutoro", type="Grenade", background=True),
        build("000.c", date="", places="", background=True),
        build("001.a", date="2020-04-21", places="Halko, Qamishli"),
        build(
            "001.b",
            date="",
            actors="xNDF xISF",
            casualties="killed 1 ISF; killed 1 civilians; wounded 1+ NDF",
            background=True,
        ),
        build("002.a", places="Wahda roundabout, Qamishli", casualties="killed 1 ISF"),
        build(
            "002.b",
            date="2021-02",
            places="Qamishli, Hasakah",
            actors="xNDF xISF",
            casualties="killed 1 NDF; wounded 3+ unknown",
            background=True,
        ),
        build(
            "003.a",
            places="Wahda roundabout, Tay, Qamishli",
            casualties="killed 1 ISF; killed 3+ NDF; wounded 3+ NDF",
        ),
        build(
            "003.b",
            date="2021-04-21",
            places="Tay, Qamishli",
            actors=">ISF <NDF",
            type="Non-state actor overtakes territory",
        ),
        build(
            "003.c",
            date="2016",
            places="Qamishli, Hasakah",
            actors="xSDF xpro-Assad",
            background=True,
        ),
        build(
            "004.a",
            date="Tuesday",
            actors=">ISF <NDF",
            casualties="detained 12 NDF",
            type="Arrests",
        ),
        build(
            "004.b",
            date="Wednesday",
            places="Wahda Street, Qamishli",
            casualties="detained 2 ISF; detained 9 NDF",
        ),
        build(
            "004.c",
            date="Thursday",
            places="Khalij Street, Qamishli",
            casualties="killed 2 NDF; wounded 1 ISF",
        ),
    ]


class Shelf:
    """Stands in for a store: an article for every id."""

    def find_article(self, article_id: str) -> Article:
        """Give an article with a headline and a day."""
        title = f"Headline; of {article_id}"
        return Article(id=article_id, text="", title=title, published=dt.date(2021, 4, 21))


@pytest.fixture
def said() -> list[str]:
    """Collect what a format tells the user."""
    return []


@pytest.fixture
def write(said: list[str]) -> Callable[..., str | bytes]:
    """Write incidents in a format, with options; gives the file's content."""

    def call(name: str, incidents: list[Incident], **chosen: str) -> str | bytes:
        export = load_export(name)
        material = Material(
            Shelf(),  # type: ignore[arg-type]  # has what the formats ask for
            options=export.settle(chosen),
            say=said.append,
        )
        stream: Any = io.BytesIO() if export.is_binary else io.StringIO()
        export.write(incidents, stream, material)
        content: str | bytes = stream.getvalue()
        return content

    return call
