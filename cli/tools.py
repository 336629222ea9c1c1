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

    def __init__(self, model: str | None, progress: Progress) -> None:
        self.gazetteer: Gazetteer | None = None
        self._model = model
        self._progress = progress

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
        from incidents.extractors.model_files import DEFAULT_MODEL  # noqa: PLC0415
        from incidents.extractors.pipeline import Extractor  # noqa: PLC0415

        extractor = Extractor(self._model or DEFAULT_MODEL, self.gazetteer)
        self._progress.stage("Extracting")
        return extractor
