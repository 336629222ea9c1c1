"""`incidents show --summary`: tables with bars that fit, and the same figures as JSON and CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from incidents.cli.summary import bar, summary_tables
from incidents.model import Fatalities
from incidents.summary import Summary, TypeCount, WeekCount

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

MONDAY = dt.date(2021, 4, 19)


def make_summary(weeks: list[int], *, undated: int = 0) -> Summary:
    """Make a summary with an incident and two deaths in each of the weeks after MONDAY."""
    deaths = Fatalities(low=1, best=2, high=3)
    starts = [MONDAY + dt.timedelta(weeks=week) for week in weeks]
    counts = [
        WeekCount(start=start, end=start + dt.timedelta(6), incidents=1, fatalities=deaths)
        for start in starts
    ]
    if undated:
        counts.append(WeekCount(start=None, end=None, incidents=undated, fatalities=deaths))
    kinds = TypeCount(
        event_type="Battles", sub_event_type="Armed clash", incidents=len(weeks), fatalities=deaths
    )
    return Summary(
        incidents=len(weeks),
        fatalities=deaths,
        background=0,
        first=min(starts, default=None),
        last=max(starts, default=None),
        weeks=tuple(counts),
        places=(),
        actors=(),
        types=(kinds,),
    )


def lines(summary: Summary, *, width: int | None = 80, top: int = 10) -> list[str]:
    """Render a summary, a string a line."""
    console = Console(width=width or 200, color_system=None, markup=False)
    with console.capture() as capture:
        console.print(summary_tables(summary, width=width, top=top))
    return [line.rstrip() for line in capture.get().splitlines()]


@pytest.mark.parametrize("columns", ["80", "160"])
def test_show_summary_tables(
    run: Run, articles: Path, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    """Every group is a table whose rows have counts and bars, within the width."""
    run("extract", str(articles))
    monkeypatch.setenv("COLUMNS", columns)

    code, out, err = run("show", "--summary")

    rows = [" ".join(line.replace("█", "").split()) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert max(map(len, out.splitlines())) <= int(columns)
    assert rows[:5] == [
        "3 incidents (1 of them recalled) · 1 death · 2021-04-20",
        "",
        "week of incidents deaths",
        "2021-04-19 1 1",
        "no week known 2 0",
    ]
    assert "National Defence Forces 2 1" in rows
    assert "Qamishli, Syria 1 1" in rows
    assert "Abduction 1 0" in rows
    longest = out.count("█", 0, out.index("no week known"))
    assert longest == {"80": 2 * 16, "160": 2 * 40}[columns]


def test_show_summary_json_and_csv_have_the_same_figures(run: Run, articles: Path) -> None:
    """--json prints one object, --format csv a row a group."""
    run("extract", str(articles))

    found = json.loads(run("show", "--summary", "--json")[1])
    rows = list(csv.DictReader(io.StringIO(run("show", "--summary", "--format", "csv")[1])))

    assert (found["incidents"], found["background"], found["fatalities"]["best"]) == (3, 1, 1)
    for group in ("week", "place", "actor", "type"):
        counts = [each["incidents"] for each in found[f"{group}s"]]
        assert counts == [int(row["incidents"]) for row in rows if row["group"] == group]
        assert counts


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (("--place", "Zalin"), 1),
        (("--actor", "Asayish", "--no-background"), 1),
        (("--type", "abduction"), 1),
        (("--since", "2016", "--until", "2016"), 1),
        (("--type", "grenade"), 0),
    ],
)
def test_show_summary_takes_the_filters(
    run: Run, articles: Path, options: tuple[str, ...], count: int
) -> None:
    """Only incidents that pass every filter are counted."""
    run("extract", str(articles))

    code, out, _ = run("show", "--summary", "--json", *options)

    assert (code, json.loads(out)["incidents"]) == (0, count)


def test_show_summary_of_nothing_says_so(run: Run, articles: Path) -> None:
    """Without incidents there is a heading only, and stderr says why."""
    run("extract", str(articles))

    assert run("show", "--summary", "--type", "grenade") == (
        0,
        "0 incidents · 0 deaths\n",
        "No incident in incidents.db matches.\n",
    )


def test_show_summary_top_cuts_the_tables(run: Run, articles: Path) -> None:
    """--top 1 leaves the fullest row and the number of the others; 0 leaves all."""
    run("extract", str(articles))

    cut = run("show", "--summary", "--top", "1")[1]
    whole = run("show", "--summary", "--top", "0")[1]

    assert "… 2 more, see --top" in cut
    assert "gunmen" not in cut
    assert "gunmen" in whole
    assert "--top" not in whole


def test_summary_weeks_between_are_shown_or_folded() -> None:
    """A short gap has its empty rows, a long one is a line; the rest stands at the end."""
    shown = lines(make_summary([0, 2, 9], undated=4))

    weeks = [line.split("  ")[0] for line in shown[shown.index("") + 2 :]]
    assert weeks[:6] == [
        "2021-04-19",
        "2021-04-26",
        "2021-05-03",
        "… 6 weeks without",
        "2021-06-21",
        "no week known",
    ]


def test_summary_of_years_shows_the_last_weeks() -> None:
    """Half a year is shown, what was earlier is one row with its incidents; --top 0 shows all."""
    summary = make_summary(list(range(60)))

    shown = [line for line in lines(summary) if line[:3] == "202"]
    earlier = [line.split() for line in lines(summary) if line.startswith("… earlier")]

    assert len(shown) == 26
    assert earlier == [["…", "earlier,", "see", "--top", "34"]]
    assert len([line for line in lines(summary, top=0) if line[:3] == "202"]) == 60


def test_summary_shows_the_range_of_deaths() -> None:
    """Where the estimates differ, the range stands behind the best one."""
    assert any("2 (1-3)  ████" in line for line in lines(make_summary([0])))


@pytest.mark.parametrize("width", [30, 44, 60, 80, 100, 160, None])
def test_summary_fits_any_width(width: int | None) -> None:
    """No line is wider than the window; in a narrow one the numbers stand alone."""
    shown = lines(make_summary([0, 1]), width=width)

    assert max(map(len, shown)) <= (width or 100)
    assert any("█" in line for line in shown) == (width is None or width >= 44)


@pytest.mark.parametrize(
    ("value", "whole", "expected"),
    [
        (8, 8, "████"),
        (4, 8, "██"),
        (3, 8, "█▌"),
        (1, 1000, "▏"),
        (0, 8, ""),
        (0, 0, ""),
    ],
)
def test_bar_is_as_long_as_its_share(value: int, whole: int, expected: str) -> None:
    """Eighths of a column; what is more than nothing is seen."""
    assert bar(value, whole, 4) == expected


def test_bar_without_block_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal in ASCII gets number signs."""
    monkeypatch.setattr("incidents.cli.summary.has_blocks", lambda: False)

    assert [bar(value, 8, 4) for value in (8, 3, 1, 0)] == ["####", "##", "#", ""]
