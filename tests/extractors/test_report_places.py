"""Places of a report: what is lent to names that the gazetteer lacks."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from incidents.extractors.assembly import extract_reports
from incidents.gazetteer import Gazetteer
from incidents.model import Article, PlaceRef

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model


def places(nlp: Language, text: str) -> tuple[PlaceRef, ...]:
    """Return the places of the first report."""
    article = Article(id="a", text=text, published=dt.date(2019, 3, 20))
    return extract_reports(nlp(text), article, Gazetteer.open())[0].places


@pytest.mark.parametrize(
    ("text", "first", "country"),
    [
        # told with a place that is known
        ("Gunmen killed four farmers in the village of Zamfolu, Borno State, on Monday.",
         "Zamfolu", "NG"),
        # the country of the people told of
        ("Kenyan police said gunmen killed four farmers in the village of Zamfolu on Monday.",
         "Zamfolu", "KE"),
        # the town told before
        ("The mayor of Mopti spoke. Gunmen killed four farmers in the village of Zamfolu on"
         " Monday.", "Zamfolu", "ML"),
    ],
)  # fmt: skip
def test_report_lends_country_to_unknown_place(
    nlp: Language, text: str, first: str, country: str
) -> None:
    """A village that the gazetteer lacks is in the country of its surroundings, at no spot."""
    place = places(nlp, text)[0]

    assert (place.name, place.id, place.lat) == (first, None, None)
    assert place.country_code == country


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A blast killed two people at Hodeidah Port on Monday.", ["Hodeidah Port", "Al Hudaydah"]),
        ("KABUL, Afghanistan — A blast killed two people at Blue Door Square on Monday.",
         ["Blue Door Square", "Kabul"]),
    ],
)  # fmt: skip
def test_report_names_town_of_site(nlp: Language, text: str, names: list[str]) -> None:
    """A site whose town is not told has the town of its name, or the one of the dateline."""
    found = places(nlp, text)

    assert [place.name for place in found[:2]] == names
    assert found[1].lat is not None


def test_report_keeps_village_apart_from_dateline(nlp: Language) -> None:
    """A village is not in the town where the reporter sits."""
    text = "LAGOS, Nigeria — Gunmen killed four farmers in the village of Zamfolu on Monday."

    assert "Lagos" not in [place.name for place in places(nlp, text)]


@pytest.mark.parametrize(
    ("text", "admin1"),
    [
        ("A man was shot in Springfield, Missouri, on Monday.", "Missouri"),
        ("A man was shot in Springfield, Illinois, on Monday.", "Illinois"),
        ("A bomb went off in Al Mansurah, Egypt, on Monday.", "Dakahlia"),
    ],
)
def test_place_lies_in_what_is_told_behind_it(nlp: Language, text: str, admin1: str) -> None:
    """Of several towns of a name the one that lies in the place behind the comma is meant."""
    doc = nlp(text)

    assert doc.spans["places"][0]._.place.place.admin1 == admin1


@pytest.mark.parametrize(
    "text",
    [
        "Police in Lima celebrated Christmas on Monday.",
        "The Red Cross said that a bomb killed a man in Bamako on Monday.",
        "Africa needs peace, the mayor of Bamako in Mali said on Monday.",
    ],
)
def test_chance_namesake_abroad_is_no_place(nlp: Language, text: str) -> None:
    """Small towns of countries that the article has nothing to do with are not meant."""
    doc = nlp(text)
    found = [span._.place.place for span in doc.spans["places"]]

    assert {place.country_code for place in found if place is not None} <= {"PE", "ML"}


def test_state_of_a_town_is_no_name(nlp: Language) -> None:
    """Words for who holds a city are not what it is called."""
    doc = nlp("Jets bombed the Turkish-held city of Afrin and an India-held town on Monday.")

    assert [span.text for span in doc.spans["places"]] == ["Afrin"]


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        ("U.S. president Joe Bloggs spoke of a bomb in Kabul.", "nationality"),
        ("The US vice president spoke of a bomb in Kabul.", "nationality"),
        ("A bomb went off in Kenya.", None),
    ],
)
def test_country_before_its_people_is_no_scene(
    nlp: Language, text: str, excluded: str | None
) -> None:
    """A country in front of its people or forces says whose they are, not where they are."""
    doc = nlp(text)

    assert doc.spans["places"][0]._.place.excluded == excluded


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # the town of the news before a village named further down
        ("A bomb killed two men in Gao on Monday. The attack also hurt a man in the village of"
         " Boni.", "Gao"),
        # where it was before what it was near, in one sentence
        ("A bomb near Gao killed two men in Kidal on Monday.", "Kidal"),
        # whose district it is
        ("Gunmen killed two soldiers in Hakkari's Yuksekova district on Monday.", "Yuksekova"),
        ("Gunmen killed two soldiers at Gao's market on Monday.", "Gao"),
    ],
)  # fmt: skip
def test_report_names_first_the_place_of_the_event(nlp: Language, text: str, name: str) -> None:
    """The finest place of the sentence that tells the event comes first."""
    reports = extract_reports(nlp(text), Article(id="a", text=text), Gazetteer.open())

    assert reports[0].places[0].name == name
