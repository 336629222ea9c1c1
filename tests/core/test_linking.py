"""Linking as a whole: the seed articles, the order of reports, the look-alikes of an event."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidents.linking import DEFAULT_THRESHOLD, explain, group, link
from incidents.linking.compare import compare_reports
from incidents.linking.group import JOINED, Decisions, Weights
from incidents.linking.merge import merge_reports
from incidents.model import Casualty, Disagreement, DisagreementValue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from incidents.linking.compare import Comparison
    from incidents.linking.sides import ActorSource
    from incidents.model import Incident, Report

    Build = Callable[..., Report]

THE_CLASH = ("rep-000.a", "rep-002.a", "rep-003.a")


def groups(incidents: Iterable[Incident]) -> set[tuple[str, ...]]:
    """Give the report ids of the incidents that have more than one."""
    return {incident.reports for incident in incidents if len(incident.reports) > 1}


# The seed articles


def test_link_seeds_merges_the_clash_and_nothing_else(seed_reports: list[Report]) -> None:
    """Three articles tell of 20 April 2021; every other report stays alone."""
    incidents = link(seed_reports)

    assert {THE_CLASH} == groups(incidents)
    assert len(seed_reports) - 2 == len(incidents)
    assert sorted(report.id for report in seed_reports) == sorted(
        report for incident in incidents for report in incident.reports
    )


def test_link_seeds_lends_day_and_name_and_keeps_the_counts(seed_reports: list[Report]) -> None:
    """The clash has the day of two articles, the victim of the third, and all three counts."""
    (clash,) = [incident for incident in link(seed_reports) if incident.reports == THE_CLASH]

    assert (dt.date(2021, 4, 20), "day", "explicit") == (
        clash.date.start,
        clash.date.precision,
        clash.date.basis,
    )
    assert ["000", "002", "003"] == [source.article for source in clash.sources]
    assert ["Wahda roundabout", "Tay", "Qamishli"] == [place.name for place in clash.places]
    assert [("NDF", "initiator"), ("ISF", "target")] == [(a.name, a.role) for a in clash.actors]
    assert not clash.background
    assert {
        ("killed", 1, 1, "ISF", ("Khaled Haji",), "000"),
        ("killed", 3, None, "NDF", (), "000"),
        ("wounded", 3, 3, "ISF", (), "000"),
        ("wounded", 1, None, "NDF", (), "000"),
    } == {(c.kind, c.min, c.max, c.group, c.names, c.article) for c in clash.casualties}
    assert (4, 4, 4) == (clash.fatalities.low, clash.fatalities.best, clash.fatalities.high)
    assert (
        Disagreement(
            field="casualties wounded NDF",
            values=(
                DisagreementValue(value="at least 1", articles=("000",)),
                DisagreementValue(value="at least 3", articles=("003",)),
            ),
        ),
    ) == clash.disagreements


@pytest.mark.parametrize("left_out", ["000", "002", "003"])
def test_link_seeds_merges_the_clash_from_any_two_articles(
    seed_reports: list[Report], left_out: str
) -> None:
    """The event is recognised without each of its three accounts."""
    reports = [report for report in seed_reports if report.article.id != left_out]

    assert {tuple(r for r in THE_CLASH if left_out not in r)} == groups(link(reports))


@pytest.mark.parametrize("other", ["001", "004"])
def test_link_seeds_keeps_look_alikes_apart_on_their_own(
    seed_reports: list[Report], other: str
) -> None:
    """Nothing of 001 or 004 joins 000's Tuesday, even where no better partner is at hand."""
    reports = [report for report in seed_reports if report.article.id in {"000", other}]

    assert set() == groups(link(reports))


