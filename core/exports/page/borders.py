"""The land on a page's map: countries and provinces, in detail only where incidents are.

The whole world is 3 MB of TopoJSON. A page gets every country, so that zooming out shows the
world, and the provinces of the countries in which something happened; lines further from all
incidents than `NEAR_DEGREES` are coarse, and small islands there are left out.

Source: Natural Earth 1:10,000,000, public domain; see `docs/data-sources.md`.
"""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

Point = tuple[int, int]

NEAR_DEGREES = 3
"""How far around an incident the lines keep their detail."""

_ISLAND_DEGREES = 0.6  # islands that are smaller are left out far from incidents


class Topology(msgspec.Struct):
    """TopoJSON, as far as it is used here; see https://github.com/topojson/topojson-specification.

    Attributes:
        type: always `Topology`.
        arcs: lines as steps on a grid; neighbours share them.
        transform: scale and translate, from the grid to degrees east and north.
        objects: name to a collection of geometries, which count the arcs, `~n` turned round.
    """

    type: str
    arcs: list[list[Point]]
    transform: dict[str, tuple[float, float]]
    objects: dict[str, dict[str, Any]]


class World(Topology):
    """All there is, each line twice.

    Attributes:
        coarse: the arcs with few points, and the same ends.
    """

    coarse: list[list[Point]]


def borders_near(points: Collection[tuple[float, float]], countries: Collection[str]) -> Topology:
    """Choose the land that a page needs.

    Args:
        points: degrees north and east of the incidents.
        countries: codes (ISO 3166-1 alpha-2) of those whose provinces are to be shown.

    Returns:
        A topology with the objects `countries`, `provinces` and `disputed`.
    """
    world = _read_world()
    wanted = frozenset(countries)
    grid = _Grid(world, frozenset(_cells_near(points)))
    objects = {
        name: [grid.without_islands(shape) for shape in collection["geometries"]]
        for name, collection in world.objects.items()
    }
    objects["provinces"] = [
        shape for shape in objects["provinces"] if shape["properties"]["c"] in wanted
    ]
    return _pack(world, grid, objects)


@cache
def _read_world() -> World:
    packed = files("incidents.exports.page").joinpath("data", "borders.json.gz").read_bytes()
    return msgspec.json.decode(gzip.decompress(packed), type=World)


def _cells_near(points: Collection[tuple[float, float]]) -> Iterator[tuple[int, int]]:
    """Squares of one degree around the points, by their east and north."""
    reach = range(-NEAR_DEGREES, NEAR_DEGREES + 1)
    for lat, lon in {(round(lat), round(lon)) for lat, lon in points}:
        for north in reach:
            for east in reach:
                yield lon + east, lat + north


class _Grid:
    """The lines of the world, each near to an incident or far from all."""

    def __init__(self, world: World, cells: frozenset[tuple[int, int]]) -> None:
        self._scale, self._origin = world.transform["scale"], world.transform["translate"]
        self._cells = cells
        self._world = world
        self._boxes = [self._box(_unpack(arc)) for arc in world.arcs]
        self._near = [self._is_near(box) for box in self._boxes]

    def arc(self, number: int) -> list[Point]:
        """A line as it is to be drawn: whole, or coarse far from the incidents."""
        return (self._world.arcs if self._near[number] else self._world.coarse)[number]

    def without_islands(self, shape: dict[str, Any]) -> dict[str, Any]:
        """A shape without its small far parts; one that would vanish stays as it is."""
        if shape.get("type") != "MultiPolygon":
            return shape
        kept = [part for part in shape["arcs"] if not self._is_far_island(part)]
        return {**shape, "arcs": kept} if kept else shape

    def _is_far_island(self, polygon: list[list[int]]) -> bool:
        numbers = [arc if arc >= 0 else ~arc for arc in polygon[0]]
        if any(self._near[number] for number in numbers):
            return False
        west, south, east, north = zip(*(self._boxes[number] for number in numbers), strict=True)
        width, height = max(east) - min(west), max(north) - min(south)
        return bool(width < _ISLAND_DEGREES and height < _ISLAND_DEGREES)

    def _box(self, line: list[Point]) -> tuple[float, float, float, float]:
        """West, south, east and north of a line in degrees."""
        xs, ys = zip(*line, strict=True)
        (scale_x, scale_y), (left, low) = self._scale, self._origin
        return (
            min(xs) * scale_x + left,
            min(ys) * scale_y + low,
            max(xs) * scale_x + left,
            max(ys) * scale_y + low,
        )

    def _is_near(self, box: tuple[float, float, float, float]) -> bool:
        west, south, east, north = (round(edge) for edge in box)
        return any(
            (x, y) in self._cells for x in range(west, east + 1) for y in range(south, north + 1)
        )


def _unpack(arc: list[Point]) -> list[Point]:
    """Turn steps into positions."""
    x = y = 0
    line = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        line.append((x, y))
    return line


def _pack(world: World, grid: _Grid, objects: dict[str, list[dict[str, Any]]]) -> Topology:
    """Keep the arcs that the shapes use, and count them anew."""
    numbers: dict[int, int] = {}

    def renumber(arcs: Any) -> Any:  # noqa: ANN401 - a list of lists, as deep as the geometry
        if isinstance(arcs, list):
            return [renumber(part) for part in arcs]
        old = arcs if arcs >= 0 else ~arcs
        new = numbers.setdefault(old, len(numbers))
        return new if arcs >= 0 else ~new

    collections = {
        name: {
            "type": "GeometryCollection",
            "geometries": [
                {**shape, "arcs": renumber(shape["arcs"])} for shape in shapes if "arcs" in shape
            ],
        }
        for name, shapes in objects.items()
    }
    arcs = [grid.arc(number) for number in numbers]
    return Topology(type=world.type, arcs=arcs, transform=world.transform, objects=collections)
