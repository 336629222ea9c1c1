"""Read a folder of very many small files: seconds, and the peak of memory.

    .venv/bin/python benchmarks/small_files.py [--files N]

Makes the files in a temporary folder and reads them twice; extraction is not part of it.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

from incidents.articles import read_articles

TEXT = "Gunmen shot two soldiers near Tyre on Monday, the army said. It was attack number {}.\n"


def main() -> None:
    """Make the files, read them, and print a line a run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=100_000)
    files = parser.parse_args().files
    with tempfile.TemporaryDirectory() as name:
        for number in range(files):
            Path(name, f"{number:07}.txt").write_text(TEXT.format(number), encoding="utf-8")
        for run in (1, 2):
            start = time.process_time()
            found = sum(1 for _ in read_articles([name], on_error=print))
            seconds = time.process_time() - start
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"run {run}: {found:,} articles, {seconds:.1f} s of processor, {peak:.0f} MB")


if __name__ == "__main__":
    main()
