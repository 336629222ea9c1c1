"""Word lists: TOML files beside the components, each with its source and licence."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_HEADER = ("source", "licence", "retrieved", "language")


@cache
def load_words(name: str) -> dict[str, Any]:
    """Read one word list of `incidents.extractors`.

    Args:
        name: file name without `.toml`.

    Returns:
        The file's tables; shared between callers, so not to be changed.

    Raises:
        ValueError: if the file lacks its source or licence.
    """
    text = (files("incidents.extractors") / "data" / f"{name}.toml").read_text(encoding="utf-8")
    words = tomllib.loads(text)
    missing = [key for key in _HEADER if key not in words]
    if missing:
        msg = (
            f"extractors/data/{name}.toml: no {', '.join(missing)}; state where the words come from"
        )
        raise ValueError(msg)
    return words


@cache
def word_set(name: str, table: str, key: str) -> frozenset[str]:
    """One list of a word list file as a set."""
    return frozenset(load_words(name)[table][key])
