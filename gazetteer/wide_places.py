"""Read the wide layers of places: villages and second-order divisions, airports.

They are deflated TSV files below a header of `# key: value` lines, written by
benchmarks/pack_places.py. Their places answer to their own spellings only, after towns.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidents.errors import GazetteerError
from incidents.gazetteer.data_folder import data_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDE_KINDS = frozenset({"village", "admin2", "airport"})

_HEADER = ("source", "licence", "retrieved", "language")
_COLUMNS = ("id", "country", "kind", "name", "lat", "lon", "admin1", "names")


@dataclass(frozen=True, slots=True)
class WidePlace:
    """A row; `admin1` is a GeoNames admin1 code, empty where unknown."""

    id: str
    country: str
    kind: str
    name: str
    lat: float
    lon: float
    admin1: str
    names: tuple[str, ...]


def read_wide(name: str) -> tuple[dict[str, str], Iterator[WidePlace]]:
    """Read a file of the package: its header, and its rows one by one.

    Raises:
        GazetteerError: a header without source or licence, other columns, a broken row.

    """
    lines = iter(gzip.decompress(data_bytes(name)).decode("utf-8").splitlines())
    head: dict[str, str] = {}
    columns: tuple[str, ...] = ()
    for line in lines:
        if not line.startswith("# "):
            columns = tuple(line.split("\t"))
            break
        key, _, value = line[2:].partition(": ")
        head[key] = value
    if set(_HEADER) - head.keys() or columns != _COLUMNS:
        msg = f"{name}: header lacks {', '.join(_HEADER)} or the columns {', '.join(_COLUMNS)}"
        raise GazetteerError(msg)
    return head, _rows(name, lines, first=len(head) + 2)


def _rows(name: str, lines: Iterator[str], first: int) -> Iterator[WidePlace]:
    for number, line in enumerate(lines, first):
        cells = line.split("\t")
        if len(cells) != len(_COLUMNS):
            msg = f"{name}, row {number}: {len(cells)} columns, not {len(_COLUMNS)}"
            raise GazetteerError(msg)
        place_id, country, kind, spelling, lat, lon, admin1, names = cells
        others = tuple(filter(None, names.split("|")))
        yield WidePlace(place_id, country, kind, spelling, float(lat), float(lon), admin1, others)
