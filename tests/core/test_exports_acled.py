"""ACLED's columns and codes, read back with pandas."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import msgspec
import pandas as pd
import pytest

from incidents.exports import load_export
from incidents.linking import link
from incidents.linking.merge import merge_reports
from incidents.model import EVENT_TYPE_OF, SUB_EVENT_TYPES, ActorRef, PlaceRef, Report

if TYPE_CHECKING:
    from collections.abc import Callable

    Build = Callable[..., Report]
    Write = Callable[..., str]

HEADER = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type "
    "actor1 assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting "
    "iso region country admin1 admin2 admin3 location latitude longitude geo_precision source "
    "source_scale notes fatalities tags timestamp"
).split()


@pytest.fixture
def acled(write: Write) -> Callable[..., dict[str, Any]]:
    """Export one report as an incident; gives its row as pandas reads it."""

    def call(report: Report, **chosen: str) -> dict[str, Any]:
        text = write("acled", [merge_reports([report])], **chosen)
        frame = pd.read_csv(io.StringIO(text), keep_default_na=False, dtype=str)
        [row] = frame.to_dict("records")
        return row

    return call


def test_acled_has_the_31_columns_in_order(acled: Callable[..., Any], build_report: Build) -> None:
    """Names and order are ACLED's."""
    assert len(HEADER) == 31
    assert list(acled(build_report("000.a"))) == HEADER


def test_acled_row_of_a_clash(acled: Callable[..., Any], build_report: Build) -> None:
    """Every column of a known clash."""
    casualties = "killed 1 ISF: Khaled Haji; killed 3-5 NDF; wounded 2 ISF"
    report = build_report("000.a", places="Tay, Qamishli", casualties=casualties)
    row = acled(msgspec.structs.replace(report, geo_precision=1))

    assert row["event_id_cnty"].startswith("inc-")
    assert {name: row[name] for name in HEADER[1:] if row[name] and name != "notes"} == {
        "event_date": "2021-04-20",
        "year": "2021",
        "time_precision": "1",
        "disorder_type": "Political violence",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "actor1": "NDF",
        "inter1": "3",
        "actor2": "ISF",
        "inter2": "2",
        "interaction": "23",
        "iso": "760",
        "region": "Middle East",
        "country": "Syria",
        "admin1": "Al-Hasakah",
        "location": "Qamishli - Tay",
        "latitude": "37.04",
        "longitude": "41.247",
        "geo_precision": "1",
        "source": "Outlet 000",
        "fatalities": "4",
        "tags": "grade=weak",
    }
    assert row["notes"] == (
        "On 2021-04-20, armed clash in Tay neighbourhood, Qamishli: NDF against ISF. "
        "Killed: 1 ISF (Khaled Haji), 3 to 5 NDF. Wounded: 2 ISF. Deaths in all: 4 to 6. "
        "Sources: Outlet 000."
    )


@pytest.mark.parametrize(
    ("actors", "columns"),
    [
        # actor1, assoc_actor_1, inter1, actor2, assoc_actor_2, inter2, interaction
        (">NDF <ISF", "NDF||3|ISF||2|23"),
        (">ISF <NDF", "ISF||2|NDF||3|23"),
        ("xISF xNDF", "ISF||2|NDF||3|23"),
        (">NDF", "NDF||3||||30"),
        ("<ISF", "|||ISF||2|20"),
        ("", "||||||"),
        (">ISF >SDF <NDF <ISIS", "ISF|SDF|2|ISIS|NDF|2|22"),
        (">Turkey <civilians", "Turkey||8|Civilians (Syria)||7|78"),
        (">protesters", "Protesters (Syria)||6||||60"),
        # nobody knows what kind of actor they are: no code, and none for both
        (">gunmen <civilians", "gunmen|||Civilians (Syria)||7|"),
        # civilians beside an armed actor are its associates; a known actor gives the name
        (">Turkey <civilians <ISF", "Turkey||8|ISF|Civilians (Syria)|2|28"),
        (">gunmen >ISIS <ISF", "ISIS|gunmen|2|ISF||2|22"),
        # who stood between is no actor
        ("xISF xNDF ~Turkey", "ISF||2|NDF||3|23"),
    ],
)
def test_acled_actors(
    acled: Callable[..., Any], build_report: Build, actors: str, columns: str
) -> None:
    """Names, associates and codes; the interaction has the lower code first."""
    row = acled(build_report("000.a", actors=actors))
    names = "actor1 assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction".split()

    assert "|".join(row[name] for name in names) == columns


