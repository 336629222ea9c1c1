"""Measure how the time of an article grows with its length, for prose and for what is none.

    .venv/bin/python benchmarks/long_texts.py [--size CHARACTERS] [KIND ...]

Takes a quarter of the size and the whole, and prints seconds of processor, their ratio (4 is in
line with the length, 16 is its square) and the peak of memory. Each kind is extracted in a process
of its own. `tests/extractors/test_odd_texts.py` holds short texts to the same.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "extractors"))

from test_odd_texts import LONG, SENTENCES

from incidents.extractors.pipeline import Extractor
from incidents.model import Article


def main() -> None:
    """Measure the kinds that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kinds", nargs="*", metavar="KIND")
    parser.add_argument("--size", type=int, default=200_000)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        measure(args.one, args.size)
        return
    print(f"{'kind':14} {'characters':>10} {'quarter s':>10} {'whole s':>9} {'ratio':>6} {'MB':>6}")
    for kind in args.kinds or LONG:
        command = [sys.executable, __file__, "--one", kind, "--size", str(args.size)]
        subprocess.run(command, check=True)


def measure(kind: str, size: int) -> None:
    """Extract a quarter and the whole, and print a line."""
    extractor = Extractor()
    extractor.extract(Article(id="a", text=SENTENCES[0]))
    times = []
    for length in (size // 4, size):
        start = time.process_time()
        extractor.extract(Article(id="a", text=LONG[kind](length)))
        times.append(time.process_time() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    once, again = times
    figures = f"{once:10.1f} {again:9.1f} {again / once:6.1f} {peak:6.0f}"
    print(f"{kind:14} {size:10,} {figures}", flush=True)


if __name__ == "__main__":
    main()
