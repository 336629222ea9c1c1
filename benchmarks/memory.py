"""How much memory a long run takes: peak RSS at 2,000 and at 20,000 articles.

    .venv/bin/python benchmarks/memory.py [--articles 20000] [--characters 300]

The articles are the beginnings of those in `tests/gold`, with people, places and numbers put behind
them that no other has, so that what the language model and the tables keep of words would grow.
They are extracted and stored as `incidents extract` does, in a fresh process, whose peak RSS stands
in the table at each checkpoint. Exits with 1 where the last is over 1.2 times the first, or over
1.5 GB.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from incidents.ahead import Plain
from incidents.batch import Batch, extract_batch
from incidents.extractors.pipeline import Extractor
from incidents.model import Article
from incidents.parallel import extract_here
from incidents.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
FIRST = 2_000  # articles of the first checkpoint
MOST_GROWTH, MOST_MB = 1.2, 1_500
SYLLABLES = (
    "ba da fi go ha ja ka lu me no pe qu ri sa tu wi xa yo za shi kho bre mar ton del".split()
)


def main() -> int:
    """Run the fresh process, print its checkpoints, and hold them against the limits."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--characters", type=int, default=300)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        run(args.articles, args.characters)
        return 0
    print(f"{'articles':>9} {'peak RSS MB':>12} {'RSS now MB':>11} {'CPU s':>8}", flush=True)
    peaks: dict[int, int] = {}
    command = [sys.executable, *sys.argv, "--inside"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            count, peak, present, seconds = map(int, line.split())
            peaks[count] = peak
            print(f"{count:9,} {peak:12,} {present:11,} {seconds:8,}", flush=True)
    if process.returncode or FIRST not in peaks:
        return 2
    last = max(peaks.values())
    print(f"grows to {last / peaks[FIRST]:.2f} times that at {FIRST:,}")
    return int(last > MOST_GROWTH * peaks[FIRST] or last > MOST_MB)


def run(articles: int, characters: int) -> None:
    """Extract and store made articles; print the peak at checkpoints."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "m.db") as store:
        done = extract_batch(
            Plain(make_articles(articles, characters)),
            store,
            extract=partial(extract_here, make_extractor=Extractor, seconds=None),
            batch=Batch(),
            on_error=sys.exit,
        )
        for number, _ in enumerate(done, start=1):
            if number % FIRST == 0 or number == articles:
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
                print(number, peak, present_mb(), round(time.process_time()), flush=True)


def present_mb() -> int:
    """What is resident now; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * resource.getpagesize() >> 20


def make_articles(count: int, characters: int) -> Iterator[Article]:
    """Articles that all have words of their own."""
    chance = random.Random(1)  # noqa: S311 - no secret
    beginnings = [
        json.loads(line)["text"][:characters]
        for file in sorted((ROOT / "tests" / "gold").glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    for number in range(count):
        names = ["".join(chance.choices(SYLLABLES, k=4)).capitalize() for _ in range(6)]
        toll = chance.randrange(10, 10_000)
        text = (
            f"{beginnings[number % len(beginnings)]}\n\n{names[0]} {names[1]} and {names[2]} were "
            f"killed in {names[3]}, {toll} km from {names[4]}, said {names[5]} {number}-{toll}."
        )
        yield Article(id=f"made-{number}", text=text)


if __name__ == "__main__":
    sys.exit(main())
