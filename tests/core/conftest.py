"""Reports built by hand, for linking without an extractor."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import pytest

from incidents.exports import Material, load_export
from incidents.model import (
    EVENT_TYPE_OF,
    ActorKind,
    ActorRef,
    Article,
    ArticleRef,
    Casualty,
    EventDate,
    Evidence,
    PlaceRef,
    Report,
    Role,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidents.model import Incident

SYRIA = ("Al-Hasakah", "Syria")
PLACES = {
    "Qamishli": ("geonames:173377", "city", 37.05, 41.23, SYRIA),
    "Hasakah": ("geonames:173811", "city", 36.50, 40.75, SYRIA),
    "Amuda": ("geonames:1", "city", 37.10, 40.93, SYRIA),
    "Himo": ("geonames:2", "city", 37.04, 41.15, SYRIA),
    "Wahda roundabout": ("x:wahda", "roundabout", 37.049, 41.228, ("Qamishli", *SYRIA)),
    "Wahda Street": ("x:wahda-street", "street", 37.05, 41.228, ("Qamishli", *SYRIA)),
    "Khalij Street": ("x:khalij", "street", 37.046, 41.232, ("Qamishli", *SYRIA)),
    "Tay": ("x:tay", "neighbourhood", 37.04, 41.247, ("Qamishli", *SYRIA)),
    "Halko": ("x:halko", "neighbourhood", 37.032, 41.226, ("Qamishli", *SYRIA)),
    "Nashwa": ("x:nashwa", "neighbourhood", 36.486, 40.737, ("Hasakah", *SYRIA)),
    "Al-Hasakah": ("geonames:173813", "admin1", 36.5, 40.9, ("Syria",)),
    "Syria": ("geonames:163843", "country", 35.0, 38.0, ()),
}
ACTORS: dict[str, tuple[str, ActorKind]] = {
    "ISF": ("sy-isf", "rebel group"),
    "NDF": ("sy-ndf", "political militia"),
    "SDF": ("sy-sdf", "rebel group"),
    "ISIS": ("isis", "rebel group"),
    "Turkey": ("tr-army", "external/other"),
}
DESCRIBED: dict[str, ActorKind] = {"civilians": "civilians", "protesters": "protesters"}
ROLES: dict[str, Role] = {">": "initiator", "<": "target", "x": "participant", "~": "mediator"}


def make_place(name: str) -> PlaceRef:
    """Make a place of the table, or an unresolved one."""
    if name not in PLACES:
        return PlaceRef(name=name, mention=name)
    place_id, kind, lat, lon, within = PLACES[name]
    admin1 = "Al-Hasakah" if "Al-Hasakah" in within else None
    return PlaceRef(
        id=place_id,
        name=name,
        mention=name,
        kind=kind,
        lat=lat,
        lon=lon,
        country="Syria",
        country_code="SY",
        admin1=admin1,
        within=within,
    )


def make_actor(text: str) -> ActorRef:
    """Make an actor of `>NDF`; the sign is the role: > initiator, < target, x participant."""
    role, name = ROLES[text[0]], text[1:]
    actor_id, kind = ACTORS.get(name, (None, DESCRIBED.get(name)))
    return ActorRef(id=actor_id, name=name, mention=name, role=role, kind=kind)


def make_casualty(text: str) -> Casualty:
    """Make a casualty of `killed 3+ NDF` or `killed 1 ISF: Khaled Haji`."""
    claim, _, names = text.partition(": ")
    kind, count, group = claim.split(" ", 2)
    low, _, high = count.partition("-")
    is_open = low.endswith("+")
    fewest = int(low.rstrip("+"))
    return Casualty(
        kind=kind,  # type: ignore[arg-type]  # the tables of this suite hold its kinds only
        min=fewest,
        max=None if is_open else int(high or low),
        group=group,
        names=tuple(names.split(", ")) if names else (),
        mention=claim,
    )


def make_date(text: str) -> EventDate:
    """Make a date of `2021-04-20`, `2021-04-20..2021-04-22`, `2021-02`, `2016`, `Tuesday`, ``."""
    if not text or text[0].isalpha():
        return EventDate(weekday=text or None, mention=text or None)
    first, _, last = text.partition("..")
    if len(first) == len("2016"):
        year = int(first)
        return EventDate(start=dt.date(year, 1, 1), end=dt.date(year, 12, 31), precision="year")
    if len(first) == len("2021-02"):
        start = dt.date.fromisoformat(f"{first}-01")
        end = (start + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        return EventDate(start=start, end=end, precision="month")
    start = dt.date.fromisoformat(first)
    end = dt.date.fromisoformat(last or first)
    return EventDate(start=start, end=end, precision="day", basis="explicit")


def build_report(
    id: str,  # noqa: A002 - the field's name
    *,
    date: str = "2021-04-20",
    places: str = "Qamishli",
    actors: str = ">NDF <ISF",
    casualties: str = "",
    type: str = "Armed clash",  # noqa: A002 - the field's short name
    background: bool = False,
    confidence: float = 0.8,
    published: str | None = None,
) -> Report:
    """Build a report; what stands before the dot of its id is its article."""
    article = id.partition(".")[0]
    return Report(
        id=f"rep-{id}",
        article=ArticleRef(
            id=article,
            publisher=f"Outlet {article}",
            published=dt.date.fromisoformat(published) if published else None,
        ),
        event_type=EVENT_TYPE_OF[type],
        sub_event_type=type,
        background=background,
        date=make_date(date),
        places=tuple(make_place(name) for name in places.split(", ") if name),
        actors=tuple(make_actor(text) for text in actors.split() if text),
        casualties=tuple(make_casualty(text) for text in casualties.split("; ") if text),
        confidence=confidence,
        evidence=(Evidence(start=0, end=5, text="Gunmen", rule="event:verb"),),
    )


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

    def article(self, article_id: str) -> Article:
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
