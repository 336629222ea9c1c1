"""UCDP GED's columns and codes, read back with pandas."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import msgspec
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.exports import load_export
from incidents.exports.countries import country_codes
from incidents.exports.days import date_prec, reference_day, time_precision
from incidents.exports.to_ged import priogrid_gid
from incidents.linking import link
from incidents.linking.merge import merge_reports
from incidents.model import ActorRef, EventDate, PlaceRef, Report

if TYPE_CHECKING:
    from collections.abc import Callable

    Build = Callable[..., Report]
    Write = Callable[..., str]
    Ged = Callable[..., dict[str, Any]]

HEADER = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id "
    "conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a "
    "side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office "
    "source_date source_headline source_original where_prec where_coordinates where_description "
    "adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity "
    "date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high "
    "low gwnoa gwnob"
).split()
STATE = {"kind": "state forces", "mention": "x"}
SYRIA = ActorRef(id="sy-saa", name="Syrian Arab Army", role="initiator", **STATE)
TURKEY = ActorRef(id="tr-tsk", name="Turkish Armed Forces", role="target", **STATE)
SOLDIERS = ActorRef(name="soldiers", role="target", **STATE)


@pytest.fixture
def ged(write: Write) -> Ged:
    """Export one report as an incident; gives its row as pandas reads it."""

    def call(report: Report, **chosen: str) -> dict[str, Any]:
        text = write("ged", [merge_reports([report])], **chosen)
        [row] = read(text).to_dict("records")
        return row

    return call


def read(text: str) -> pd.DataFrame:
    """Read a file without guessing types."""
    return pd.read_csv(io.StringIO(text), keep_default_na=False, dtype=str)


def test_ged_has_the_49_columns_in_order(ged: Ged, build_report: Build) -> None:
    """Names and order are UCDP's."""
    assert len(HEADER) == 49
    assert list(ged(build_report("000.a", casualties="killed 1 ISF"))) == HEADER


def test_ged_row_of_a_clash(ged: Ged, build_report: Build) -> None:  # long: every column
    """Every column of a known clash."""
    casualties = "killed 1 ISF; killed 3-5 NDF; killed 2 civilians"
    report = build_report("000.a", places="Tay, Qamishli", casualties=casualties)
    row = ged(msgspec.structs.replace(report, geo_precision=1, attribution="witnesses"))

    assert row["id"].startswith("inc-")
    assert {name: row[name] for name in HEADER[1:] if row[name]} == {
        "year": "2021",
        "type_of_violence": "2",
        "dyad_name": "NDF - ISF",
        "side_a": "NDF",
        "side_b": "ISF",
        "number_of_sources": "1",
        "source_article": "Outlet 000, 2021-04-21, Headline, of 000",
        "source_office": "Outlet 000",
        "source_date": "2021-04-21",
        "source_headline": "Headline, of 000",
        "source_original": "witnesses",
        "where_prec": "1",
        "where_coordinates": "Tay",
        "where_description": "Tay neighbourhood, Qamishli, Al-Hasakah, Syria",
        "adm_1": "Al-Hasakah",
        "latitude": "37.04",
        "longitude": "41.247",
        "geom_wkt": "POINT (41.247 37.04)",
        "priogrid_gid": "183323",
        "country": "Syria",
        "country_id": "652",
        "region": "Middle East",
        "event_clarity": "1",
        "date_prec": "1",
        "date_start": "2021-04-20 00:00:00.000",
        "date_end": "2021-04-20 00:00:00.000",
        "deaths_a": "3",
        "deaths_b": "1",
        "deaths_civilians": "2",
        "deaths_unknown": row["deaths_unknown"],
        "best": row["best"],
        "high": "8",
        "low": "6",
    }
    deaths = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    assert sum(int(row[name]) for name in deaths) == int(row["best"])


