"""Reports of invented events, with the noise of news: what `benchmarks/linking.py` links.

The country, its towns, its parties and its dead are invented, so that the truth is known. Each
event is told by several outlets. They round the place to the town or the province, spell it in
their own way, give the day of printing for the day of the event, or no day at all; early tolls are
lower; one side is unnamed; another type is chosen; a later article recalls it. Towns are as uneven
as in life: the busiest sees several events a day. Two events of one day, town, type and sides lie
in different quarters: nothing else could tell them apart.

Everything follows from the seed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import TYPE_CHECKING

from msgspec import structs

from incidents.model import (
    EVENT_TYPE_OF,
    ActorRef,
    ArticleRef,
    Casualty,
    EventDate,
    Evidence,
    PlaceRef,
    Report,
)

if TYPE_CHECKING:
    from incidents.model import ActorKind, Role

EVENTS_A_DAY = 55
REPORTS_AN_EVENT = 5
FIRST_DAY = dt.date(2020, 1, 1)

_COUNTRIES, _PROVINCES, _TOWNS, _QUARTERS, _PARTIES = 8, 3, 5, 8, 6
_RECALLED = 0.04  # of the reports: an article that recalls an older event
_ONSETS = ("b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "q", "r", "s", "sh", "t", "w", "z")
_VOWELS = ("a", "a", "i", "u", "o", "e")
_SPELLINGS = (("q", "k"), ("sh", "ch"), ("u", "ou"), ("i", "ee"), ("j", "dj"), ("e", "i"))
_KINDS: dict[str, tuple[str, ...]] = {
    "Armed clash": ("Attack", "Shelling/artillery/missile attack"),
    "Shelling/artillery/missile attack": ("Air/drone strike", "Attack"),
    "Air/drone strike": ("Shelling/artillery/missile attack", "Attack"),
    "Remote explosive/landmine/IED": ("Suicide bomb", "Attack"),
    "Suicide bomb": ("Remote explosive/landmine/IED", "Attack"),
    "Attack": ("Armed clash", "Abduction/forced disappearance"),
    "Abduction/forced disappearance": ("Arrests", "Attack"),
    "Peaceful protest": ("Protest with intervention",),
}
_WEIGHTS = (30, 18, 12, 10, 5, 14, 6, 5)


@dataclass(frozen=True, slots=True)
class Town:
    """A town with its quarters, a village beside it, and the province around it."""

    place: PlaceRef
    quarters: tuple[PlaceRef, ...]
    village: PlaceRef
    province: PlaceRef
    parties: tuple[ActorRef, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What really happened."""

    number: int
    day: dt.date
    town: Town
    quarter: PlaceRef
    kind: str
    sides: tuple[ActorRef, ActorRef]
    killed: int
    wounded: int
    victims: tuple[str, ...]


def make_reports(events: int, *, seed: int = 1) -> tuple[list[Report], dict[str, int]]:
    """Make the reports of invented events.

    Args:
        events: how many; about five reports each, over as many days as 55 events a day take.
        seed: another one, other events.

    Returns:
        Reports in a random order, and the number of the event of each report id.
    """
    random = Random(seed)  # noqa: S311 - no secret
    towns = _make_towns(random)
    told: list[tuple[Report, int]] = []
    taken: set[tuple[object, ...]] = set()
    for number in range(events):
        event = _make_event(number, towns, taken, random)
        for _ in range(min(20, int(random.expovariate(1 / (REPORTS_AN_EVENT - 0.5))) + 1)):
            told.append((_tell(event, f"{number:06}", len(told), random), number))
    random.shuffle(told)
    return [report for report, _ in told], {report.id: number for report, number in told}


def _word(random: Random, syllables: int) -> str:
    parts = (random.choice(_ONSETS) + random.choice(_VOWELS) for _ in range(syllables))
    return ("".join(parts) + random.choice(("", "n", "r", "b", "m"))).capitalize()


