"""How probable it is that a place is where an event was: a logistic regression over cues.

The cues are those of `place_cues`; the weights stand in `data/event_places.toml`, written by
`benchmarks/fit_event_places.py` from sentences in which people marked the places of an event.

Source of the sentences and of the task: Halterman, "Geolocating political events in text" (2019);
his dataset event_location (MIT licence).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from incidents.extractors.logistic import probability
from incidents.extractors.place_cues import find_cues
from incidents.extractors.vocabulary import load_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Span, Token

    from incidents.extractors.place_cues import Scene


def place_probability(place: Span, trigger: Token, scene: Scene) -> float:
    """The probability that an event was at a place, 0 to 1.

    Args:
        place: one of the places of the scene.
        trigger: head of the words that tell of the event.
        scene: their sentence.
    """
    return probability(find_cues(place, trigger, scene), _weights())


@cache
def _weights() -> Mapping[str, float]:
    weights: Mapping[str, float] = load_words("event_places")["weights"]
    return weights
