"""How well the gazetteer settles what annotated articles name: places, countries, actors.

    .venv/bin/python benchmarks/resolution.py [--eval FOLDER] [--misses] [SET ...]

Reports are aligned with the annotated incidents as FOLDER's `score.py` does; where the folder is
missing, the script says so and ends well. Figures are shares of the primary incidents that found a
report, over all sets together:

place within 25 km: of those whose place has annotated coordinates, the report's first place with
    coordinates lies that near.
country: of those with a country, the report's first place lies in it.
actors with id: of the annotated actors with a proper name ("Houthis", "Pakistani troops"; not
    "gunmen") that the report names as well, those that carry an id of the gazetteer.
names looked up: of all annotated proper names of actors, found in a report or not, those that
    `find_actors` resolves by name or mention within the incident's country.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from score_dev import ROOT, SETS

from incidents import Article, Extractor
from incidents.gazetteer import Gazetteer
from incidents.gazetteer.countries import country_of

NEAR_KM = 25
NAME_SCORE = 0.4

Item = dict[str, Any]
Marks = dict[str, list[tuple[bool, str]]]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="*", default=SETS, metavar="SET")
    parser.add_argument("--eval", type=Path, default=ROOT.parent / "shared" / "eval")
    parser.add_argument("--misses", action="store_true", help="list what fell short")
    args = parser.parse_args()
    if not (args.eval / "score.py").is_file():
        print(f"{args.eval}: no score.py there, skipped")
        return 0
    scorer = load(args.eval / "score.py")
    extractor, gazetteer = Extractor(), Gazetteer.open()
    marks: Marks = defaultdict(list)
    for name in args.sets:
        for line in (args.eval / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            mark_article(json.loads(line), extractor, gazetteer, scorer, marks)
    for figure, found in marks.items():
        hits = sum(hit for hit, _ in found)
        print(f"{figure:20} {hits / len(found):.3f}  {hits}/{len(found)}")
        if args.misses:
            print(*(f"    {what}" for hit, what in found if not hit), sep="\n")
    return 0


def load(path: Path) -> Any:  # noqa: ANN401 - a module that the checkout does not have
    """Import a script by its path."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None  # noqa: PT018, S101 - the file is there
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def mark_article(
    row: Item,
    extractor: Extractor,
    gazetteer: Gazetteer,
    scorer: Any,  # noqa: ANN401
    marks: Marks,
) -> None:
    """Add what an article's primary incidents and their reports show."""
    published = date.fromisoformat(row["published"]) if row.get("published") else None
    article = Article(
        id=str(row["id"]), text=row["text"], title=row.get("title"), published=published
    )
    reports = [msgspec.to_builtins(report) for report in extractor.extract(article)]
    gold = [scorer.with_aliases(incident) for incident in row["incidents"]]
    found = {id(incident): report for incident, report in scorer.align(gold, reports)}
    for incident in gold:
        if incident["primary"]:
            mark_names(incident, gazetteer, marks)
            if id(incident) in found:
                mark_pair(row["id"], incident, found[id(incident)], scorer, marks)


def mark_pair(name: str, gold: Item, report: Item, scorer: Any, marks: Marks) -> None:  # noqa: ANN401
    """Compare one incident with its report."""
    places = report["places"]
    told = f"{name}: {gold['place']}, {gold['country']} / {[p['name'] for p in places[:3]]}"
    if gold.get("lat") is not None:
        spot = next(((p["lat"], p["lon"]) for p in places if p["lat"] is not None), None)
        near = spot is not None and scorer.km((gold["lat"], gold["lon"]), spot) <= NEAR_KM
        marks["place within 25 km"].append((near, told))
    if gold.get("country") and places:
        same = places[0]["country_code"] == country_of(gold["country"])
        marks["country"].append((same, told))
    for one, other in scorer.actor_pairs(gold.get("actors") or [], report["actors"]):
        if is_named(one):
            marks["actors with id"].append((other["id"] is not None, f"{name}: {other['mention']}"))


def mark_names(gold: Item, gazetteer: Gazetteer, marks: Marks) -> None:
    """Look the annotated actors up by name."""
    country = country_of(gold.get("country") or "")
    for actor in gold.get("actors") or []:
        if is_named(actor):
            names = [actor["name"], *(actor.get("mentions") or [])]
            scope = (country,) if country else ()
            hit = any(
                match.score >= NAME_SCORE
                for each in names
                for match in gazetteer.find_actors(each, countries=scope)
            )
            marks["names looked up"].append((hit, f"{country}: {names}"))


def is_named(actor: Item) -> bool:
    """Tell a proper name from a description."""
    return any(word[:1].isupper() for word in actor["name"].split())


if __name__ == "__main__":
    sys.exit(main())
