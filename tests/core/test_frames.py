"""Reports and incidents as pandas tables."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import msgspec
import pandas as pd
import pytest

import incidents
from incidents.errors import InputError, PackageMissingError
from incidents.linking import link

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidents.model import Report

    Build = Callable[..., Report]


@pytest.fixture
def reports(build_report: Build) -> list[Report]:
    """Give a report with all that there is, and one with little."""
    full = build_report(
        "000.a",
        places="Tay, Qamishli",
        actors=">NDF <ISF <gunmen ~Turkey",
        casualties="killed 1 ISF: Khaled Haji; wounded 3+ NDF",
        published="2021-04-22",
    )
    return [full, build_report("001.a", date="Tuesday", places="", actors="", background=True)]


def test_dataframe_has_a_row_a_report(reports: list[Report]) -> None:
    """Nested values are laid flat under names of their own, lists are joined, ids are kept."""
    row = incidents.to_dataframe(reports).iloc[0]

    assert row["id"] == "rep-000.a"
    assert row["date_start"] == pd.Timestamp(2021, 4, 20)
    assert row["article_published"] == pd.Timestamp(2021, 4, 22)
    assert (row["place_id"], row["place"], row["country"]) == ("x:tay", "Tay", "Syria")
    assert (row["latitude"], row["longitude"]) == (37.04, 41.247)
    assert (row["initiators"], row["initiator_ids"]) == ("NDF", "sy-ndf")
    assert (row["targets"], row["target_ids"]) == ("ISF; gunmen", "sy-isf")
    assert row["mediator_ids"] == "tr-army"
    assert (row["killed"], row["wounded"]) == ("ISF 1", "NDF at least 3")


def test_dataframe_leaves_the_unknown_missing(reports: list[Report]) -> None:
    """What is not known is missing, and is no empty text or zero."""
    row = incidents.to_dataframe(reports).iloc[1]

    for name in ("date_start", "place", "latitude", "geo_precision", "targets", "killed"):
        assert pd.isna(row[name]), name
    assert row["date_weekday"] == "Tuesday"
    assert bool(row["background"])


@pytest.mark.parametrize("count", [0, 1, 2])
def test_dataframe_types_do_not_depend_on_the_values(reports: list[Report], count: int) -> None:
    """Columns have their types also where all values are missing or there is no row."""
    types = incidents.to_dataframe(reports[:count]).dtypes

    assert types["date_start"].kind == types["date_end"].kind == "M"
    assert str(types["fatalities_best"]) == "Int64"
    assert str(types["latitude"]) == "Float64"
    assert str(types["background"]) == "bool"
    assert pd.api.types.is_string_dtype(types["place"])


def test_dataframe_of_incidents(reports: list[Report]) -> None:
    """Incidents have their own columns instead of an article's."""
    merged = link(reports)
    table = incidents.to_dataframe(merged)

    assert list(table["id"]) == [each.id for each in merged]
    assert set(table["report_ids"]) == {"rep-000.a", "rep-001.a"}
    assert list(table["grade"]) == [each.grade for each in merged]
    assert "article_id" not in table
    assert table["deaths_b"].sum() == 1


@pytest.mark.parametrize("table", ["places", "actors", "casualties", "evidence"])
def test_dataframe_of_a_list_has_every_field(reports: list[Report], table: str) -> None:
    """A row an entry, in the order of the lists, with the id of its report."""
    frame = incidents.to_dataframe(reports, table)  # type: ignore[arg-type]

    entries = [(report.id, entry) for report in reports for entry in getattr(report, table)]
    assert list(frame["id"]) == [id_ for id_, _ in entries]
    for name in msgspec.structs.asdict(entries[0][1]):
        column = f"{table[:-1]}_id" if name == "id" else name
        assert column in frame
    assert list(frame["position"]) == [
        position for report in reports for position in range(len(getattr(report, table)))
    ]
    assert list(frame.dtypes) == list(incidents.to_dataframe([], table).dtypes)  # type: ignore[arg-type]


def test_dataframe_of_casualties_keeps_open_ranges(reports: list[Report]) -> None:
    """Counts are numbers; an open end is missing, names are joined."""
    frame = incidents.to_dataframe(reports, "casualties")

    assert list(frame["min"]) == [1, 3]
    assert list(frame["max"].isna()) == [False, True]
    assert frame["names"].iloc[0] == "Khaled Haji"
    assert pd.isna(frame["names"].iloc[1])


def test_dataframe_takes_far_days(build_report: Build) -> None:
    """A day before 1678 fits, which nanoseconds could not hold."""
    report = build_report("000.a", date="1258-02-10")

    assert incidents.to_dataframe([report])["date_start"].iloc[0].year == 1258


def test_dataframe_refuses(reports: list[Report]) -> None:
    """A mixture, another table and other things are one line each."""
    with pytest.raises(InputError, match="reports and incidents are mixed"):
        incidents.to_dataframe([*reports, *link(reports)])
    with pytest.raises(InputError, match="no table called 'people'; name one of items, places"):
        incidents.to_dataframe(reports, "people")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="list is neither a report nor an incident"):
        incidents.to_dataframe([reports])  # type: ignore[list-item]


def test_dataframe_without_pandas_says_what_to_install(
    reports: list[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error names the package and the command."""
    monkeypatch.setitem(sys.modules, "pandas", None)

    with pytest.raises(PackageMissingError, match=r"pip install 'incidents\[pandas\]'"):
        incidents.to_dataframe(reports)


def test_html_shows_an_item_and_escapes_its_words(build_report: Build) -> None:
    """Notebooks get what, where, who and how many; no word of an article becomes markup."""
    report = build_report("000.a", places="<script>x</script>", casualties="killed 1 ISF: A & B")
    [incident] = link([report])

    for item in (report, incident):
        shown = item._repr_html_()
        assert shown == incidents.to_html(item)
        assert "Battles · Armed clash" in shown
        assert "&lt;script&gt;" in shown
        assert "<script>" not in shown
        assert "ISF 1" in shown
    assert "<th style='text-align:left'>grade</th>" in incident._repr_html_()


def test_dataframe_of_nothing_has_the_columns(reports: list[Report]) -> None:
    """What filters or joins a table need not ask whether it has rows."""
    empty = incidents.to_dataframe([])

    assert empty.empty
    for items in (reports, link(reports)):
        assert set(incidents.to_dataframe(items).columns) <= set(empty.columns)
