"""One sentence to one report: its type, its parties with their roles, its place."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from incidents.extractors.assembly import extract_reports
from incidents.model import Article

if TYPE_CHECKING:
    from spacy.language import Language

    from incidents.model import Report

pytestmark = pytest.mark.model

WEDNESDAY = dt.date(2019, 3, 20)

# sentence, sub-event type, parties (id or name, and role), first place
REPORTS: list[tuple[str, str, set[tuple[str, str]], str | None]] = [
    ("Gunmen killed three soldiers in Gao on Monday.", "Armed clash",
     {("Gunmen", "initiator"), ("ml-fama", "target")}, "Gao"),
    (("At least 40 civilians were killed when Saudi-led coalition warplanes struck a market in"
     " Hajjah on Tuesday."), "Air/drone strike",
     {("ye-coalition", "initiator"), ("civilians", "target")}, "Hajjah"),
    ("Jihadists beheaded ten men in Cabo Delgado on Sunday, residents said.", "Attack",
     {("Jihadists", "initiator"), ("civilians", "target")}, "Cabo Delgado"),
    (("Unknown gunmen on motorbikes attacked the village of Ogossagou on Saturday, killing 130"
     " people."), "Attack", {("Unknown gunmen", "initiator"), ("civilians", "target")},
     "Ogossagou"),
    ("A Palestinian teenager was shot dead by Israeli forces near Nablus on Monday.", "Attack",
     {("il-idf", "initiator"), ("civilians", "target")}, "Nablus"),
    ("Iran fired ballistic missiles at a base in Erbil on Monday.",
     "Shelling/artillery/missile attack", {("ir-army", "initiator")}, "Erbil"),
    ("No casualties were reported after a rocket landed near Sderot on Monday.",
     "Shelling/artillery/missile attack", set(), "Sderot"),
    ("Rebels seized Kunduz on Monday.", "Non-state actor overtakes territory",
     {("Rebels", "initiator")}, "Kunduz"),
    ("Rioters burned tyres and threw stones at police in Dhaka on Sunday.", "Violent demonstration",
     {("Rioters", "initiator"), ("bd-police", "target")}, "Dhaka"),
    ("The army retook the town of Bama from Boko Haram on Monday.", "Government regains territory",
     {("ng-mil", "initiator"), ("ng-jas", "target")}, "Bama"),
    ("Hezbollah fired 20 rockets at Haifa on Monday.", "Shelling/artillery/missile attack",
     {("lb-hezbollah", "initiator")}, "Haifa"),
    ("A policeman was shot and killed by unidentified gunmen in Karachi on Monday.", "Armed clash",
     {("unidentified gunmen", "initiator"), ("pk-police", "target")}, "Karachi"),
    ("A mob lynched two men in Puebla on Monday.", "Mob violence",
     {("mob", "initiator"), ("civilians", "target")}, "Puebla"),
    ("Soldiers and rebels fought in Goma on Monday.", "Armed clash",
     {("cd-fardc", "participant"), ("rebels", "participant")}, "Goma"),
    ("The ELN claimed responsibility for a car bombing at a police academy in Bogota on Monday.",
     "Remote explosive/landmine/IED", {("co-eln", "initiator"), ("co-police", "target")}, "Bogotá"),
    ("Five years ago, gunmen killed 12 people at a newspaper in Paris.", "Attack",
     {("gunmen", "initiator"), ("civilians", "target")}, "Paris"),
    ("A grenade thrown at a bar in Bujumbura on Monday wounded six people.", "Grenade",
     {("civilians", "target")}, "Bujumbura"),
    ("Sudan's army and the rebels signed a ceasefire in Juba on Monday.", "Agreement",
     {("sd-saf", "participant"), ("rebels", "participant")}, "Juba"),
    ("Israel bombed a depot in Homs on Monday.", "Air/drone strike", {("il-idf", "initiator")},
     "Homs"),
    ("Herdsmen attacked farmers near Makurdi on Monday.", "Attack",
     {("Herdsmen", "initiator"), ("civilians", "target")}, "Makurdi"),
    (("Clashes between the Sudanese army and the Rapid Support Forces in Omdurman killed 12"
      " civilians on Monday."), "Armed clash",
     {("sd-saf", "participant"), ("sd-rsf", "participant"), ("civilians", "target")}, "Omdurman"),
    ("Ten people were injured in a knife attack by a man in Tampere on Monday.", "Attack",
     {("man", "initiator"), ("civilians", "target")}, "Tampere"),
    ("A roadside bomb planted by Maoists killed four policemen near Raipur on Monday.",
     "Remote explosive/landmine/IED", {("in-maoist", "initiator"), ("in-police", "target")},
     "Raipur"),
    ("Thai and Cambodian troops exchanged fire near Surin on Thursday.", "Armed clash",
     {("th-army", "participant"), ("kh-mil", "participant")}, "Surin"),
    ("Chadian soldiers repelled an attack by Boko Haram near Abeche on Monday.", "Armed clash",
     {("ng-jas", "initiator"), ("td-army", "target")}, "Abeche"),
    ("A Turkish soldier was killed in a mortar attack by the YPG in Azaz on Monday.",
     "Shelling/artillery/missile attack", {("sy-ypg", "initiator"), ("tr-tsk", "target")}, "Azaz"),
    ("A car bomb killed two officers near Cali on Monday.", "Remote explosive/landmine/IED",
     {("co-police", "target")}, "Cali"),
    (("Militants attacked an army base near Jammu on Monday, killing seven soldiers. The army said"
      " that it shot two of the attackers."), "Armed clash",
     {("Militants", "initiator"), ("in-army", "target")}, "Jammu"),
    (("Rebels attacked two villages near Hama on Monday, killing five civilians and 20"
      " soldiers."), "Armed clash",
     {("Rebels", "initiator"), ("civilians", "target"), ("sy-saa", "target")}, "Hamah"),
    ("Rebels attacked a camp near Gao on Monday, killing 20 civilians and two soldiers.", "Attack",
     {("Rebels", "initiator"), ("civilians", "target"), ("ml-fama", "target")}, "Gao"),
    ("Government jets bombed a school in Idlib on Monday.", "Air/drone strike",
     {("sy-gov", "initiator")}, "Idlib"),
    ("Russia said its jets bombed a depot near Sumy on Monday.", "Air/drone strike",
     {("ru-mil", "initiator")}, "Sumy"),
    ("Security forces shot two men dead in Khartoum on Monday.", "Attack",
     {("sd-saf", "initiator"), ("civilians", "target")}, "Khartoum"),
]  # fmt: skip

# sentence, sub-event type, first place, why not yet
TYPES: list[tuple[str, str, str, str]] = [
    ("A mob lynched two men in Guatemala City on Monday.", "Mob violence", "Guatemala City",
     "the city that is named after its country resolves to the country"),
    ("Rebels captured Bambari on Saturday.", "Non-state actor overtakes territory", "Bambari",
     "a town that the NER does not see is a person who is arrested"),
    ("A Kurdish-led force backed by Washington captured Baghouz on Saturday.",
     "Non-state actor overtakes territory", "Baghouz", "a 'Kurdish-led force' has no kind"),
]  # fmt: skip

# sentence, parties, why not yet
ROLES: list[tuple[str, set[tuple[str, str]], str]] = [
    ("Damascus bombed Idlib on Monday.", {("sy-gov", "initiator")},
     "a capital as the agent does not stand for its state's forces"),
    (("Fighting between the Tigray People's Liberation Front and federal forces resumed on Monday"
     " near Kobo."), {("et-tplf", "participant"), ("federal forces", "participant")},
     "a described side of a clash is dropped beside a named one"),
    ("Clashes between herders and farmers in Benue on Monday left at least 11 dead.",
     {("herders", "participant"), ("farmers", "participant")},
     "people by trade are civilians, even as the sides of a clash"),
    ("The US said it killed three al-Shabaab militants in an airstrike near Kismayo on Monday.",
     {("United States", "initiator"), ("so-shabaab", "target")},
     "'it' is not traced to a country; 'al-Shabaab' in lower case is not the gazetteer's name"),
    ("Gunmen shot two officers of the Security Directorate in Tobruk on Monday.",
     {("Gunmen", "initiator"), ("officers", "target")},
     "the organisation behind 'of' hides the people in front of it"),
]  # fmt: skip

# sentence, the only places
ONLY_PLACES = [
    ("Rebels backed by Washington captured Goma on Saturday.", ["Goma"]),
    ("Maoist rebels detonated a landmine in Gadchiroli on Monday, killing 15 policemen.",
     ["Garhchiroli"]),
]  # fmt: skip


def reports(nlp: Language, text: str) -> list[Report]:
    """Return the reports of a text published on a Wednesday."""
    matcher: Any = nlp.get_pipe("incidents_actors")
    article = Article(id="a", text=text, published=WEDNESDAY)
    return extract_reports(nlp(text), article, matcher.gazetteer)


def types(found: list[Report]) -> list[tuple[str, str | None]]:
    """Return the type and the most specific place of each report."""
    return [(r.sub_event_type, r.places[0].name if r.places else None) for r in found]


def parties(report: Report) -> set[tuple[str, str]]:
    """Return the parties of a report by id or name, with their roles."""
    return {(a.id or a.name, a.role) for a in report.actors}


@pytest.mark.parametrize(
    ("text", "sub_event_type", "place"),
    [(r[0], r[1], r[3]) for r in REPORTS],
    ids=[r[0] for r in REPORTS],
)
def test_assembly_gives_type_and_place(
    nlp: Language, text: str, sub_event_type: str, place: str | None
) -> None:
    """A sentence about one event is one report with ACLED's type and its place."""
    assert [(sub_event_type, place)] == types(reports(nlp, text))


