"""Mediators of agreements and exchanges, and who only looks like one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from incidents.extractors.assembly import extract_reports
from incidents.extractors.mediators import find_mediators
from incidents.gazetteer import Gazetteer
from incidents.model import Article

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

ROWS = [
    ("Qatar brokered a truce between the army and the rebels.", ["Qatar"]),
    ("A ceasefire brokered by Qatar and Egypt took effect in Gaza.", ["Qatar", "Egypt"]),
    ("A Turkish-brokered ceasefire took effect in Tripoli.", ["Turkish"]),
    ("The two sides agreed a truce under the mediation of Oman.", ["Oman"]),
    ("The African Union mediated a ceasefire in Bangui.", ["Union"]),
    # nobody stood between
    ("The army and the rebels signed a ceasefire in Juba.", []),
    ("Qatar did not broker the truce.", []),
    ("A power broker in Kabul welcomed the truce.", []),
]


@pytest.mark.parametrize(("text", "heads"), ROWS)
def test_find_mediators(nlp: Language, text: str, heads: list[str]) -> None:
    """Verbs, participles, hyphens and nouns of mediation name the mediators."""
    doc = nlp(text)

    assert [t.text for sent in doc.sents for t in find_mediators(sent)] == heads


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        (
            "A ceasefire between the army and the RSF, brokered by Saudi Arabia, took effect in"
            " Khartoum on Monday.",
            {("sd-saf", "participant"), ("sd-rsf", "participant"), ("sa-government", "mediator")},
        ),
        (
            "Sudan's army and the rebels signed a ceasefire in Juba on Monday.",
            {("sd-saf", "participant"), (None, "participant")},
        ),
    ],
)
def test_report_names_mediators(
    nlp: Language, text: str, actors: set[tuple[str | None, str]]
) -> None:
    """A mediator is no side; a country mediates by its government."""
    article = Article(id="a", text=text, published=dt.date(2023, 5, 24))
    (report,) = extract_reports(nlp(text), article, Gazetteer.open())

    assert {(a.id, a.role) for a in report.actors} == actors
