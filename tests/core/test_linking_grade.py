"""How well an incident is founded, who lent what, and whose the dead are."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from incidents.linking.copies import group_sources, is_copy
from incidents.linking.merge import merge_reports
from incidents.model import Deaths, Evidence, Lent

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidents.model import Incident, Report

    Build = Callable[..., Report]

LONG = "Gunmen on two motorcycles opened fire at the market gate before noon and fled to the hills"
OTHER = "Residents buried the victims of the raid on Monday while soldiers searched nearby farms"


def merge(build_report: Build, *values: dict[str, str]) -> Incident:
    """Merge reports of articles a, b, c … with the given values."""
    return merge_reports(
        build_report(f"{letter}.1", **each) for letter, each in zip("abcdef", values, strict=False)
    )


def tell(report: Report, *sentences: str) -> Report:
    """A report with these sentences as its evidence."""
    evidence = tuple(Evidence(start=0, end=len(t), text=t, rule="event:made") for t in sentences)
    return replace(report, evidence=evidence)


@pytest.mark.parametrize(
    ("reports", "grade"),
    [
        ([{}], "weak"),
        ([{}, {}], "fair"),
        ([{"actors": ">NDF <ISF"}, {"actors": ">ISF <NDF"}], "contested"),
        ([{"actors": ">NDF <ISF"}, {"actors": "xISF xNDF"}], "fair"),
        ([{"actors": ">NDF <ISF"}, {"actors": ">NDF"}], "fair"),
    ],
)
def test_grade(build_report: Build, reports: list[dict[str, str]], grade: str) -> None:
    """One source is weak, two are fair, and two that blame each other's side contest it."""
    assert merge(build_report, *reports).grade == grade


@pytest.mark.parametrize(
    ("speaker", "grade"),
    [
        ("the NDF", "confirmed"),
        ("NDF media office", "confirmed"),
        ("the ISF", "weak"),  # the other side says so
        ("local sources", "weak"),
        ("ndfa", "weak"),
    ],
)
def test_grade_is_confirmed_by_who_did_it(build_report: Build, speaker: str, grade: str) -> None:
    """Only the one who attacked can admit it."""
    report = replace(build_report("a.1", actors=">NDF <ISF"), attribution=speaker)

    assert merge_reports([report]).grade == grade


@pytest.mark.parametrize(
    ("modality", "grade"), [("asserted", "confirmed"), ("claimed", "confirmed"), ("denied", "weak")]
)
def test_grade_is_confirmed_by_a_toll_that_the_attacker_gives(
    build_report: Build, modality: str, grade: str
) -> None:
    """Who gives the dead of his own attack admits it; who denies them does not."""
    report = build_report("a.1", actors=">NDF <ISF", casualties="killed 2 ISF")
    toll = replace(report.casualties[0], claimed_by="the NDF", modality=modality)

    assert merge_reports([replace(report, casualties=(toll,))]).grade == grade


@pytest.mark.parametrize(
    ("one", "two", "copied"),
    [
        (LONG, LONG, True),
        (LONG, f"{LONG}, police said", True),
        (LONG, LONG.replace("Gunmen", "Attackers"), True),
        (LONG, OTHER, False),
        (LONG, "Gunmen on two motorcycles opened fire", False),  # too short to tell
        ("", "", False),
    ],
)
def test_is_copy(one: str, two: str, *, copied: bool) -> None:
    """Most of the shorter text stands in the other, word by word."""
    assert is_copy([one], [two]) is copied


def _words(first: int, end: int) -> str:
    return " ".join(f"w{number}" for number in range(first, end))


@pytest.mark.parametrize(
    ("one", "two", "copied"),
    [
        (_words(0, 11), _words(0, 11), True),
        (_words(0, 10), _words(0, 10), False),
        (_words(0, 13), f"{_words(0, 9)} {_words(20, 24)}", True),
        (_words(0, 13), f"{_words(0, 8)} {_words(20, 25)}", False),
    ],
)
def test_is_copy_counts_runs_of_four_words(one: str, two: str, *, copied: bool) -> None:
    """A copy has eight runs of four words at least, and shares six of ten with the other."""
    assert is_copy([one], [two]) is copied


def test_copies_of_one_text_are_one_source(build_report: Build) -> None:
    """Ten prints of an agency's text found an incident no better than one."""
    copies = [tell(build_report(f"{letter}.1"), LONG) for letter in "abc"]
    alone, printed = merge_reports(copies[:1]), merge_reports(copies)

    assert (printed.grade, printed.source_count) == ("weak", 1)
    assert printed.confidence == alone.confidence
    assert group_sources([*copies, tell(build_report("d.1"), OTHER)]) == [
        ("rep-a.1", "rep-b.1", "rep-c.1"),
        ("rep-d.1",),
    ]


def test_articles_of_one_outlet_are_one_source(build_report: Build) -> None:
    """An outlet that tells of it twice is one source."""
    one, two = build_report("a.1"), build_report("b.1")
    same = replace(two, article=replace(two.article, publisher="OUTLET A"))

    assert merge_reports([one, two]).source_count == 2
    assert merge_reports([one, same]).source_count == 1


