"""Facts in a few words."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.lines import clean
from incidents.model import (
    EVENT_TYPE_OF,
    Casualty,
    DatePrecision,
    EventDate,
    Incident,
    PlaceRef,
    Source,
)
from incidents.words import (
    SHORT_TYPES,
    casualty_words,
    date_words,
    place_words,
    short_source_names,
    types_called,
)


@given(st.text())
def test_words_clean_is_one_safe_line(text: str) -> None:
    """Whatever goes in, one printable line comes out, and cleaning it again changes nothing."""
    cleaned = clean(text)

    assert cleaned.splitlines() == ([cleaned] if cleaned else [])
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in cleaned)
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        ("2021-04-20", "2021-04-20", "day", "2021-04-20"),
        ("2021-04-20", "2021-04-22", "day", "2021-04-20 to 2021-04-22"),
        ("2021-04-12", "2021-04-18", "week", "2021-04-12 to 2021-04-18"),
        ("2021-02-01", "2021-02-28", "month", "2021-02"),
        ("2021-02-01", "2021-03-31", "month", "2021-02 to 2021-03"),
        ("2016-01-01", "2016-12-31", "year", "2016"),
    ],
)
def test_words_dates_show_their_precision(
    start: str, end: str, precision: DatePrecision, words: str
) -> None:
    """A date is no more exact than what is known."""
    first, last = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
    date = EventDate(start=first, end=last, precision=precision, mention="then")

    assert date_words(date) == words


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (EventDate(weekday="Tuesday", mention="late Tuesday"), "Tue ?"),
        (EventDate(mention="Last\nMay", precision="month"), "“Last May”"),
        (
            EventDate(mention="the days and the weeks and months before"),
            "“the days and the weeks and months before”",
        ),
        (
            EventDate(mention="the days and the weeks and months before it"),
            "“the days and the weeks and months befor…”",
        ),
        (EventDate(), "?"),
    ],
)
def test_words_unresolved_dates_keep_what_is_told(date: EventDate, words: str) -> None:
    """What nothing resolves keeps its weekday, or the article's words in quotes."""
    assert date_words(date) == words


CITY = PlaceRef(id="g:1", name="Qamishli", mention="Zalin", kind="city", within=("Hasakah",))


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ((), ""),
        ((CITY,), "Qamishli"),
        (
            (PlaceRef(id="g:2", name="Wahda", mention="W", kind="street", within=("Qamishli",)),),
            "Wahda street, Qamishli",
        ),
        (
            (PlaceRef(id="g:3", name="Goma Airport", mention="A", kind="airport"), CITY),
            "Goma Airport, Qamishli",
        ),
        ((PlaceRef(name="a bridge", mention="a bridge"), CITY), "a bridge, Qamishli"),
        ((PlaceRef(name="Qamishli bridge", mention="b"), CITY), "Qamishli bridge"),
        ((PlaceRef(name="Tell Zarifa", mention="Tell Zarifa"),), "Tell Zarifa"),
    ],
)
def test_words_places_name_the_town(places: tuple[PlaceRef, ...], words: str) -> None:
    """A place smaller than a town comes with the town."""
    assert place_words(places) == words


@pytest.mark.parametrize(
    ("low", "high", "modality", "words"),
    [
        (3, 3, "asserted", "NDF 3"),
        (3, None, "claimed", "NDF at least 3"),
        (None, 3, "asserted", "NDF up to 3"),
        (3, 5, "asserted", "NDF 3 to 5"),
        (None, None, "asserted", "NDF an unknown number"),
        (3, 3, "denied", "NDF 3 (denied)"),
    ],
)
def test_words_casualties_keep_their_bounds(
    low: int | None, high: int | None, modality: str, words: str
) -> None:
    """Open ranges stay open; a claim that is not made says so."""
    casualty = Casualty(kind="killed", min=low, max=high, group="NDF", modality=modality)  # type: ignore[arg-type]

    assert casualty_words([casualty], "killed") == words
    assert casualty_words([casualty], "wounded") == ""


@pytest.mark.parametrize(
    ("sources", "names"),
    [
        (["000_dcdcc320ccbce1f1"], ["000"]),
        (["Rudaw English Service: 000_dcdcc320ccbce1f1"], ["Rudaw English Service"]),
        (["a-very-long-file-name"], ["a-very-long…"]),
        (["a-very-long-file-name", "000"], ["a-very-long…", "000"]),
        # a day and a word are no hash
        (["sy-20240501", "n_decade"], ["sy-20240501", "n_decade"]),
        # what would become equal is left as it is
        (["a_0123abcd0123", "a_4567abcd0123"], ["a_0123abcd0123", "a_4567abcd0123"]),
        (["Rudaw: a", "Rudaw: b"], ["Rudaw"]),
    ],
)
def test_words_sources_are_short(sources: list[str], names: list[str]) -> None:
    """Outlets by name; articles without one by a short id, as long as it tells them apart."""
    incident = Incident(
        id="inc-1",
        event_type="Battles",
        sub_event_type="Armed clash",
        sources=tuple(
            Source(publisher=publisher or None, article=article)
            for publisher, _, article in (text.rpartition(": ") for text in sources)
        ),
    )

    assert names == short_source_names(incident)


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("airstrike", ["Air/drone strike"]),
        ("AIR STRIKE", ["Air/drone strike"]),
        ("drone", ["Air/drone strike"]),
        ("IED", ["Remote explosive/landmine/IED"]),
        ("grenade", ["Grenade"]),
        ("riots", ["Violent demonstration", "Mob violence"]),
        ("Battles / Armed clash", ["Armed clash"]),
        ("attack on civilians", ["Attack"]),
        ("%", []),
        ("", []),
        ("bombing", []),
    ],
)
def test_words_name_types(text: str, types: list[str]) -> None:
    """Names of types are found in whole or in part, however they are written."""
    assert types == list(types_called(text))


@pytest.mark.parametrize("name", SHORT_TYPES)
def test_words_short_types_are_understood(name: str) -> None:
    """What a table shows for a type can be asked for."""
    assert name in EVENT_TYPE_OF
    assert types_called(SHORT_TYPES[name]) == (name,)
