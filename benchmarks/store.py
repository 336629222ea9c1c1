"""Measure the database: how fast it takes articles, and how fast `show` answers on 100,000.

    .venv/bin/python benchmarks/store.py                  # 100,000 reports: store, then show
    .venv/bin/python benchmarks/store.py --linked         # link them all, then an article more
    .venv/bin/python benchmarks/store.py --size 20000 --keep build/store

The events are those of `made_reports.py`, moved to real towns and real armed actors, so that a name
on the command line goes through the gazetteer. Each report has an article of its own with 2,500
characters of text: the worst case, a transaction a report. For `show` every report is an incident.
Prints wall and CPU seconds; asserts nothing: the figures depend on the machine.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import msgspec
from made_reports import REPORTS_AN_EVENT, make_reports

from incidents.batch import link_store
from incidents.gazetteer import Gazetteer
from incidents.linking.merge import merge_reports
from incidents.model import Article, Disagreement
from incidents.store import open_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidents.model import ActorRef, PlaceRef, Report

PROGRAM = Path(sys.executable).parent / "incidents"
RUNS = 5
TEXT_LENGTH = 2500
TOWNS = 400
_WORLD = (-90.0, -180.0, 90.0, 180.0)


def main() -> int:
    """Make a database, add to it, and time `show` on it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=100_000, metavar="REPORTS")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="use and keep the database")
    parser.add_argument("--linked", action="store_true", help="link all, and one article more")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        what = "linked" if args.linked else "incidents"
        path = (args.keep or Path(name)) / f"{what}-{args.size}.db"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            reports = fill(path, args.size)
            if args.linked:
                link(path)
            else:
                put_incidents(path, reports)
        if args.linked:
            add_some(path)
        else:
            time_show(path)
    return 0