def test_link_weighs_each_pair_once(build_report: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an event that many articles tell, each two are compared, and not again for the groups."""
    compared: list[tuple[str, str]] = []

    def compare(one: Report, two: Report, gazetteer: ActorSource | None) -> Comparison:
        compared.append((one.id, two.id))
        return compare_reports(one, two, gazetteer)

    monkeypatch.setattr(group, "compare_reports", compare)
    [incident] = link([build_report(f"{number:03}.a", places="Tay") for number in range(30)])

    assert len(incident.reports) == 30
    assert len(compared) == len(set(compared)) == 30 * 29 / 2


def test_link_ids_do_not_change_when_reports_join(seed_reports: list[Report]) -> None:
    """An incident is called after its smallest report, whoever else joins."""
    alone = link(seed_reports[:1])[0].id

    assert alone in {incident.id for incident in link(seed_reports)}
    assert alone.startswith("inc-")


def test_explain_names_the_agreement_of_each_pair(seed_reports: list[Report]) -> None:
    """Every pair of an incident is told with its features."""
    (clash,) = [incident for incident in link(seed_reports) if incident.reports == THE_CLASH]

    pairs = explain(clash, seed_reports)

    assert [THE_CLASH[:2], THE_CLASH[::2], THE_CLASH[1:]] == [pair.reports for pair in pairs]
    assert ["lent", "lent", "same"] == [pair.comparison.date for pair in pairs]
    assert all(pair.probability > DEFAULT_THRESHOLD for pair in pairs)


def test_explain_gives_an_excluded_pair_no_probability(build_report: Build) -> None:
    """What people joined against a conflict is shown with the conflict."""
    reports = [build_report("a.1"), build_report("b.1", date="2021-04-25")]

    (pair,) = explain(merge_reports(reports), reports)

    assert (pair.weight, pair.probability) == (None, 0.0)


# What links, and what does not


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({}, {}),
        ({"actors": ">NDF <ISF"}, {"actors": "xISF xNDF"}),
        ({"actors": ">gunmen <ISF"}, {"actors": ">NDF <ISF"}),
        ({"places": "Wahda roundabout"}, {"places": "Tay"}),
        ({"places": "Wahda roundabout, Qamishli"}, {"places": "Qamishli"}),
        ({"actors": ""}, {}),
        ({"casualties": "killed 16 civilians"}, {"casualties": "killed 19 civilians"}),
        ({"date": "2021-04-20..2021-04-22"}, {"date": "2021-04-21"}),
        (
            {"casualties": "killed 16 civilians"},
            {"date": "2021-04-21", "casualties": "killed 16 civilians"},
        ),
        (
            {"places": "Tay", "date": "Tuesday", "casualties": "killed 2 NDF"},
            {"places": "Tay", "casualties": "killed 2 NDF"},
        ),
        ({"date": "Tuesday", "places": "Tay"}, {"date": "Tuesday", "places": "Tay"}),
        (
            {"date": "", "casualties": "killed 1 ISF: Khaled Haji"},
            {"casualties": "killed 1 ISF: Khalid Hajji"},
        ),
        ({"type": "Suicide bomb"}, {"type": "Remote explosive/landmine/IED", "places": "Qamishli"}),
        ({"places": "Al-Hasakah", "casualties": "killed 9 ISF"}, {"casualties": "killed 9 ISF"}),
        ({"background": True}, {}),
        ({"background": True, "places": "Al-Hasakah"}, {}),
        ({"background": True, "type": "Shelling/artillery/missile attack"}, {"places": "Tay"}),
        ({"places": "Himo", "casualties": "killed 2 ISF"}, {"casualties": "killed 2 ISF"}),
        (
            {"places": "Himo", "casualties": "killed 2 ISF", "actors": ">gunmen <ISF"},
            {"casualties": "killed 2 ISF"},
        ),
        (
            {"places": "Tay", "date": "Tuesday", "actors": ">gunmen <ISF"},
            {"places": "Tay"},
        ),
    ],
)
def test_link_joins(build_report: Build, one: dict[str, str], two: dict[str, str]) -> None:
    """Two outlets' accounts that differ as accounts of one event do are one incident."""
    if one.get("type"):
        one, two = one | {"places": "Tay"}, two | {"places": "Tay"}
    reports = [build_report("a.1", **one), build_report("b.1", **two)]

    assert {("rep-a.1", "rep-b.1")} == groups(link(reports))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"date": "2021-04-20"}, {"date": "2021-04-22"}),
        ({"date": "2021-04-20"}, {"date": "2020-04-20"}),
        ({"date": "2021-04-20"}, {"date": "2021-04-21"}),
        ({"date": "2021-04-20", "places": "Tay"}, {"date": "2021-04-21", "places": "Tay"}),
        ({"date": "Tuesday", "places": "Tay"}, {"date": "Wednesday", "places": "Tay"}),
        ({"date": "Wednesday", "places": "Tay"}, {"date": "2021-04-20", "places": "Tay"}),
        ({"date": "Tuesday"}, {"date": "Tuesday"}),
        ({"date": "Tuesday"}, {"date": "2021-04-20"}),
        ({"date": "Tuesday", "places": "Halko"}, {"places": "Tay"}),
        ({"date": "Tuesday", "places": "Tay", "published": "2021-04-14"}, {"places": "Tay"}),
        ({"date": ""}, {}),
        ({"date": ""}, {"date": ""}),
        ({"date": "2021-04"}, {}),
        ({"places": "Amuda"}, {}),
        ({"places": "Himo"}, {}),
        ({"places": "Nashwa"}, {"places": "Tay"}),
        ({"places": "Syria"}, {}),
        ({"places": ""}, {}),
        ({"actors": ">ISIS <ISF"}, {"actors": ">NDF <Turkey"}),
        ({"actors": ">ISIS <civilians"}, {"actors": ">Turkey <civilians"}),
        ({"type": "Arrests"}, {}),
        ({"type": "Air/drone strike"}, {"type": "Suicide bomb"}),
        (
            {"actors": ">gunmen", "casualties": "killed 2 civilians"},
            {"actors": ">ISIS", "casualties": "killed 80 civilians"},
        ),
        ({"background": True, "date": ""}, {}),
        ({"background": True, "date": "2021-04"}, {"background": True, "date": "2021-04"}),
        ({"background": True, "date": "Tuesday"}, {"date": "Tuesday"}),
        (
            {"background": True, "places": "Al-Hasakah", "type": "Attack"},
            {"actors": ">NDF <ISF"},
        ),
        ({"background": True, "actors": ""}, {}),
        ({"places": "Himo", "actors": ">gunmen <ISF"}, {}),
        (
            {"places": "Himo", "casualties": "killed 2 ISF"},
            {"casualties": "killed 4 ISF"},
        ),
        ({"places": "Tay", "date": "Tuesday", "actors": ""}, {"places": "Tay"}),
        ({"places": "Qamishli", "date": "Tuesday", "actors": ">gunmen <ISF"}, {}),
    ],
)
def test_link_keeps_apart(build_report: Build, one: dict[str, str], two: dict[str, str]) -> None:
    """Two accounts that differ as two events do stay two incidents."""
    reports = [build_report("a.1", **one), build_report("b.1", **two)]

    assert set() == groups(link(reports))


