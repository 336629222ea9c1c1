"""Compare the figures on the project's own annotated articles with their floors.

    .venv/bin/python benchmarks/floors.py [--raise-floors | --lower-floors]

The articles are in tests/gold: the five seeds, short ones written for the project, and longer ones
of several incidents and rarer types. Every F1 has a floor in tests/gold/floors.json; a figure below
it fails the script, and the tests. A floor rises with --raise-floors where a figure has risen, and
falls only with --lower-floors, which writes down what is measured now: use it when a change is
worth what it costs, and say so in the commit.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from incidents.evaluation import evaluate, read_gold

if TYPE_CHECKING:
    from incidents.extractors.pipeline import Extractor

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "gold"
FLOORS = FOLDER / "floors.json"
SETS = tuple(sorted(path.stem for path in FOLDER.glob("*.jsonl")))


def main() -> int:
    """Print each figure beside its floor."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    change = parser.add_mutually_exclusive_group()
    change.add_argument("--raise-floors", action="store_true", help="where figures have risen")
    change.add_argument("--lower-floors", action="store_true", help="to what is measured now")
    args = parser.parse_args()
    from incidents import Extractor  # noqa: PLC0415 - --help need not load spaCy

    extractor = Extractor()
    floors = read_floors() if FLOORS.is_file() else {}
    is_low = False
    for name in SETS:
        now = measure(name, extractor)
        own = floors.setdefault(name, {"digest": digest(name), "f1": {}})
        is_low = bool(find_falls(own["f1"], now)) or is_low
        show(name, own["f1"], now)
        if args.raise_floors:
            merged = {k: max(v, own["f1"].get(k, 0.0)) for k, v in now.items()}
            floors[name] = {"digest": digest(name), "f1": merged}
        elif args.lower_floors:
            floors[name] = {"digest": digest(name), "f1": now}
    if args.raise_floors or args.lower_floors:
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
    return int(is_low and not args.lower_floors)


def read_floors() -> dict[str, dict]:
    """The floors by set: `f1` by figure, and the digest of the articles that they hold for."""
    return json.loads(FLOORS.read_text(encoding="utf-8"))


def digest(name: str) -> str:
    """A hash of a set: floors of other articles say nothing."""
    return hashlib.sha256((FOLDER / f"{name}.jsonl").read_bytes()).hexdigest()[:16]


def measure(name: str, extractor: Extractor) -> dict[str, float]:
    """F1 by figure on one set."""
    gold = list(read_gold(FOLDER / f"{name}.jsonl"))
    reports = [report for item in gold for report in extractor.extract(item.article)]
    return {figure: value.f1 for figure, value in evaluate(gold, reports).figures.items()}


def find_falls(floors: dict[str, float], now: dict[str, float]) -> list[str]:
    """Say in a line each which figures are below their floors, or gone."""
    return [
        f"{figure}: {now.get(figure, 0.0):.3f} is below its floor, {floor:.3f}"
        for figure, floor in floors.items()
        if now.get(figure, 0.0) < floor
    ]


def show(name: str, floors: dict[str, float], now: dict[str, float]) -> None:
    """Print one set's figures and floors."""
    print(f"{name:30} {'F1':>6} {'floor':>6}")
    for figure, value in now.items():
        floor = floors.get(figure, 0.0)
        mark = "  BELOW" if value < floor else "  above" if value > floor else ""
        print(f"{figure:30} {value:6.3f} {floor:6.3f}{mark}")


if __name__ == "__main__":
    sys.exit(main())
