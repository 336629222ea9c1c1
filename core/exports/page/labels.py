"""Names on a page's map: countries, provinces, and towns for finding one's way.

Source: the project's gazetteer, after GeoNames (CC BY 4.0), which a page names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from incidents.gazetteer import Gazetteer

    Point = tuple[float, float]

_MARGIN_DEGREES = 1.5  # around all incidents
_LARGE_TOWNS = 150  # of the whole box
_CLOSE_TOWNS = 10  # of the surroundings of each incident
_CELLS_A_DEGREE = 4  # surroundings are squares of a quarter of a degree
_MAX_TOWNS = 500
_WORLD = (-90.0, -180.0, 90.0, 180.0)


class Labels(msgspec.Struct, frozen=True, kw_only=True):
    """Names with degrees north and east; the more important first."""

    countries: list[tuple[str, float, float]] = []
    provinces: list[tuple[str, float, float]] = []
    towns: list[tuple[str, float, float]] = []


def labels_near(points: Collection[Point], gazetteer: Gazetteer) -> Labels:
    """Choose the names that the map of some incidents needs.

    Args:
        points: degrees north and east of the incidents.
        gazetteer: knows the places.
    """
    countries = list(_rounded(gazetteer.largest_within(_WORLD, ("country",))))
    if not points:
        return Labels(countries=countries)
    box = _box(points)
    return Labels(
        countries=countries,
        provinces=list(_rounded(gazetteer.largest_within(box, ("admin1",)))),
        towns=list(_rounded(_towns(points, gazetteer.largest_within(box, ("city", "village"))))),
    )


def _box(points: Collection[Point]) -> tuple[float, float, float, float]:
    """South, west, north and east of all points, with a margin."""
    lats, lons = zip(*points, strict=True)
    margin = _MARGIN_DEGREES
    return min(lats) - margin, min(lons) - margin, max(lats) + margin, max(lons) + margin


def _towns(
    points: Collection[Point], found: Iterable[tuple[str, float, float]]
) -> Iterator[tuple[str, float, float]]:
    """The largest towns of all, and the largest ones close to an incident."""
    room = {
        (north + up, east + right): _CLOSE_TOWNS
        for north, east in map(_cell, points)
        for up in (-1, 0, 1)
        for right in (-1, 0, 1)
    }
    taken = 0
    for number, town in enumerate(found):
        cell = _cell(town[1:])
        left = room.get(cell, 0)
        if number >= _LARGE_TOWNS and not left:
            continue
        if left:
            room[cell] = left - 1
        yield town
        taken += 1
        if taken == _MAX_TOWNS:
            return


def _cell(point: Point) -> tuple[int, int]:
    lat, lon = point
    return round(lat * _CELLS_A_DEGREE), round(lon * _CELLS_A_DEGREE)


def _rounded(places: Iterable[tuple[str, float, float]]) -> Iterator[tuple[str, float, float]]:
    for name, lat, lon in places:
        if lat is not None and lon is not None:
            yield name, round(lat, 4), round(lon, 4)
