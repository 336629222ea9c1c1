"""Fixtures: one pipeline for all tests of the package that need the parser."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from incidents.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

    from incidents.extractors.pipeline import Extractor

WEDNESDAY = dt.date(2019, 3, 20)


@pytest.fixture(scope="session")
def nlp() -> Language:
    """Return the default pipeline; its tests carry the marker `model`."""
    from incidents.extractors.pipeline import load_pipeline

    return load_pipeline()


@pytest.fixture(scope="session")
def types_of(extractor: Extractor) -> Callable[[str], list[str]]:
    """Return what gives the sub-event types of a text; the first of two lines is its title."""

    def find(text: str) -> list[str]:
        title = text.split("\n", 1)[0] if "\n" in text else None
        article = Article(id="a", text=text, title=title, published=WEDNESDAY)
        return [report.sub_event_type for report in extractor.extract(article)]

    return find
