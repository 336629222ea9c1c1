"""Sentences that only say where or when the event told before took place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incidents.extractors.settings import tells_setting
from incidents.model import Article

if TYPE_CHECKING:
    from spacy.language import Language

    from incidents.extractors.pipeline import Extractor

pytestmark = pytest.mark.model

SETTINGS = [
    "The incident took place near the town of Gao.",
    "It happened on Monday in Kidal.",
    "The incident occurred at dawn outside Mopti, a spokesman said.",
    "Police said the incident happened in Timbuktu.",
    "This happened in the village of Boni.",
]
OTHERS = [
    # another event
    "A similar incident took place in Kidal in May.",
    "The latest incident occurred near Mopti.",
    "Talks took place in Bamako on Friday.",
    # what did not take place, or may yet
    "The incident did not happen in Gao.",
    "The incident could happen in Gao again.",
    # other senses
    "He took the place of the mayor of Gao.",
    "The incident angered people in Gao.",
    "The mayor knows what happened in Gao.",
]


@pytest.mark.parametrize("sentence", SETTINGS)
def test_setting_of_the_event_told_before(nlp: Language, sentence: str) -> None:
    """It and the incident take up the event told before."""
    assert tells_setting(next(iter(nlp(sentence).sents)))


@pytest.mark.parametrize("sentence", OTHERS)
def test_setting_of_look_alike_is_none(nlp: Language, sentence: str) -> None:
    """Other events, what did not happen, and other senses say nothing of it."""
    assert not tells_setting(next(iter(nlp(sentence).sents)))


def test_setting_gives_its_place_and_day_to_the_event(extractor: Extractor) -> None:
    """Place and day of the sentence are those of the one incident."""
    text = (
        "Gunmen killed three soldiers in Mali, the army said. It happened on May 4, 2015 near Gao."
    )

    reports = extractor.extract(Article(id="a", text=text))

    assert [(r.places[0].name, str(r.date.start)) for r in reports] == [("Gao", "2015-05-04")]
