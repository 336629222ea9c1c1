"""What recording a run costs: articles stored with and without, in time and in bytes.

    .venv/bin/python benchmarks/runs.py [REPORTS]

Times are of the process, not of the clock. Articles of made reports are stored once without a run,
once in a run, and once more in a second run that finds the same, each into a file of its own or on
top of the one before.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from made_reports import REPORTS_AN_EVENT, make_reports

from incidents.model import Article
from incidents.record import tools_in_use
from incidents.store import open_store

if TYPE_CHECKING:
    from incidents.model import Report

_DEFAULT = 20_000


def main() -> None:
    """Print the table."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else _DEFAULT
    reports, _ = make_reports(number // REPORTS_AN_EVENT)
    with tempfile.TemporaryDirectory() as folder:
        plain, recorded = Path(folder) / "plain.db", Path(folder) / "recorded.db"
        rows = [
            ("without a run", *_fill(plain, reports, is_recorded=False)),
            ("again, without", *_fill(plain, reports, is_recorded=False)),
            ("in a run", *_fill(recorded, reports, is_recorded=True)),
            ("in a second run", *_fill(recorded, reports, is_recorded=True)),
        ]
    print(f"{len(reports):,} reports, each with an article and a transaction of its own")
    for name, seconds, size in rows:
        print(f"{name:<18} {seconds:6.1f} s of CPU  {size / 1e6:8.1f} MB")


def _fill(path: Path, reports: list[Report], *, is_recorded: bool) -> tuple[float, int]:
    """Store reports, each with an article of its own; seconds, and bytes of the file."""
    with open_store(path) as store:
        run = store.runs.begin(tools_in_use(), {}) if is_recorded else None
        began = time.process_time()
        for report in reports:
            about = report.article
            article = Article(id=about.id, text="Text", published=about.published)
            store.put_article(article, [report], run=run)
        seconds = time.process_time() - began
    return seconds, path.stat().st_size


if __name__ == "__main__":
    main()
