"""The two sides of a clash, from the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incidents.extractors.clash_parties import parties_of

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

# The marked word is the trigger; then the heads of the two sides.
PARTIES: list[tuple[str, list[str]]] = [
    ("[Clashes] erupted between the army and rebels.", ["army", "rebels"]),
    ("The [clash] between police and smugglers lasted an hour.", ["police", "smugglers"]),
    ("Police [clashed] with smugglers.", ["smugglers"]),
    ("The army fought a [battle] with rebels.", ["rebels"]),
    ("[Fighting] pitted rebels against the army near Sake.", ["rebels", "army"]),
    (
        "[Clashes] pitting herders against farmers killed two.",
        ["herders", "farmers"],
    ),
    ("The [battle] pitted good ideas against bad luck.", ["ideas", "luck"]),
    ("Rebels [attacked] a base.", []),
]


@pytest.mark.parametrize(("marked", "parties"), PARTIES, ids=[p[0] for p in PARTIES])
def test_parties_of_clash(nlp: Language, marked: str, parties: list[str]) -> None:
    """The sides of a clash stand behind "between" and "with", and around "pitted"."""
    start = marked.index("[")
    doc = nlp(marked.replace("[", "").replace("]", ""))
    root = next(t for t in doc if t.idx == start)

    assert [t.text for t in parties_of(root)] == parties