@pytest.mark.parametrize(
    ("actors", "inter1", "interaction"),
    [
        (">NDF <ISF", "Political militia", "Rebel group-Political militia"),
        (">NDF", "Political militia", "Political militia only"),
        (">Turkey <civilians", "External/Other forces", "External/Other forces-Civilians"),
        (">Turkey <ISF", "External/Other forces", "Rebel group-External/Other forces"),
    ],
)
def test_acled_codes_in_words(
    acled: Callable[..., Any], build_report: Build, actors: str, inter1: str, interaction: str
) -> None:
    """`--option inter=text` writes what the codebook's table 3 has."""
    row = acled(build_report("000.a", actors=actors), inter="text")

    assert (row["inter1"], row["interaction"]) == (inter1, interaction)


@pytest.mark.parametrize(("country", "code"), [("SY", "8"), ("TR", "1")])
def test_acled_state_forces_abroad_are_external(
    acled: Callable[..., Any], build_report: Build, country: str, code: str
) -> None:
    """An army is state forces at home, and external forces elsewhere."""
    army = ActorRef(
        id="tr-tsk", name="Turkish Armed Forces", mention="x", role="initiator", kind="state forces"
    )
    place = PlaceRef(id="x:1", name="X", mention="X", country_code=country)
    report = msgspec.structs.replace(build_report("000.a"), actors=(army,), places=(place,))

    assert acled(report)["inter1"] == code


def test_acled_people_are_described_beside_civilians(
    acled: Callable[..., Any], build_report: Build
) -> None:
    """Whom the article calls teachers are civilians first, and teachers beside that."""
    people = ActorRef(name="teachers", mention="teachers", role="target", kind="civilians")
    row = acled(msgspec.structs.replace(build_report("000.a"), actors=(people,)))

    assert (row["actor2"], row["assoc_actor_2"]) == ("Civilians (Syria)", "teachers")


def test_acled_attacks_on_civilians_name_them_first(
    acled: Callable[..., Any], build_report: Build
) -> None:
    """In violence against civilians they are the main actor, whoever else was hit."""
    row = acled(build_report("000.a", type="Attack", actors=">NDF <civilians <ISF"))

    assert (row["actor2"], row["assoc_actor_2"]) == ("Civilians (Syria)", "ISF")


def test_acled_civilians_without_a_kind_are_civilians(
    acled: Callable[..., Any], build_report: Build
) -> None:
    """A person whom the article counts among the civilians has no kind, and is one."""
    person = ActorRef(name="civilians", mention="a name", role="target")
    row = acled(msgspec.structs.replace(build_report("000.a"), actors=(person,)))

    assert (row["actor2"], row["inter2"]) == ("Civilians (Syria)", "7")


@pytest.mark.parametrize(
    ("kind", "within", "location"),
    [
        ("street", ("Al-Hasakah", "Syria"), "Main Street"),
        ("street", ("Amuda", "Al-Hasakah", "Syria"), "Amuda - Main Street"),
        (None, ("Al-Hasakah", "Syria"), "Main Street"),
        (None, ("Syria",), "Main Street"),
        (None, ("Amuda", "Al-Hasakah", "Syria"), "Main Street, Amuda"),
    ],
)
def test_acled_location_leaves_out_what_other_columns_hold(
    acled: Callable[..., Any],
    build_report: Build,
    kind: str | None,
    within: tuple[str, ...],
    location: str,
) -> None:
    """A place of which only the province or the country is known stands alone."""
    place = PlaceRef(
        name="Main Street",
        mention="Main Street",
        kind=kind,
        country="Syria",
        country_code="SY",
        admin1="Al-Hasakah" if "Al-Hasakah" in within else None,
        within=within,
    )
    row = acled(msgspec.structs.replace(build_report("000.a"), places=(place,)))

    assert row["location"] == location


