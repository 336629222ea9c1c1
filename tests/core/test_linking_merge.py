"""Linking: one group of reports into one incident."""

from __future__ import annotations

import datetime as dt
from itertools import permutations
from typing import TYPE_CHECKING

import msgspec
import pytest

from incidents.linking.merge import merge_reports
from incidents.linking.merge_counts import show_range, unite_names
from incidents.model import Fatalities

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidents.model import Incident, Report

    Build = Callable[..., Report]


def merge(build_report: Build, **values: tuple[object, ...]) -> Incident:
    """Merge reports of articles a, b, c… that differ in the given fields; order must not matter."""
    rows = [dict(zip(values, row, strict=True)) for row in zip(*values.values(), strict=True)]
    reports = [build_report(f"{name}.1", **row) for name, row in zip("abcd", rows, strict=False)]
    merged = merge_reports(reports)
    assert all(merged == merge_reports(order) for order in permutations(reports))
    return merged


def differences(incident: Incident) -> dict[str, dict[str, str]]:
    """Give the disagreements as field -> value -> articles."""
    return {
        entry.field: {value.value: " ".join(value.articles) for value in entry.values}
        for entry in incident.disagreements
    }


@pytest.mark.parametrize(
    ("claims", "entries", "fatalities"),
    [
        (("killed 1 ISF", "killed 1 ISF"), ["killed 1-1 ISF"], (1, 1, 1)),
        (("killed 1 ISF: Khaled Haji", "killed 1 ISF"), ["killed 1-1 ISF: Khaled Haji"], (1, 1, 1)),
        (("killed 1 ISF", "killed 3+ ISF"), ["killed 1-None ISF"], (1, 3, 3)),
        (("killed 16 unknown", "killed 19 unknown", "killed 16 unknown"),
         ["killed 16-19 unknown"], (16, 16, 19)),
        (("killed 1 ISF", "killed 3+ NDF"),
         ["killed 1-1 ISF", "killed 3-None NDF"], (4, 4, 4)),
        (("killed 16 civilians", "killed 16 unknown"), ["killed 16-16 civilians"], (16, 16, 16)),
        (("killed 16 civilians", "killed 20 unknown"), ["killed 16-20 civilians"], (16, 20, 20)),
        (("killed 2 ISF; killed 1 NDF", "killed 4 unknown"),
         ["killed 2-2 ISF", "killed 1-1 NDF", "killed 4-4 unknown"], (3, 4, 4)),
        (("killed 2 ISF; killed 1 NDF", "killed 4 unknown", "killed 6 unknown", "killed 6 unknown"),
         ["killed 2-2 ISF", "killed 1-1 NDF", "killed 4-6 unknown"], (3, 6, 6)),
        (("killed 2 ISF; killed 1 NDF", "killed 4 unknown", "killed 4 unknown", "killed 6 unknown"),
         ["killed 2-2 ISF", "killed 1-1 NDF", "killed 4-6 unknown"], (3, 4, 6)),
        (("killed 2 ISF; killed 1 NDF", "killed 2 unknown"),
         ["killed 2-2 ISF", "killed 1-1 NDF", "killed 2-2 unknown"], (2, 3, 3)),
        (("killed 2 ISF; killed 3 NDF", "killed 4 unknown", "killed 6 unknown"),
         ["killed 2-2 ISF", "killed 3-3 NDF", "killed 4-6 unknown"], (4, 6, 6)),
        (("killed 1 ISF; killed 2 villagers", "killed 4 unknown"),
         ["killed 1-1 ISF", "killed 4-4 unknown", "killed 2-2 villagers"], (3, 4, 4)),
        (("killed 1-4 ISF", "killed 2-6 ISF"), ["killed 1-6 ISF"], (1, 2, 6)),
        (("killed 2-6 ISF", "killed 1-4 ISF"), ["killed 1-6 ISF"], (1, 2, 6)),
        (("killed 2-6 unknown", "killed 1-4 unknown"), ["killed 1-6 unknown"], (1, 2, 6)),
        (("detained 9 ISF; killed 2 ISF",), ["detained 9-9 ISF", "killed 2-2 ISF"], (2, 2, 2)),
        (("killed 16 ISF; killed 1 NDF", "killed 19 ISF", "killed 16 ISF"),
         ["killed 16-19 ISF", "killed 1-1 NDF"], (17, 17, 20)),
        (("killed 2 ISF; killed 4 unknown", ""),
         ["killed 2-2 ISF", "killed 4-4 unknown"], (6, 6, 6)),
        (("wounded 3 ISF", "detained 2 ISF"), ["detained 2-2 ISF", "wounded 3-3 ISF"], (0, 0, 0)),
        (("", ""), [], (0, 0, 0)),
    ],
)  # fmt: skip
def test_merge_casualties(
    build_report: Build, claims: tuple[str, ...], entries: list[str], fatalities: tuple[int, ...]
) -> None:
    """Claims of one kind and group become one range, and deaths are not counted twice."""
    merged = merge(build_report, casualties=claims)

    assert entries == [
        f"{c.kind} {c.min}-{c.max} {c.group}" + (f": {', '.join(c.names)}" if c.names else "")
        for c in merged.casualties
    ]
    assert fatalities == (merged.fatalities.low, merged.fatalities.best, merged.fatalities.high)


