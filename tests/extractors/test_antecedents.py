"""Whom pronouns and descriptions mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incidents.extractors.sides import Sides

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

# The marked word is the pronoun or the head of a description; then the party that it means.
ROWS: list[tuple[str, str | None]] = [
    # named parties
    ("Al-Shabaab stormed a base. Its [fighters] killed six soldiers.", "Al-Shabaab"),
    ("Boko Haram raided Banki. The militant [group] burned ten houses.", "Boko Haram"),
    ("Boko Haram raided Banki. The [insurgents] burned ten houses.", "Boko Haram"),
    # parties without a name
    ("Gunmen raided the village at dawn. [They] killed nine farmers.", "Gunmen"),
    ("Masked men stopped a bus near Zalingei. The [assailants] took two drivers.", "Masked men"),
    # who is acted on is not who acts
    ("Police fired on demonstrators, killing five of [them].", "demonstrators"),
    ("Soldiers met the rebels at dawn and shot [them] dead.", "rebels"),
    # who speaks of himself
    ("The rebels said that [they] had taken the town.", "rebels"),
    (
        "Ukraine's army shelled Donetsk. Russia's defence ministry said its [troops] took a town.",
        "Russian Armed Forces",
    ),
    # nobody is named
    ("Six farmers worked in the field. [They] left at noon.", None),
    ("[It] rained all night.", None),
]


@pytest.mark.parametrize(("marked", "name"), ROWS, ids=[row[0] for row in ROWS])
def test_pronoun_means_party(nlp: Language, marked: str, name: str | None) -> None:
    """The nearest fitting party, named ones first."""
    start = marked.index("[")
    doc = nlp(marked.replace("[", "").replace("]", ""))
    token = next(t for t in doc if t.idx == start)

    party = Sides(doc).of(token)

    assert (party.name if party is not None else None) == name
