"""What worker processes gain: `incidents extract --jobs N` over the same articles, side by side.

    .venv/bin/python benchmarks/jobs.py [--articles 4000] [--jobs 1 2] [--texts FILE.jsonl]

The articles are those of `tests/gold` over and over, each with a last sentence of its own, and each
round a month later than the one before, so that there is as much to link as in news. Prints wall
time, CPU time of all processes and how many times as fast as the first row it was, and compares
what was printed, byte by byte; exits with 1 where that differs. The wall time means something on an
idle machine only.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MONTH = 30
PROGRAM = Path(sys.executable).parent / "incidents"


def main() -> int:
    """Run the program for each number of jobs, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=4_000)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--texts", type=Path, nargs="+", default=sorted_gold())
    args = parser.parse_args()
    print(f"{args.articles:,} articles, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{'jobs':>4} {'wall s':>8} {'CPU s':>8} {'times':>6}   output", flush=True)
    first, outputs = 0.0, set()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_articles(folder / "articles.jsonl", args.texts, args.articles)
        for jobs in args.jobs:
            wall, cpu, digest = measure(folder, jobs)
            first = first or wall
            outputs.add(digest)
            print(f"{jobs:4} {wall:8.1f} {cpu:8.1f} {first / wall:6.2f}   {digest}", flush=True)
    return int(len(outputs) > 1)


def sorted_gold() -> list[Path]:
    """The project's own annotated articles."""
    return sorted((ROOT / "tests" / "gold").glob("*.jsonl"))


def write_articles(path: Path, files: list[Path], count: int) -> None:
    """Write so many articles, as lines of JSON."""
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            row = rows[number % len(rows)]
            text = f"{row['text']}\n\nThis is copy {number}."
            day = row.get("published")
            if day is not None:
                later = dt.timedelta(days=MONTH * (number // len(rows)))
                day = str(dt.date.fromisoformat(day) + later)
            article = {"id": f"n{number}", "text": text, "published": day}
            out.write(json.dumps(article) + "\n")


def measure(folder: Path, jobs: int) -> tuple[float, float, str]:
    """Wall time, CPU time and a hash of the output of one run."""
    command = [PROGRAM, "extract", folder / "articles.jsonl", "--reports", "--format", "jsonl"]
    command += ["--db", folder / f"{jobs}.db", "--jobs", str(jobs), "--quiet"]
    before, began = cpu_seconds(), time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True)
    wall = time.perf_counter() - began
    return wall, cpu_seconds() - before, hashlib.sha256(done.stdout).hexdigest()[:12]


def cpu_seconds() -> float:
    """CPU time of all child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
