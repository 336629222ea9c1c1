"""Numbers of places in the index: those of their sources, each source in a range of its own."""

from __future__ import annotations

# GeoNames ids end near 13 million. The user's own places have numbers below 0.
OWN_FIRST = 500_000_000
"""The first number of the project's own places, which are counted from here."""

AIRPORT_FIRST = 600_000_000
"""The first number of airports, which end where Who's On First begins."""

_WOF_FIRST = 10_000_000_000


def number_in(place_id: str) -> int | None:
    """Return the number that a place's id holds, None for ids that hold none.

    >>> number_in("geonames:173377"), number_in("incidents:qamishli-tay")
    (173377, None)
    """
    prefix, _, rest = place_id.partition(":")
    if prefix == "wof" and rest.isdecimal():
        return _WOF_FIRST + int(rest)
    if prefix == "iata" and rest.isalnum() and rest.isascii():
        return AIRPORT_FIRST + int(rest, 36)
    if prefix == "geonames" and rest.isdecimal():
        return int(rest)
    return None
