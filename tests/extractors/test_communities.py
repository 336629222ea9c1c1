"""Peoples that fight each other, by the noun behind the second one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incidents.extractors.communities import find_communities

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Clashes between the Salamat and Beni Halba communities were reported from Kubum.",
         ["Salamat", "Beni Halba"]),
        ("Fighting between the Hema and Lendu tribes killed 20 people in Djugu.",
         ["Hema", "Lendu"]),
        ("Talks between Abgal and Habar Gidir clans began.", ["Abgal", "Habar Gidir"]),
        ("The Christian and Jewish communities of Fez are old.", []),
        ("Gunmen raided farming communities between Gao and Ansongo.", []),
        ("The gap between rich and poor communities grows.", []),
        ("Between the two communities there is peace.", []),
    ],
)  # fmt: skip
def test_communities_are_named_behind_between(nlp: Language, text: str, names: list[str]) -> None:
    """Both peoples where both are named; no adjectives, places and bare nouns."""
    doc = nlp(text)

    assert [found.mention.name for found in find_communities(doc)] == names
