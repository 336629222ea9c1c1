"""Entries for the user's gazetteer: places from GeoNames dumps, CSV and GeoJSON, or one by one.

What a file is shows from its name and its columns. An error names file and row, and nothing of the
file is taken then.

    GeoNames dump     19 tab-separated columns (SY.txt, allCountries.txt, also zipped)
    GeoNames names    8 or 10 tab-separated columns (alternateNamesV2.txt, also zipped)
    CSV               header with name, lat, lon, country; also id, kind, names (a|b), population,
                      within (id of the container), source
    GeoJSON           features with a point or an area, and properties named as the CSV's columns

Source: https://download.geonames.org/export/dump/readme.txt
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args

import msgspec

from incidents.errors import GazetteerError
from incidents.gazetteer.data_files import (
    MAX_LATITUDE,
    MAX_LONGITUDE,
    ActorRow,
    read_admin1,
    read_countries,
)
from incidents.gazetteer.names import fold_name, is_useful
from incidents.gazetteer.user import UserPlace
from incidents.model import ActorKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

_DUMP_COLUMNS, _NAME_COLUMNS = 19, (8, 10)
_VILLAGE_BELOW = 500  # inhabitants; the index calls smaller places villages as well
_CODES = {
    "PPLX": "neighbourhood",
    "ADM1": "admin1",
    "ADM2": "admin2",
    "AIRP": "airport",
    "AIRF": "airport",
    "AIRB": "airport",
    "CMPRF": "camp",
    "CMP": "camp",
    "PSTB": "border crossing",
    "HSP": "hospital",
    "PRN": "prison",
}
_GONE = {"PPLCH", "PPLH", "PPLQ", "PPLW"}  # historical, abandoned and destroyed places
# pseudo-languages of alternateNamesV2.txt: links and codes are no spellings
_NO_LANGUAGES = {"link", "wkdt", "post", "iata", "icao", "faac", "unlc", "tcid", "phon", "piny"}
_NEEDED = frozenset({"name", "lat", "lon", "country"})
_COLUMNS = _NEEDED | {"id", "kind", "names", "population", "within", "source"}


@dataclass(slots=True)
class Imported:
    """What a file holds: places, or spellings of places that are there already.

    Attributes:
        places: of the file, read one by one.
        names: number in the index of a place that is there already, and a spelling of it.
        unused: columns of a CSV that mean nothing here.
    """

    places: Iterator[UserPlace] = field(default_factory=lambda: iter(()))
    names: Iterator[tuple[int, str]] = field(default_factory=lambda: iter(()))
    unused: tuple[str, ...] = ()


def read_import(path: Path, number_of: Callable[[str], int | None]) -> Imported:
    """Read a file of places.

    Args:
        path: the file.
        number_of: returns the index number behind a place id, or None.

    Raises:
        GazetteerError: the file cannot be read or is none of the known kinds; rows are checked
            while they are read.

    """
    name = path.name.lower()
    try:
        if name.endswith((".geojson", ".json")):
            return Imported(places=_geojson(path, number_of))
        if name.endswith(".csv"):
            unused = tuple(name for name in _header(path) if name not in _COLUMNS)
            return Imported(places=_csv(path, number_of), unused=unused)
        with _lines(path) as lines:
            columns = next(lines, "").count("\t") + 1
    except (OSError, zipfile.BadZipFile, UnicodeDecodeError) as exc:
        msg = f"{path}: cannot be read ({exc})"
        raise GazetteerError(msg) from exc
    if columns == _DUMP_COLUMNS:
        return Imported(places=_dump(path))
    if columns in _NAME_COLUMNS:
        return Imported(names=_alternate_names(path))
    found = f"{columns} columns" if columns > 1 else "no table"
    msg = f"{path}: {found}; give a GeoNames dump (19 columns), .csv or .geojson"
    raise GazetteerError(msg)


@contextmanager
def _lines(path: Path) -> Iterator[Iterator[str]]:
    """Open a text file, or the one of the same name inside a zip file."""
    if path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path) as archive:
            inner = f"{path.stem}.txt"
            if inner not in archive.namelist():
                msg = f"{path}: holds no {inner}; unpack it and import the text file"
                raise GazetteerError(msg)
            with archive.open(inner) as raw:
                yield (line.rstrip("\n") for line in io.TextIOWrapper(raw, encoding="utf-8"))
    else:
        with path.open(encoding="utf-8", newline="\n") as file:
            yield (line.rstrip("\r\n") for line in file)


def _dump(path: Path) -> Iterator[UserPlace]:
    codes = {row.code: row.id for row in read_admin1()}
    countries = {row.code: row.geonameid for row in read_countries()}
    with _lines(path) as lines:
        for number, line in enumerate(lines, 1):
            cells = line.split("\t")
            if len(cells) != _DUMP_COLUMNS:
                raise _complaint(_where(path, number), f"{len(cells)} columns, not {_DUMP_COLUMNS}")
            population = int(cells[14]) if cells[14].isdecimal() else 0
            kind = _dump_kind(cells[6], cells[7], population)
            if kind is None:
                continue
            country = cells[8]
            row = {"name": cells[1], "lat": cells[4], "lon": cells[5], "country": country}
            parent = codes.get(f"{country}.{cells[10]}", countries.get(country))
            spelled = {cells[2], *filter(is_useful, cells[3].split(","))}
            names = tuple(sorted(filter(None, spelled)))
            yield _place(
                _where(path, number),
                {**row, "id": f"geonames:{cells[0]}", "kind": kind, "source": "GeoNames"},
                parent=parent if parent != int(cells[0]) else countries.get(country),
                names=names,
                population=population,
            )


def _dump_kind(feature_class: str, code: str, population: int) -> str | None:
    if code in _CODES:
        return _CODES[code]
    if feature_class == "P" and code not in _GONE:
        return "city" if population >= _VILLAGE_BELOW else "village"
    return "admin2" if feature_class == "A" and code in ("ADM3", "ADM4") else None


def _alternate_names(path: Path) -> Iterator[tuple[int, str]]:
    with _lines(path) as lines:
        for number, line in enumerate(lines, 1):
            cells = line.split("\t")
            if len(cells) not in _NAME_COLUMNS or not cells[1].isdecimal():
                raise _complaint(_where(path, number), "no alternate name with a geonameid")
            if cells[2] not in _NO_LANGUAGES and cells[3].strip():
                yield int(cells[1]), cells[3].strip()


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file), [])
    missing = _NEEDED - set(header)
    if missing:
        raise _complaint(_where(path, 1), f"the header lacks {', '.join(sorted(missing))}")
    return header


def _csv(path: Path, number_of: Callable[[str], int | None]) -> Iterator[UserPlace]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            yield place_from_row(_where(path, number), row, number_of)


def _geojson(path: Path, number_of: Callable[[str], int | None]) -> Iterator[UserPlace]:
    try:
        document = msgspec.json.decode(path.read_bytes())
        features = document["features"]
    except (msgspec.DecodeError, KeyError, TypeError) as exc:
        msg = f"{path}: no GeoJSON FeatureCollection ({exc})"
        raise GazetteerError(msg) from exc
    for number, feature in enumerate(features, 1):
        lat, lon = _middle(feature.get("geometry") or {})
        if lat is None:
            raise _complaint(_where(path, number), "the feature has no point and no area")
        row = {**(feature.get("properties") or {}), "lat": lat, "lon": lon}
        yield place_from_row(_where(path, number), row, number_of)


def _middle(geometry: Mapping[str, Any]) -> tuple[float | None, float | None]:
    """Return the latitude and longitude of a point, or the mean corner of an area."""
    points: list[Any] = [geometry.get("coordinates") or []]
    while points and points[0] and isinstance(points[0][0], list):
        points = [inner for point in points for inner in point]
    if not points or not points[0]:
        return None, None
    return (
        sum(point[1] for point in points) / len(points),
        sum(point[0] for point in points) / len(points),
    )


def place_from_row(
    where: str, row: Mapping[str, Any], number_of: Callable[[str], int | None]
) -> UserPlace:
    """Return the place that a row of the user's describes.

    Args:
        where: file and row, for messages.
        row: name, lat, lon, country; also id, kind, names, population, within, source.
        number_of: returns the index number behind a place id, or None.

    Raises:
        GazetteerError: a value cannot be used.

    """
    within = str(row.get("within") or "").strip()
    parent = number_of(within) if within else _country_number(str(row.get("country") or ""))
    if within and parent is None:
        raise _complaint(where, f"within {within!r} is no id of a place")
    spelled = row.get("names") or ()
    names = spelled.split("|") if isinstance(spelled, str) else [str(each) for each in spelled]
    digits = str(row.get("population") or "0").strip()
    if not digits.isdecimal():
        raise _complaint(where, f"population {digits!r} is no number")
    return _place(
        where,
        row,
        parent=parent,
        names=tuple(filter(None, map(str.strip, names))),
        population=int(digits),
    )


def actor_from_row(where: str, row: Mapping[str, Any]) -> ActorRow:
    """Return the actor that a row of the user's describes.

    Args:
        where: file and row, for messages.
        row: the fields of `ActorRow`; without an id, one is made of the name.

    Raises:
        GazetteerError: a value cannot be used.

    """
    slug = re.sub(r"[^\w]+", "-", fold_name(str(row.get("name") or "")))
    try:
        return msgspec.convert({**row, "id": row.get("id") or f"user-{slug}"}, ActorRow)
    except msgspec.ValidationError as exc:
        msg = str(exc)
        if "$.kind" in msg:  # the command's own default is a place's
            kinds = ", ".join(sorted(get_args(ActorKind)))
            msg = f"no actor is a {row.get('kind')!r}; write --kind as one of: {kinds}"
        msg += "; for a place give --lat and --lon"
        raise _complaint(where, msg) from exc


def _place(
    where: str,
    row: Mapping[str, Any],
    *,
    parent: int | None,
    names: tuple[str, ...],
    population: int,
) -> UserPlace:
    name = str(row.get("name") or "").strip()
    country = str(row.get("country") or "").strip().upper()
    if not fold_name(name):
        raise _complaint(where, "the name is empty")
    if _country_number(country) is None:
        raise _complaint(where, f"country {country!r} is no ISO 3166-1 code, such as SY")
    degrees = []
    for key, most in (("lat", MAX_LATITUDE), ("lon", MAX_LONGITUDE)):
        try:
            value = float(row[key])
        except (TypeError, ValueError) as exc:
            raise _complaint(where, f"{key} {row[key]!r} is no number") from exc
        if not abs(value) <= most:
            raise _complaint(where, f"{key} {value} lies outside -{most} to {most}")
        degrees.append(value)
    slug = fold_name(name).replace(" ", "-")
    return UserPlace(
        id=str(row.get("id") or f"user:{country.lower()}-{slug}"),
        name=name,
        kind=str(row.get("kind") or "city"),
        lat=degrees[0],
        lon=degrees[1],
        country=country,
        source=str(row.get("source") or where.split(", row ", maxsplit=1)[0].rsplit("/", 1)[-1]),
        population=population,
        parent=parent,
        names=names,
    )


def _country_number(code: str) -> int | None:
    found = (row.geonameid for row in read_countries() if row.code == code.strip().upper())
    return next(found, None)


def _where(path: Path, row: int) -> str:
    return f"{path}, row {row}"


def _complaint(where: str, what: str) -> GazetteerError:
    return GazetteerError(f"{where}: {what}")
