"""Look held-out spellings of places up: how many are found, how many answers are wrong.

    .venv/bin/python benchmarks/names.py NAMES.jsonl NEGATIVES.jsonl [--json]

NAMES: {"set": "variant" | "simple", "name", "geonameid", "country", "removed": [...], "homonym"}.
For each set the place index is built without the cities' `removed` names of that set; `name` is
then asked for within `country`. Rows whose spelling is another place's name too (`homonym`) are
left out. The index holds the places of GeoNames' cities500 and no villages: the held-out spellings
were chosen to be unique among those. NEGATIVES: {"kind", "name", "country"}: names of places
elsewhere and of people; any answer to one is a false match.

top1: share of the questions whose first answer is right. precision: share of the answered ones.
false_match: share of the negatives that got an answer, from the index of the `simple` set.
exact_per_second: look-ups of names that the index holds. fuzzy_per_second: look-ups that end in the
fuzzy step, the countries' names loaded before. Both are rates in processor time of one core, so
that other work on the machine counts little.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from incidents.gazetteer.build import build_index
from incidents.gazetteer.index import connect
from incidents.gazetteer.places import PlaceIndex

SETS = ("variant", "simple")
TIMED = 3000  # look-ups timed at most

Row = dict[str, Any]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", type=Path)
    parser.add_argument("negatives", type=Path)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--half", choices=("odd", "even"), help="only geonameids of this parity")
    args = parser.parse_args()
    names = read(args.names)
    if args.half:
        names = [row for row in names if row["geonameid"] % 2 == (args.half == "odd")]
    result = measure(names, read(args.negatives))
    if args.json:
        print(json.dumps(result))
    else:
        for key, value in result.items():
            print(f"{key:18} {value}")


def read(path: Path) -> list[Row]:
    """Read a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def measure(names: list[Row], negatives: list[Row]) -> dict[str, Any]:
    """Return all figures."""
    result: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in SETS:
            rows = [row for row in names if row["set"] == name]
            index = open_without(rows, Path(folder) / f"{name}.sqlite")
            result[name] = accuracy(index, [row for row in rows if not row["homonym"]])
        result["false_match"] = false_matches(index, negatives)
        result["exact_per_second"] = exact_speed(index, Path(folder) / f"{name}.sqlite")
        result["fuzzy_per_second"] = fuzzy_speed(index, rows)
    return result


def open_without(rows: list[Row], path: Path) -> PlaceIndex:
    """Build an index that lacks the removed names of the rows' cities."""
    removed: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        removed[row["geonameid"]].update(row["removed"])
    build_index(path, without=removed, wide=False)
    return PlaceIndex(connect(path))


def first_answer(index: PlaceIndex, row: Row) -> str | None:
    """Return the id of the best answer in the row's country, if any."""
    matches = index.find(row["name"], countries=(row["country"],), fuzzy=True)
    here = (match.place.id for match in matches if match.place.country_code == row["country"])
    return next(here, None)


def accuracy(index: PlaceIndex, rows: list[Row]) -> dict[str, float]:
    """Return the share of right first answers, among all questions and among the answered."""
    answers = [first_answer(index, row) for row in rows]
    right = sum(
        answer == f"geonames:{row['geonameid']}" for answer, row in zip(answers, rows, strict=True)
    )
    answered = sum(answer is not None for answer in answers)
    return {
        "top1": round(right / max(1, len(rows)), 4),
        "precision": round(right / max(1, answered), 4),
    }


def false_matches(index: PlaceIndex, rows: list[Row]) -> dict[str, float]:
    """Return the share of answered negatives, by kind."""
    answered: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        answered[row["kind"]].append(first_answer(index, row) is not None)
    return {kind: round(sum(hits) / len(hits), 4) for kind, hits in sorted(answered.items())}


def exact_speed(index: PlaceIndex, path: Path) -> float:
    """Return look-ups a second of the main names of cities, all different.

    The best of three batches counts: other work on the machine only ever slows one down.
    """
    sql = "SELECT name, country FROM places WHERE kind='city' ORDER BY n * 7919 % 100003 LIMIT ?"
    names = sqlite3.connect(path).execute(sql, (3 * TIMED,)).fetchall()
    times = []
    for batch in (names[:TIMED], names[TIMED : 2 * TIMED], names[2 * TIMED :]):
        began = time.process_time()
        for name, country in batch:
            index.find(name, countries=(country,))
        times.append(time.process_time() - began)
    return round(TIMED / min(times), 1)


def fuzzy_speed(index: PlaceIndex, rows: list[Row]) -> float:
    """Return look-ups a second of names that no spelling of the index equals."""
    rows = rows[:TIMED]
    for row in rows:  # loads the names of the countries
        index.find(f"{row['name']}zz", countries=(row["country"],), fuzzy=True)
    began = time.process_time()
    for row in rows:
        index.find(f"{row['name']}q", countries=(row["country"],), fuzzy=True)
    return round(len(rows) / (time.process_time() - began), 1)


if __name__ == "__main__":
    sys.exit(main())
