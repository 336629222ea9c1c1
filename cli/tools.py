"""The gazetteer and the extractor, loaded when the first article needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from incidents.cli.progress import Progress
    from incidents.extractors.pipeline import Extractor
    from incidents.gazetteer import Gazetteer


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

        self._progress.stage("Opening the gazetteer (the first time builds its index)")
        self.gazetteer = Gazetteer.open()
        self._progress.stage("Loading the language model")
        from incidents.extractors.pipeline import DEFAULT_MODEL, Extractor  # noqa: PLC0415

        extractor = Extractor(self._model or DEFAULT_MODEL, self.gazetteer, triage=self._triage)
        self._progress.stage("Extracting")
        return extractor
