"""How probable it is that a report is right: what, when and where are as a reader would note them.

A logistic regression over a few cues that are known when a report is assembled. The weights stand
in `data/confidence.toml`; `benchmarks/calibration.py --fit` writes them from annotated articles
and shows how well the probabilities hold. *Right* is `incidents.evaluation.is_right`: the report
tells an incident that annotators found in the article, with its event type, date and place.

Source of the method: Platt, "Probabilistic outputs for support vector machines" (1999), with an
L2 penalty, since the annotated reports are few hundreds.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from incidents.extractors.logistic import probability
from incidents.extractors.vocabulary import load_words
from incidents.gazetteer.model import REGION_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from incidents.model import Report

_MANY_SENTENCES = 4
_DECIMALS = 2
_LEAST, _MOST = 0.02, 0.98  # a few hundred reports do not tell 1 in 50 from never


def _sentences(report: Report) -> int:
    return len({e.start for e in report.evidence if e.rule.startswith("event:")})


CUES: Mapping[str, Callable[[Report], bool]] = {
    "background": lambda r: r.background,
    "no place": lambda r: not r.places,
    "region": lambda r: bool(r.places) and r.places[0].kind in REGION_KINDS,
    "unresolved place": lambda r: bool(r.places) and r.places[0].id is None,
    "no single day": lambda r: r.date.precision != "day",
    "people harmed": lambda r: bool(r.casualties),
    "two sides": lambda r: len({a.role for a in r.actors}) > 1,
    "no sides": lambda r: not r.actors,
    "many sentences": lambda r: _sentences(r) >= _MANY_SENTENCES,
    "remote violence": lambda r: r.event_type == "Explosions/Remote violence",
    "strategic development": lambda r: r.event_type == "Strategic developments",
}
"""What is asked of a report, by the name that its weight stands under."""

ONLY_REPORT = "only report"
"""Holds for the one report of an article: there is no other event to mix it up with."""

CUE_NAMES = (*CUES, ONLY_REPORT)


def find_cues(report: Report, *, is_only: bool) -> tuple[str, ...]:
    """Names of the cues that hold for a report, in their order.

    Args:
        report: its own `confidence` is not read.
        is_only: True if its article has no other report.
    """
    found = tuple(name for name, holds in CUES.items() if holds(report))
    return (*found, ONLY_REPORT) if is_only else found


def estimate_confidence(report: Report, *, is_only: bool) -> float:
    """The probability that a report is right, 0.02 to 0.98.

    Args:
        report: its own `confidence` is not read.
        is_only: True if its article has no other report.
    """
    return confidence_of(find_cues(report, is_only=is_only), _weights())


def confidence_of(cues: Iterable[str], weights: Mapping[str, float]) -> float:
    """The probability that the weights give to what holds, no surer than the fit can be.

    Args:
        cues: names of the cues that hold; a test compares them with those that have a weight.
        weights: log-odds by name; `base` holds always.

    >>> confidence_of(["people harmed"], {"base": 8.0, "people harmed": 1.0})
    0.98
    """
    return round(min(max(probability(cues, weights), _LEAST), _MOST), _DECIMALS)


@cache
def _weights() -> Mapping[str, float]:
    weights: Mapping[str, float] = load_words("confidence")["weights"]
    return weights
