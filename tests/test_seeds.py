"""The five example articles: golden reports, and the traps that each of them holds."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from incidents.articles import read_articles
from incidents.linking import link

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidents.extractors.pipeline import Extractor
    from incidents.model import Article, Incident, Report

GOLDEN = Path(__file__).parent / "golden"

pytestmark = pytest.mark.model


def fail(error: Exception) -> None:
    """A seed that cannot be read is a bug."""
    raise error


@pytest.fixture(scope="module")
def articles(seeds: Path) -> dict[str, Article]:
    """The seeds by the first three characters of their id."""
    return {a.id[:3]: a for a in read_articles([seeds], on_error=fail)}


@pytest.fixture(scope="module")
def reports(articles: dict[str, Article], extractor: Extractor) -> dict[str, list[Report]]:
    """The reports of each seed."""
    return {key: extractor.extract(article) for key, article in articles.items()}


@pytest.fixture(scope="module")
def incidents(reports: dict[str, list[Report]]) -> list[Incident]:
    """All reports of the seeds, linked."""
    return link([r for found in reports.values() for r in found])


def portable(value: object) -> str:
    """JSON without the paths of this checkout."""
    data = msgspec.to_builtins(value)
    for item in data:
        item.get("article", {}).pop("path", None)
    return msgspec.json.format(msgspec.json.encode(data), indent=1).decode() + "\n"


def test_golden_files_are_as_the_schema_says(check_json: Callable[[object], None]) -> None:
    """Every golden report and incident, with the path that is taken out for other machines."""
    paths = sorted(GOLDEN.glob("*.json"))
    assert len(paths) == 6
    for path in paths:
        for item in json.loads(path.read_text(encoding="utf-8")):
            if "article" in item:
                item["article"]["path"] = None
            check_json(item)


def current(reports: list[Report]) -> list[Report]:
    """Reports of what the article is about now."""
    return [r for r in reports if not r.background]


def claims(report: Report) -> set[tuple[str, int | None, int | None, str]]:
    """Casualties as (kind, fewest, most, group)."""
    return {(c.kind, c.min, c.max, c.group) for c in report.casualties}


def roles(report: Report) -> dict[str, str]:
    """Role of each actor."""
    return {a.name: a.role for a in report.actors}


ISF, NDF = "Internal Security Forces", "National Defence Forces"


@pytest.mark.parametrize("key", ["000", "001", "002", "003", "004"])
def test_seeds_reports_are_golden(
    key: str, reports: dict[str, list[Report]], request: pytest.FixtureRequest
) -> None:
    """The reports of a seed change only on purpose (--update-golden)."""
    path = GOLDEN / f"{key}.json"
    text = portable(reports[key])
    if request.config.getoption("--update-golden"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def test_seeds_incidents_are_golden(
    incidents: list[Incident], request: pytest.FixtureRequest
) -> None:
    """The linked incidents of the seeds change only on purpose (--update-golden)."""
    path = GOLDEN / "incidents.json"
    text = portable(incidents)
    if request.config.getoption("--update-golden"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def test_seeds_offsets_point_at_mentions(
    articles: dict[str, Article], reports: dict[str, list[Report]]
) -> None:
    """text[start:end] is the mention, for every casualty and every piece of evidence."""
    for key, found in reports.items():
        text = articles[key].text
        for report in found:
            assert all(text[c.start : c.end] == c.mention for c in report.casualties)
            assert all(text[e.start : e.end] == e.text for e in report.evidence)


def test_seeds_name_of_victim_and_member_are_one_death(reports: dict[str, list[Report]]) -> None:
    """000: Khaled Haji, named twice, is one dead of the ISF; the other counts keep their sides."""
    (report,) = current(reports["000"])
    assert claims(report) == {
        ("killed", 1, 1, ISF),
        ("wounded", 3, 3, ISF),
        ("killed", 3, None, NDF),
        ("wounded", 1, None, NDF),
    }
    (haji,) = [c for c in report.casualties if c.names]
    assert haji.names == ("Khaled Haji",)
    assert haji.group == ISF


def test_seeds_first_mover_and_target(reports: dict[str, list[Report]]) -> None:
    """In 000, 001, 002 and 003 the NDF struck first, and the ISF was its target."""
    for key in ("000", "001", "002", "003"):
        assert roles(current(reports[key])[0]) == {NDF: "initiator", ISF: "target"}


@pytest.mark.parametrize(
    ("key", "day", "basis"),
    [
        pytest.param("001", dt.date(2020, 4, 21), "weekday+day", id="pandemic-year"),
        pytest.param("002", dt.date(2021, 4, 20), "weekday+day", id="weekday-fixes-year"),
        pytest.param("003", dt.date(2021, 4, 20), "weekday+day", id="same-day-other-outlet"),
    ],
)
def test_seeds_year_is_deduced(
    key: str, day: dt.date, basis: str, reports: dict[str, list[Report]]
) -> None:
    """A weekday with its day of the month fixes the year within the actors' years."""
    date = current(reports[key])[0].date
    assert (date.start, date.end) == (day, day)
    assert date.basis in {basis, "article"}


def test_seeds_without_date_keep_weekdays(reports: dict[str, list[Report]]) -> None:
    """004 has no date: its days stay unresolved and keep their weekdays."""
    dates = [r.date for r in reports["004"]]
    assert {d.start for d in dates} == {None}
    assert {d.weekday for d in dates} == {"Tuesday", "Wednesday", "Thursday"}


def test_seeds_published_date_resolves_weekdays(seeds: Path, extractor: Extractor) -> None:
    """004 published on Friday 22 April 2016: its days are the 19th, 20th and 21st."""
    paths = sorted(seeds.glob("004*"))
    (article,) = read_articles(paths, published=dt.date(2016, 4, 22), on_error=fail)
    days = {r.date.weekday: r.date.start for r in extractor.extract(article)}
    assert days == {
        "Tuesday": dt.date(2016, 4, 19),
        "Wednesday": dt.date(2016, 4, 20),
        "Thursday": dt.date(2016, 4, 21),
    }


def test_seeds_released_prisoners_are_no_new_arrests(reports: dict[str, list[Report]]) -> None:
    """004: twelve, two and nine detained; "the arrested 20 members" are those again."""
    detained = [c.min for r in reports["004"] for c in r.casualties if c.kind == "detained"]
    assert sorted(filter(None, detained)) == [2, 9, 12]


def test_seeds_recalled_events_are_background(reports: dict[str, list[Report]]) -> None:
    """Recalled events ("Last May", "the previous month", "in 2016") are background."""
    mentions = {
        r.date.mention
        for found in reports.values()
        for r in found
        if r.background and r.date.mention
    }
    assert mentions >= {"Last May", "the previous month", "in February", "in 2016"}


def test_seeds_datelines_and_capitals_are_no_places(reports: dict[str, list[Report]]) -> None:
    """Nothing happened in Erbil, where reporters sat, nor in Damascus, the government's seat."""
    names = {p.name for found in reports.values() for r in found for p in r.places}
    assert not names & {"Erbil", "Damascus"}
    assert "Qamishli" in names


def test_seeds_three_accounts_are_one_incident(incidents: list[Incident]) -> None:
    """The clash of 20 April 2021 has three sources, the lent year and the victim's name."""
    (merged,) = [i for i in incidents if len(i.reports) > 1]
    assert {s.article[:3] for s in merged.sources} == {"000", "002", "003"}
    assert merged.date.start == dt.date(2021, 4, 20)
    assert "Khaled Haji" in {n for c in merged.casualties for n in c.names}
    assert [d.field for d in merged.disagreements]
