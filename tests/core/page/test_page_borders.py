"""The land of a page's map, and the names on it."""

from __future__ import annotations

import itertools
from typing import Any

import msgspec
import pytest

from incidents.exports.page.borders import Topology, borders_near
from incidents.exports.page.labels import labels_near
from incidents.gazetteer import Gazetteer

QAMISHLI = (37.05, 41.22)


def arcs_of(shape: dict[str, Any]) -> list[int]:
    """The numbers of a shape's lines, however deep they lie."""
    flat, todo = [], [shape["arcs"]]
    while todo:
        each = todo.pop()
        if isinstance(each, list):
            todo.extend(each)
        else:
            flat.append(each if each >= 0 else ~each)
    return flat


def points_of(topology: Topology, number: int) -> list[tuple[int, int]]:
    """The positions of a line, on the grid."""
    x = y = 0
    found = []
    for step_x, step_y in topology.arcs[number]:
        x, y = x + step_x, y + step_y
        found.append((x, y))
    return found


def shapes(topology: Topology, name: str) -> list[dict[str, Any]]:
    """The shapes of an object."""
    found: list[dict[str, Any]] = topology.objects[name]["geometries"]
    return found


def test_borders_hold_every_country_and_the_provinces_asked_for() -> None:
    """Zooming out shows the world; only the country of the incident has its provinces."""
    topology = borders_near([QAMISHLI], {"SY"})
    assert len(shapes(topology, "countries")) > 200
    assert {shape["properties"]["c"] for shape in shapes(topology, "provinces")} == {"SY"}
    assert len(shapes(topology, "provinces")) >= 14


def test_borders_use_every_line_that_they_hold() -> None:
    """What no shape uses is left out, and no shape lacks a line."""
    topology = borders_near([QAMISHLI], {"SY"})
    used = {
        arc
        for name in topology.objects
        for shape in shapes(topology, name)
        for arc in arcs_of(shape)
    }
    assert used == set(range(len(topology.arcs)))


def test_borders_are_in_detail_near_an_incident_and_small() -> None:
    """Syria has more points where it is near; the land takes less than 0.4 MB of a page."""
    near = borders_near([QAMISHLI, (33.5, 36.3), (35.9, 36.6), (35.3, 40.1)], {"SY"})
    far = borders_near([(-1.7, 29.2)], {"SY"})

    def count(topology: Topology) -> int:
        [syria] = [s for s in shapes(topology, "countries") if s["properties"]["c"] == "SY"]
        return sum(len(topology.arcs[arc]) for arc in arcs_of(syria))

    assert count(near) > 1.5 * count(far)
    assert len(msgspec.json.encode(near)) < 400_000


def test_borders_of_neighbours_meet_though_they_are_thinned() -> None:
    """The lines of a ring begin where the one before ends."""
    topology = borders_near([], ())
    for shape in shapes(topology, "countries"):
        parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        for ring in (ring for part in parts for ring in part):
            lines = [
                points_of(topology, arc) if arc >= 0 else points_of(topology, ~arc)[::-1]
                for arc in ring
            ]
            ends = zip(lines, [*lines[1:], lines[0]], strict=True)
            assert all(one[-1] == other[0] for one, other in ends)


@pytest.mark.parametrize(
    ("place", "code"), [((44.95, 34.1), "UA"), ((9.56, 44.06), "SO"), ((37.05, 41.22), "SY")]
)
def test_borders_put_a_place_where_the_gazetteer_does(
    place: tuple[float, float], code: str
) -> None:
    """Simferopol, Hargeisa and Qamishli lie in the country that GeoNames has them in."""
    topology = borders_near([place], {code})
    inside = [
        shape["properties"]["c"]
        for shape in shapes(topology, "countries")
        if is_inside(topology, shape, place)
    ]
    assert inside == [code]


def is_inside(topology: Topology, shape: dict[str, Any], place: tuple[float, float]) -> bool:
    """Whether a ray from the place crosses the rings of a shape an odd number of times."""
    (scale_x, scale_y), (west, south) = (
        topology.transform["scale"],
        topology.transform["translate"],
    )
    lat, lon = place
    crossings = 0
    for number in arcs_of(shape):
        line = [(x * scale_x + west, y * scale_y + south) for x, y in points_of(topology, number)]
        for (x1, y1), (x2, y2) in itertools.pairwise(line):
            if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
                crossings += 1
    return crossings % 2 == 1


def test_borders_part_twin_towns() -> None:
    """Nusaybin is across the line from Qamishli, four kilometres away."""
    topology = borders_near([QAMISHLI], {"SY"})
    turkey = [s for s in shapes(topology, "countries") if is_inside(topology, s, (37.08, 41.215))]
    assert [shape["properties"]["c"] for shape in turkey] == ["TR"]


def test_labels_name_what_is_around_an_incident() -> None:
    """Country, province, the towns close by; the larger first."""
    labels = labels_near([QAMISHLI], Gazetteer.open())

    assert "Syria" in [name for name, _, _ in labels.countries]
    assert "Al-Hasakah" in [name for name, _, _ in labels.provinces]
    towns = [name for name, _, _ in labels.towns]
    assert {"Qamishli", "Nusaybin", "Hasakah"} <= {name.removeprefix("Al-") for name in towns}
    assert len(towns) <= 500


def test_labels_of_no_incident_are_the_countries() -> None:
    """An empty map still names what it shows."""
    labels = labels_near([], Gazetteer.open())
    assert (len(labels.countries) > 200, labels.provinces, labels.towns) == (True, [], [])
