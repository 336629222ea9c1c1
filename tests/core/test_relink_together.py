"""Two processes that change and link one database, their steps in any order."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from incidents import relink as relinking
from incidents.linking import identity

if TYPE_CHECKING:
    from types import ModuleType

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture
def fuzz(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script that makes such runs; it sets a number of the module that it looks at."""
    monkeypatch.syspath_prepend(BENCHMARKS)
    monkeypatch.setattr(relinking, "_MANY", relinking._MANY)
    return importlib.import_module("fuzz_links")


@pytest.mark.parametrize("seed", range(1, 25))
def test_two_that_link_in_any_order(fuzz: ModuleType, seed: int) -> None:
    """All is linked as at once, and an id that was shown leads to what is left of its incident."""
    assert fuzz.try_run(fuzz.Run(seed)) == []


def test_fuzz_sees_what_is_lost(fuzz: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """A linking that forgets old ids is found out."""
    monkeypatch.setattr(
        relinking, "name_groups", lambda *args: (identity.name_groups(*args)[0], [])
    )

    assert any(fuzz.try_run(fuzz.Run(seed)) for seed in range(1, 25))
