"""Logistic regression over named cues, and the data file that its weights are written to."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

BASE = "base"
"""The weight that counts whatever the cues are."""

_STEPS = 30  # of Newton's method; ten are enough


def fit_weights(
    samples: Sequence[tuple[Collection[str], bool]], names: Sequence[str], *, penalty: float
) -> dict[str, float]:
    """Log-odds of each cue, by Newton's method.

    Args:
        samples: the cues that hold, and whether it is right.
        names: the cues that get a weight.
        penalty: L2; the base is free of it.

    Returns:
        Weights by name, the base first, rounded to two digits.
    """
    columns = [BASE, *names]
    x = np.array([[name == BASE or name in cues for name in columns] for cues, _ in samples], float)
    y = np.array([right for _, right in samples], float)
    ridge = penalty * np.diag([0.0] + [1.0] * len(names))
    w = np.zeros(len(columns))
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + ridge
        w -= np.linalg.solve(hessian, x.T @ (p - y) + ridge @ w)
    return {name: round(float(value), 2) for name, value in zip(columns, w, strict=True)}


def write_weights(path: Path, weights: Mapping[str, float], *, source: str, about: str) -> None:
    """Write weights as a data file.

    Args:
        path: a TOML file.
        weights: by name.
        source: what they were fitted to.
        about: a comment of one or more lines, without the signs.
    """
    lines = [
        *(f"# {line}" for line in about.splitlines()),
        f'source = "{source}"',
        'licence = "Apache-2.0"',
        f"retrieved = {dt.datetime.now(dt.UTC).date()}",
        'language = "en"',
        "",
        "[weights]",
        *(f'"{name}" = {value}' for name, value in weights.items()),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
