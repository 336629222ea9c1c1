"""Measure linking on annotated articles, all sets extracted together into one database.

    .venv/bin/python benchmarks/link_labels.py [--eval FOLDER] [--names] [SET ...]

Articles that tell of one event carry one `same_event` label. Counted are the pairs of articles
that some incident joins. The annotated sets are not part of this repository; where the folder is
missing, the script says so and ends well. `--names` lists the joined articles and the missed ones.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from incidents.errors import PartialError

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parent.parent
SETS = ("dev", "dev2", "dev3", "ce-dev")

Pair = tuple[str, str]


def main() -> int:
    """Extract the sets that are there, and compare the links with the labels."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="*", default=SETS, metavar="SET")
    parser.add_argument("--eval", type=Path, default=ROOT.parent / "shared" / "eval")
    parser.add_argument("--names", action="store_true")
    args = parser.parse_args()
    paths = [path for name in args.sets if (path := args.eval / f"{name}.jsonl").is_file()]
    if not paths:
        print(f"{args.eval}: no sets here, skipped")
        return 0
    wanted = labelled_pairs(paths)
    found = linked_pairs(paths)
    right = found & wanted
    precision = len(right) / len(found) if found else 1.0
    recall = len(right) / len(wanted) if wanted else 1.0
    print(
        f"{len(wanted)} labelled pairs, {len(found)} linked, {len(right)} of them right: "
        f"precision {precision:.3f}, recall {recall:.3f}"
    )
    if args.names:
        for what, pairs in (("linked, no label", found - wanted), ("missed", wanted - found)):
            for one, two in sorted(pairs):
                print(f"  {what}: {one}  {two}")
    return 0


def labelled_pairs(paths: Iterable[Path]) -> set[Pair]:
    """Pairs of articles with the same label."""
    articles: defaultdict[str, list[str]] = defaultdict(list)
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row.get("same_event"):
                articles[row["same_event"]].append(row["id"])
    return {pair for ids in articles.values() for pair in combinations(sorted(ids), 2)}


def linked_pairs(paths: Iterable[Path]) -> set[Pair]:
    """Pairs of articles that some incident joins."""
    program = str(Path(sys.executable).parent / "incidents")
    with tempfile.TemporaryDirectory() as folder:
        options = ["--format", "jsonl", "--quiet", "--db", f"{folder}/all.db"]
        done = subprocess.run(
            [program, "extract", *map(str, paths), *options], check=False, capture_output=True
        )
    if done.returncode not in (0, PartialError.exit_code):
        sys.exit(done.stderr.decode())
    found: set[Pair] = set()
    for line in done.stdout.decode().splitlines():
        articles = sorted({source["article"] for source in json.loads(line)["sources"]})
        found.update(combinations(articles, 2))
    return found


if __name__ == "__main__":
    sys.exit(main())