def test_link_keeps_two_reports_of_one_article_apart(build_report: Build) -> None:
    """An article tells two incidents apart; a third report joins only one of them."""
    reports = [build_report("a.1"), build_report("a.2"), build_report("b.1")]

    joined = groups(link(reports))

    assert len(joined) == 1
    assert {"a", "b"} == {report[4] for report in joined.pop()}


def test_link_prefers_the_partner_that_agrees_more(build_report: Build) -> None:
    """Where two reports of one article could be meant, the toll decides."""
    reports = [
        build_report("a.1", casualties="killed 2 ISF"),
        build_report("a.2", casualties="killed 7 ISF"),
        build_report("b.1", casualties="killed 7 ISF"),
    ]

    assert {("rep-a.2", "rep-b.1")} == groups(link(reports))


def test_link_asks_the_gazetteer_for_the_body_above_an_actor(build_report: Build) -> None:
    """Parties that answer to one body are no conflict, if a gazetteer says so."""

    class Actor:
        def __init__(self, parent: str | None) -> None:
            self.parent = parent

    known = {"sy-isf": Actor("aanes"), "sy-sdf": Actor("aanes"), "isis": Actor(None)}

    class Gazetteer:
        def actor(self, actor_id: str) -> Actor | None:
            return known.get(actor_id)

    reports = [build_report("a.1", actors="<ISF >ISIS"), build_report("b.1", actors="<SDF >Turkey")]
    unrelated = [build_report("c.1", actors="<ISIS"), build_report("d.1", actors="<Turkey")]

    assert set() == groups(link(reports))
    assert len(groups(link(reports, gazetteer=Gazetteer()))) == 1  # type: ignore[arg-type]
    assert set() == groups(link(unrelated, gazetteer=Gazetteer()))  # type: ignore[arg-type]


