"""Fixtures: one gazetteer for all tests of the package."""

import pytest

from incidents.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def gaz() -> Gazetteer:
    """Return the gazetteer in the user's cache; the first test run builds its index."""
    return Gazetteer.open()
