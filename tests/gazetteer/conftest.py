"""Fixtures: one gazetteer for all tests of the package."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from incidents.gazetteer import Gazetteer
from incidents.gazetteer.user import VARIABLE


@pytest.fixture(scope="session", autouse=True)
def no_user_gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the entries of whoever runs the tests out of them."""
    path = tmp_path_factory.mktemp("user") / "gazetteer.sqlite"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(path))
        yield path


@pytest.fixture(scope="session")
def gaz(no_user_gazetteer: Path) -> Gazetteer:
    """Return the gazetteer in the user's cache; the first test run builds its index."""
    assert not no_user_gazetteer.exists()
    return Gazetteer.open()