@pytest.mark.parametrize(
    ("date", "event_date", "year", "precision"),
    [
        ("2021-04-20", "2021-04-20", "2021", "1"),
        ("2021-04-20..2021-04-21", "2021-04-20", "2021", "2"),
        ("2021-04-19..2021-04-25", "2021-04-22", "2021", "2"),
        ("2021-04-19..2021-04-26", "2021-04-22", "2021", "3"),
        ("2021-01", "2021-01-16", "2021", "3"),
        ("2016", "", "2016", ""),
        ("Tuesday", "", "", ""),
    ],
)
def test_acled_dates(
    acled: Callable[..., Any],
    build_report: Build,
    date: str,
    event_date: str,
    year: str,
    precision: str,
) -> None:
    """A week or month stands by its middle; what is vaguer has no date, never a made one."""
    row = acled(build_report("000.a", date=date))

    assert (row["event_date"], row["year"], row["time_precision"]) == (event_date, year, precision)


def test_acled_tells_how_many_have_no_date(
    write: Write, said: list[str], build_report: Build
) -> None:
    """Rows without a day stay in, and are counted."""
    reports = [build_report("000.a", date="2016"), build_report("001.a", date="Tuesday")]

    write("acled", [merge_reports([report]) for report in reports])

    assert said == ["Without event_date: 2 incidents, which ACLED would not enter."]


@pytest.mark.parametrize("sub_event_type", sorted(EVENT_TYPE_OF))
def test_acled_disorder_type(
    acled: Callable[..., Any], build_report: Build, sub_event_type: str
) -> None:
    """Each of the 25 types has the disorder type of the codebook's table 2."""
    demonstrations = {"Peaceful protest", "Protest with intervention", "Violent demonstration"}
    if sub_event_type in SUB_EVENT_TYPES["Strategic developments"]:
        expected = "Strategic developments"
    elif sub_event_type == "Excessive force against protesters":
        expected = "Political violence; Demonstrations"
    else:
        expected = "Demonstrations" if sub_event_type in demonstrations else "Political violence"

    assert acled(build_report("000.a", type=sub_event_type))["disorder_type"] == expected


@pytest.mark.parametrize(
    ("sub_event_type", "actors", "is_targeting"),
    [
        ("Attack", ">NDF <civilians", True),
        ("Abduction/forced disappearance", ">NDF", True),
        ("Excessive force against protesters", ">ISF <protesters", True),
        ("Air/drone strike", ">Turkey <civilians", True),
        ("Mob violence", ">rioters <civilians", True),
        ("Air/drone strike", ">Turkey <ISF <civilians", False),
        ("Air/drone strike", ">Turkey", False),
        ("Armed clash", ">NDF <ISF", False),
        ("Armed clash", ">NDF <civilians", False),
        ("Arrests", ">ISF <civilians", False),
    ],
)
def test_acled_civilian_targeting(
    acled: Callable[..., Any],
    build_report: Build,
    sub_event_type: str,
    actors: str,
    is_targeting: bool,  # noqa: FBT001 - the column of a table
) -> None:
    """Only where civilians were the main or only target, and never in a battle."""
    row = acled(build_report("000.a", type=sub_event_type, actors=actors))

    assert (row["civilian_targeting"] == "Civilian targeting") is is_targeting


