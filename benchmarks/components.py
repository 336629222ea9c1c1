"""Measure each component by itself: how much of what annotators quote it finds.

    .venv/bin/python benchmarks/components.py [--eval FOLDER]

Annotated articles quote the words for sides, places, dates and people harmed. A quotation is found
if a span of the component's group overlaps its first place in the text; people harmed also by
their kind and range. Events are counted by article: with an incident and with a trigger. The
figures go into the data sheets, which are the docstrings of the components. Precision cannot be
told from these annotations, since they do not quote everything; `incidents eval` measures it on
whole reports.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from incidents.evaluation import read_gold
from incidents.extractors.mentions import spans_of
from incidents.extractors.pipeline import load_pipeline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from incidents.evaluation import GoldIncident

ROOT = Path(__file__).resolve().parent.parent
SETS = ("dev", "dev2", "ce-dev")


def main() -> int:
    """Print the share that each component finds, over all sets."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--eval", type=Path, default=ROOT.parent / "shared" / "eval")
    args = parser.parse_args()
    files = [args.eval / f"{name}.jsonl" for name in SETS]
    absent = [str(file) for file in files if not file.is_file()]
    if absent:
        print(f"{', '.join(absent)}: not here, skipped")
        return 0
    nlp = load_pipeline()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for file in files:
        for item in read_gold(file):
            doc = nlp(item.article.text)
            for key, hit in measure(doc, item.incidents):
                wanted[key] += 1
                found[key] += hit
    for key, count in wanted.items():
        print(f"{key:32} {found[key] / count:6.3f}  {found[key]}/{count}")
    return 0


def measure(doc: Doc, incidents: tuple[GoldIncident, ...]) -> Iterator[tuple[str, bool]]:
    """What is looked for in one article, and whether it is there."""
    has_trigger = any(s._.event.real for s in spans_of(doc, "events"))
    if incidents:
        yield "events: articles with incident", has_trigger
    else:
        yield "events: articles without, silent", not has_trigger
    for incident in incidents:
        for actor in incident.actors:
            yield from _quoted(doc, "actors", actor.mentions)
        yield from _quoted(doc, "places", incident.place_mentions)
        yield from _quoted(doc, "dates", [incident.date_mention or ""])
        for claim in incident.casualties:
            if claim.mention and claim.mention in doc.text:
                same = {
                    (s._.casualty.kind, s._.casualty.min, s._.casualty.max)
                    for s in _overlapping(doc, "casualties", claim.mention)
                }
                yield "casualties, overlapping", bool(same)
                yield "casualties, kind and range", (claim.kind, claim.min, claim.max) in same


def _quoted(
    doc: Doc, key: str, mentions: tuple[str, ...] | list[str]
) -> Iterator[tuple[str, bool]]:
    for mention in mentions:
        if mention and mention in doc.text:
            yield key, bool(_overlapping(doc, key, mention))


def _overlapping(doc: Doc, key: str, mention: str) -> list:
    start = doc.text.index(mention)
    end = start + len(mention)
    return [s for s in spans_of(doc, key) if s.start_char < end and start < s.end_char]


if __name__ == "__main__":
    sys.exit(main())
