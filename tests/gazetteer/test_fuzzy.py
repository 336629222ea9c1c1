"""Fuzzy look-ups within a country."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incidents.gazetteer.odds import SIGNS, odds_for

if TYPE_CHECKING:
    from incidents.gazetteer import Gazetteer

FOUND = [
    # name as written, country, place
    ("Kamishlyy", "SY", "geonames:173377"),
    ("Qhamichlo", "SY", "geonames:173377"),
    ("Deir Azzour", "SY", "geonames:170794"),
    ("Hassakka", "SY", "geonames:173811"),
    ("Charkhiv", "UA", "geonames:706483"),
    ("Mariopoul", "UA", "geonames:701822"),
    ("Mossul", "IQ", "geonames:99072"),
    ("Al-Falloujah", "IQ", "geonames:99454"),
    ("Diyarbekir", "TR", "geonames:316541"),
]
NOTHING = [
    ("Springfield", "SY"),
    ("Ali Kordani", "SY"),
    ("Muhammad Salih Hassoun", "SY"),
    ("Zlín", "SY"),
    ("x", "SY"),
    ("said", "SY"),
]


@pytest.mark.parametrize(("name", "country", "expected"), FOUND)
def test_fuzzy_finds_unlisted_spellings(
    gaz: Gazetteer, name: str, country: str, expected: str
) -> None:
    """A spelling that no source lists finds its city, and the reason says how."""
    match = gaz.find_places(name, countries=(country,), fuzzy=True)[0]
    assert expected == match.place.id
    assert match.score < 1


@pytest.mark.parametrize(("name", "country"), NOTHING)
def test_fuzzy_leaves_strangers_alone(gaz: Gazetteer, name: str, country: str) -> None:
    """Names of people and of places elsewhere get no answer in the country."""
    matches = gaz.find_places(name, countries=(country,), fuzzy=True)
    assert not [match for match in matches if match.place.country_code == country]


def test_fuzzy_is_asked_for(gaz: Gazetteer) -> None:
    """Without `fuzzy` an unlisted spelling stays unanswered."""
    assert gaz.find_places("Charkhiv", countries=("UA",), fuzzy=True)
    assert not gaz.find_places("Qhamichlow", countries=("SY",))


def test_fuzzy_steps_aside_for_a_listed_spelling(gaz: Gazetteer) -> None:
    """A spelling that the country's places bear is answered exactly."""
    match = gaz.find_places("Homs", countries=("SY",), fuzzy=True)[0]
    assert match.reason == "exact"


@pytest.mark.parametrize("country", ["SY", "UA", "TR", "IR", "MM", "NG"])
@pytest.mark.parametrize("abjad", [False, True])
def test_odds_cover_every_sign(country: str, *, abjad: bool) -> None:
    """Each table has odds for every pair of signs, and a name fits itself best."""
    odds = odds_for(country, abjad=abjad)
    assert set(odds.pairs) == set(odds.gaps) == set(odds.extra) == set(SIGNS)
    assert all(set(row) == set(SIGNS) for row in odds.pairs.values())


def test_odds_align_prefers_the_like() -> None:
    """The same name in another romanisation outscores another name."""
    odds = odds_for("SY", abjad=False)
    assert odds.align("kamiSly", "qamiSli") > 2 > odds.align("kamiSly", "hasakah")
