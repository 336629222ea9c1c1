"""How probable a place is that of an event: by weights, and what accounts drop for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incidents.extractors.event_places import place_probability
from incidents.extractors.logistic import probability
from incidents.extractors.place_cues import find_cues, scene_of
from incidents.extractors.vocabulary import load_words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Span, Token

    from incidents.extractors.place_cues import Scene

# sentence, word of the event, its place, another place that is less probable
PAIRS = [
    ("Police in Imphal said that gunmen attacked Moreh at dawn.", "attacked", "Moreh", "Imphal"),
    ("Nine people were wounded in Kherson and taken to a clinic in Lviv.", "wounded", "Kherson",
     "Lviv"),
    ("Rockets launched from Tyre struck Haifa on Monday.", "struck", "Haifa", "Tyre"),
    ("Jets bombed Idlib while the rebels shelled Aleppo.", "bombed", "Idlib", "Aleppo"),
    ("Jets bombed Idlib while the rebels shelled Aleppo.", "shelled", "Aleppo", "Idlib"),
    ("Gunmen killed six men in Gao, Mali, on Friday.", "killed", "Gao", "Mali"),
    ("The attackers shot two guards in Jos and drove towards Maiduguri.", "shot", "Jos",
     "Maiduguri"),
]  # fmt: skip


def _look(nlp: Language, sentence: str, word: str) -> tuple[Scene, Token, dict[str, Span]]:
    doc = nlp(sentence)
    trigger = next(t for t in doc if t.text == word)
    scene = scene_of(trigger.sent)
    return scene, trigger, {span.text: span for span in scene.places}


@pytest.mark.model
@pytest.mark.parametrize(
    ("sentence", "word", "own", "other"), PAIRS, ids=[f"{r[1]}: {r[0]}" for r in PAIRS]
)
def test_event_places_prefer_the_place_of_the_event(
    nlp: Language, sentence: str, word: str, own: str, other: str
) -> None:
    """The place of the event is more probable than one beside it."""
    scene, trigger, places = _look(nlp, sentence, word)

    odds = {name: place_probability(places[name], trigger, scene) for name in (own, other)}
    assert odds[own] > odds[other]


@pytest.mark.model
def test_place_cues_of_an_adjunct(nlp: Language) -> None:
    """What hangs on the event by "in", right behind it, with no event between."""
    scene, trigger, places = _look(nlp, "Gunmen killed six men in Gao on Friday.", "killed")

    cues = find_cues(places["Gao"], trigger, scene)
    assert {"first:in", "side:behind", "events between:0", "kind:city", "places:1"} <= cues
    assert "listed" not in cues


def test_probability_passes_over_cues_without_a_weight() -> None:
    """A cue that the fit has left out weighs nothing."""
    assert probability(["unheard of"], {"base": 0.0}) == 0.5


def test_event_places_weights_have_a_base() -> None:
    """The weights are log-odds within reason."""
    weights = load_words("event_places")["weights"]

    assert "base" in weights
    assert all(abs(value) < 5 for value in weights.values())