def _make_towns(random: Random) -> list[Town]:
    return [
        _make_town((country, province, town), parties, random)
        for country in range(_COUNTRIES)
        for parties in [_make_parties(country, random)]
        for province in range(_PROVINCES)
        for town in range(_TOWNS)
    ]


def _make_parties(country: int, random: Random) -> tuple[ActorRef, ...]:
    kinds: tuple[ActorKind, ...] = ("state forces", "rebel group", "political militia")
    return tuple(
        ActorRef(
            id=f"x{country}-{number}",
            name=f"{_word(random, 2)} {random.choice(('Front', 'Army', 'Brigade', 'Guard'))}",
            mention="",
            role="participant",
            kind=kinds[number % len(kinds)],
        )
        for number in range(_PARTIES)
    )


def _make_town(at: tuple[int, int, int], parties: tuple[ActorRef, ...], random: Random) -> Town:
    country, province, town = at
    lat, lon = 5.0 + 5 * country + province, 10.0 + province + town * 0.3
    state, region, name = f"Country {country}", f"Region {country}{province}", _word(random, 3)
    code = "ABCDEFGH"[country] * 2

    def place(key: str, name: str, kind: str, shift: float, within: tuple[str, ...]) -> PlaceRef:
        return PlaceRef(
            id=f"x:{country}{province}{town}{key}",
            name=name,
            mention=name,
            kind=kind,
            lat=lat + shift,
            lon=lon,
            country=state,
            country_code=code,
            admin1=None if kind == "admin1" else region,
            within=within,
        )

    quarters = tuple(
        place(f"q{i}", _word(random, 2 + i % 2), "neighbourhood", i / 100, (name, region, state))
        for i in range(_QUARTERS)
    )
    area = place("", region, "admin1", 0.0, (state,))
    return Town(
        place=place("t", name, "city", 0.0, (region, state)),
        quarters=quarters,
        village=place("v", _word(random, 2), "village", 0.06, (region, state)),
        province=structs.replace(area, id=f"x:{country}{province}"),
        parties=parties,
    )


@cache
def _busy(count: int) -> tuple[float, ...]:
    """How often towns see an event: the first some five times a day, the last once a month."""
    return tuple(rank**-0.9 for rank in range(1, count + 1))


