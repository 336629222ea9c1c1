"""Score the extractor on annotated articles, and print the figures.

    .venv/bin/python benchmarks/score_dev.py [--model NAME] [--eval FOLDER] [SET ...]

The annotated sets and their scorer are not part of this repository: they are real articles. The
folder holds `score.py` and `<set>.jsonl`; where it is missing, the script says so and ends well.
Figures never fail the script; a crash of the extractor does.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from incidents.errors import PartialError

ROOT = Path(__file__).resolve().parent.parent
SETS = ("seeds", "dev", "dev2", "dev3", "ce-dev")


def main() -> int:
    """Score each set that is there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="*", default=SETS, metavar="SET")
    parser.add_argument("--model", help="spaCy pipeline, by name or path")
    parser.add_argument("--eval", type=Path, default=ROOT.parent / "shared" / "eval")
    args = parser.parse_args()
    scorer = args.eval / "score.py"
    if not scorer.is_file():
        print(f"{scorer}: not here, skipped")
        return 0
    for name in args.sets:
        gold = args.eval / f"{name}.jsonl"
        if gold.is_file():
            score(gold, scorer, args.model)
        else:
            print(f"{gold}: not here, skipped")
    return 0


def score(gold: Path, scorer: Path, model: str | None) -> None:
    """Extract one set with the installed program and print what the scorer says."""
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "reports.jsonl"
        began = time.perf_counter()
        extract(gold, predicted, model)
        seconds = time.perf_counter() - began
        figures = subprocess.run(
            [sys.executable, str(scorer), str(gold), str(predicted)],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    print(f"== {gold.stem}, extracted in {seconds:.1f} s\n{figures}", flush=True)


def extract(gold: Path, predicted: Path, model: str | None) -> None:
    """Write the reports on one set's articles, with a database of their own."""
    program = str(Path(sys.executable).parent / "incidents")
    options = [
        "--reports",
        "--format",
        "jsonl",
        "--quiet",
        "--db",
        str(predicted.with_suffix(".db")),
    ]
    options += ["--model", model] if model else []
    with predicted.open("wb") as out:
        done = subprocess.run([program, "extract", str(gold), *options], check=False, stdout=out)
    if done.returncode not in (0, PartialError.exit_code):
        sys.exit(f"{gold}: incidents extract ended with exit code {done.returncode}")


if __name__ == "__main__":
    sys.exit(main())