def test_merge_casualties_lists_who_says_what(build_report: Build) -> None:
    """Different counts of one group are a disagreement, equal ones are not."""
    merged = merge(
        build_report,
        casualties=("killed 1 ISF; wounded 2 ISF", "killed 3+ ISF", "killed 1 ISF; wounded 2 ISF"),
    )

    assert {"casualties killed ISF": {"1": "a c", "at least 3": "b"}} == differences(merged)


def test_merge_casualties_lists_the_lower_toll_first(build_report: Build) -> None:
    """An exact toll stands before one that is open upwards, and low before high."""
    merged = merge(
        build_report,
        casualties=("killed 3+ ISF", "killed 12 ISF", "killed 3 ISF", "killed 3-4 ISF"),
    )

    (difference,) = merged.disagreements
    assert ["3", "3 to 4", "at least 3", "12"] == [value.value for value in difference.values]


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param(("killed 1 ISF", "killed 1+ ISF: Khaled Haji"), id="names the victim"),
        pytest.param(("killed 1 unknown", "killed 1+ ISF"), id="names the group"),
        pytest.param(("killed 1+ ISF", "killed 2 ISF", "killed 2 ISF"), id="is exact"),
    ],
)
def test_merge_casualties_points_into_the_article_that_says_most(
    build_report: Build, claims: tuple[str, ...]
) -> None:
    """Offsets stay readable: each entry says which article they count in."""
    merged = merge(build_report, casualties=claims)

    assert ["b"] == [casualty.article for casualty in merged.casualties]


def test_merge_casualties_keeps_who_says_so(build_report: Build) -> None:
    """A claim without a speaker takes that of the others, of several the first by name."""
    told = [build_report("a.1", casualties="killed 1 ISF: Khaled Haji")]
    for id_, speaker in (("b.1", "police"), ("c.1", "medics")):
        report = build_report(id_, casualties="killed 1 ISF")
        claim = msgspec.structs.replace(report.casualties[0], claimed_by=speaker)
        told.append(msgspec.structs.replace(report, casualties=(claim,)))

    assert merge_reports(told[1:]).casualties[0].claimed_by == "police"
    assert merge_reports(told).casualties[0].claimed_by == "medics"


def test_merge_casualties_lists_what_only_has_an_upper_end_first(build_report: Build) -> None:
    """At most five may be none."""
    reports = [build_report(f"{name}.1", casualties="killed 1 ISF") for name in "ab"]
    claim = msgspec.structs.replace(reports[0].casualties[0], min=None, max=5)
    open_below = msgspec.structs.replace(reports[0], casualties=(claim,))

    assert merge_reports([open_below]).fatalities == Fatalities(low=0, best=0, high=5)
    (difference,) = merge_reports([open_below, reports[1]]).disagreements
    assert ["up to 5", "1"] == [value.value for value in difference.values]


def test_merge_casualties_without_any_number_count_nobody(build_report: Build) -> None:
    """Harm of which no number is said adds nothing to the deaths."""
    report = build_report("a.1", casualties="killed 1 ISF")
    claim = msgspec.structs.replace(report.casualties[0], min=None, max=None)

    merged = merge_reports([msgspec.structs.replace(report, casualties=(claim,))])

    assert merged.fatalities == Fatalities()


def test_merge_points_into_the_first_article(build_report: Build) -> None:
    """Of equal claims that of the first article is shown, and evidence goes by article too."""
    reports = []
    for id_, start in (("a.1", 50), ("b.1", 0)):
        report = build_report(id_, casualties="killed 1 ISF")
        claim = msgspec.structs.replace(report.casualties[0], start=start, end=start + 5)
        told = msgspec.structs.replace(report.evidence[0], start=start, end=start + 5)
        reports.append(msgspec.structs.replace(report, casualties=(claim,), evidence=(told,)))

    merged = merge_reports(reports)

    assert merged.casualties[0].article == "a"
    assert [evidence.article for evidence in merged.evidence] == ["a", "b"]


