"""How long a user waits: whole processes from a cold start, medians of five.

    .venv/bin/python benchmarks/startup.py [--runs N]

Measures `incidents --help`, `incidents extract` of one article and of `seeds/` with everything
built, `seeds/` as the very first run too (an empty INCIDENTS_CACHE, so that the place index is
built), and `incidents show --place Zalin`. A row with a limit, in seconds, says whether it is met;
the figures depend on the machine, so that the exit code does not.
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
ONE = "000_dcdcc320ccbce1f1.txt"
LIMITS = {"--help": 0.15, "extract of one article": 3.0}
PROGRAM = Path(sys.executable).parent / "incidents"


def main() -> None:
    """Time the commands and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        warm = folder / "warm"
        extract = ["extract", str(ROOT / "seeds"), "--quiet", "--db", str(folder / "incidents.db")]
        one = ["extract", str(ROOT / "seeds" / ONE), *extract[2:]]
        show = ["show", "--place", "Zalin", "--db", str(folder / "incidents.db")]
        first = [seconds(extract, folder / f"empty-{run}") for run in range(runs)]
        seconds(extract, warm)
        rows = {
            "extract seeds/, first run (index is built)": first,
            "--help": [seconds(["--help"], warm) for _ in range(runs)],
            "extract of one article": [seconds(one, warm) for _ in range(runs)],
            "extract seeds/": [seconds(extract, warm) for _ in range(runs)],
            "show --place Zalin": [seconds(show, warm) for _ in range(runs)],
        }
    print(f"{'command':45} {'median s':>8} {'min':>6} {'max':>6}   runs   limit")
    for command, times in rows.items():
        middle = statistics.median(times)
        limit = LIMITS.get(command)
        verdict = f"{limit} {'met' if middle < limit else 'NOT MET'}" if limit else ""
        row = f"{command:45} {middle:8.2f} {min(times):6.2f} {max(times):6.2f}"
        print(f"{row}   {len(times):4}   {verdict}")


def seconds(arguments: list[str], cache: Path) -> float:
    """Wall time of one process, start of Python included."""
    environment = {**os.environ, "INCIDENTS_CACHE": str(cache)}
    began = time.perf_counter()
    subprocess.run([PROGRAM, *arguments], check=True, env=environment, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
