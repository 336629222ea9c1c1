"""People taken and let go with everyday verbs, and the same verbs without captives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

TOLD = [
    ("Gunmen seized a priest from his house in Kagoro on Sunday.", "abduct"),
    ("Armed men grabbed two farmers near Zuru.", "abduct"),
    ("Bandits stopped a bus and took nine passengers with them.", "abduct"),
    ("The rebels led him away on Monday.", "abduct"),
    ("Gunmen dragged two nurses into a van.", "abduct"),
    pytest.param(
        "Two nurses were dragged into a van by gunmen.",
        "abduct",
        marks=pytest.mark.xfail(strict=True, reason="the parser hangs “by gunmen” on the van"),
    ),
    ("A mayor was led away by soldiers on Friday.", "abduct"),
    ("The rebels released 14 of the nurses on Monday.", "release"),
    ("Bandits freed two nuns in Jos on Tuesday.", "release"),
    ("The nuns were released on Tuesday after two months in captivity.", "release"),
    ("Commandos rescued three hostages held by the rebels.", "rescue"),
]
NOT_TOLD = [
    "The police seized a car from a suspect.",
    "The army seized the day.",
    "A nurse took nine passengers with her.",
    "The rebels took the children to school.",
    "The ambulance took him away.",
    "The coach led the team away from trouble.",
    "The band released a song on Monday.",
    "The rebels released a video on Monday.",
    "The zoo released two eagles in the park.",
    "Police released two students on Monday.",
]


@pytest.mark.parametrize(("sentence", "frame"), TOLD)
def test_captivity_is_told(nlp: Language, sentence: str, frame: str) -> None:
    """People are taken or let go, whatever the verb."""
    doc = nlp(sentence)
    frames = {s._.event.frame for s in doc.spans["events"]}

    assert frame in frames


@pytest.mark.parametrize("sentence", NOT_TOLD)
def test_captivity_of_look_alike_is_none(nlp: Language, sentence: str) -> None:
    """Things are taken, people travel, police let suspects go."""
    doc = nlp(sentence)
    frames = {s._.event.frame for s in doc.spans["events"]}

    assert not frames & {"abduct", "release", "rescue"}
