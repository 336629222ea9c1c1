"""Count reports where there should be none, and conflict news that gives none.

    .venv/bin/python benchmarks/false_alarms.py [--corpus FILE] [--show CATEGORY]

Reads a JSONL file (gzipped or not) of short news items with `id`, `published`, `category` and
`text`; by default a year of Wikipedia's Portal:Current events, which is not part of this
repository. Where the file is missing, the script says so and ends well. For each category it prints
how many items give a report; for "Armed conflicts and attacks" how many of the items that name
people harmed. `--show` lists the items behind one figure: those with a report in a quiet category,
those without one among armed conflicts.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from incidents.extractors.pipeline import Extractor
from incidents.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "current-events-2025.jsonl.gz"
CONFLICT = "Armed conflicts and attacks"
# Share of items with a report: at most this, in categories that hold hardly any conflict.
CEILINGS = {
    "Business and economy": 0.02,
    "Sports": 0.02,
    "Science and technology": 0.02,
    "Arts and culture": 0.02,
    "Health and environment": 0.02,
    "Disasters and accidents": 0.04,
}
FLOOR = 0.85  # of the conflict items that name people harmed

# "kills at least 26", "five people are injured", "several dead": a number near a word of harm.
_HARM = r"(?:kill(?:s|ed|ing)?|wound(?:s|ed|ing)?|injur(?:es?|ed|ing)|dead|dies?|deaths?)"
_COUNT = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|several|scores)"
)
_CASUALTY = re.compile(
    rf"\b{_HARM}\b(?:\W+\w+){{0,4}}?\W+{_COUNT}\b|\b{_COUNT}\b(?:\W+\w+){{0,5}}?\W+{_HARM}\b",
    re.IGNORECASE,
)


def main() -> int:
    """Print the share of items with a report, category by category."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--show", metavar="CATEGORY", help="list what is wrong in one category")
    args = parser.parse_args()
    if not args.corpus.is_file():
        print(f"{args.corpus}: not here, skipped")
        return 0
    return int(not count(args.corpus, args.show))


def count(corpus: Path, shown: str | None) -> bool:
    """Extract every item and print the figures, and the wrong items of the category shown.

    Returns:
        Whether every limit is met.
    """
    items = [i for i in read(corpus) if shown is None or i["category"] == shown]
    tallies: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    articles = (
        Article(id=i["id"], text=i["text"], published=dt.date.fromisoformat(i["published"]))
        for i in items
    )
    for item, reports in zip(items, Extractor().pipe(articles), strict=True):
        category = item["category"]
        if category == CONFLICT and not _CASUALTY.search(item["text"]):
            category += ", nobody harmed"
        tallies[category][0] += bool(reports)
        tallies[category][1] += 1
        if shown is not None and bool(reports) != (category == CONFLICT):
            found = ", ".join(r.sub_event_type for r in reports) or "none"
            print(f"{item['id']} [{found}] {item['text']}")
    verdicts = {name: _verdict(name, hits / total) for name, (hits, total) in tallies.items()}
    for category, (hits, total) in sorted(tallies.items()):
        print(f"{category:45} {hits:5}/{total:<5} {hits / total:.3f}{verdicts[category]}")
    return not any("NOT MET" in verdict for verdict in verdicts.values())


def read(corpus: Path) -> Iterator[dict[str, Any]]:
    """The items of a JSONL file."""
    opener = gzip.open if corpus.suffix == ".gz" else open
    with opener(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _verdict(category: str, share: float) -> str:
    if category == CONFLICT:
        return f"  at least {FLOOR}: {'met' if share >= FLOOR else 'NOT MET'}"
    if category in CEILINGS:
        ceiling = CEILINGS[category]
        return f"  at most {ceiling}: {'met' if share <= ceiling else 'NOT MET'}"
    return ""


if __name__ == "__main__":
    sys.exit(main())