@pytest.mark.parametrize(
    ("places", "location", "admin1"),
    [
        ("Qamishli", "Qamishli", "Al-Hasakah"),
        ("Tay, Qamishli", "Qamishli - Tay", "Al-Hasakah"),
        ("Al-Hasakah", "Al-Hasakah", "Al-Hasakah"),
        ("Syria", "Syria", ""),
        ("Tell Nowhere", "Tell Nowhere", ""),
        ("", "", ""),
    ],
)
def test_acled_places(
    acled: Callable[..., Any], build_report: Build, places: str, location: str, admin1: str
) -> None:
    """A part of a town stands with the town; what is not known is blank."""
    row = acled(build_report("000.a", places=places))

    assert (row["location"], row["admin1"]) == (location, admin1)
    assert bool(row["latitude"]) == (places not in {"", "Tell Nowhere"})
    assert (row["iso"], row["country"]) == (("760", "Syria") if row["latitude"] else ("", ""))


def test_acled_notes_of_an_unknown_attacker(acled: Callable[..., Any], build_report: Build) -> None:
    """Who was attacked follows what happened; a number that nobody gives is said in words."""
    casualties = "killed 1 ISF; wounded 1 civilians"
    report = build_report("000.a", type="Attack", actors="<civilians", casualties=casualties)
    claim, wounded = report.casualties
    open_claim = msgspec.structs.replace(claim, min=None, max=None)
    row = acled(msgspec.structs.replace(report, casualties=(open_claim, wounded)))

    assert row["notes"] == (
        "On 2021-04-20, attack in Qamishli against civilians. "
        "Killed: an unknown number of ISF. Wounded: 1 civilian. Sources: Outlet 000."
    )


def test_acled_disputed_figures_stand_in_the_notes(write: Write, build_report: Build) -> None:
    """The lowest number counts; who says what stands in words, and a tag marks it."""
    reports = [
        build_report("a1.x", casualties="killed 2 civilians", actors=">NDF <civilians"),
        build_report("b2.x", casualties="killed 7 civilians", actors=">NDF <civilians"),
    ]
    text = write("acled", link(reports))

    [row] = pd.read_csv(io.StringIO(text), keep_default_na=False).to_dict("records")
    assert row["fatalities"] == 2
    assert row["tags"] == "disputed fatalities; grade=fair"
    assert "Killed: 2 to 7 civilians. Deaths in all: 2 to 7." in row["notes"]
    assert "Sources differ on killed civilians: 2 (a1) or 7 (b2)." in row["notes"]
    assert row["source"] == "Outlet a1; Outlet b2"


def test_acled_disputed_figures_of_no_known_side(write: Write, build_report: Build) -> None:
    """The notes call a side that nobody names the same wherever it stands."""
    reports = [
        build_report(f"{article}.x", casualties=f"killed {count} unknown")
        for article, count in (("a1", 2), ("b2", 7))
    ]
    [row] = pd.read_csv(io.StringIO(write("acled", link(reports)))).to_dict("records")

    assert "Killed: 2 to 7 of no known side." in row["notes"]
    assert "Sources differ on killed of no known side: 2 (a1) or 7 (b2)." in row["notes"]


def test_acled_blank_columns_are_blank_and_no_others(
    write: Write, build_report: Build, seed_reports: list[Report]
) -> None:
    """What only ACLED can know is always empty; every other column holds something somewhere."""
    district = PlaceRef(name="Qamishli", mention="x", kind="admin2")
    names = {"places": (district,), "geo_precision": 2}
    attack = build_report("x.1", type="Attack", actors=">NDF >SDF <ISF <civilians")
    reports = [*seed_reports, msgspec.structs.replace(attack, **names)]
    text = write("acled", [merge_reports([report]) for report in reports])
    frame = pd.read_csv(io.StringIO(text), keep_default_na=False, dtype=str)
    empty = {name for name in frame if not any(frame[name])}

    assert empty == {column.name for column in load_export("acled").columns if column.is_blank}