# Order, copies, threshold


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_link_does_not_depend_on_the_order_of_reports(
    seed_reports: list[Report], data: st.DataObject
) -> None:
    """Any order of any part of the reports gives the same incidents, field by field."""
    part = data.draw(st.lists(st.sampled_from(seed_reports), unique_by=lambda r: r.id))
    shuffled = data.draw(st.permutations(part))

    assert link(part) == link(shuffled)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_link_of_random_reports_is_a_stable_partition(
    build_report: Build, data: st.DataObject
) -> None:
    """Every report is in one incident, articles never meet themselves, and order is nothing."""
    reports = [
        build_report(
            f"{number % 5}.{number}",
            date=data.draw(st.sampled_from(["", "Tuesday", "2021-04-20", "2021-04-21", "2021-04"])),
            places=data.draw(st.sampled_from(["", "Tay", "Qamishli", "Tay, Qamishli", "Syria"])),
            actors=data.draw(st.sampled_from(["", ">NDF", "xISF xNDF", ">gunmen <ISF"])),
            casualties=data.draw(
                st.sampled_from(["", "killed 1 ISF", "killed 5+ ISF", "killed 2 unknown"])
            ),
            confidence=data.draw(st.sampled_from([0.3, 0.7])),
            background=data.draw(st.booleans()),
        )
        for number in range(data.draw(st.integers(0, 12)))
    ]

    incidents = link(reports)

    assert incidents == link(data.draw(st.permutations(reports)))
    assert sorted(r.id for r in reports) == sorted(i for inc in incidents for i in inc.reports)
    assert all(len(inc.sources) == len(inc.reports) for inc in incidents)
    assert len(incidents) == len({inc.id for inc in incidents})


def test_link_counts_a_repeated_report_once(build_report: Build) -> None:
    """The same report twice is one report."""
    report = build_report("a.1")

    assert ("rep-a.1",) == link([report, report])[0].reports


def test_link_threshold_of_one_links_nothing(seed_reports: list[Report]) -> None:
    """Nobody is sure."""
    assert len(seed_reports) == len(link(seed_reports, threshold=1))


@pytest.mark.parametrize("threshold", [0, -1, 1.1])
def test_link_refuses_a_threshold_out_of_range(threshold: float) -> None:
    """A threshold is a probability."""
    with pytest.raises(ValueError, match="threshold must be above 0 and at most 1"):
        link([], threshold=threshold)


def test_weights_of_a_pair_are_the_same_both_ways_round(build_report: Build) -> None:
    """What people decided holds whichever report is named first, and outweighs what is told."""
    reports = {f"rep-{name}.1": build_report(f"{name}.1") for name in "abc"}
    decisions = Decisions(
        together=frozenset({("rep-a.1", "rep-b.1")}), apart=frozenset({("rep-a.1", "rep-c.1")})
    )
    weights = Weights(reports, None, decisions)

    for _ in range(2):  # worked out, and remembered
        assert weights("rep-b.1", "rep-a.1") == weights("rep-a.1", "rep-b.1") == JOINED
        assert weights("rep-c.1", "rep-a.1") is weights("rep-a.1", "rep-c.1") is None
        assert weights("rep-c.1", "rep-b.1") == weights("rep-b.1", "rep-c.1") == 7.0


def test_link_gives_a_lone_report_its_article(build_report: Build) -> None:
    """An incident of one report says which article its offsets count in."""
    (incident,) = link([build_report("a.1", casualties="killed 2 ISF")])

    assert ["a"] == [evidence.article for evidence in incident.evidence]
    assert [
        Casualty(kind="killed", min=2, max=2, group="ISF", mention="killed 2 ISF", article="a")
    ] == list(incident.casualties)
