"""The gazetteer and the extractor, loaded when the first article needs them."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from incidents.ahead import Source
    from incidents.cli.progress import Progress
    from incidents.extractors.pipeline import Extractor
    from incidents.gazetteer import Gazetteer
    from incidents.parallel import Found, Item


class Tools:
    """What extraction needs; an empty run loads nothing.

    Attributes:
        gazetteer: None until the extractor was made.
    """

    def __init__(self, model: str | None, progress: Progress, *, triage: bool = True) -> None:
        self.gazetteer: Gazetteer | None = None
        self._model = model
        self._progress = progress
        self._triage = triage

    def make_extractor(self) -> Extractor:
        """Open the gazetteer and load the language model.

        Raises:
            ModelMissingError: the model is not installed or not usable.
            GazetteerError: the gazetteer cannot be built.
        """
        from incidents.gazetteer import Gazetteer  # noqa: PLC0415

        self._progress.stage("Opening the gazetteer")
        self.gazetteer = Gazetteer.open()
        self._progress.stage("Loading the language model")
        from incidents.extractors.model_files import DEFAULT_MODEL  # noqa: PLC0415
        from incidents.extractors.pipeline import Extractor  # noqa: PLC0415

        extractor = Extractor(self._model or DEFAULT_MODEL, self.gazetteer, triage=self._triage)
        self._progress.stage("Extracting")
        return extractor

    def extraction(
        self, jobs: int, seconds: float
    ) -> Callable[[Source[Item]], Generator[tuple[Item, Found], None, None]]:
        """What extracts articles, in this process or in several.

        Args:
            jobs: processes that work at the same time; 0 for one a core.
            seconds: computing time that an article may take; 0 for no limit.
        """
        from incidents.parallel import extract_here  # noqa: PLC0415

        jobs = jobs or count_cores()
        if jobs == 1:
            return partial(
                extract_here, make_extractor=self.make_extractor, seconds=seconds or None
            )
        return partial(self._extract_in_workers, jobs=jobs, seconds=seconds or None)

    def _extract_in_workers(
        self, source: Source[Item], *, jobs: int, seconds: float | None
    ) -> Generator[tuple[Item, Found], None, None]:
        from incidents.gazetteer import Gazetteer  # noqa: PLC0415
        from incidents.parallel import extract_in_workers  # noqa: PLC0415
        from incidents.worker_process import Start  # noqa: PLC0415

        self._progress.stage("Opening the gazetteer")
        self.gazetteer = Gazetteer.open()  # for linking, and so that no worker builds it
        self._progress.stage(f"Extracting in {jobs} processes")
        options: dict[str, str | bool] = {"triage": self._triage}
        if self._model is not None:
            options["model"] = self._model
        yield from extract_in_workers(source, Start(EXTRACTOR, options, seconds), jobs)


EXTRACTOR = "incidents.extractors.pipeline:Extractor"
"""What worker processes make their extractor with."""


def count_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