def fill(path: Path, size: int) -> list[Report]:
    """Put reports, an article each."""
    reports = move(make_reports(size // REPORTS_AN_EVENT + size // 500)[0][:size])
    random = Random(1)  # noqa: S311 - no secret
    words = [f"w{random.getrandbits(20):x}" for _ in range(2000)]
    articles = [
        Article(
            id=each.article.id,
            text=" ".join(random.choices(words, k=TEXT_LENGTH // 6)),
            publisher=each.article.publisher,
            published=each.article.published,
        )
        for each in reports
    ]
    with open_store(path) as store:
        with Clock(f"{len(reports):,} articles with a report each stored"):
            for article, report in zip(articles, reports, strict=True):
                store.put_article(article, [report])
        with Clock(f"{len(reports) // 10:,} of them once more, nothing changes"):
            for article, report in zip(articles[::10], reports[::10], strict=True):
                store.put_article(article, [report])
    return reports


def put_incidents(path: Path, reports: list[Report]) -> None:
    """Put an incident a report; one in fifty is disputed, or told by two sources."""
    incidents = []
    for number, report in enumerate(reports):
        incident = merge_reports([report])
        if number % 50 == 0:
            grade = "confirmed" if number % 500 == 0 else "fair"
            incident = msgspec.structs.replace(incident, grade=grade, source_count=2)
        elif number % 50 == 1:
            differ = (Disagreement(field="date"),)
            incident = msgspec.structs.replace(incident, disagreements=differ)
        incidents.append(incident)
    with open_store(path) as store, Clock(f"{len(incidents):,} incidents stored"):
        store.put_incidents(incidents)
    print(f"{path.stat().st_size / 1e6:.0f} MB", flush=True)


def link(path: Path) -> None:
    """Link all reports."""
    with open_store(path) as store, Clock(f"{store.count_reports():,} reports linked"):
        link_store(store)


def move(reports: Sequence[Report]) -> list[Report]:
    """The reports, with real towns and actors in place of the invented ones."""
    gazetteer = Gazetteer.open()
    largest = itertools.islice(gazetteer.largest_within(_WORLD, ("city",)), TOWNS)
    found = [gazetteer.find_places(name)[0].place for name, _, _ in largest]
    towns = [place for place in found if len(place.within_ids) > 1]  # no city states
    actors = gazetteer.actors()[:: len(gazetteer.actors()) // 48]
    numbers: dict[str, int] = {}

    def place(ref: PlaceRef, month: int) -> PlaceRef:
        if ref.kind not in ("city", "admin1") or ref.id is None:
            return ref
        key = f"{ref.id.rstrip('t')} {month}"  # the busy ones take turns
        town = towns[numbers.setdefault(key, len(numbers)) % len(towns)]
        real = (ref.kind == "admin1" and gazetteer.place(town.within_ids[0])) or town
        changes = {"id": real.id, "name": real.name, "kind": real.kind, "within": real.within}
        point = {"lat": real.lat, "lon": real.lon}
        return msgspec.structs.replace(ref, **changes, **point, mention=real.name)

    def actor(ref: ActorRef) -> ActorRef:
        if ref.id is None:
            return ref
        real = actors[numbers.setdefault(ref.id, len(numbers)) % len(actors)]
        return msgspec.structs.replace(ref, id=real.id, name=real.name, mention=real.name)

    def month_of(report: Report) -> int:
        return report.date.start.month if report.date.start else 0

    return [
        msgspec.structs.replace(
            report,
            places=tuple(place(ref, month_of(report)) for ref in report.places),
            actors=tuple(map(actor, report.actors)),
        )
        for report in reports
    ]


def add_some(path: Path) -> None:
    """Store and link one article more, several times."""
    extra = move(make_reports(20, seed=2)[0])
    with open_store(path) as store:
        for number, report in enumerate(extra[:RUNS]):
            article = Article(id=f"more-{number}-{time.time():.0f}", text="Text")
            own = msgspec.structs.replace(
                report, article=msgspec.structs.replace(report.article, id=article.id)
            )
            with Clock("one article more: stored"):
                store.put_article(article, [own])
            with Clock("one article more: linked"):
                link_store(store)


def time_show(path: Path) -> None:
    """Time whole processes of `show`, each filter on its own."""
    town, region = a_place(path, 300), a_place(path, 3000)
    print(f"{'show':60} {'wall s':>7} {'CPU s':>6}  lines  (medians of {RUNS})")
    for arguments in (
        ["--place", town],
        ["--place", region],
        ["--place", a_place(path, 300, is_known=False)],
        ["--place", "Nowhereville"],
        ["--actor", "Boko Haram"],
        ["--actor", an_actor(path, 2000)],
        ["--type", "suicide bomb"],
        ["--since", "2020-06-01", "--until", "2020-06-02"],
        ["--since", "2020-12-25"],
        ["--until", "2020-01-02"],
        ["--sources", "2"],
        ["--grade", "confirmed"],
        ["--disputed"],
        ["--place", town, "--grade", "weak", "--type", "clash", "--since", "2020-03-01"],
        ["--place", "Oslo"],
        ["--place", town, "--within-km", "50"],
        ["--place", region, "--within-km", "300"],
        ["--place", "Oslo", "--within-km", "1000"],
        ["--min-killed", "30"],
        ["--source", a_source(path)],
        ["--source", a_source(path), "--place", region],
        ["--kind", "identity militia"],
        ["--kind", "militia", "--place", town, "--within-km", "50"],
    ):
        for extra in ([], ["--format", "jsonl"]):
            time_one([*arguments, *extra], path)


def a_place(path: Path, incidents: int, *, is_known: bool = True) -> str:
    """The name of a place with about so many incidents."""
    return _near(path, f"incident_place WHERE (place_id IS NOT NULL) = {is_known:d}", incidents)


def an_actor(path: Path, incidents: int) -> str:
    """The name of an actor with about so many incidents."""
    return _near(path, "incident_actor WHERE actor_id IS NOT NULL", incidents)


def a_source(path: Path) -> str:
    """The outlet with most articles."""
    sql = "SELECT publisher FROM article GROUP BY publisher ORDER BY count(*) DESC, 1 LIMIT 1"
    with closing(sqlite3.connect(path)) as db:
        [name] = db.execute(sql).fetchone()
    return str(name)


def _near(path: Path, rows: str, incidents: int) -> str:
    sql = f"SELECT name FROM {rows} GROUP BY name ORDER BY abs(count(*) - ?), name LIMIT 1"  # noqa: S608 - the words are ours
    with closing(sqlite3.connect(path)) as db:
        [name] = db.execute(sql, (incidents,)).fetchone()
    return str(name)


def time_one(arguments: list[str], path: Path) -> None:
    """Print the medians of some runs of `show`."""
    walls, cpus, lines = [], [], 0
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.perf_counter()
        done = subprocess.run(
            [PROGRAM, "show", *arguments, "--db", path],
            capture_output=True,
            text=True,
            check=False,  # a name that nothing has is an answer too
        )
        walls.append(time.perf_counter() - began)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpus.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        lines = done.stdout.count("\n")
    middle = RUNS // 2
    wall, cpu = sorted(walls)[middle], sorted(cpus)[middle]
    print(f"{' '.join(arguments):60} {wall:7.2f} {cpu:6.2f} {lines:6}", flush=True)


class Clock:
    """Prints how long a block took."""

    def __init__(self, what: str) -> None:
        self.what = what

    def __enter__(self) -> None:
        self.began, self.cpu = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        wall, cpu = time.perf_counter() - self.began, time.process_time() - self.cpu
        print(f"{self.what:60} {wall:7.2f} s, {cpu:7.2f} s CPU", flush=True)


if __name__ == "__main__":
    sys.exit(main())