def _make_event(
    number: int, towns: list[Town], taken: set[tuple[object, ...]], random: Random
) -> Event:
    """Draw an event that something tells apart from the others of its day."""
    while True:
        day = FIRST_DAY + dt.timedelta(days=number // EVENTS_A_DAY)
        [at] = random.choices(range(len(towns)), _busy(len(towns)))
        town = towns[at * 37 % len(towns)]  # the busy ones spread over the countries
        kind = random.choices(tuple(_KINDS), _WEIGHTS)[0]
        first, second = random.sample(town.parties, 2)
        civilians = ActorRef(name="civilians", mention="", role="target", kind="civilians")
        if kind not in ("Armed clash", "Shelling/artillery/missile attack"):
            second = civilians
        quarter = random.choice(town.quarters)
        key = day, town.place.id, kind, first.id, second.id, quarter.id
        if key not in taken:
            break
    taken.add(key)
    has_dead = kind not in ("Peaceful protest", "Abduction/forced disappearance")
    killed = min(int(random.paretovariate(0.9)), 90) - 1 if has_dead else 0
    names = tuple(
        f"{_word(random, 2)} {_word(random, 2)}"
        for _ in range(min(killed, 2) if random.random() < 0.2 else 0)  # noqa: PLR2004
    )
    wounded = int(random.expovariate(0.2)) if has_dead else 0
    return Event(number, day, town, quarter, kind, (first, second), killed, wounded, names)


def _tell(event: Event, key: str, number: int, random: Random) -> Report:
    """One outlet's account of an event."""
    is_recalled = random.random() < _RECALLED
    late = random.randint(5, 40) if is_recalled else random.choice((0, 0, 0, 1, 1, 2))
    published = event.day + dt.timedelta(days=late)
    kind = event.kind
    if random.random() < 0.08:  # noqa: PLR2004
        kind = random.choice(_KINDS[event.kind])
    date = _tell_date(event.day, published, random, is_recalled=is_recalled)
    return Report(
        # ids sort as if drawn by lot: an event's reports do not stand together
        id=f"rep-{random.getrandbits(48):012x}",
        article=ArticleRef(
            id=f"{key}-{number}",
            publisher=f"Outlet {number % 97}",
            # with a day of printing the weekday would have been resolved
            published=published if date.start else None,
        ),
        event_type=EVENT_TYPE_OF[kind],
        sub_event_type=kind,
        background=is_recalled,
        date=date,
        places=_tell_place(event, random),
        actors=_tell_sides(event.sides, random),
        casualties=tuple(_tell_harm(event, late, random)),
        confidence=round(random.uniform(0.5, 0.95), 2),
        evidence=(Evidence(start=0, end=4, text="Text", rule="event:made"),),
    )


def _tell_date(day: dt.date, published: dt.date, random: Random, *, is_recalled: bool) -> EventDate:
    draw = random.random()
    if is_recalled and draw < 0.3:  # noqa: PLR2004
        first = day.replace(day=1)
        last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        return EventDate(start=first, end=last, precision="month", mention="m", basis="published")
    if not is_recalled and draw < 0.15:  # noqa: PLR2004
        return EventDate(start=published, end=published, precision="day", basis="published")
    if not is_recalled and draw < 0.19:  # noqa: PLR2004
        return EventDate(weekday=f"{day:%A}", mention=f"{day:%A}")
    return EventDate(start=day, end=day, precision="day", mention=f"{day:%A}", basis="published")


def _tell_place(event: Event, random: Random) -> tuple[PlaceRef, ...]:
    town, draw = event.town, random.random()
    if draw < 0.55:  # noqa: PLR2004
        return event.quarter, town.place, town.province
    if draw < 0.62:  # noqa: PLR2004
        name = _respell(event.quarter.name, random)
        return PlaceRef(name=name, mention=name, kind="neighbourhood"), town.place, town.province
    if draw < 0.90:  # noqa: PLR2004
        return town.place, town.province
    return (town.village, town.province) if draw < 0.93 else (town.province,)  # noqa: PLR2004


def _respell(name: str, random: Random) -> str:
    old, new = random.choice(_SPELLINGS)
    return name.lower().replace(old, new).capitalize()


def _tell_sides(sides: tuple[ActorRef, ActorRef], random: Random) -> tuple[ActorRef, ...]:
    draw = random.random()
    roles: tuple[Role, Role] = ("initiator", "target")
    if draw < 0.2:  # noqa: PLR2004
        roles = ("participant", "participant")
    told = [
        ActorRef(id=side.id, name=side.name, mention=side.name, role=role, kind=side.kind)
        for side, role in zip(sides, roles, strict=True)
    ]
    if draw > 0.9:  # noqa: PLR2004
        told[0] = ActorRef(name="gunmen", mention="gunmen", role=roles[0])
    return tuple(told[1:] if draw > 0.82 and draw < 0.9 else told)  # noqa: PLR2004


def _tell_harm(event: Event, late: int, random: Random) -> list[Casualty]:
    """Tolls that rise with the day of printing, and are left out now and then."""
    found = []
    group = event.sides[1].name if random.random() < 0.8 else "unknown"  # noqa: PLR2004
    for kind, number in (("killed", event.killed), ("wounded", event.wounded)):
        early = not late and random.random() < 0.35  # noqa: PLR2004
        told = max(1, int(number * random.uniform(0.5, 1))) if early else number
        if not number or random.random() < 0.15:  # noqa: PLR2004
            continue
        names = tuple(_respell(name, random) for name in event.victims) if kind == "killed" else ()
        high = None if random.random() < 0.25 else told  # noqa: PLR2004
        found.append(
            Casualty(
                kind="killed" if kind == "killed" else "wounded",
                min=told,
                max=high,
                group=group,
                names=names if random.random() < 0.6 else (),  # noqa: PLR2004
                mention=f"{told} {kind}",
            )
        )
    return found
