"""What the gazetteer costs: opening, memory, look-ups, and matching names in running text.

    .venv/bin/python benchmarks/gazetteer_speed.py [--text FILE.txt ...] [--build]

Prints a table; asserts nothing, since the figures depend on the machine. Opening and memory are
those of new processes (Linux), with the index built before; medians of five. Matching is the time
of the actor and place components against that of the spaCy pipeline alone, on the same articles.
Look-ups over many countries are measured by names.py.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from incidents.gazetteer import Gazetteer

ROOT = Path(__file__).resolve().parent.parent
RUNS, LOOKUPS = 5, 3000
CHILD = """
import time
from pathlib import Path
def megabytes():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20
before = megabytes()
began = time.perf_counter()
from incidents.gazetteer import Gazetteer
imported = time.perf_counter()
gazetteer = Gazetteer.open()
gazetteer.find_places("Qamishli")
opened = time.perf_counter()
gazetteer.find_actors("NDF")
actors = time.perf_counter()
print(imported - began, opened - imported, actors - opened, megabytes() - before)
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--text", type=Path, nargs="*", default=sorted((ROOT / "seeds").glob("*.txt"))
    )
    parser.add_argument("--build", action="store_true", help="time the first build as well")
    args = parser.parse_args()
    rows: list[tuple[str, float, str]] = []
    if args.build:
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            Gazetteer.open(cache_dir=Path(folder))
            rows.append(("build of the index", time.perf_counter() - began, "s"))
    rows += opening()
    rows += lookups(Gazetteer.open())
    rows += matching([path.read_text(encoding="utf-8") for path in args.text])
    for name, value, unit in rows:
        print(f"{name:52} {value:10.2f} {unit}")


def opening() -> list[tuple[str, float, str]]:
    """Start new processes; return what opening costs them."""
    Gazetteer.open()
    runs = [
        subprocess.run([sys.executable, "-c", CHILD], check=True, capture_output=True, text=True)
        for _ in range(RUNS)
    ]
    columns = zip(*(map(float, run.stdout.split()) for run in runs), strict=True)
    imported, opened, actors, megabytes = map(statistics.median, columns)
    return [
        ("importing the package", imported * 1000, "ms"),
        ("opening, first place look-up included", opened * 1000, "ms"),
        ("first actor look-up (reads the actor tables)", actors * 1000, "ms"),
        ("memory of all that", megabytes, "MB"),
    ]


def lookups(gazetteer: Gazetteer) -> list[tuple[str, float, str]]:
    """Return look-ups a second of names in actor and place tables."""
    actors = [(actor.name, actor.countries[:1]) for actor in gazetteer.actors()][:LOOKUPS]
    began = time.perf_counter()
    for name, countries in actors:
        gazetteer.find_actors(name, countries=countries)
    actor_rate = len(actors) / (time.perf_counter() - began)
    names = ["Kamishlyy", "Hassakka", "Deir Azzour", "Manbidge", "Idleeb"] * 100
    gazetteer.find_places("Quuxx", countries=("SY",), fuzzy=True)  # loads the country's names
    began = time.perf_counter()
    for i, name in enumerate(names):
        gazetteer.find_places(f"{name}{i % 7 * 'a'}", countries=("SY",), fuzzy=True)
    return [
        ("actor look-ups", actor_rate, "/s"),
        ("fuzzy place look-ups in Syria", len(names) / (time.perf_counter() - began), "/s"),
    ]


def matching(texts: list[str]) -> list[tuple[str, float, str]]:
    """Return the time of the gazetteer's components against the parse of the same texts."""
    from incidents.extractors.pipeline import Extractor  # noqa: PLC0415 - loads spaCy

    nlp = Extractor()._nlp  # noqa: SLF001 - times its parts
    ours = {name for name in nlp.pipe_names if name in ("incidents_actors", "incidents_places")}
    theirs = [name for name in nlp.pipe_names if not name.startswith("incidents_")]
    docs = [nlp(text) for text in texts]  # fills the caches of both
    times: dict[str, float] = dict.fromkeys(nlp.pipe_names, 0.0)
    for _ in range(RUNS):
        docs = [nlp.make_doc(text) for text in texts]
        for name, component in nlp.pipeline:
            began = time.perf_counter()
            docs = [component(doc) for doc in docs]
            times[name] += time.perf_counter() - began
    parse = sum(times[name] for name in theirs)
    names = sum(times[name] for name in ours)
    return [
        ("parse by spaCy, one article", parse / RUNS / len(texts) * 1000, "ms"),
        ("names of actors and places in it", names / RUNS / len(texts) * 1000, "ms"),
        ("names against parse", names / parse * 100, "%"),
    ]


if __name__ == "__main__":
    main()
