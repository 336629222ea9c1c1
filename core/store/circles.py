"""Incidents within a distance of a point, as a part of an SQL condition."""

from __future__ import annotations

import math
import sqlite3  # noqa: TC003 - beside the type it has nothing that would be loaded late
from typing import Any, NamedTuple

from incidents.distance import EARTH_KM, km_between

_POLE = 90.0
_HALF_TURN, _TURN = 180.0, 360.0
_MARGIN = 1e-6  # degrees, some 10 cm: what rounding may take off a box
_PROVINCE = 3  # geo_precision of a province or a country, whose coordinates say little


class Circle(NamedTuple):
    """All points within a distance of one.

    Attributes:
        lat: of its centre, degrees north.
        lon: degrees east.
        km: great-circle distance.
    """

    lat: float
    lon: float
    km: float

    def selects(self) -> list[tuple[str, tuple[Any, ...]]]:
        """SELECTs of the incidents inside, each with the values that it binds.

        An index on the coordinates finds a box around the circle, and each incident in it is
        measured. An incident without coordinates is not inside, nor is one of which no more than
        the province or the country is known: where in it the middle lies tells nothing.
        """
        south, north, *spans = self._box()
        sql = (
            "SELECT id FROM incident WHERE latitude BETWEEN ? AND ? AND longitude BETWEEN ? AND ?"
            " AND coalesce(geo_precision, 1) < ? AND km_between(latitude, longitude, ?, ?) <= ?"
        )
        rest = (_PROVINCE, self.lat, self.lon, self.km)
        return [(sql, (south, north, *span, *rest)) for span in spans]

    def _box(self) -> tuple[float, float, *tuple[tuple[float, float], ...]]:
        """The least and greatest latitude, and one or two spans of longitude."""
        reach = self.km / EARTH_KM
        south = self.lat - math.degrees(reach) - _MARGIN
        north = self.lat + math.degrees(reach) + _MARGIN
        if south <= -_POLE or north >= _POLE:  # a pole is inside, and with it every longitude
            return south, north, (-_HALF_TURN, _HALF_TURN)
        # the meridian that touches the circle does so nearer to the pole than its centre
        wide = math.degrees(math.asin(math.sin(reach) / math.cos(math.radians(self.lat))))
        west, east = self.lon - wide - _MARGIN, self.lon + wide + _MARGIN
        if west < -_HALF_TURN:  # across the date line
            return south, north, (-_HALF_TURN, east), (west + _TURN, _HALF_TURN)
        if east > _HALF_TURN:
            return south, north, (west, _HALF_TURN), (-_HALF_TURN, east - _TURN)
        return south, north, (west, east)


def add_functions(db: sqlite3.Connection) -> None:
    """Give a connection what these conditions call."""
    db.create_function("km_between", 4, km_between, deterministic=True)
