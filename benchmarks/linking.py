"""Measure linking on invented events: right groups, order, growth, time and memory.

    .venv/bin/python benchmarks/linking.py quality          # B-cubed at 1,000 events
    .venv/bin/python benchmarks/linking.py order            # 20 orders; one by one, all at once
    .venv/bin/python benchmarks/linking.py speed 10000 100000

`speed` stores, links, and adds 100 reports, each size in a process of its own, and prints seconds
and the peak of memory. The reports are made by `made_reports.py`.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from made_reports import REPORTS_AN_EVENT, make_reports

from incidents.batch import link_store
from incidents.linking import link
from incidents.model import Article
from incidents.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from incidents.model import Incident, Report
    from incidents.store import Store

ORDERS = 20
ADDED = 100


class NoPlaces:
    """A gazetteer that knows nothing: the invented places are not in the real one."""

    def place(self, _id: str, /) -> None:
        """Nothing lies around a place."""

    def actor(self, _id: str, /) -> None:
        """Nothing stands above an actor."""


def main() -> int:
    """Run the measurements that are named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("quality", "order", "speed", "one-size"))
    parser.add_argument("sizes", nargs="*", type=int, metavar="REPORTS")
    args = parser.parse_args()
    if args.what == "quality":
        for seed in (1, 2, 3):
            measure_quality(1000, seed)
    elif args.what == "order":
        measure_order(300)
    elif args.what == "speed":
        for size in args.sizes or (10_000, 100_000):
            subprocess.run([sys.executable, __file__, "one-size", str(size)], check=True)
    else:
        measure_speed(args.sizes[0])
    return 0


def measure_quality(events: int, seed: int) -> None:
    """Print B-cubed precision, recall and F1."""
    reports, truth = make_reports(events, seed=seed)
    began = time.perf_counter()
    incidents = link(reports)
    seconds = time.perf_counter() - began
    precision, recall = b_cubed(incidents, truth)
    f1 = 2 * precision * recall / (precision + recall)
    print(
        f"seed {seed}: {events} events, {len(reports)} reports, {len(incidents)} incidents: "
        f"B-cubed P {precision:.3f} R {recall:.3f} F1 {f1:.3f}, linked in {seconds:.1f} s",
        flush=True,
    )


def b_cubed(incidents: Iterable[Incident], truth: Mapping[str, int]) -> tuple[float, float]:
    """B-cubed precision and recall of groups (Bagga and Baldwin 1998)."""
    sizes = Counter(truth.values())
    precision = recall = 0.0
    for incident in incidents:
        together = Counter(truth[report] for report in incident.reports)
        for event, count in together.items():
            precision += count * count / len(incident.reports)
            recall += count * count / sizes[event]
    return precision / len(truth), recall / len(truth)


def measure_order(events: int) -> None:
    """Print whether order, and growing bit by bit, change anything."""
    reports, _ = make_reports(events)
    first = link(reports)
    same = 0
    for number in range(ORDERS):
        shuffled = list(reports)
        Random(number).shuffle(shuffled)  # noqa: S311 - no secret
        same += link(shuffled) == first
    print(f"{len(reports)} reports: {same} of {ORDERS} orders give the same incidents")
    with tempfile.TemporaryDirectory() as folder:
        at_once = groups_of(stored(Path(folder) / "all.db", reports, at_once=True))
        one_by_one = groups_of(stored(Path(folder) / "one.db", reports, at_once=False))
    print(f"one by one and all at once: {'same' if at_once == one_by_one else 'DIFFERENT'}")


def stored(path: Path, reports: Iterable[Report], *, at_once: bool) -> list[Incident]:
    """Store reports, linking after each one or at the end."""
    with open_store(path) as store:
        for report in reports:
            put(store, report)
            if not at_once:
                link_store(store, NoPlaces())  # type: ignore[arg-type]
        if at_once:
            link_store(store, NoPlaces())  # type: ignore[arg-type]
        return store.incidents()


def groups_of(incidents: Iterable[Incident]) -> set[tuple[str, ...]]:
    """The report ids of each incident."""
    return {incident.reports for incident in incidents}


def put(store: Store, report: Report) -> None:
    """Store a report with an article of its own."""
    article = report.article
    store.put_article(Article(id=article.id, text="Text", published=article.published), [report])


def measure_speed(size: int) -> None:
    """Print seconds to link reports at once, then to add some."""
    reports, _ = make_reports(size // REPORTS_AN_EVENT)
    kept, added = reports[:-ADDED], reports[-ADDED:]
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "all.db") as store:
        began = time.perf_counter()
        for report in kept:
            put(store, report)
        put_seconds = time.perf_counter() - began
        del reports
        began = time.perf_counter()
        link_store(store, NoPlaces())  # type: ignore[arg-type]
        link_seconds = time.perf_counter() - began
        for report in added:
            put(store, report)
        began = time.perf_counter()
        link_store(store, NoPlaces())  # type: ignore[arg-type]
        add_seconds = time.perf_counter() - began
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(kept)} reports: stored in {put_seconds:.1f} s, linked in {link_seconds:.1f} s "
        f"({link_seconds / len(kept) * 1000:.2f} ms a report), {ADDED} more linked in "
        f"{add_seconds:.2f} s, peak {megabytes:.0f} MB",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
