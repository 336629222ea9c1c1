"""The spaCy pipeline, and the extractor that turns articles into reports."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from incidents.attempts import cut, name_article
from incidents.errors import ExtractionError, InputError
from incidents.extractors import sentences  # noqa: F401 - registers its component
from incidents.extractors.assembly import extract_reports
from incidents.extractors.components import component_names
from incidents.extractors.doc_items import items_of_text, set_items
from incidents.extractors.language_model import load_model
from incidents.extractors.model_files import DEFAULT_MODEL
from incidents.extractors.triage import Triage, choose_excerpt
from incidents.gazetteer import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

    from incidents.extractors.excerpts import Excerpt
    from incidents.model import Article, Report
    from incidents.parallel import Item

_PARSED_CHARACTERS = 40_000  # together: the model takes some 5 kB for each
_MOST_NEW_STRINGS = 100_000  # some 40 MB with their entries; what some 5,000 news articles add


def load_pipeline(model: str = DEFAULT_MODEL, gazetteer: Gazetteer | None = None) -> Language:
    """Load a spaCy pipeline and add the project's components to it.

    Args:
        model: name or path of an English pipeline with a parser, a tagger and an NER.
        gazetteer: where names are looked up; the default one if None.

    Raises:
        ModelMissingError: if the pipeline is not installed or lacks a parser or NER.
    """
    nlp = load_model(model)
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
        self._model = model
        self._has_own_gazetteer = gazetteer is not None
        self._gazetteer = gazetteer or Gazetteer.open()
        self._triage = Triage(self._gazetteer) if triage else None
        self._load()

    def extract(self, article: Article) -> list[Report]:
        """All reports of one article, current ones first, in order of the text.

        Raises:
            InputError: the article is longer than what is parsed at once.
        """
        return self.extract_many([article])[0]

    def extract_many(self, articles: Sequence[Article]) -> list[list[Report]]:
        """The reports of a few articles, one list an article.

        They go through the language model together, which is quicker than one by one and gives
        the same: the model reads each text by itself.

        Args:
            articles: some 64 of usual length; all are held at once.

        Raises:
            InputError: an article is longer than what is parsed at once.
        """
        if len(self._nlp.vocab.strings) > self._most_strings:
            # no doc of the last call is left, which would keep the old model beside the new one
            del self._nlp
            self._load()
        self._check_lengths(articles)
        excerpts = [choose_excerpt(article, self._triage) for article in articles]
        parsed = [(each, i) for i, each in enumerate(excerpts) if each is not None]
        found: list[list[Report]] = [[] for _ in articles]
        for batch in cut(parsed, lambda pair: len(pair[0].text), characters=_PARSED_CHARACTERS):
            docs = ((self._begin(each, articles[i]), i) for each, i in batch)
            for doc, i in self._nlp.pipe(docs, as_tuples=True):
                found[i] = extract_reports(doc, articles[i], self._gazetteer, excerpts[i])
        return found

    def pipe(
        self,
        articles: Iterable[Article],
        *,
        jobs: int = 1,
        on_error: Callable[[Article, str], None] | None = None,
    ) -> Iterator[list[Report]]:
        """Reports of many articles, one list an article, in the order of the input.

        Args:
            articles: read as they are needed, a few ahead.
            jobs: worker processes; each takes a second or two to start, and memory of its own.
            on_error: gets each article that fails, and one line on it; its list is then empty.

        Raises:
            ExtractionError: an article fails, and nobody asks for errors.
            ValueError: several jobs with a gazetteer that was handed over.
        """
        from incidents.ahead import Plain  # noqa: PLC0415 - only for many
        from incidents.parallel import extract_here, extract_in_workers  # noqa: PLC0415
        from incidents.worker_process import Start  # noqa: PLC0415

        source: Plain[Item] = Plain(articles)
        if jobs > 1:
            if self._has_own_gazetteer:
                msg = "a gazetteer that is handed over cannot go to other processes; leave it out"
                raise ValueError(msg)
            start = Start(
                f"{__name__}:Extractor", {"model": self._model, "triage": self._triage is not None}
            )
            results = extract_in_workers(source, start, jobs)
        else:
            results = extract_here(source, lambda: self, seconds=None)
        for article, found in results:
            if not isinstance(found, str):
                yield found
            elif on_error is None:
                raise ExtractionError(found)
            elif not isinstance(article, InputError):
                on_error(article, found)
                yield []

    def _begin(self, excerpt: Excerpt, article: Article) -> Doc:
        """The words of an excerpt, with the list items that the layout of the article shows."""
        doc = self._nlp.make_doc(excerpt.text)
        set_items(doc, items_of_text(article.text, self._gazetteer), excerpt)
        return doc

    def _load(self) -> None:
        """Load the language model.

        It keeps every word that it has ever seen, so that it is loaded anew after very many.
        """
        gc.unfreeze()
        gc.collect()
        self._nlp = load_pipeline(self._model, self._gazetteer)
        gc.freeze()  # model and tables stay: looking through them for garbage takes 0.1 s a time
        self._most_strings = len(self._nlp.vocab.strings) + _MOST_NEW_STRINGS

    def _check_lengths(self, articles: Iterable[Article]) -> None:
        for article in articles:
            if len(article.text) > self._nlp.max_length:
                msg = (
                    f"{name_article(article)}: {len(article.text):,} characters are more than "
                    f"the {self._nlp.max_length:,} that are parsed at once; split it"
                )
                raise InputError(msg)
