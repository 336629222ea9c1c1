"""How long a user waits: whole processes from a cold start, medians of five.

    .venv/bin/python benchmarks/startup.py [--runs N]

Measures `incidents extract seeds/` with everything built, the same as the very first run (an empty
INCIDENTS_CACHE, so that the place index is built), and `incidents show --place Zalin`. Asserts
nothing: the figures depend on the machine.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = Path(sys.executable).parent / "incidents"


def main() -> None:
    """Time the three commands and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        warm = folder / "warm"
        extract = ["extract", str(ROOT / "seeds"), "--quiet", "--db", str(folder / "incidents.db")]
        show = ["show", "--place", "Zalin", "--db", str(folder / "incidents.db")]
        first = [seconds(extract, folder / f"empty-{run}") for run in range(runs)]
        seconds(extract, warm)
        rows = {
            "extract seeds/, first run (index is built)": first,
            "extract seeds/": [seconds(extract, warm) for _ in range(runs)],
            "show --place Zalin": [seconds(show, warm) for _ in range(runs)],
        }
    print(f"{'command':45} {'median s':>8} {'min':>6} {'max':>6}   runs")
    for command, times in rows.items():
        middle = statistics.median(times)
        print(f"{command:45} {middle:8.2f} {min(times):6.2f} {max(times):6.2f}   {len(times)}")


def seconds(arguments: list[str], cache: Path) -> float:
    """Wall time of one process, start of Python included."""
    environment = {**os.environ, "INCIDENTS_CACHE": str(cache)}
    began = time.perf_counter()
    subprocess.run([PROGRAM, *arguments], check=True, env=environment, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
