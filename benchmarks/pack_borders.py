"""Pack the land of the page's map: `core/exports/page/data/borders.json.gz`.

Usage: pack_borders.py WORLD_MAP.gpkg. The file is QGIS's own world map (Debian's package
`qgis-common`, /usr/share/qgis/resources/data/world_map.gpkg), made from Natural Earth at
1:10,000,000, which is in the public domain. Needs mapshaper 0.7 (npm) in PATH.

Provinces are simplified to three fifths of their points, with the lines between neighbours kept in
common, and countries are put together from them, so that both share their lines (TopoJSON).
"""

from __future__ import annotations

import gzip
import itertools
import json
import sqlite3
import struct
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

OUT = Path(__file__).resolve().parent.parent / "core" / "exports" / "page" / "data"
KEPT = "60%"
STEPS = "1e6"  # of the grid that coordinates are rounded to: 0.00036 degrees, 40 m
COARSE_DEGREES = 0.25  # how far off a line may be where nothing happened
# A place is in the country that GeoNames, and so the gazetteer, puts it in; Natural Earth goes by
# who holds the ground. Both are without judgement; lines that are disputed are drawn as such.
GEONAMES_CODES = {
    "Crimea": "UA",
    "Sevastopol": "UA",
    "Somaliland": "SO",
    "Northern Cyprus": "CY",
    "Akrotiri": "CY",
    "Dhekelia": "CY",
    "Guantanamo Bay USNB": "CU",
    "Baykonur lease in Qyzylorda": "KZ",
    "Kosovo": "XK",
}
_LINE, _POLYGON = 2, 3
Point = list[int]
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)  # by the code in a GeoPackage header


def main() -> None:
    """Read the map, let mapshaper simplify it, and write it."""
    with closing(sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)) as db:
        provinces = list(_provinces(db))
        disputed = [
            _feature("MultiLineString", geom, {"n": name})
            for geom, name in db.execute("SELECT geom, name FROM disputed_borders ORDER BY fid")
        ]
    with tempfile.TemporaryDirectory() as folder:
        for name, features in (("provinces", provinces), ("disputed", disputed)):
            collection = {"type": "FeatureCollection", "features": features}
            (Path(folder) / f"{name}.json").write_text(json.dumps(collection), encoding="utf-8")
        packed = _simplify(Path(folder))
    OUT.mkdir(parents=True, exist_ok=True)
    with (OUT / "borders.json.gz").open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, 0) as out:
        out.write(packed)


def _provinces(db: sqlite3.Connection) -> Iterator[dict[str, object]]:
    """The provinces as GeoJSON, each with the country that it is in."""
    sql = "SELECT geom, iso_a2, name, admin, adm0_a3 FROM states_provinces ORDER BY fid"
    for geom, code, name, admin, alpha3 in db.execute(sql):
        own = GEONAMES_CODES.get(name) or GEONAMES_CODES.get(admin)
        country = own or (code if code and code != "-1" else alpha3)
        yield _feature("MultiPolygon", geom, {"c": country})


def _simplify(folder: Path) -> bytes:
    """Provinces, the countries that they make, and disputed lines in one TopoJSON."""
    subprocess.run(
        [  # noqa: S607 - the user's mapshaper
            "mapshaper",
            "-i",
            "provinces.json",
            "disputed.json",
            "combine-files",
            "-clean",
            "target=provinces",
            "-simplify",
            "weighted",
            "keep-shapes",
            KEPT,
            "-dissolve",
            "c",
            "target=provinces",
            "+",
            "name=countries",
            "-o",
            "out.json",
            "format=topojson",
            f"quantization={STEPS}",
            "target=countries,provinces,disputed",
        ],
        check=True,
        cwd=folder,
    )
    topology: dict[str, Any] = json.loads((folder / "out.json").read_bytes())
    _add_coarse(topology)
    return json.dumps(topology, separators=(",", ":")).encode()


def _add_coarse(topology: dict[str, Any]) -> None:
    """Give each line a second time with few points, for where nothing happened."""
    tolerance = COARSE_DEGREES / topology["transform"]["scale"][0]
    topology["coarse"] = []
    for arc in topology["arcs"]:
        line = list(itertools.accumulate(arc, lambda at, step: [at[0] + step[0], at[1] + step[1]]))
        thin = [[0, 0], *_thin(line, tolerance)]
        steps = [[x - px, y - py] for (px, py), (x, y) in itertools.pairwise(thin)]
        topology["coarse"].append(steps)


def _thin(line: list[Point], tolerance: float) -> list[Point]:
    """Leave out points that lie within a tolerance of the line without them.

    Source: Douglas and Peucker 1973, doi:10.3138/FM57-6770-U75U-7727.
    """
    kept = {0, len(line) - 1}
    todo = [(0, len(line) - 1)]
    while todo:
        first, last = todo.pop()
        far, at = max(
            ((_distance(line[i], line[first], line[last]), i) for i in range(first + 1, last)),
            default=(0.0, first),
        )
        if far > tolerance:
            kept.add(at)
            todo += [(first, at), (at, last)]
    return [line[i] for i in sorted(kept)]


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to the line through two others, or to the start where they are one (a ring)."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = float(((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5)
    if not length:
        return float(((x - x1) ** 2 + (y - y1) ** 2) ** 0.5)
    return abs((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)) / length


def _feature(kind: str, blob: bytes, properties: dict[str, str]) -> dict[str, object]:
    offset = 8 + _ENVELOPE_BYTES[(blob[3] >> 1) & 7]
    coordinates, _ = _read_wkb(blob, offset)
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _read_wkb(blob: bytes, at: int) -> tuple[list[object], int]:
    """Coordinates of a well-known-binary geometry (OGC 06-103r4), and where it ends."""
    order = "<" if blob[at] else ">"
    kind, count = struct.unpack_from(f"{order}II", blob, at + 1)
    parts: list[object] = []
    if kind == _LINE:
        return _read_points(blob, at + 5, order)
    at += 9
    for _ in range(count):
        part, at = _read_points(blob, at, order) if kind == _POLYGON else _read_wkb(blob, at)
        parts.append(part)
    return parts, at


def _read_points(blob: bytes, at: int, order: str) -> tuple[list[object], int]:
    (count,) = struct.unpack_from(f"{order}I", blob, at)
    values = struct.unpack_from(f"{order}{2 * count}d", blob, at + 4)
    return list(zip(values[::2], values[1::2], strict=True)), at + 4 + 16 * count


if __name__ == "__main__":
    main()