def test_merge_casualties_keeps_denied_harm_apart(build_report: Build) -> None:
    """A denied toll is listed and does not count."""
    told = build_report("a.1", casualties="killed 2 ISF")
    casualty = build_report("b.1", casualties="killed 9 ISF").casualties[0]
    denied = msgspec.structs.replace(
        build_report("b.1"), casualties=(msgspec.structs.replace(casualty, modality="denied"),)
    )

    merged = merge_reports([told, denied])

    assert [(9, "denied"), (2, "asserted")] == [(c.min, c.modality) for c in merged.casualties]
    assert merged.fatalities.high == 2


def test_merge_fatalities_without_claims_takes_the_reports_figures(build_report: Build) -> None:
    """What the reports count stands where no claim says more."""
    reports = [
        msgspec.structs.replace(
            build_report(f"{name}.1"), fatalities=Fatalities(low=low, best=low, high=low)
        )
        for name, low in (("a", 2), ("b", 5), ("c", 0))
    ]

    assert Fatalities(low=2, best=5, high=5) == merge_reports(reports).fatalities


@pytest.mark.parametrize(
    ("dates", "start", "precision"),
    [
        (("Tuesday", "2021-04-20"), dt.date(2021, 4, 20), "day"),
        (("2021-04", "2021-04-20"), dt.date(2021, 4, 20), "day"),
        (("2021", "2021-04"), dt.date(2021, 4, 1), "month"),
        (("2021-04-20..2021-04-21", "2021-04-21"), dt.date(2021, 4, 21), "day"),
        (("2021-04-21", "2021-04-20", "2021-04-21"), dt.date(2021, 4, 21), "day"),
        (("2021-04-21", "2021-04-20"), dt.date(2021, 4, 20), "day"),
        (("", "Tuesday"), None, "none"),
    ],
)
def test_merge_dates(
    build_report: Build, dates: tuple[str, ...], start: dt.date | None, precision: str
) -> None:
    """The most precise date counts, then the oftenest, then the earliest."""
    merged = merge(build_report, date=dates)

    assert (start, precision) == (merged.date.start, merged.date.precision)


def test_merge_dates_keeps_the_weekday_of_what_stays_unresolved(build_report: Build) -> None:
    """A weekday is more than nothing."""
    assert merge(build_report, date=("", "Tuesday")).date.weekday == "Tuesday"


def test_merge_dates_lists_different_days(build_report: Build) -> None:
    """Two days for one event are a disagreement; a missing day is not."""
    merged = merge(build_report, date=("2021-04-20", "2021-04-21", "Tuesday"))

    assert {"date": {"2021-04-20": "a", "2021-04-21": "b"}} == differences(merged)


def test_merge_places_puts_the_most_specific_first(build_report: Build) -> None:
    """Spots come before towns, each place once, the oftenest named first."""
    merged = merge(
        build_report,
        places=("Tay, Qamishli", "Wahda roundabout, Qamishli", "Qamishli, Wahda roundabout"),
    )

    assert ["Wahda roundabout", "Tay", "Qamishli"] == [place.name for place in merged.places]
    assert {"place": {"Tay": "a", "Wahda roundabout": "b"}} == differences(merged)


def test_merge_places_puts_the_oftenest_named_first(build_report: Build) -> None:
    """Of two quarters the one that more articles name comes first, whoever names it first."""
    merged = merge(build_report, places=("Tay, Halko", "Halko"))

    assert ["Halko", "Tay"] == [place.name for place in merged.places]


@pytest.mark.parametrize("ids", [("a.1", "b.1"), ("b.1", "a.1")])
def test_merge_places_sizes_a_place_by_the_mention_that_is_resolved(
    build_report: Build, ids: tuple[str, str]
) -> None:
    """A quarter stays smaller than a town if one article gives no more than its name."""
    resolved = build_report(ids[0], places="Tay, Qamishli")
    bare = msgspec.structs.replace(resolved.places[0], id=None, kind=None)
    named = msgspec.structs.replace(build_report(ids[1]), places=(bare, resolved.places[1]))

    merged = merge_reports([resolved, named, build_report("c.1")])

    assert [place.name for place in merged.places] == ["Tay", "Qamishli"]


def test_merge_places_lists_no_difference_to_what_contains_the_first(build_report: Build) -> None:
    """The first place of each report counts: a quarter, by any name, and its town do not differ."""
    quarter, town = (
        build_report(id_, places=p)
        for id_, p in (("a.1", "Tay, Amuda"), ("b.1", "Qamishli, Amuda"))
    )
    renamed = msgspec.structs.replace(quarter.places[0], name="Hayy Tay")
    other = msgspec.structs.replace(build_report("c.1"), places=(renamed, quarter.places[1]))

    assert differences(merge_reports([quarter, town, other])) == {}


