"""Options that several commands share, and how their values are read."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How results are printed."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


class GradeName(StrEnum):
    """How well an incident is founded."""

    confirmed = "confirmed"
    fair = "fair"
    weak = "weak"
    contested = "contested"


@dataclass(frozen=True, slots=True)
class Published:
    """What --published says.

    Attributes:
        day: of articles that state none; None to forget one that an earlier run was told.
    """

    day: dt.date | None


def parse_published(text: str) -> Published:
    """A calendar day written as 2021-04-20, or `none`."""
    if text.strip().lower() == "none":
        return Published(None)
    try:
        return Published(dt.date.fromisoformat(text.strip()))
    except ValueError as exc:
        msg = f"{text!r} is not a date; write it as 2021-04-20, or none"
        raise typer.BadParameter(msg) from exc


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


DbOption = Annotated[
    Path,
    typer.Option(
        "--db", metavar="FILE", envvar="INCIDENTS_DB", help="Database of incidents (SQLite)."
    ),
]
DEFAULT_DB = Path("incidents.db")


def parse_fields(text: str) -> dict[str, str]:
    """Names of an article's fields in the user's data, as `text=body,published=date`."""
    from incidents.articles.layouts import FIELDS  # noqa: PLC0415 - keeps --help quick

    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    fields = {field.strip(): name.strip() for field, _, name in pairs}
    if not fields or not all(fields.values()):
        msg = f"{text!r} is no list of names; write text=body,published=date"
        raise typer.BadParameter(msg)
    unknown = next((field for field in fields if field not in FIELDS), None)
    if unknown is not None:
        msg = f"an article has no field {unknown!r}; its fields are {', '.join(FIELDS)}"
        raise typer.BadParameter(msg)
    return fields


PublishedOption = Annotated[
    Published | None,
    typer.Option(
        parser=parse_published,
        metavar="DATE",
        help="Day of publication of articles that state none, as 2021-04-20. "
        "It is kept for the next run; 'none' forgets it.",
    ),
]

FieldsOption = Annotated[
    dict[str, str] | None,
    typer.Option(
        parser=parse_fields,
        metavar="FIELD=NAME,…",
        help="What tables and JSON call the fields of an article, as text=body,url=link. "
        "The fields are id, text, title, published, publisher, url, language; common layouts are "
        "known without it.",
    ),
]
DatesFromNamesOption = Annotated[
    bool,
    typer.Option(
        "--dates-from-names",
        help="Take the day from a file's name (2021-04-21_rudaw.html) where the article states "
        "none.",
    ),
]

NoTextOption = Annotated[
    bool,
    typer.Option(
        "--no-text",
        envvar="INCIDENTS_NO_TEXT",
        help="Store articles without their text: values, offsets and a few words around each stay.",
    ),
]

FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format", "-f", metavar="FORMAT", help="table (if left out), json, jsonl or csv."
    ),
]
ModelOption = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="spaCy pipeline, by name or path; else the built-in one."),
]
JobsOption = Annotated[
    int,
    typer.Option(
        "--jobs",
        "-j",
        min=0,
        metavar="N",
        help="Processes that extract at the same time, 0 for one a core. Worth it for hundreds of "
        "articles: each takes some seconds to start, and 0.6 GB.",
    ),
]
TimeLimitOption = Annotated[
    float,
    typer.Option(
        min=0,
        metavar="SECONDS",
        help="Computing time that an article may take before it is given up, 0 for any.",
    ),
]
TriageOption = Annotated[
    bool,
    typer.Option(
        "--triage/--no-triage",
        help="Leave unparsed what by its words can hold no incident, or parse every sentence.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Short for --format json.")]

PlaceOption = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="In this place or inside it; any spelling, or 'Goma, DR Congo'."
    ),
]
ActorOption = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="With this actor; id, abbreviation or any spelling."),
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
BackgroundOption = Annotated[
    bool,
    typer.Option(
        "--background/--no-background",
        help="With or without earlier events that articles recall.",
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


def choose_format(chosen: Format | None, *, as_json: bool) -> Format:
    """The format that --format and --json ask for together.

    Raises:
        BadParameter: they contradict each other.
    """
    if as_json and chosen not in (None, Format.json):
        msg = f"--json and --format {chosen} contradict each other"
        raise typer.BadParameter(msg)
    return Format.json if as_json else chosen or Format.table
