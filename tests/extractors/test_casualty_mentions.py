"""What a count of people harmed says besides its kind and range."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

NAMED = [
    ("Militants killed Colonel Idris Bello in Maiduguri.", "killed", ("Idris Bello",)),
    ("A journalist, Marta Leal, was killed in Cauca.", "killed", ("Marta Leal",)),
    ("Ahmed Karimi was wounded in the shooting.", "wounded", ("Ahmed Karimi",)),
    ("Gunmen abducted Elena Castro in Sonora.", "kidnapped", ("Elena Castro",)),
]


@pytest.mark.parametrize(("sentence", "kind", "names"), NAMED, ids=[n[0] for n in NAMED])
def test_casualties_name_their_victim(
    nlp: Language, sentence: str, kind: str, names: tuple[str, ...]
) -> None:
    """A named victim is one person, with the name."""
    doc = nlp(sentence)

    (span,) = doc.spans["casualties"]

    mention = span._.casualty
    assert (kind, 1, 1, names) == (mention.kind, mention.min, mention.max, mention.names)


@pytest.mark.parametrize(
    ("sentence", "whole", "more"),
    [
        ("The death toll rose to 45.", True, False),
        ("Two more soldiers were killed.", False, True),
        ("Another two soldiers were killed.", False, True),
        ("Another four heavily armed young soldiers were killed.", False, True),
        ("Two others were killed.", False, True),
        ("Two soldiers were killed.", False, False),
        ("Gunmen killed two soldiers further north.", False, False),
        ("Staff counted 33 dead.", False, False),
    ],
)
def test_casualties_say_whether_they_replace_or_add(
    nlp: Language, sentence: str, *, whole: bool, more: bool
) -> None:
    """A toll so far replaces its parts; "two more" adds to them."""
    doc = nlp(sentence)

    (span,) = doc.spans["casualties"]

    assert (whole, more) == (span._.casualty.whole, span._.casualty.more)


def test_casualties_span_holds_count_and_cue(nlp: Language) -> None:
    """The span runs from the count to the word that says what befell them."""
    doc = nlp("On Monday at least six miners were killed near Kolwezi.")

    (span,) = doc.spans["casualties"]

    assert span.text == "at least six miners were killed"
    assert span.label_ == "KILLED"
    assert (doc[span._.casualty.head].text, doc[span._.casualty.cue].text) == ("miners", "killed")
