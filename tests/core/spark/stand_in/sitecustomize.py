"""Python imports this on the workers of the tests: a quick stand-in for the language model."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from incidents.spark import worker_extract

if TYPE_CHECKING:
    from incidents.model import Article, Report


class StandIn:
    """Gives the reports that a file holds, as slowly as it is told."""

    def __init__(self, path: Path, seconds: float) -> None:
        self._path = path
        self._seconds = seconds
        self._reports: dict[str, list[Report]] = {}

    def extract(self, article: Article, /) -> list[Report]:
        """The reports of an article; one that the file lacks fails."""
        if not self._reports:
            self._read()
        time.sleep(self._seconds)
        return self._reports[article.id]

    def _read(self) -> None:
        import msgspec

        from incidents.model import Report

        for line in self._path.read_bytes().splitlines():
            report = msgspec.json.decode(line, type=Report)
            self._reports.setdefault(report.article.id, []).append(report)


worker_extract._extractors["stand-in"] = StandIn(
    Path(os.environ["STAND_IN_REPORTS"]), float(os.environ["STAND_IN_SECONDS"])
)