def test_merge_places_takes_the_mention_that_is_resolved(build_report: Build) -> None:
    """One article whose place was found gives its id and coordinates to the others."""
    found = build_report("b.1")
    bare = msgspec.structs.replace(found.places[0], id=None, lat=None, lon=None)
    unlocated = msgspec.structs.replace(found.places[0], lat=None, lon=None)
    reports = [
        msgspec.structs.replace(build_report(id_), places=(place,))
        for id_, place in (("a.1", bare), ("c.1", unlocated))
    ]

    assert merge_reports([*reports, found]).places == found.places


def test_merge_actors_puts_the_oftenest_named_first(build_report: Build) -> None:
    """Of one role the actor that more articles name comes first, and of these by name."""
    merged = merge(build_report, actors=(">NDF <Turkey <SDF", ">NDF <SDF", ">NDF <ISF"))

    assert ["NDF", "SDF", "ISF", "Turkey"] == [actor.name for actor in merged.actors]


def test_merge_actors_counts_votes_for_roles(build_report: Build) -> None:
    """Roles go by majority; a mere participant contradicts nobody, an attacked attacker does."""
    merged = merge(build_report, actors=(">NDF <ISF", "xNDF xISF", "<NDF >ISF", ">NDF <ISF"))

    assert [("NDF", "initiator"), ("ISF", "target")] == [(a.name, a.role) for a in merged.actors]
    assert {
        "role ISF": {"initiator": "c", "target": "a d"},
        "role NDF": {"initiator": "a d", "target": "c"},
    } == differences(merged)


def test_merge_type_is_the_one_with_most_confidence(build_report: Build) -> None:
    """Confidence outweighs numbers, and the other type is listed."""
    merged = merge(
        build_report,
        type=("Armed clash", "Attack", "Attack"),
        confidence=(0.9, 0.4, 0.4),
    )

    assert ("Battles", "Armed clash") == (merged.event_type, merged.sub_event_type)
    assert {"sub_event_type": {"Armed clash": "a", "Attack": "b c"}} == differences(merged)


def test_merge_type_of_equal_confidence_is_the_one_with_most_reports(build_report: Build) -> None:
    """Two half-sure reports outweigh one that is as sure as both."""
    merged = merge(
        build_report, type=("Attack", "Armed clash", "Armed clash"), confidence=(0.8, 0.4, 0.4)
    )

    assert merged.sub_event_type == "Armed clash"


def test_merge_takes_the_attribution_of_the_surest_report(build_report: Build) -> None:
    """Who said so is told as the most confident report tells it."""
    reports = [
        msgspec.structs.replace(build_report(id_, confidence=confidence), attribution=said)
        for id_, confidence, said in (("a.1", 0.4, "stated"), ("b.1", 0.9, "claimed"))
    ]

    assert merge_reports(reports).attribution == "claimed"


@pytest.mark.parametrize(("flags", "background"), [((True, False), False), ((True, True), True)])
def test_merge_is_background_only_if_all_are(
    build_report: Build,
    flags: tuple[bool, ...],
    background: bool,  # noqa: FBT001
) -> None:
    """One outlet's news outweighs another's memory."""
    assert merge(build_report, background=flags).background == background


@pytest.mark.parametrize(
    ("confidence", "merged"),
    [
        ((0.5,), 0.5),
        ((0.995,), 0.995),
        ((0.5, 0.5), 0.75),
        ((0.333, 0.333), 0.5551),
        ((0.33, 0.33), 0.5511),
        ((0.95, 0.95), 0.99),
    ],
)
def test_merge_confidence_grows_with_sources(
    build_report: Build, confidence: tuple[float, ...], merged: float
) -> None:
    """Doubts multiply, and certainty is never reached."""
    assert merged == merge(build_report, confidence=confidence).confidence


def test_merge_keeps_sources_and_evidence_of_every_article(build_report: Build) -> None:
    """Equal sentences of two articles are two pieces of evidence."""
    merged = merge(build_report, date=("2021-04-20", "2021-04-20"))

    assert [("a", "Outlet a"), ("b", "Outlet b")] == [
        (source.article, source.publisher) for source in merged.sources
    ]
    assert ["a", "b"] == [evidence.article for evidence in merged.evidence]


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (3, 3, "3"),
        (3, None, "at least 3"),
        (1, 4, "1 to 4"),
        (None, 5, "up to 5"),
        (None, None, "unknown"),
    ],
)
def test_show_range_is_in_words(low: int | None, high: int | None, shown: str) -> None:
    """A range reads as a person would say it."""
    assert shown == show_range(low, high)


def test_unite_names_keeps_one_spelling_of_each() -> None:
    """Of spellings of one victim the longest stays."""
    names = ["Khaled Haji", "Khalid Hajji", "Omar Ali", "Khaled Haji"]

    assert unite_names(names) == ("Khalid Hajji", "Omar Ali")
