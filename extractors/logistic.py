"""The probability that weights give to cues: what a logistic regression says, once it is fitted.

`benchmarks/logistic.py` fits the weights.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def probability(cues: Iterable[str], weights: Mapping[str, float]) -> float:
    """The probability that the weights give to what holds.

    Args:
        cues: names of the cues that hold; one without a weight weighs nothing.
        weights: log-odds by name; `base` holds always.

    >>> probability(["near"], {"base": -1.0, "near": 1.0})
    0.5
    """
    score = weights["base"] + sum(weights.get(name, 0.0) for name in cues)
    return 1 / (1 + math.exp(-score))
