"""Counts in words and figures."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from incidents.extractors.quantities import number_of, quantity_of, read_quantity

BLANK = spacy.blank("en")
UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
TENS = ["", "", *"twenty thirty forty fifty sixty seventy eighty ninety".split()]

COUNTS = [
    # exact
    ("12 soldiers", 12, 12),
    ("seven farmers", 7, 7),
    ("twenty-one recruits", 21, 21),
    ("twenty one recruits", 21, 21),
    ("a hundred recruits", 100, 100),
    ("one hundred and five recruits", 105, 105),
    ("two thousand recruits", 2000, 2000),
    ("1,200 families", 1200, 1200),
    ("13,000 residents", 13000, 13000),
    ("1,250,000 people", 1250000, 1250000),
    ("1.2 million people", 1200000, 1200000),
    ("4.1 million people", 4100000, 4100000),
    ("two dozen sailors", 24, 24),
    ("a dozen sailors", 12, 12),
    ("half a dozen sailors", 6, 6),
    ("dozen sailors", 12, 12),
    ("both sailors", 2, 2),
    ("a couple of guards", 2, 2),
    ("a pair of brothers", 2, 2),
    ("three other guards", 3, 3),
    ("0 victims", 0, 0),
    ("half a million people", 500000, 500000),
    ("half-a-dozen rebels", 6, 6),
    ("half - a - dozen rebels", 6, 6),
    ("a couple of hundred people", 200, 200),
    ("a hundred and fifty rebels", 150, 150),
    ("one hundred of five hundred recruits", 100, 100),
    ("a dozen", 12, 12),
    ("12 to", 12, 12),
    ("10 to 15", 10, 15),
    ("twenty - one", 21, 21),
    ("some", 1, None),
    ("some 40", 40, 40),
    ("50,000,000 people", 50_000_000, 50_000_000),
    ("as few as 12 herders", 12, 12),
    ("thirty-two thousand people", 32000, 32000),
    ("two hundred thousand people", 200_000, 200_000),
    ("two hundred twenty-one people", 221, 221),
    # about n is n
    ("20-odd people", 20, 20),
    ("20 - odd people", 20, 20),
    ("about 40 miners", 40, 40),
    ("around 40 miners", 40, 40),
    ("some 40 miners", 40, 40),
    ("nearly 40 miners", 40, 40),
    ("roughly two dozen miners", 24, 24),
    ("an estimated 40 miners", 40, 40),
    ("a total of 40 miners", 40, 40),
    ("another four miners", 4, 4),
    ("the other four miners", 4, 4),
    # n or more
    ("at least 12 herders", 12, None),
    ("at least a dozen herders", 12, None),
    ("at least two dozen herders", 24, None),
    ("no fewer than 12 herders", 12, None),
    ("no less than twelve herders", 12, None),
    ("12 or more herders", 12, None),
    ("12 or more herders and farmers", 12, None),
    ("upwards of 12 herders", 12, None),
    ("at least another 12 herders", 12, None),
    ("at least some 12 herders", 12, None),
    # more than n
    ("more than 12 herders", 13, None),
    ("over a dozen herders", 13, None),
    ("well over 100 herders", 101, None),
    ("in excess of 100 herders", 101, None),
    ("more than 1.5 million herders", 1500001, None),
    # fewer than n
    ("fewer than two herders", 1, 1),
    ("fewer than one herder", 0, 0),
    ("fewer than 0 herders", 0, 0),
    ("up to zero herders", 0, 0),
    ("under 12 herders", 1, 11),
    # at most n
    ("up to 30 rebels", 1, 30),
    ("at most 30 rebels", 1, 30),
    ("no more than 30 rebels", 1, 30),
    ("not more than 30 rebels", 1, 30),
    # less than n
    ("fewer than 30 rebels", 1, 29),
    ("less than 30 rebels", 1, 29),
    # ranges
    ("between 10 and 15 rebels", 10, 15),
    ("10 to 15 rebels", 10, 15),
    ("ten to fifteen rebels", 10, 15),
    ("10-15 rebels", 10, 15),
    ("10–15 rebels", 10, 15),
    ("10 or 15 rebels", 10, 15),
    ("from 10 to 15 rebels", 10, 15),
    ("two or three rebels", 2, 3),
    ("between two and three dozen rebels", 2, 36),
    # vague
    ("several nurses", 3, None),
    ("dozens of nurses", 24, None),
    ("several dozens of nurses", 36, None),
    ("several hundreds of nurses", 300, None),
    ("several thousands of nurses", 3000, None),
    ("a few thousand nurses", 3000, None),
    ("the few dozen nurses", 36, None),
    ("the few hundred nurses", 300, None),
    ("the few thousand nurses", 3000, None),
    ("scores of nurses", 40, None),
    ("hundreds of nurses", 200, None),
    ("tens of thousands of nurses", 20000, None),
    ("an unknown number of nurses", 1, None),
    ("a few nurses", 3, None),
    ("many nurses", 3, None),
    ("some nurses", 1, None),
    # none
    ("nurses", None, None),
    ("the army", None, None),
    ("a soldier", None, None),
    ("a", None, None),
    ("how many nurses", None, None),
    ("the 3-3 draw", None, None),
    ("50,000,001 people", None, None),
    ("10 and 15 between", 10, 10),
    ("third nurse", None, None),
    ("half a truck", None, None),
    ("half-hearted rebels", None, None),
    ("a twenty-metre drop", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "low", "high"), COUNTS)
def test_read_quantity_gives_fewest_and_most(
    phrase: str, low: int | None, high: int | None
) -> None:
    """The words of a noun phrase give the range that they allow."""
    found = read_quantity(phrase.split())

    assert (low, high) == ((None, None) if found is None else found[:2])


@pytest.mark.parametrize(
    ("phrase", "used"),
    [
        ("at least 12 people", "at least 12"),
        ("a total of 40 miners", "a total of 40"),
        ("between 10 and 15 rebels", "between 10 and 15"),
        ("the two dozen sailors", "the two dozen"),
        ("a dozen", "a dozen"),
        ("half a dozen sailors of the crew", "half a dozen"),
        ("half - a - dozen rebels", "half - a - dozen"),
        ("tens of thousands of nurses", "tens of thousands"),
        ("half-a-dozen rebels of the town", "half-a-dozen"),
        ("a couple of hundred people of the town", "a couple of hundred"),
        ("a dozen sailors", "a dozen"),
        ("both sailors", "both"),
        ("some", "some"),
        ("well over 100 herders", "well over 100"),
        ("the 10-15 rebels", "10-15"),
        ("only several rebels", "several"),
        ("20 - odd people of the town", "20 - odd"),
        ("12 or more herders of the town", "12 or more"),
    ],
)
def test_read_quantity_says_which_words_it_used(phrase: str, used: str) -> None:
    """The words of the count are given as a half-open range."""
    words = phrase.split()
    found = read_quantity(words)

    assert found is not None
    assert used.split() == words[found[2] : found[3]]
    assert found[3] <= len(words)


@pytest.mark.parametrize(
    ("words", "first"), [("five six", 5), ("twenty thirty", 20), ("ninety-nine two", 99)]
)
def test_number_of_does_not_add_numbers_side_by_side(words: str, first: int) -> None:
    """Only tens and units, and what "and" and a hyphen join, make one number."""
    assert number_of(words.split()) == (first, 1)


@given(st.integers(1, 9999))
def test_number_of_reads_any_figure_with_commas(n: int) -> None:
    """A figure means itself, with and without its comma."""
    assert (n, 1) == number_of([f"{n:,}", "people"])
    assert (n, n) == read_quantity([str(n), "people"])[:2]  # type: ignore[index]  # None fails the test as it should


def _spell(n: int) -> list[str]:
    words: list[str] = []
    if n >= 1000:
        words += [UNITS[n // 1000], "thousand"]
        n %= 1000
    if n >= 100:
        words += [UNITS[n // 100], "hundred"]
        n %= 100
        words += ["and"] if n else []
    if n >= 20:
        words += [TENS[n // 10], *([UNITS[n % 10]] if n % 10 else [])]
    elif n:
        words += [UNITS[n]]
    return words


@given(st.integers(1, 9999))
def test_number_of_reads_any_number_in_words(n: int) -> None:
    """A number written out means itself, however many words it takes."""
    words = _spell(n)

    assert (n, len(words)) == number_of([*words, "people"])


@given(st.integers(1, 99))
def test_number_of_reads_numbers_below_a_hundred_in_words(n: int) -> None:
    """Tens and units join, with and without hyphen."""
    words = _spell(n)

    assert (n, len(words)) == number_of([*words, "people"])
    hyphenated = " - ".join(words).split()
    assert (n, len(hyphenated)) == number_of([*hyphenated, "people"])


@pytest.mark.parametrize(
    "phrase",
    [
        "a 10-year-old girl",
        "the 70-year-old farmer",
        "12 km",
        "15 kilometres",
        "a girl, aged 9",
        "20 percent of voters",
        "20% of voters",
        "$ 300 ransom",
        "a 120 mm mortar",
        "six months",
        "two weeks",
        "5 am",
        "40 tonnes",
    ],
)
def test_quantity_of_leaves_out_measures(phrase: str) -> None:
    """Ages, distances, shares, money and times count nobody."""
    doc = BLANK(phrase)

    assert quantity_of(list(doc)) is None


@pytest.mark.parametrize(
    ("phrase", "low", "high", "words"),
    [
        ("at least 12 people", 12, None, "at least 12"),
        ("two 10-year-old boys", 2, 2, "two"),
        ("twenty-one recruits", 21, 21, "twenty - one"),
        ("1,200 families", 1200, 1200, "1,200"),
        ("10-15 rebels", 10, 15, "10 - 15"),
        ("10–15 rebels", 10, 15, "10–15"),
        ("three 19-year-olds", 3, 3, "three"),
        ("the dead: 10 -", 10, 10, "10"),
        ("the dead: 10", 10, 10, "10"),
    ],
)
def test_quantity_of_reads_tokens(phrase: str, low: int, high: int | None, words: str) -> None:
    """Counts are read from spaCy's tokens, which are named in the answer."""
    doc = BLANK(phrase)

    quantity = quantity_of(list(doc))

    assert quantity is not None
    assert (low, high) == (quantity.min, quantity.max)
    assert words == " ".join(doc[i].text for i in quantity.tokens)