def test_ged_leaves_out_incidents_without_a_death(
    write: Write, said: list[str], build_report: Build
) -> None:
    """GED holds deadly events only; how many are left out is told, and they can be kept."""
    reports = [
        build_report("000.a", casualties="killed 1 ISF"),
        build_report("001.a", casualties="wounded 3 ISF"),
        build_report("002.a"),
    ]
    incidents = [merge_reports([report]) for report in reports]

    assert len(read(write("ged", incidents))) == 1
    assert said == [
        "Left out: 2 incidents without a death, which GED does not hold (--option nonlethal=keep)."
    ]
    assert len(read(write("ged", incidents, nonlethal="keep"))) == 3
    assert len(said) == 1


@pytest.mark.parametrize(
    ("actors", "sub_event_type", "is_held"),
    [
        (">rioters <civilians", "Attack", False),
        (">rioters <civilians", "Mob violence", False),
        (">rioters", "Mob violence", False),
        ("xrioters xcivilians", "Violent demonstration", False),
        # the army or a group is named: the other side is organised
        (">rioters <ISF", "Mob violence", True),
        (">NDF <rioters", "Violent demonstration", True),
        # nobody says who killed: whoever shot may well have been organised
        (">rioters", "Violent demonstration", True),
        (">protesters <civilians", "Peaceful protest", True),
        ("<civilians", "Attack", True),
    ],
)
def test_ged_leaves_out_what_nobody_organised(
    write: Write,
    said: list[str],
    build_report: Build,
    actors: str,
    sub_event_type: str,
    *,
    is_held: bool,
) -> None:
    """GED holds violence of organised actors; what a crowd did is told, and can be kept."""
    report = build_report(
        "000.a", actors=actors, type=sub_event_type, casualties="killed 1 unknown"
    )
    incidents = [merge_reports([report])]

    assert len(read(write("ged", incidents))) == is_held
    told = (
        "Left out: 1 incident of people without an armed organisation, which GED does not hold "
        "(--option unorganised=keep)."
    )
    assert said == ([] if is_held else [told])
    [row] = read(write("ged", incidents, unorganised="keep")).to_dict("records")
    if actors.startswith((">rioters", ">protesters", "x")):
        assert (row["type_of_violence"], row["side_a"]) == ("", "")


@pytest.mark.parametrize(
    ("actors", "sub_event_type", "columns"),
    [
        # type_of_violence, side_a, side_b, dyad_name
        (">NDF <ISF", "Armed clash", "2|NDF|ISF|NDF - ISF"),
        ("xISF xNDF", "Armed clash", "2|ISF|NDF|ISF - NDF"),
        (">NDF <civilians", "Attack", "3|NDF|Civilians|NDF - Civilians"),
        (">NDF <protesters", "Excessive force against protesters", "3|NDF|Civilians|NDF - C"),
        (">NDF", "Attack", "3|NDF|Civilians|NDF - Civilians"),
        ("<civilians", "Air/drone strike", "3||Civilians|"),
        # civilians beside an armed target: the fight is with the armed
        (">NDF <ISF <civilians", "Armed clash", "2|NDF|ISF|NDF - ISF"),
        # a known organisation gives its side the name, not the article's word beside it
        (">NDF <fighters <ISF", "Armed clash", "2|NDF|ISF|NDF - ISF"),
        # one side only: nobody can say what kind of violence it was
        (">NDF", "Armed clash", "|NDF||"),
        ("<ISF", "Remote explosive/landmine/IED", "||ISF|"),
        ("", "Armed clash", "|||"),
    ],
)
def test_ged_type_of_violence(
    ged: Ged, build_report: Build, actors: str, sub_event_type: str, columns: str
) -> None:
    """State-based, non-state, one-sided, or blank where a side is not known."""
    killed = "killed 1 unknown"
    row = ged(build_report("000.a", actors=actors, type=sub_event_type, casualties=killed))
    names = ("type_of_violence", "side_a", "side_b", "dyad_name")

    assert "|".join(row[name] for name in names).startswith(columns)


