"""Countries: names, variants, demonyms."""

import pytest

from incidents.gazetteer import Gazetteer
from incidents.gazetteer.data_files import CountryRow, read_countries


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Syria", "SY"), ("Syrian", "SY"), ("Syrians", "SY"), ("Malians", "ML"),
        ("Congolese", "CD"), ("U.S.", "US"), ("US", "US"), ("USA", "US"), ("UK", "GB"),
        ("DRC", "CD"), ("Ivory Coast", "CI"), ("Côte d’Ivoire", "CI"), ("Gaza", "PS"),
        ("Palestine", "PS"), ("Palestinians", "PS"), ("Turks", "TR"), ("Türkiye", "TR"),
        ("Burkinabe", "BF"), ("Nigerien", "NE"), ("Nigerian", "NG"), ("the Netherlands", "NL"),
        ("CAR", "CF"), ("North Korea", "KP"), ("Dominican", "DO"),
    ],
)  # fmt: skip
def test_country_of_knows_names_and_demonyms(word: str, code: str) -> None:
    """Names, variants and demonyms, singular and plural, give the ISO code."""
    assert code == Gazetteer.country_of(word)


@pytest.mark.parametrize("word", ["us", "car", "opt", "", "Kurdish", "Qamishli", "polishing"])
def test_country_of_leaves_other_words_alone(word: str) -> None:
    """Small-letter look-alikes of abbreviations and other words are no country."""
    assert Gazetteer.country_of(word) is None


@pytest.mark.parametrize("row", read_countries(), ids=lambda row: row.code)
def test_country_of_finds_every_row(row: CountryRow) -> None:
    """Each country's own name gives its code, each demonym some code."""
    assert row.code == Gazetteer.country_of(row.name)
    assert None not in [Gazetteer.country_of(demonym) for demonym in row.demonyms]


def test_country_name_is_the_short_name() -> None:
    """A code gives the English short name; an unknown code itself."""
    assert [Gazetteer.country_name(code) for code in ("SY", "sy", "QQ")] == ["Syria", "Syria", "QQ"]
