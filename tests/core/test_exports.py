"""JSON, JSON Lines and CSV as other tools read them."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.exports import COLUMNS, write_csv, write_json, write_jsonl
from incidents.exports.cells import plain_text, safe_text
from incidents.lines import clean
from incidents.linking import link
from incidents.model import ActorRef, Report

if TYPE_CHECKING:
    from collections.abc import Callable

    Build = Callable[..., Report]


def read_csv(text: str) -> list[dict[str, str]]:
    """Read CSV with its header."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_exports_jsonl_is_one_object_a_line(build_report: Build) -> None:
    """Keys stand in the order of the model, dates are ISO, what is absent is null."""
    report = build_report("000.a", date="Tuesday")
    stream = io.StringIO()

    write_jsonl([report, report], stream)

    lines = stream.getvalue().splitlines()
    assert len(lines) == 2
    assert list(json.loads(lines[0])) == list(Report.__struct_fields__)
    assert json.loads(lines[0])["date"]["start"] is None
    assert msgspec.json.decode(lines[0], type=Report) == report


@pytest.mark.parametrize("count", [0, 1, 3])
def test_exports_json_is_one_array(build_report: Build, count: int) -> None:
    """Any number of objects gives valid JSON."""
    reports = [build_report(f"000.{number}") for number in range(count)]
    stream = io.StringIO()

    write_json(reports, stream)

    assert msgspec.json.decode(stream.getvalue(), type=list[Report]) == reports
    assert stream.getvalue().endswith("]\n")


def test_exports_csv_of_an_incident(build_report: Build) -> None:  # long: every column
    """Every column of an incident, in the codebooks' words."""
    casualties = "killed 1 ISF: Khaled Haji; killed 3+ NDF; wounded 2-4 ISF"
    reports = [build_report("000.a", places="Tay, Qamishli", casualties=casualties)]
    stream = io.StringIO()

    write_csv(link(reports), stream)

    [row] = read_csv(stream.getvalue())
    assert tuple(row) == tuple(column.name for column in COLUMNS)
    assert row == {
        "id": row["id"],
        "date_start": "2021-04-20",
        "date_end": "2021-04-20",
        "date_precision": "day",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "place": "Tay neighbourhood, Qamishli",
        "admin1": "Al-Hasakah",
        "country": "Syria",
        "latitude": "37.04",
        "longitude": "41.247",
        "initiators": "NDF",
        "targets": "ISF",
        "participants": "",
        "killed": "ISF 1; NDF at least 3",
        "wounded": "ISF 2 to 4",
        "fatalities_low": "4",
        "fatalities_best": "4",
        "fatalities_high": "4",
        "sources": "Outlet 000",
        "background": "false",
        "weekday": "",
        "date_words": "",
        "country_code": "SY",
        "place_id": "x:tay",
        "geo_precision": "",
        "mediators": "",
        "actor_ids": "sy-ndf; sy-isf",
        "detained": "",
        "kidnapped": "",
        "missing": "",
        "displaced": "",
        "deaths_a": "3",
        "deaths_b": "1",
        "deaths_civilians": "0",
        "deaths_unknown": "0",
        "attribution": "",
        "grade": "weak",
        "source_count": "1",
        "disputed": "false",
        "confidence": "0.8",
        "urls": "",
        "notes": (
            "On 2021-04-20, armed clash in Tay neighbourhood, Qamishli: NDF against ISF. "
            "Killed: 1 ISF (Khaled Haji), at least 3 NDF. Wounded: 2 to 4 ISF. "
            "Deaths in all: 4. Sources: Outlet 000."
        ),
    }


def test_exports_csv_of_an_undated_report_without_place(build_report: Build) -> None:
    """Unknown values are empty cells, not words."""
    stream = io.StringIO()

    write_csv([build_report("000.a", date="Tuesday", places="")], stream)

    [row] = read_csv(stream.getvalue())
    assert (row["date_start"], row["place"], row["latitude"]) == ("", "", "")
    assert row["date_precision"] == "none"


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("gun\nmen\x00 \x1b[31mred", "gun men [31mred"),
        ("a\u2028b\u202ec", "a bc"),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("@SUM(1)", "'@SUM(1)"),
        ("+SUM(1)", "'+SUM(1)"),
        ("-2+3", "'-2+3"),
        ("\t=1+1", "'=1+1"),
        ("\r\n=1+1", "'=1+1"),
        ("\u202e=1+1", "'=1+1"),
        ('the "Tigers", armed', 'the "Tigers", armed'),
        ("قسد", "قسد"),
    ],
)
def test_exports_csv_cells_are_safe(build_report: Build, name: str, cell: str) -> None:
    """No control character and no formula of an article reaches a spreadsheet."""
    actor = ActorRef(name=name, mention=name, role="target")
    report = msgspec.structs.replace(build_report("000.a"), actors=(actor,))
    stream = io.StringIO()

    write_csv([report], stream)

    assert read_csv(stream.getvalue())[0]["targets"] == cell


def test_exports_csv_keeps_negative_coordinates_numbers(build_report: Build) -> None:
    """A minus sign in front of a number is no formula."""
    report = build_report("000.a")
    place = msgspec.structs.replace(report.places[0], lat=-1.68)
    stream = io.StringIO()

    write_csv([msgspec.structs.replace(report, places=(place,))], stream)

    assert read_csv(stream.getvalue())[0]["latitude"] == "-1.68"


@given(st.text(alphabet="=+-@'＝ aA1\t\r\u202e", max_size=8))
def test_guarded_cells_can_be_read_back(text: str) -> None:
    """No cell begins like a formula, and the apostrophe that sees to it can be told from others."""
    cell = safe_text(text)

    assert not cell.startswith(("=", "+", "-", "@", "＝", "\t", "\r"))
    assert plain_text(cell) == clean(text)
