"""Incidents made for pages, and the browser that pages are opened in."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from page_rows import SOME

from incidents.exports import Material
from incidents.exports.page.build import build_page
from incidents.model import (
    EVENT_TYPE_OF,
    ActorRef,
    Article,
    ArticleRef,
    Casualty,
    Disagreement,
    DisagreementValue,
    EventDate,
    Evidence,
    Fatalities,
    Incident,
    PlaceRef,
    Report,
    Source,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SUBS = ("Armed clash", "Air/drone strike", "Attack", "Peaceful protest", "Mob violence", "Arrests")
TOWNS = (
    ("Qamishli", 37.05, 41.22, "Al-Hasakah", "Syria", "SY"),
    ("Mopti", 14.48, -4.18, "Mopti", "Mali", "ML"),
    ("Goma", -1.68, 29.22, "North Kivu", "Democratic Republic of the Congo", "CD"),
)
FIRST_DAY = dt.date(2024, 1, 1)


@dataclass
class Told:
    """An incident with the one report and article that tell of it."""

    incident: Incident
    report: Report
    article: Article


@dataclass
class MadeMaterial(Material):
    """Material without a store behind it."""

    told: dict[str, Told] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(store=None, options={})  # type: ignore[arg-type]

    def reports(self, incident: Incident) -> list[Report]:
        """The one report of an incident."""
        return [self.told[incident.id].report]

    def article(self, article_id: str) -> Article:
        """The article of an id, which ends like that of its incident."""
        return self.told[article_id.replace("art-", "inc-")].article


def make_told(number: int, **changed: Any) -> Told:  # long: every field of two objects  # noqa: ANN401
    """Make the incident of a number: towns, types, days and counts go round with it.

    Args:
        number: makes incidents differ.
        changed: place, actor, speaker, publisher, title, url, day, deaths, disputed, wide, undated,
            background, precision.
    """
    name, lat, lon, admin1, country, code = TOWNS[number % len(TOWNS)]
    name = changed.get("place", name)
    actor, speaker = changed.get("actor", f"Brigade {number}"), changed.get("speaker", "residents")
    deaths = changed.get("deaths", number % 4)
    day = changed.get("day", FIRST_DAY + dt.timedelta(days=number))
    text = f"{actor} killed {deaths} people in {name} on {day:%A}, {speaker} said."
    place = PlaceRef(
        id=f"geonames:{number % len(TOWNS)}",
        name=name,
        mention=name,
        kind="city",
        lat=lat + number // len(TOWNS) % 7 * 0.01,
        lon=lon,
        country=country,
        country_code=code,
        admin1=admin1,
        within=(admin1, country),
    )
    at = text.index("killed")
    sub = SUBS[number % len(SUBS)]
    precision = changed.get("precision", "day")
    facts = {
        "event_type": EVENT_TYPE_OF[sub],
        "sub_event_type": sub,
        "background": changed.get("background", False),
        "date": EventDate(weekday="Monday", mention="Monday")
        if changed.get("undated")
        else EventDate(
            start=day, end=day, precision=precision, mention=f"{day:%A}", basis="explicit"
        ),
        "places": () if changed.get("nowhere") else (place,),
        "geo_precision": 3 if changed.get("wide") else 1,
        "actors": (
            ActorRef(name=actor, mention=actor, role="initiator"),
            ActorRef(name="civilians", mention="people", role="target"),
        ),
        "casualties": (
            Casualty(
                kind="killed",
                min=deaths,
                max=deaths,
                group="civilians",
                claimed_by=speaker,
                mention="killed",
                start=at,
                end=at + len("killed"),
            ),
        )
        if deaths
        else (),
        "fatalities": Fatalities(low=deaths, best=deaths, high=deaths),
        "confidence": 0.8,
    }
    publisher, url = changed.get("publisher", f"Outlet {number % 5}"), changed.get("url")
    article = Article(
        id=f"art-{number}",
        text=text,
        title=changed.get("title", f"Violence in {name}"),
        publisher=publisher,
        published=day,
        url=url or f"https://news.example/{number}",
    )
    rules = (
        "event:attack",
        "date:weekday",
        "place:gazetteer",
        "actor:gazetteer",
        "casualty:active",
    )
    report = Report(
        id=f"rep-{number}",
        article=ArticleRef(id=article.id, title=article.title, publisher=publisher),
        evidence=tuple(Evidence(start=0, end=len(text), text=text, rule=rule) for rule in rules),
        **facts,
    )
    value = DisagreementValue(value="at least 9", articles=(article.id,))
    incident = Incident(
        id=f"inc-{number}",
        reports=(report.id,),
        sources=(Source(publisher=publisher, article=article.id),),
        grade=("weak", "fair", "confirmed")[number % 3],
        disagreements=(Disagreement(field="casualties killed civilians", values=(value,)),)
        if changed.get("disputed")
        else (),
        **facts,
    )
    return Told(incident, report, article)


def page_of(told: Sequence[Told], *, title: str = "Made incidents", tiles: str = "") -> str:
    """Build the page of some incidents."""
    material = MadeMaterial(told={each.incident.id: each for each in told})
    return build_page([each.incident for each in told], material, title=title, tiles=tiles)


@pytest.fixture(name="make_told", scope="session")
def fixture_make_told() -> Callable[..., Told]:
    """Give the maker of incidents."""
    return make_told


@pytest.fixture(name="page_of", scope="session")
def fixture_page_of() -> Callable[..., str]:
    """Give the builder of pages."""
    return page_of


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Give a headless browser, or skip where there is none."""
    driver = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium in PATH; `apt-get install chromium` brings one")
    # Chromium's sandbox does not start for root
    flags = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with driver.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:  # noqa: ANN401
    """Give a way to open a page from disk; at the end, each must have been silent and offline."""
    noise: list[str] = []
    contexts = []

    def open_it(html: str, *, address: str = "", **options: Any) -> Any:  # noqa: ANN401
        path = tmp_path / "page.html"
        path.write_text(html, encoding="utf-8")
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}} | options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8_000)
        own = path.as_uri()
        page.on("console", lambda message: noise.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: noise.append(f"error: {error}"))
        page.on("request", lambda asked: asked.url.split("#")[0] == own or noise.append(asked.url))
        page.goto(own + address)
        page.wait_for_selector("html[data-ready]")
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert noise == []


@pytest.fixture(scope="session")
def told(make_told: Callable[..., Told]) -> list[Told]:
    """Give incidents of three towns, six types and sixty days, some of them special."""
    special = {
        7: {"disputed": True},
        8: {"background": True},
        9: {"undated": True},
        10: {"wide": True},
        11: {"nowhere": True},
        12: {"speaker": "the morgue"},
    }
    return [make_told(number, **special.get(number, {})) for number in range(SOME)]


@pytest.fixture(scope="session")
def html(told: list[Told], page_of: Callable[..., str]) -> str:
    """Give the page of these incidents."""
    return page_of(told)


@pytest.fixture
def page(html: str, open_page: Callable[..., Any]) -> Any:  # noqa: ANN401
    """Open it."""
    return open_page(html)