def test_ged_civilians_without_a_kind_are_civilians(ged: Ged, build_report: Build) -> None:
    """Violence against a person whom the article counts among the civilians is one-sided."""
    person = ActorRef(name="civilians", mention="a name", role="target")
    report = build_report("000.a", type="Attack", actors=">NDF", casualties="killed 1 civilians")
    row = ged(msgspec.structs.replace(report, actors=(*report.actors, person)))

    assert (row["type_of_violence"], row["side_b"]) == ("3", "Civilians")


@pytest.mark.parametrize(
    ("actors", "columns"),
    [
        # type_of_violence, side_a, gwnoa, deaths_a, side_b, gwnob, deaths_b
        ((SYRIA, "<ISF"), "1|Government of Syria|652|1|ISF||2"),
        ((SYRIA, TURKEY), "1|Government of Syria|652|1|Government of Turkey|640|2"),
        # the government is side a, whoever began, and its dead go with it
        ((">ISF", TURKEY), "1|Government of Turkey|640|2|ISF||1"),
        # soldiers of an unknown army are a government's, whose number nobody knows
        ((">ISF", SOLDIERS), "1|soldiers||2|ISF||1"),
    ],
)
def test_ged_governments_are_side_a(
    ged: Ged, build_report: Build, actors: tuple[Any, ...], columns: str
) -> None:
    """State-based violence has a government on side a, by UCDP's name and number."""
    report = build_report("000.a", actors=" ".join(x for x in actors if isinstance(x, str)))
    states = tuple(x for x in actors if not isinstance(x, str))
    both = (*report.actors, *states)
    first = next(actor.name for actor in both if actor.role == "initiator")
    second = next(actor.name for actor in both if actor.role == "target")
    harmed = build_report("000.a", casualties=f"killed 1 {first}; killed 2 {second}").casualties
    row = ged(msgspec.structs.replace(report, actors=both, casualties=harmed))
    names = ("type_of_violence", "side_a", "gwnoa", "deaths_a", "side_b", "gwnob", "deaths_b")

    assert "|".join(row[name] for name in names) == columns


@pytest.mark.parametrize(
    ("place", "geo_precision", "where_prec", "clarity"),
    [
        (PlaceRef(name="Goma", mention="x", kind="city"), 1, "1", "1"),
        (PlaceRef(name="Goma", mention="x", kind="city"), 2, "2", "1"),
        (PlaceRef(name="Masisi", mention="x", kind="admin2"), 2, "3", "1"),
        (PlaceRef(name="North Kivu", mention="x", kind="admin1"), 3, "4", "1"),
        (PlaceRef(name="the Sahel", mention="x", kind="region"), 2, "5", "1"),
        (PlaceRef(name="DR Congo", mention="x", kind="country"), 3, "6", "2"),
        (PlaceRef(name="the hills", mention="x"), None, "5", "1"),
        (None, None, "", "2"),
    ],
)
def test_ged_where_prec(
    ged: Ged,
    build_report: Build,
    place: PlaceRef | None,
    geo_precision: int | None,
    where_prec: str,
    clarity: str,
) -> None:
    """The kind of the place gives the precision; a whole country is a summary."""
    report = build_report("000.a", casualties="killed 1 ISF")
    places = (place,) if place else ()
    row = ged(msgspec.structs.replace(report, places=places, geo_precision=geo_precision))

    assert (row["where_prec"], row["event_clarity"]) == (where_prec, clarity)


@pytest.mark.parametrize(
    ("date", "precision", "clarity", "start"),
    [
        ("2021-04-20", "1", "1", "2021-04-20 00:00:00.000"),
        ("2021-04-20..2021-04-21", "2", "1", "2021-04-20 00:00:00.000"),
        ("2021-04-19..2021-04-25", "3", "2", "2021-04-19 00:00:00.000"),
        ("2021-02", "4", "2", "2021-02-01 00:00:00.000"),
        ("2016", "5", "2", "2016-01-01 00:00:00.000"),
        ("Tuesday", "", "2", ""),
    ],
)
def test_ged_dates(
    ged: Ged, build_report: Build, date: str, precision: str, clarity: str, start: str
) -> None:
    """Days in UCDP's form; a week or more is a summary."""
    row = ged(build_report("000.a", date=date, casualties="killed 1 ISF"))

    assert (row["date_prec"], row["event_clarity"], row["date_start"]) == (
        precision,
        clarity,
        start,
    )


