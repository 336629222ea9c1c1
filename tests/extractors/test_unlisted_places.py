"""Names that no list has, and that only their grammar tells to be places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

FOUND = [
    # behind a preposition that only a place follows, whatever the recogniser takes it for
    ("Two men were killed while fighting the army in Sheikh Harbouk.", ["Sheikh Harbouk"]),
    ("Shells struck a crowded fish market in El Fasher on Tuesday.", ["El Fasher"]),
    ("Two brothers were shot dead in Mayadeen in eastern Syria on Monday.",
     ["Mayadeen", "Syria"]),
    ("Gunmen have killed seven herders in Pont-Lavalette, northern Haiti.",
     ["Pont-Lavalette", "Haiti"]),
    # in a list of such names
    ("There were clashes near Tal Wardan and Kafr Zubayr.", ["Tal Wardan", "Kafr Zubayr"]),
    ("Rebels shelled the neighbourhoods of Bustan al-Zein, Ard al-Jura and Dakhour.",
     ["Bustan al-Zein", "Ard al-Jura", "Dakhour"]),
    # two places that the recogniser took for one
    ("Gunmen killed two farmers near Jos, Nigeria, on 3 May 2024.", ["Jos", "Nigeria"]),
    # without the preposition behind them, and with the words before "del"
    ("Suspected rebels killed eleven farmers at Mukombe in North Kivu on Monday.",
     ["Mukombe", "North Kivu"]),
    ("Gunmen attacked a checkpoint in Maguindanao del Sur in the Philippines on Monday.",
     ["Maguindanao del Sur", "Philippines"]),
    ("Gunmen killed a teacher in Ocaña, Norte de Santander on Monday.",
     ["Ocaña", "Norte de Santander"]),
    # before the verb of a headline in title case
    ("Chlorine Attack in Aleppo Blamed on Syrian Forces", ["Aleppo"]),
    ("Dozens Killed in Goma Fighting", ["Goma"]),
]  # fmt: skip
NONE = [
    "Police seized three weapons of AK series and two AK-47s in the raid.",
    "Trust in Hassan Karoum fell after the strike.",
    "The bill was passed in Congress and in Parliament, said the daily.",
    "He spoke of his belief in Donald Marsh.",
    "The channel Al Mayadeen said that nobody was hurt.",
    "Ten men were killed in Operation Silent Thunder.",
]


@pytest.mark.parametrize(("sentence", "expected"), FOUND, ids=[row[0] for row in FOUND])
def test_unlisted_places_are_found(nlp: Language, sentence: str, expected: list[str]) -> None:
    """A name that stands where only places stand is one."""
    doc = nlp(sentence)

    assert expected == [span.text for span in doc.spans["places"]]


@pytest.mark.parametrize("sentence", NONE)
def test_unlisted_places_are_not_made_of_look_alikes(nlp: Language, sentence: str) -> None:
    """People, institutions, outlets and operations are none."""
    doc = nlp(sentence)

    assert [] == [span.text for span in doc.spans["places"]]
