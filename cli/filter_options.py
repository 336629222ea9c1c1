"""The options by which incidents are filtered, and how their values are read."""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
from enum import StrEnum
from typing import Annotated

import typer

from incidents.cli.options import parse_name


class GradeName(StrEnum):
    """How well an incident is founded."""

    confirmed = "confirmed"
    fair = "fair"
    weak = "weak"
    contested = "contested"


def parse_since(text: str) -> dt.date:
    """The first day of a day, month or year: 2021-04-20, 2021-04, 2021."""
    return _period(text)[0]


def parse_until(text: str) -> dt.date:
    """The last day of a day, month or year: 2021-04-20, 2021-04, 2021."""
    return _period(text)[1]


def parse_type(text: str) -> str:
    """A name of event types or sub-event types, or a part of one."""
    from incidents.words import types_called  # noqa: PLC0415 - keeps --help quick

    if not types_called(text):
        msg = (
            f"no type is called {text!r}; write a part of one, such as battles, explosions, "
            "shelling, air strike, attack on civilians, abduction, protests, riots, arrests"
        )
        raise typer.BadParameter(msg)
    return text


def parse_kind(text: str) -> str:
    """A kind of actors, or a part of one."""
    from incidents.words import kinds_called  # noqa: PLC0415 - keeps --help quick

    if not kinds_called(text):
        msg = (
            f"no kind of actor is called {text!r}; write a part of one: state forces, rebel group, "
            "political militia, identity militia, rioters, protesters, civilians, external/other"
        )
        raise typer.BadParameter(msg)
    return text


def parse_km(text: str) -> float:
    """A distance in kilometres, above 0."""
    try:
        km = float(text)
    except ValueError:
        km = math.nan
    if not 0 < km < math.inf:
        msg = f"{text!r} is no distance; write kilometres, a number above 0, as 25"
        raise typer.BadParameter(msg)
    return km


def parse_people(text: str) -> int:
    """How many people: 0 or more."""
    if not re.fullmatch(r"[0-9]{1,9}", text.strip()):
        msg = f"{text!r} is no number of people; write a whole number, 0 or more, as 10"
        raise typer.BadParameter(msg)
    return int(text)


def parse_source(text: str) -> str:
    """An outlet or a domain."""
    if not text.strip():
        msg = "name an outlet or a domain, as rudaw.net"
        raise typer.BadParameter(msg)
    return text.strip()


def _period(text: str) -> tuple[dt.date, dt.date]:
    """First and last day of what is written as 2021-04-20, 2021-04 or 2021."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{2}))?", text.strip())
    try:
        if not found:
            day = dt.date.fromisoformat(text.strip())
            return day, day
        year = int(found[1])
        first, last = (int(found[2]),) * 2 if found[2] else (1, 12)
        return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])
    except ValueError as exc:  # calendar's own errors are of this kind too
        msg = f"{text!r} is not a date; write 2021-04-20, 2021-04 or 2021"
        raise typer.BadParameter(msg) from exc


PlaceOption = Annotated[
    str | None,
    typer.Option(
        parser=parse_name,
        metavar="NAME",
        help="In this place or inside it; any spelling, or 'Goma, DR Congo'.",
    ),
]
WithinOption = Annotated[
    float | None,
    typer.Option(
        "--within-km",
        parser=parse_km,
        metavar="KM",
        help="Also what lies no further than KM from the coordinates of --place; not where only a "
        "province or country is known.",
    ),
]
ActorOption = Annotated[
    str | None,
    typer.Option(
        parser=parse_name,
        metavar="NAME",
        help="With this actor; id, abbreviation or any spelling.",
    ),
]
KindOption = Annotated[
    str | None,
    typer.Option(
        "--kind",
        parser=parse_kind,
        metavar="TEXT",
        help="With an actor of this kind, or a part of its name: state forces, rebel group, "
        "political militia, identity militia, rioters, protesters, civilians, external/other.",
    ),
]
TypeOption = Annotated[
    str | None,
    typer.Option(
        "--type",
        parser=parse_type,
        metavar="TEXT",
        help="Event type, sub-event type, or a part of one.",
    ),
]
SinceOption = Annotated[
    dt.date | None,
    typer.Option(
        parser=parse_since,
        metavar="DATE",
        help="From 2021-04-20, 2021-04 or 2021; without the undated.",
    ),
]
UntilOption = Annotated[
    dt.date | None,
    typer.Option(
        parser=parse_until,
        metavar="DATE",
        help="To the end of this day, month or year; likewise.",
    ),
]
KilledOption = Annotated[
    int | None,
    typer.Option(
        "--min-killed",
        parser=parse_people,
        metavar="N",
        help="At least N killed, by the lowest number told: 'at least 9' is 9, 'up to 9' is 1.",
    ),
]
BackgroundOption = Annotated[
    bool,
    typer.Option(
        "--background/--no-background",
        help="With or without earlier events that articles recall.",
    ),
]
SourceOption = Annotated[
    str | None,
    typer.Option(
        "--source",
        parser=parse_source,
        metavar="TEXT",
        help="Told by this outlet or domain, or by words of one: Reuters, reuters.com. Where the "
        "outlet is not known, the article's id.",
    ),
]
SourcesOption = Annotated[
    int,
    typer.Option(
        min=1,
        metavar="N",
        help="Told by at least N sources; copies of one text and articles of one outlet are one.",
    ),
]
GradeOption = Annotated[
    list[GradeName] | None,
    typer.Option(
        metavar="GRADE",
        help="confirmed (a party says so itself), fair (two or more sources), weak (one), "
        "contested (each is said to have attacked the other); may be repeated.",
    ),
]
DisputedOption = Annotated[
    bool, typer.Option("--disputed", help="Only incidents on which sources differ.")
]
