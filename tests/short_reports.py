"""Reports written in a line, and random ones, for linking without an extractor."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from incidents.model import (
    EVENT_TYPE_OF,
    ActorKind,
    ActorRef,
    ArticleRef,
    Casualty,
    EventDate,
    Evidence,
    PlaceRef,
    Report,
    Role,
)

if TYPE_CHECKING:
    from random import Random

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
DATES = ("2021-04-20", "2021-04-21", "2021-04-20..2021-04-21", "Tuesday", "2021-04", "")
PLACE_LISTS = ("Tay, Qamishli", "Halko, Qamishli", "Qamishli", "Al-Hasakah", "Foo, Qamishli", "")
SIDES = (">NDF <ISF", "xISF xNDF", ">gunmen <ISF", ">ISIS <ISF", "<civilians")
TOLLS = ("", "killed 1 ISF", "killed 7 ISF", "killed 9 ISF", "killed 1 ISF: Khaled Haji")
TYPES = ("Armed clash", "Attack", "Grenade")
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


class NoPlaces:
    """A gazetteer without any place or actor."""

    def place(self, _id: str, /) -> None:
        """Nothing lies around a place."""

    def actor(self, _id: str, /) -> None:
        """Nothing stands above an actor."""


def random_report(random: Random, id_: str) -> Report:
    """Make a report at one busy place and time; what stands before the dot is its article."""
    return build_report(
        id_,
        date=random.choice(DATES),
        places=random.choice(PLACE_LISTS),
        actors=random.choice(SIDES),
        casualties=random.choice(TOLLS),
        type=random.choice(TYPES),
        background=random.random() < 0.2,
    )


def random_articles(random: Random, count: int) -> list[list[Report]]:
    """Make articles with one or two random reports each."""
    return [
        [random_report(random, f"{number:03}.{part}") for part in range(random.choice((1, 1, 2)))]
        for number in range(count)
    ]