@pytest.mark.parametrize(
    ("text", "sub_event_type", "place"),
    [
        pytest.param(
            *b, id=b[0], marks=pytest.mark.xfail(strict=True, raises=AssertionError, reason=r)
        )
        for *b, r in TYPES
    ],
)
def test_assembly_gives_type_and_place_of_harder_sentence(
    nlp: Language, text: str, sub_event_type: str, place: str
) -> None:
    """Known failures: events that are missed or of another type."""
    assert [(sub_event_type, place)] == types(reports(nlp, text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [(r[0], r[2]) for r in REPORTS if r[0] not in {b[0] for b in ROLES}],
)
def test_assembly_gives_parties_and_roles(
    nlp: Language, text: str, expected: set[tuple[str, str]]
) -> None:
    """Who did it and to whom, by id where the gazetteer knows them."""
    (report,) = reports(nlp, text)

    assert expected == parties(report)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            *b, id=b[0], marks=pytest.mark.xfail(strict=True, raises=AssertionError, reason=r)
        )
        for *b, r in ROLES
    ],
)
def test_assembly_gives_parties_and_roles_of_harder_sentence(
    nlp: Language, text: str, expected: set[tuple[str, str]]
) -> None:
    """Known failures: parties that are lost, wrong or without their id."""
    found = reports(nlp, text)

    assert [expected] == [parties(r) for r in found]


