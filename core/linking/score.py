"""What agreement weighs: fixed match weights in bits, and the conditions under which they count.

A weight is the base-2 logarithm of how much likelier a level is between two reports of one event
than between two others (Fellegi and Sunter 1969). They are set by hand, not fitted: there is no
corpus of linked reports to fit them on. The tests show the cases that they were set on.
"""

from __future__ import annotations

from math import inf, log2
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from incidents.linking.compare import Comparison

PRIOR = -8.0
"""Before anything is compared: one pair in some 250 of those that share a day and a country."""

PLACE = {"spot": 7.0, "city": 5.0, "within": 4.0, "apart": 3.0, "across": 0.0, "near": 0.0}
PLACE |= {"region": 1.0, "country": -3.0, "unknown": -2.0}
DATE = {"same": 5.0, "overlap": 3.0, "lent": 2.0, "weekday": 2.0, "week": 1.0, "month": -1.0}
DATE |= {"assumed": 3.0, "year": -3.0, "adjacent": -3.0, "unknown": -3.0}
SIDES = {"same": 3.0, "overlap": 1.0, "unknown": 0.0, "differ": -2.0}
KIND = {"same": 2.0, "kindred": -1.0}
COUNTS = {"strong": 4.0, "agree": 2.0, "rising": 0.0, "unknown": 0.0, "conflict": -4.0}
NAMES = 6.0

NEAR_AGREED = 2.0
"""What two towns close by weigh where tolls or a victim agree; alone they may be two events."""

INSUFFICIENT = -2.0
"""Weight of a pair that lacks what its date demands; a third report may still bring it together."""

_IN_ONE_CITY = frozenset({"spot", "city", "within", "apart"})
_TOLLS_AGREE = frozenset({"strong", "agree"})


def weigh(pair: Comparison) -> float | None:
    """Weigh a comparison.

    Returns:
        The weight in bits; above 0 the pair is likelier one event than not. None if the two can
        never be one: one article, or a place, date, side or type that excludes the other's.
    """
    if pair.same_article or "conflict" in (pair.place, pair.date, pair.sides, pair.kind):
        return None
    if not (_has_enough_date(pair) and _has_enough_for_background(pair)):
        return INSUFFICIENT
    return sum(weigh_parts(pair).values())


def weigh_parts(pair: Comparison) -> dict[str, float]:
    """Weigh each feature of a comparison on its own, whatever it excludes or demands."""
    return {
        "prior": PRIOR,
        "place": _weigh_place(pair),
        "date": DATE.get(pair.date, 0.0),
        "sides": SIDES.get(pair.sides, 0.0),
        "type": KIND.get(pair.kind, 0.0),
        "tolls": COUNTS[pair.counts],
        "victims": NAMES if pair.names else 0.0,
    }


def _weigh_place(pair: Comparison) -> float:
    if pair.place == "near" and (pair.names or pair.counts in _TOLLS_AGREE):
        return NEAR_AGREED
    return PLACE.get(pair.place, 0.0)


def to_weight(threshold: float) -> float:
    """Turn a probability into a weight in bits; 1 into one that nothing reaches.

    Raises:
        ValueError: it is not above 0 and at most 1.
    """
    if not 0 < threshold <= 1:
        msg = f"threshold must be above 0 and at most 1, not {threshold}"
        raise ValueError(msg)
    return log2(threshold / (1 - threshold)) if threshold < 1 else inf


def to_probability(weight: float) -> float:
    """Turn a weight in bits into a probability."""
    return 1 / (1 + 2**-weight)


def _has_enough_date(pair: Comparison) -> bool:
    """Whether a date that is only half known is backed by the rest.

    A weekday comes 52 times a year, so everything else must agree, and something must be as exact
    as a spot, a toll or a victim's name. With no date at all, a name or spot and toll.
    """
    if pair.date in {"lent", "weekday"}:
        agree = pair.place in _IN_ONE_CITY and pair.kind == "same" and pair.counts != "conflict"
        exact = pair.names or pair.place == "spot" or pair.counts in _TOLLS_AGREE
        return agree and exact and (pair.names or pair.sides in {"same", "overlap"})
    if pair.date == "unknown":
        return pair.names or (
            not pair.background and pair.place == "spot" and pair.counts in _TOLLS_AGREE
        )
    if pair.date in {"month", "year"}:
        return pair.names or (pair.place in _IN_ONE_CITY and pair.counts in _TOLLS_AGREE)
    return True


def _has_enough_for_background(pair: Comparison) -> bool:
    """Whether a recalled event is told closely enough: its day, and its town or its type.

    Of a month it needs all of these, and the toll.
    """
    if not pair.background or pair.names:
        return True
    if pair.sides == "unknown" or pair.counts == "conflict":
        return False
    in_town, same_kind = pair.place in {"spot", "city", "within"}, pair.kind == "same"
    if pair.date in {"same", "overlap"}:
        return in_town or same_kind
    return pair.date == "month" and in_town and same_kind and pair.counts in _TOLLS_AGREE
