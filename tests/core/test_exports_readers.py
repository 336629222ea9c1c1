"""Exports as the tools read them that people use: geopandas, DuckDB, openpyxl, libhxl, pandas."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import TYPE_CHECKING, Any

import duckdb
import geopandas as gpd
import hxl
import msgspec
import openpyxl
import pandas as pd
import pytest

from incidents.exports import COLUMNS, export_names, load_export
from incidents.exports.countries import country_codes
from incidents.exports.table import table_row
from incidents.gazetteer.data_files import read_countries
from incidents.linking import link
from incidents.linking.merge import merge_reports
from incidents.model import ActorRef, Incident, Report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Build = Callable[..., Report]
    Write = Callable[..., Any]

HOSTILE = ("=HYPERLINK(1)", "+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\x1b[31m", 'a,"b"\n;c')


@pytest.fixture
def incidents(seed_reports: list[Report]) -> list[Incident]:
    """Give the incidents of the five example articles: dated or not, with a place or without."""
    return link(seed_reports)


@pytest.fixture
def hostile(build_report: Build) -> list[Incident]:
    """Give incidents whose actors carry what breaks a spreadsheet or a terminal."""
    report = build_report("000.a", casualties="killed 1 ISF")
    return [
        merge_reports(
            [
                msgspec.structs.replace(
                    report,
                    id=f"rep-{number}",
                    attribution=name,
                    actors=(ActorRef(name=name, mention=name, role="initiator"),),
                )
            ]
        )
        for number, name in enumerate(HOSTILE)
    ]


def expected(incidents: list[Incident]) -> list[dict[str, Any]]:
    """Every value of every incident, None where there is none."""
    rows = map(table_row, incidents)
    return [{column.name: row.get(column.name) for column in COLUMNS} for row in rows]


def test_csv_is_read_by_pandas(write: Write, incidents: list[Incident]) -> None:
    """Every value comes back; dates parse, numbers are numbers."""
    frame = pd.read_csv(io.StringIO(write("csv", incidents)), parse_dates=["date_start"])

    assert list(frame) == [column.name for column in COLUMNS]
    assert len(frame) == len(incidents)
    assert frame["date_start"].dtype.kind == "M"
    assert frame["fatalities_high"].sum() == sum(each.fatalities.high for each in incidents)
    assert frame["background"].dtype == bool
    assert frame.loc[0, "id"] == incidents[0].id


def test_parquet_is_read_by_duckdb(write: Write, incidents: list[Incident], tmp_path: Path) -> None:
    """Types and values are those of the table, and null is null."""
    path = tmp_path / "x.parquet"
    path.write_bytes(write("parquet", incidents))
    found = duckdb.sql(f"SELECT * FROM '{path}'")  # noqa: S608 - a file of this test
    names = [column.name for column in COLUMNS]
    types = {
        "text": "VARCHAR",
        "integer": "BIGINT",
        "number": "DOUBLE",
        "flag": "BOOLEAN",
        "day": "DATE",
    }

    assert [str(each) for each in found.types] == [types[column.kind] for column in COLUMNS]
    assert [dict(zip(names, row, strict=True)) for row in found.fetchall()] == expected(incidents)


@pytest.mark.parametrize("name", ["parquet", "xlsx"])
def test_nothing_gives_an_empty_table(write: Write, name: str, tmp_path: Path) -> None:
    """No incident: the columns are there, and no row."""
    path = tmp_path / f"x.{name}"
    path.write_bytes(write(name, []))
    frame = pd.read_parquet(path) if name == "parquet" else pd.read_excel(path)

    assert list(frame) == [column.name for column in COLUMNS]
    assert len(frame) == 0


def test_xlsx_is_read_by_openpyxl(write: Write, incidents: list[Incident]) -> None:
    """Days are days, numbers numbers, flags flags; unknown cells are empty."""
    book = openpyxl.load_workbook(io.BytesIO(write("xlsx", incidents)))
    header, *rows = book["incidents"].iter_rows(values_only=True)
    found = [dict(zip(header, row, strict=True)) for row in rows]
    for row in found:
        for column in COLUMNS:
            if column.kind == "day" and isinstance(row[column.name], dt.datetime):
                row[column.name] = row[column.name].date()

    assert found == expected(incidents)
    assert book.sheetnames == ["incidents", "columns"]
    legend = list(book["columns"].iter_rows(min_row=2, max_col=1, values_only=True))
    assert [cell for (cell,) in legend] == [column.name for column in COLUMNS]


def test_xlsx_is_the_same_file_for_the_same_incidents(
    write: Write, incidents: list[Incident]
) -> None:
    """No time of making stands in it."""
    assert write("xlsx", incidents) == write("xlsx", incidents)


def test_xlsx_cuts_what_is_too_long_for_a_cell(write: Write, build_report: Build) -> None:
    """A text longer than a cell holds is cut and marked, not lost."""
    report = msgspec.structs.replace(build_report("000.a"), attribution="long " * 10_000)
    book = openpyxl.load_workbook(io.BytesIO(write("xlsx", [merge_reports([report])])))
    header, row = book["incidents"].iter_rows(values_only=True)
    cell = str(dict(zip(header, row, strict=True))["attribution"])

    assert (len(cell) <= 32_767, cell[:9], cell[-1]) == (True, "long long", "…")


def test_xlsx_keeps_days_before_excel_as_text(write: Write, build_report: Build) -> None:
    """Excel has no day before 1900; such a one stays readable."""
    incidents = [merge_reports([build_report("000.a", date="1899-12-30")])]
    book = openpyxl.load_workbook(io.BytesIO(write("xlsx", incidents)))

    assert book["incidents"]["B2"].value == "1899-12-30"


@pytest.mark.parametrize("name", ["acled", "csv", "ged", "hxl", "xlsx"])
def test_no_cell_is_a_formula(write: Write, hostile: list[Incident], name: str) -> None:
    """Text of an article never begins like a formula, in any format of a spreadsheet."""
    content = write(name, hostile)
    if isinstance(content, bytes):
        sheet = openpyxl.load_workbook(io.BytesIO(content))["incidents"]
        cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= set("snbd")
    else:
        frame = pd.read_csv(io.StringIO(content), keep_default_na=False, dtype=str, header=None)
        cells = [cell for row in frame.to_numpy().tolist() for cell in row]

    assert any(cell == "'=HYPERLINK(1)" for cell in cells)
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert [cell for cell in cells if any(char < " " for char in cell)] == []


def test_geojson_is_read_by_geopandas(
    write: Write, incidents: list[Incident], tmp_path: Path
) -> None:
    """Points lie where the places are; an incident without one has no geometry, and is there."""
    path = tmp_path / "x.geojson"
    path.write_text(write("geojson", incidents), encoding="utf-8")
    frame = gpd.read_file(path)

    assert frame.crs.to_epsg() == 4326
    assert list(frame["id"]) == [each.id for each in incidents]
    located = [bool(each.places and each.places[0].lat) for each in incidents]
    assert list(frame.geometry.notna()) == located
    assert {True, False} == set(located)
    first = incidents[located.index(True)].places[0]
    point = frame.geometry[located.index(True)]
    assert (point.x, point.y) == (first.lon, first.lat)


def test_geojson_is_as_rfc_7946_has_it(write: Write, incidents: list[Incident]) -> None:
    """Members of the collection and its features, position order and ranges, nothing beside."""
    found = json.loads(write("geojson", incidents))

    assert {**found, "features": None} == {"type": "FeatureCollection", "features": None}
    for feature in found["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        if feature["geometry"] is not None:
            longitude, latitude = feature["geometry"]["coordinates"]
            assert feature["geometry"]["type"] == "Point"
            assert (-180 <= longitude <= 180, -90 <= latitude <= 90) == (True, True)
    assert json.loads(write("geojson", []))["features"] == []


@pytest.mark.parametrize(
    ("columns", "tags"),
    [
        ("acled", ["#event+code", "#date+occurred", "#geo+lat", "#affected+killed"]),
        ("ged", ["#date+start", "#date+end", "#group+name+first", "#affected+killed"]),
    ],
)
def test_hxl_is_read_by_libhxl(
    write: Write, incidents: list[Incident], columns: str, tags: list[str]
) -> None:
    """The hashtags are found, and the killed are summed by them."""
    text = write("hxl", incidents, columns=columns)
    dataset = hxl.data(io.BytesIO(text.encode())).cache()

    assert [tag for tag in tags if tag not in dataset.display_tags] == []
    killed = [int(row.get("#affected+killed")) for row in dataset]
    deadly = [each for each in incidents if each.fatalities.high]
    if columns == "ged":
        assert killed == [each.fatalities.best for each in deadly]
    else:
        assert killed == [each.fatalities.low for each in incidents]
    assert hxl.validate(dataset, [{"#valid_tag": "#geo+lat", "#valid_datatype": "number"}])


@pytest.mark.parametrize("name", ["acled", "csv", "ged", "hxl", "geojson", "parquet", "xlsx"])
def test_columns_say_what_they_hold(name: str) -> None:
    """Each column of a table has a line that explains it, and a name of its own."""
    columns = load_export(name).columns

    assert columns
    assert all(column.about for column in columns)
    assert len({column.name for column in columns}) == len(columns)


def test_every_format_is_told_in_a_line() -> None:
    """Name, help and suffix of each format fit a list."""
    for name in export_names():
        export = load_export(name)
        assert export.name == name
        assert export.help.endswith(".")
        assert len(export.help) < 100
        assert export.suffix.startswith(".")


def test_every_country_of_the_gazetteer_has_codes() -> None:
    """Each is there once; no two share a number, and regions are ACLED's."""
    found = [codes for row in read_countries() if (codes := country_codes(row.code))]

    assert len(found) == len(read_countries())
    for numbers in ([each.gwno for each in found], [each.isonumeric for each in found]):
        known = [number for number in numbers if number is not None]
        assert len(known) == len(set(known))
    assert {each.acled_region for each in found if each.gwno} >= {"Middle East", "Europe"}
    unknown = [each.code for each in found if each.gwno and each.acled_region is None]
    assert unknown == ["ZM", "ZW"]
