"""Options that several commands share, and how their values are read."""

from __future__ import annotations

import datetime as dt
import math
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
    from incidents.articles.published import YEARS  # noqa: PLC0415 - keeps --help quick

    try:
        day = dt.date.fromisoformat(text.strip())
    except ValueError as exc:
        msg = f"{text!r} is not a date; write it as 2021-04-20, or none"
        raise typer.BadParameter(msg) from exc
    if day.year not in YEARS:
        msg = f"{text} lies outside {YEARS[0]} to {YEARS[-1]}; write it as 2021-04-20, or none"
        raise typer.BadParameter(msg)
    return Published(day)


def parse_db(text: str | Path) -> Path:
    """The path of a database; an empty one would be the folder that one is in."""
    if not str(text).strip():
        msg = "is empty; name a file, as incidents.db"
        raise typer.BadParameter(msg)
    return Path(text)


def parse_name(text: str) -> str:
    """A name that is not empty."""
    if not text.strip():
        msg = "is empty; write a name, or leave the option out"
        raise typer.BadParameter(msg)
    return text


def parse_seconds(text: str | float) -> float:
    """A time in seconds, 0 or more."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds <= _MOST_SECONDS:
        msg = f"{str(text)!r} is no time; write seconds, as 60, or 0 for any"
        raise typer.BadParameter(msg)
    return seconds


_MOST_SECONDS = 1e8  # three years; beyond some more the system's timer fails

DbOption = Annotated[
    Path,
    typer.Option(
        "--db",
        parser=parse_db,
        metavar="FILE",
        envvar="INCIDENTS_DB",
        help="Database of incidents (SQLite).",
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
    typer.Option(
        parser=parse_name,
        metavar="NAME",
        help="spaCy pipeline, by name or path; else the built-in one.",
    ),
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
        parser=parse_seconds,
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
# of commands without --format
JsonObjectOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
JsonArrayOption = Annotated[bool, typer.Option("--json", help="Print a JSON array.")]


def choose_format(chosen: Format | None, *, as_json: bool) -> Format:
    """The format that --format and --json ask for together.

    Raises:
        BadParameter: they contradict each other.
    """
    if as_json and chosen not in (None, Format.json):
        msg = f"--json and --format {chosen} contradict each other"
        raise typer.BadParameter(msg)
    return Format.json if as_json else chosen or Format.table
