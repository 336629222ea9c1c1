"""Short turns of digests: a clause beside another, warnings, outskirts, "the shelling of X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

pytestmark = pytest.mark.model

SHELLING, ATTACK = "Shelling/artillery/missile attack", "Attack"

TOLD = [
    ("Rockets hit the airport in Timbuktu, nobody was hurt.", [SHELLING]),
    ("Shells fell on a market in Taiz, no casualties were reported.", [SHELLING]),
    ("Turkish artillery shelled the outskirts of Manbij.", [SHELLING]),
    ("Rebels shelled the northern suburbs of Aleppo on Monday.", [SHELLING]),
    ("Unknown gunmen on a motorcycle shot dead a former rebel leader in Tafas.", [ATTACK]),
]
NOT_TOLD = [
    "Rockets will hit the airport in Timbuktu, he fears.",
    "Air raid alert in Kyiv.",
    "Air raid sirens sounded across Kharkiv on Monday.",
    "The school in Sderot held an attack drill on Tuesday.",
    "He shelled out ten dollars for the book in Leeds.",
    "She shelled peas on the outskirts of Leeds.",
    "The goalkeeper saved a shot, dead on time, in Leeds.",
]


@pytest.mark.parametrize(("text", "types"), TOLD)
def test_layout_turns_tell_of_an_event(
    types_of: Callable[[str], list[str]], text: str, types: list[str]
) -> None:
    """What stands beside the event, as "nobody was hurt", does not take it back."""
    assert types_of(text) == types


@pytest.mark.parametrize("text", NOT_TOLD)
def test_layout_turns_that_look_alike_tell_of_none(
    types_of: Callable[[str], list[str]], text: str
) -> None:
    """Warnings, drills and fears are no events."""
    assert types_of(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Two were wounded in the shelling of Kostiantynivka.", ["Kostyantynivka"]),
        ("The bombardment of Kidal went on.", ["Kidal"]),
        ("Clashes were reported from Kadugli on Monday.", ["Kadugli"]),
        ("Clashes were reported from Tolbondi on Monday.", ["Tolbondi"]),
        ("The men came from Tolbondi on Monday.", []),
        ("The author of Zola's life spoke.", []),
        ("The bombing of Hassan's house was filmed.", []),
    ],
)
def test_layout_turns_name_what_is_struck(nlp: Language, text: str, names: list[str]) -> None:
    """A town behind "the shelling of" is one, whatever the recogniser takes it for."""
    doc = nlp(text)

    assert [span._.place.name for span in doc.spans["places"]] == names


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        ("Clashes were reported from Kadugli on Monday.", None),
        ("Two men from Kadugli were shot on Monday.", "origin"),
        ("Rockets were fired from Kadugli on Monday.", "origin"),
    ],
)
def test_layout_turns_tell_where_news_is_reported_from(
    nlp: Language, text: str, excluded: str | None
) -> None:
    """What is reported from a town was there; who or what comes from it was not."""
    doc = nlp(text)

    assert [span._.place.excluded for span in doc.spans["places"]] == [excluded]
