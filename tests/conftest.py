"""Options and fixtures of the whole suite."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from incidents.extractors.pipeline import Extractor

SEEDS = Path(__file__).parent.parent / "seeds"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Golden files change only when this is asked for."""
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite tests/golden from the present output"
    )


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The extractor with the default model and gazetteer."""
    from incidents.extractors.pipeline import Extractor

    return Extractor()


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the five example articles."""
    return SEEDS
