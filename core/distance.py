"""How far two points of the earth are apart."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0
"""Mean radius. Source: International Union of Geodesy and Geophysics, R1."""


def km_between(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance in km of two points in WGS84 degrees.

    Source: the haversine formula, which stays exact where points lie close together.

    >>> round(km_between(37.05, 41.22, 36.5, 40.75))
    74
    """
    lat1, lon1, lat2, lon2 = map(radians, (lat, lon, other_lat, other_lon))
    chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, chord)))
