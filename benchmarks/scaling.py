"""Measure what one core does, and work out the machines for 1, 10 and 100 million articles a day.

    .venv/bin/python benchmarks/scaling.py
    .venv/bin/python benchmarks/scaling.py --texts news.jsonl --utilisation 0.7

Prints the tables of docs/scaling.md. Times are processor times of one process, so that what else
the machine does hardly matters; without a sample of your own, the articles are those of tests/gold
and seeds/, which are short, so that the rate is also worked out for longer ones.
"""

from __future__ import annotations

import argparse
import math
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

import made_reports
import msgspec

from incidents import Extractor
from incidents.articles import read_articles
from incidents.linking.block import find_pairs, keys_of
from incidents.linking.group import Decisions, Weights, find_edges, is_sure
from incidents.linking.pipeline import DEFAULT_THRESHOLD
from incidents.linking.score import to_weight

if TYPE_CHECKING:
    from incidents.model import Article

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = (ROOT / "seeds", *sorted((ROOT / "tests" / "gold").glob("*.jsonl")))
LENGTHS = (1500, 3000, 6000)  # characters: an agency's item, a report, a feature
MILLIONS = (1, 10, 100)
DAY_SECONDS = 86_400
EVENTS = 800
DENSITIES = (55, 550)  # events a day
GIGABYTE = 1e9


@dataclass(frozen=True)
class Extraction:
    """What one core extracts.

    Attributes:
        articles: how many were extracted.
        characters: in the mean of an article.
        seconds: of the processor, in all.
        reports: in the mean of an article.
        report_bytes: of a report as JSON, in the mean.
        memory: of the process at its most, in bytes.
    """

    articles: int
    characters: float
    seconds: float
    reports: float
    report_bytes: float
    memory: float

    def rate(self, characters: float) -> float:
        """Articles of a length that a core extracts in a second."""
        return self.articles * self.characters / self.seconds / characters


def measure_extraction(articles: list[Article]) -> Extraction:
    """Extract articles, after a few to warm up."""
    extractor = Extractor()
    for article in articles[:5]:
        extractor.extract(article)
    began = time.process_time()
    reports = [report for article in articles for report in extractor.extract(article)]
    seconds = time.process_time() - began
    return Extraction(
        articles=len(articles),
        characters=fmean(len(article.text) for article in articles),
        seconds=seconds,
        reports=len(reports) / len(articles),
        report_bytes=fmean(len(msgspec.json.encode(report)) for report in reports),
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    )


def measure_linking(events_a_day: int) -> tuple[float, float, float]:
    """Keys and pairs of a report, and microseconds to weigh a pair, on invented reports."""
    made_reports.EVENTS_A_DAY = events_a_day
    reports, _ = made_reports.make_reports(EVENTS)
    reports.sort(key=lambda report: (str(report.date.start), report.id))
    by_id = {report.id: report for report in reports}
    keys = fmean(len(keys_of(report)) for report in reports)
    pairs = [
        (min(reports[one].id, reports[two].id), max(reports[one].id, reports[two].id))
        for one, two in find_pairs(reports)
    ]
    sure = {report.id for report in reports if is_sure(report, Decisions())}
    began = time.process_time()
    weights = Weights(by_id, None, Decisions())
    find_edges(pairs, sure, weights, min_weight=to_weight(DEFAULT_THRESHOLD))
    microseconds = (time.process_time() - began) / len(pairs) * 1e6
    return keys, len(pairs) / len(reports), microseconds


def print_machines(found: Extraction, utilisation: float) -> None:
    """Print cores and memory, by articles a day and by their length."""
    print("\n| articles a day | characters | articles a core-second | cores | memory of workers |")
    print("|---|---|---|---|---|")
    for millions in MILLIONS:
        for characters in LENGTHS:
            rate = found.rate(characters)
            cores = math.ceil(millions * 1e6 / (DAY_SECONDS * rate * utilisation))
            memory = cores * found.memory / GIGABYTE
            print(
                f"| {millions} million | {characters:,} | {rate:.1f} | {cores:,} "
                f"| {memory:,.0f} GB |"
            )


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", nargs="*", default=SAMPLE, help="articles to measure with")
    parser.add_argument(
        "--utilisation", type=float, default=0.7, help="share of the day that cores are at work"
    )
    args = parser.parse_args()
    articles = list(read_articles(args.texts, on_error=lambda error: print(error, file=sys.stderr)))
    if not articles:
        print("no articles to measure with", file=sys.stderr)
        return 1
    found = measure_extraction(articles)
    print(
        f"{found.articles} articles of {found.characters:,.0f} characters: "
        f"{found.articles / found.seconds:.1f} articles a core-second, {found.reports:.2f} reports "
        f"each of {found.report_bytes:,.0f} bytes, {found.memory / GIGABYTE:.2f} GB a process"
    )
    print_machines(found, args.utilisation)
    print("\n| events a day | keys of a report | pairs of a report | microseconds a pair |")
    print("|---|---|---|---|")
    for density in DENSITIES:
        keys, pairs, microseconds = measure_linking(density)
        print(f"| {density} | {keys:.1f} | {pairs:.1f} | {microseconds:.0f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
