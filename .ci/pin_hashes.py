"""Write constraints-hashes.txt: the packages of constraints.txt with the SHA-256 of their files.

    python3 .ci/pin_hashes.py                  # asks pip for each file and its hash
    python3 .ci/pin_hashes.py --report R.json  # from a report that pip has written

pip resolves nothing here, since constraints.txt names every package. It fetches each file once and
reports its hash: of the wheel for this machine, or of the source where there is no wheel. Run it on
Linux x86_64 with CPython 3.11, which is what the file is for.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "constraints.txt"
HASHED = ROOT / "constraints-hashes.txt"
HEAD = """\
# The packages of constraints.txt with the SHA-256 of their files for Linux x86_64, CPython 3.11.
# Install with `pip install --require-hashes --no-deps -r constraints-hashes.txt`: a file that is
# not the one that the tests ran with is refused. Made by `.ci/pin_hashes.py`.
"""


def main() -> None:
    """Write the file, from pip or from a report."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--report", type=Path)
    given = parser.parse_args().report
    report = json.loads(given.read_text(encoding="utf-8")) if given else ask_pip()
    HASHED.write_text(make_file(report, PINS.read_text(encoding="utf-8")), encoding="utf-8")


def ask_pip() -> dict[str, Any]:
    """Let pip look up every pinned package, without installing any."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet"]
        options = ["--ignore-installed", "--no-deps", "--report", str(report), "-r", str(PINS)]
        subprocess.run([*command, *options], check=True)  # noqa: S603 - pip itself
        found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return found


def make_file(report: dict[str, Any], pins: str) -> str:
    """Put the hashes of a report behind the pins, in the order of these.

    Raises:
        SystemExit: a pin has no file in the report.
    """
    hashes = {
        (normal(each["metadata"]["name"]), each["metadata"]["version"]): each["download_info"][
            "archive_info"
        ]["hashes"]["sha256"]
        for each in report["install"]
    }
    lines = []
    for pin in pins.splitlines():
        if not pin or pin.startswith("#"):
            continue
        name, _, version = pin.partition("==")
        found = hashes.get((normal(name), version))
        if found is None:
            sys.exit(f"{pin}: pip reports no file of it; run again without --report")
        lines.append(f"{pin} --hash=sha256:{found}\n")
    return HEAD + "".join(lines)


def normal(name: str) -> str:
    """A package's name as the index compares it."""
    return name.lower().replace("_", "-").replace(".", "-")


if __name__ == "__main__":
    main()