def test_assembly_dates_an_event_by_its_own_day(nlp: Language) -> None:
    """The day before the event's noun is the event's, though the sentence tells of its report."""
    text = "Casualties were reported on both sides in Monday's clashes in Tripoli."

    assert [dt.date(2019, 3, 18)] == [r.date.start for r in reports(nlp, text)]


@pytest.mark.parametrize(("text", "expected"), ONLY_PLACES)
def test_assembly_leaves_out_what_is_no_place(
    nlp: Language, text: str, expected: list[str]
) -> None:
    """A backer's capital and a weekday are no places of an incident."""
    assert [expected] == [[p.name for p in r.places] for r in reports(nlp, text)]


@pytest.mark.xfail(
    strict=True, raises=AssertionError,
    reason="an article's only event is background once it lies more than a week back",
)  # fmt: skip
def test_assembly_main_event_is_never_background_for_its_age_alone(nlp: Language) -> None:
    """What an article is about is no background, even if it is published late."""
    text = "Two suicide bombers attacked a cathedral in Jolo on January 27, killing 20 people."

    assert [r.background for r in reports(nlp, text)] == [False]


@pytest.mark.xfail(
    strict=True, raises=AssertionError,
    reason="a retaliation told with 'later' joins the attack that it answers",
)  # fmt: skip
def test_assembly_retaliation_is_an_incident_of_its_own(nlp: Language) -> None:
    """Two deeds with the roles reversed are two incidents."""
    text = (
        "Seven Turkish soldiers died in a PKK attack in Hakkari province on Sunday."
        " Turkish jets later bombed PKK positions in northern Iraq."
    )

    assert len(reports(nlp, text)) == 2


@pytest.mark.xfail(
    strict=True, raises=AssertionError,
    reason="deaths without anybody armed are taken for an accident, though 'killing' is a deed",
)  # fmt: skip
def test_assembly_date_of_the_main_verb_is_not_the_recalled_event_s(nlp: Language) -> None:
    """A recalled event takes the date beside it, not the date of the news."""
    text = (
        "The ministry on Monday imposed sanctions on three officials over the killing of a"
        " journalist in Istanbul in 2018."
    )

    assert [dt.date(2018, 1, 1)] == [r.date.start for r in reports(nlp, text)]


def test_assembly_says_who_tells_it(nlp: Language) -> None:
    """The speaker of a sentence is the attribution of its report and claims."""
    (report,) = reports(nlp, "Gunmen killed three soldiers in Gao on Monday, police said.")

    assert report.attribution == "police"
    assert [c.claimed_by for c in report.casualties] == ["police"]


def test_assembly_counts_fatalities_low_best_high(nlp: Language) -> None:
    """The deaths of a report are added up; the wounded are no deaths."""
    text = "Gunmen killed three soldiers and two drivers and wounded six people in Gao on Monday."

    (report,) = reports(nlp, text)

    assert (report.fatalities.low, report.fatalities.best, report.fatalities.high) == (5, 5, 5)


def test_assembly_of_an_article_without_events_is_empty(nlp: Language) -> None:
    """No event, no report, and an empty text is no error."""
    assert reports(nlp, "The harvest in Gao was good. Prices fell.") == []
    assert reports(nlp, "") == []