@given(st.dates(min_value=dt.date(1946, 1, 1)), st.integers(0, 800))
def test_reference_day_lies_in_the_time_that_is_known(start: dt.date, days: int) -> None:
    """A code goes with a day, the day lies between first and last, and no code grows vaguer."""
    if start > dt.date(9990, 1, 1):
        return
    date = EventDate(start=start, end=start + dt.timedelta(days=days), precision="day")
    day = reference_day(date)

    assert (day is None) == (time_precision(date) is None) == (days > 30)
    assert day is None or (date.start is not None and date.start <= day <= (date.end or day))
    longer = EventDate(start=start, end=start + dt.timedelta(days=days + 1), precision="day")
    assert (date_prec(longer) or 0) >= (date_prec(date) or 9)


@pytest.mark.parametrize(
    ("latitude", "longitude", "gid"),
    [
        (-90.0, -180.0, 1),
        (-89.9, -179.4, 2),
        (-89.5, -180.0, 721),
        (90.0, 180.0, 259200),
        (0.0, 0.0, 129961),
        (None, 41.2, None),
    ],
)
def test_priogrid_cells_count_from_the_south_west(
    latitude: float | None, longitude: float | None, gid: int | None
) -> None:
    """Half degrees, 720 to a row, 259,200 in all."""
    assert priogrid_gid(latitude, longitude) == gid


def test_ged_sources_are_lists_of_the_same_length(write: Write, build_report: Build) -> None:
    """Outlets, days and headlines go together, entry by entry."""
    reports = [build_report(f"{name}.x", casualties="killed 1 ISF") for name in ("a1", "b2", "c3")]
    [row] = read(write("ged", link(reports))).to_dict("records")

    assert row["number_of_sources"] == "3"
    for name in ("source_article", "source_office", "source_date", "source_headline"):
        assert len(row[name].split(";")) == 3


def test_ged_blank_columns_are_blank_and_no_others(
    write: Write, build_report: Build, seed_reports: list[Report]
) -> None:
    """UCDP's own ids and judgements are always empty; all else holds something somewhere."""
    district = PlaceRef(name="Qamishli", mention="x", kind="admin2")
    war = msgspec.structs.replace(
        build_report("x.1", casualties="killed 1 ISF"),
        actors=(SYRIA, TURKEY),
        places=(district,),
        attribution="x",
    )
    frame = read(write("ged", [merge_reports([report]) for report in (*seed_reports, war)]))
    empty = {name for name in frame if not any(frame[name])}

    assert empty == {column.name for column in load_export("ged").columns if column.is_blank}


@pytest.mark.parametrize(
    ("code", "number", "country", "region"),
    [
        ("SY", 652, "Syria", "Middle East"),
        ("YE", 678, "Yemen (North Yemen)", "Middle East"),
        ("EG", 651, "Egypt", "Middle East"),
        ("CD", 490, "DR Congo (Zaire)", "Africa"),
        ("UA", 369, "Ukraine", "Europe"),
        ("AZ", 373, "Azerbaijan", "Europe"),
        ("AF", 700, "Afghanistan", "Asia"),
        ("HT", 41, "Haiti", "Americas"),
        ("PS", None, "Palestine", None),
    ],
)
def test_ged_countries(code: str, number: int | None, country: str, region: str | None) -> None:
    """Number, name and region of countries as UCDP has them."""
    codes = country_codes(code)

    assert codes is not None
    assert (codes.gwno, codes.ucdp_country, codes.ucdp_region) == (number, country, region)
