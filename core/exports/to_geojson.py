"""GeoJSON: one feature an incident, for maps."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from incidents.exports.registry import Export
from incidents.exports.table import COLUMNS, table_row
from incidents.exports.to_json import encode_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidents.exports.material import Material
    from incidents.model import Incident

_IN_GEOMETRY = ("id", "latitude", "longitude")
_PROPERTIES = tuple(column for column in COLUMNS if column.name not in _IN_GEOMETRY)


def _write(incidents: Sequence[Incident], stream: IO[str], _material: Material) -> None:
    """Write one FeatureCollection, a feature a line.

    Source:
        RFC 7946: positions are longitude, latitude in WGS84; a feature without a place has a null
        geometry; the id stands on the feature.
    """
    stream.write('{"type":"FeatureCollection","features":[')
    before = "\n"
    for incident in incidents:
        stream.write(before + encode_line(_feature(incident)))
        before = ",\n"
    stream.write("\n]}\n")


def _feature(incident: Incident) -> dict[str, object]:
    row = table_row(incident)
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": _point(row["latitude"], row["longitude"]),
        "properties": {column.name: row[column.name] for column in _PROPERTIES},
    }


def _point(latitude: object, longitude: object) -> dict[str, object] | None:
    if latitude is None or longitude is None:
        return None
    return {"type": "Point", "coordinates": [longitude, latitude]}


EXPORT = Export(
    name="geojson",
    help="One feature an incident (RFC 7946), for QGIS and web maps.",
    suffix=".geojson",
    write=_write,
    columns=_PROPERTIES,
)
"""The format `geojson`."""