def test_lent_names_what_others_lack(build_report: Build) -> None:
    """The day, the place and a victim's name, each with its report and those without it."""
    incident = merge(
        build_report,
        {"date": "Tuesday", "places": "Qamishli", "casualties": "killed 1 ISF: Khaled Haji"},
        {"date": "2021-04-20", "places": "Tay, Qamishli", "casualties": "killed 1 ISF"},
    )

    assert incident.lent == (
        Lent(field="date", value="2021-04-20", report="rep-b.1", to=("rep-a.1",)),
        Lent(field="place", value="Tay", report="rep-b.1", to=("rep-a.1",)),
        Lent(field="victim", value="Khaled Haji", report="rep-a.1", to=("rep-b.1",)),
    )


def test_lent_names_those_that_say_the_month_only(build_report: Build) -> None:
    """A coarser date lacks the day as well as none."""
    incident = merge(build_report, {}, {"date": "2021-04"})

    assert incident.lent == (
        Lent(field="date", value="2021-04-20", report="rep-a.1", to=("rep-b.1",)),
    )


def test_lent_names_the_first_report_that_has_it(build_report: Build) -> None:
    """Of two reports that state the day, the town and the victim the first is named."""
    told = {"casualties": "killed 1 ISF: Khaled Haji"}
    silent = {"date": "Tuesday", "places": "Al-Hasakah", "casualties": "killed 1 ISF"}

    assert merge(build_report, silent, told, told).lent == (
        Lent(field="date", value="2021-04-20", report="rep-b.1", to=("rep-a.1",)),
        Lent(field="place", value="Qamishli", report="rep-b.1", to=("rep-a.1",)),
        Lent(field="victim", value="Khaled Haji", report="rep-b.1", to=("rep-a.1",)),
    )


def test_lent_is_empty_where_no_report_says_more(build_report: Build) -> None:
    """A province, or no day at all, is nothing to lend."""
    vague = {"date": "Tuesday", "places": "Al-Hasakah"}

    assert merge(build_report, vague, {"date": "", "places": "Syria"}).lent == ()


def test_lent_is_empty_where_all_say_the_same(build_report: Build) -> None:
    """Nothing is lent between equals."""
    assert merge(build_report, {}, {}).lent == ()


@pytest.mark.parametrize(
    ("actors", "casualties", "deaths"),
    [
        (">NDF <ISF", "killed 1 ISF; killed 3 NDF", Deaths(a=3, b=1)),
        ("xISF xNDF", "killed 1 ISF; killed 3 NDF", Deaths(a=1, b=3)),
        (">NDF <civilians", "killed 4 civilians", Deaths(civilians=4)),
        (">NDF <ISF", "killed 4 unknown; killed 1 ISF", Deaths(b=1, unknown=4)),
        (">NDF <ISF", "wounded 4 ISF", Deaths()),
    ],
)
def test_deaths_by_side(build_report: Build, actors: str, casualties: str, deaths: Deaths) -> None:
    """Side A attacked or is named first, civilians are no side, the rest is unknown."""
    assert merge(build_report, {"actors": actors, "casualties": casualties}).deaths == deaths


def test_deaths_of_a_claim_without_a_least_number_are_no_side_s(build_report: Build) -> None:
    """Up to five dead of a side may be none."""
    report = build_report("a.1", actors=">NDF <ISF", casualties="killed 3 ISF; killed 1 NDF")
    first, second = report.casualties
    claims = replace(first, min=None, max=5), second

    assert merge_reports([replace(report, casualties=claims)]).deaths == Deaths(a=1, b=0)


@pytest.mark.parametrize(
    ("tolls", "is_update"),
    [
        ([("2021-04-20", 3), ("2021-04-21", 7)], True),
        ([("2021-04-20", 3), ("2021-04-21", 3), ("2021-04-22", 7)], True),
        ([("2021-04-20", 7), ("2021-04-21", 3)], False),  # it falls
        ([("2021-04-20", 3), ("2021-04-20", 7)], False),  # on one day
        ([("2021-04-20", 3), (None, 7)], False),  # nobody knows which is newer
    ],
)
def test_rising_toll_is_an_update(
    build_report: Build, tolls: list[tuple[str | None, int]], *, is_update: bool
) -> None:
    """What rises from one day of printing to the next is no disagreement; the last counts."""
    incident = merge_reports(
        build_report(f"{letter}.1", published=day, casualties=f"killed {toll} ISF")
        for letter, (day, toll) in zip("abc", tolls, strict=False)
    )

    assert (incident.disagreements == ()) is is_update
    assert (incident.fatalities.low, incident.fatalities.best) == (3, 7)
    assert [(c.min, c.max) for c in incident.casualties] == [(3, 7)]
    assert incident.date.start == dt.date(2021, 4, 20)


def test_toll_that_is_only_told_otherwise_is_no_update(build_report: Build) -> None:
    """`3` and the next day `at least 3` differ; nothing has risen."""
    reports = [
        build_report("a.1", published="2021-04-20", casualties="killed 3 ISF"),
        build_report("b.1", published="2021-04-21", casualties="killed 3+ ISF"),
    ]

    (difference,) = merge_reports(reports).disagreements
    assert ["3", "at least 3"] == [value.value for value in difference.values]
