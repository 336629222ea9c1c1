"""Fixtures: one pipeline for all tests of the package that need the parser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def nlp() -> Language:
    """Return the default pipeline; its tests carry the marker `model`."""
    from incidents.extractors.pipeline import load_pipeline

    return load_pipeline()
