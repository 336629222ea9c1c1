"""The docstring of each component is its data sheet."""

from __future__ import annotations

import importlib
import inspect
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent.parent / "pyproject.toml"
FACTORIES = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["entry-points"][
    "spacy_factories"
]


@pytest.mark.parametrize("component", sorted(FACTORIES))
def test_data_sheet_says_method_effect_scores_and_misses(component: str) -> None:
    """Method, what it sets, what was measured, and what it is known to miss."""
    module_name, _, factory = FACTORIES[component].partition(":")
    module = importlib.import_module(module_name)
    matchers = [
        each
        for name, each in inspect.getmembers(module, inspect.isclass)
        if name.endswith("Matcher") and each.__module__ == module_name
    ]
    (subject,) = matchers or [getattr(module, factory)]

    sheet = " ".join((inspect.getdoc(subject) or "").split())

    assert all(part in sheet for part in ("Method:", "Sets ", "Measured:", "Known misses:"))
