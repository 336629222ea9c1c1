"""Change the code one small bit at a time and see whether the tests notice.

    pip install -c constraints.txt -e ".[dev,mutation]"
    .venv/bin/python benchmarks/mutation.py linking              # every mutant
    .venv/bin/python benchmarks/mutation.py dates --sample 150   # a sample, the same each time
    .venv/bin/python benchmarks/mutation.py linking --again      # only those that had survived

Cosmic Ray makes the mutants (`mutants.py`), and each meets the tests that run its line
(`mutant_runner.py`); no file is touched. What survives is printed, but for those of which
`mutation_explained.toml` says why no test can tell them. "Slow" are those that were stopped after
ten times the processor time of the tests; a test noticed them too. Outcomes are kept in
`build/mutation/`, so that a run that was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from mutant_runner import preload, test_mutants
from mutants import Change, Mutant, make_mutants

if TYPE_CHECKING:
    from mutant_runner import Outcome

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "build" / "mutation"
EXPLAINED = Path(__file__).with_name("mutation_explained.toml")
SEED = 7


@dataclass(frozen=True, slots=True)
class Target:
    """What is changed, and the tests that hold it."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]
    needs_model: bool = True


TARGETS = {
    "linking": Target(
        ("core/linking/*.py",),
        ("tests/core/test_linking*.py", "tests/core/test_order.py"),
        needs_model=False,
    ),
    "casualties": Target(
        tuple(
            f"extractors/{name}.py"
            for name in "casualties casualty_words quantities toll_counts harm_turns".split()
        ),
        (
            "tests/extractors/test_casualties.py",
            "tests/extractors/test_quantities.py",
            "tests/extractors/test_casualty_mentions.py",
            "tests/extractors/test_casualty_sides.py",
            "tests/extractors/test_tolls.py",
        ),
    ),
    "dates": Target(
        tuple(f"extractors/{name}.py" for name in ("dates", "date_readers", "date_resolution")),
        (
            "tests/extractors/test_dates.py",
            "tests/extractors/test_date_resolution.py",
            "tests/extractors/test_date_anchor.py",
            "tests/extractors/test_account_dates.py",
        ),
    ),
}


def main() -> int:
    """Run the mutants of one package; ends with 1 if one survives without an explanation."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("package", choices=TARGETS)
    parser.add_argument("--sample", type=int, metavar="N", help="no more than N mutants")
    parser.add_argument("--show", action="store_true", help="test nothing, print what is known")
    parser.add_argument("--again", action="store_true", help="test anew those that had survived")
    args = parser.parse_args()
    os.chdir(ROOT)
    target = TARGETS[args.package]
    chosen = _choose(target, args.sample)
    RESULTS.mkdir(parents=True, exist_ok=True)
    results = Results(RESULTS / f"{args.package}.jsonl")
    explained = _read_explained()
    if args.again:
        results.forget_survivors(explained)
    waiting = [mutant for mutant in chosen if mutant.change not in results.outcomes]
    if waiting and not args.show:
        preload(needs_model=target.needs_model)
        files = sorted(str(path) for glob in target.tests for path in Path().glob(glob))
        with tempfile.TemporaryDirectory() as folder:
            test_mutants(waiting, files, ROOT, Path(folder), results.add)
    results.read()
    return _summarise(chosen, results, explained)


def _choose(target: Target, sample: int | None) -> list[Mutant]:
    paths = sorted(path for glob in target.modules for path in ROOT.glob(glob))
    by_change = {each.change: each for path in paths for each in make_mutants(ROOT, path)}
    chosen = list(by_change.values())
    count = len(chosen) if sample is None else min(sample, len(chosen))
    _say(f"{count} of {len(chosen)} mutants")
    # in a random order, so that what a stopped run has done is a sample too
    return Random(SEED).sample(chosen, count)  # noqa: S311 - no secret


class Results:
    """What became of each mutant, kept as JSON lines."""

    def __init__(self, path: Path) -> None:
        """Read what is there."""
        self._path = path
        self.outcomes: dict[Change, Outcome] = {}
        self.read()

    def read(self) -> None:
        """Read what is on disk; forks write there too."""
        if self._path.exists():
            for line in self._path.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                self.outcomes[_to_change(row)] = row["outcome"]

    def add(self, mutant: Mutant, outcome: Outcome) -> None:
        """Keep one outcome, at once."""
        self.outcomes[mutant.change] = outcome
        with self._path.open("a", encoding="utf-8") as file:
            file.write(_to_row(mutant.change, outcome))

    def forget_survivors(self, explained: set[Change]) -> None:
        """Drop those that survived without an explanation, so that they are tested anew."""
        self.outcomes = {
            key: outcome
            for key, outcome in self.outcomes.items()
            if outcome != "survived" or _is_explained(key, explained)
        }
        rows = [_to_row(change, outcome) for change, outcome in self.outcomes.items()]
        self._path.write_text("".join(rows), encoding="utf-8")


def _to_change(row: dict[str, str]) -> Change:
    return row["path"], row["within"], row["before"], row["after"]


def _to_row(change: Change, outcome: Outcome) -> str:
    path, within, before, after = change
    row = {"path": path, "within": within, "before": before, "after": after, "outcome": outcome}
    return json.dumps(row, ensure_ascii=False) + "\n"


def _read_explained() -> set[Change]:
    entries = tomllib.loads(EXPLAINED.read_text(encoding="utf-8"))["mutant"]
    return {_to_change({"after": "", **row}) for row in entries}


def _is_explained(change: Change, explained: set[Change]) -> bool:
    return not explained.isdisjoint({change, (*change[:3], "")})


def _summarise(chosen: list[Mutant], results: Results, explained: set[Change]) -> int:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    tested = [mutant for mutant in chosen if mutant.change in results.outcomes]
    for mutant in sorted(tested, key=lambda mutant: (mutant.path, mutant.line)):
        outcome: str = results.outcomes[mutant.change]
        if outcome == "survived" and _is_explained(mutant.change, explained):
            outcome = "explained"
        counts[mutant.path][outcome] += 1
        counts["all"][outcome] += 1
        if outcome == "survived":
            print(f"\n{mutant.path}:{mutant.line} {mutant.within}")
            print(f"  - {mutant.before}\n  + {mutant.after}")
    columns = ("killed", "slow", "explained", "survived")
    print(f"\n{'':36}{'mutants':>9}" + "".join(f"{name:>11}" for name in columns))
    for path, row in counts.items():
        print(f"{path:36}{row.total():9}" + "".join(f"{row[name]:11}" for name in columns))
    return int(counts["all"]["survived"] > 0)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
