"""The model's parser and its recogniser of names, stepped from Python instead of without the lock.

spaCy decides one transition of all texts of a batch at a time. Its loop runs without Python's
global lock, but takes it again for every question that it asks of a state, some hundred times a
word: that is half of the recogniser's time and two thirds of the parser's. The same steps through
spaCy's public methods, with the lock held throughout, give the same and take what the model takes.

Source: `spacy.pipeline.transition_parser.Parser.greedy_parse` (spaCy 3.8); the loop is that of its
`beam_parse`, with a beam of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.pipeline import DependencyParser, EntityRecognizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

_FEW = 4  # texts: from here on the parser too is quicker with the lock held


def _step_through(pipe: Any, docs: Sequence[Doc], drop: float = 0.0) -> list[Any]:  # noqa: ARG001, ANN401 - as spaCy calls it; of spaCy's compiled classes
    """Take the best transition of each text until none is left.

    Returns:
        The final state of each text, in their order.
    """
    pipe._ensure_labels_are_added(docs)  # noqa: SLF001 - spaCy's own method, of the class extended here
    states: list[Any] = pipe.moves.init_batch(docs)
    unfinished = [state for state in states if not state.is_final()]
    if unfinished:
        model = pipe.model.predict(docs)
        while unfinished:
            unfinished = pipe.transition_states(unfinished, model.predict(unfinished))
        model.clear_memory()
    return states


class GreedyParser(DependencyParser):  # type: ignore[misc] # compiled, without types
    """A dependency parser that is stepped with the lock held.

    It asks fewer questions than the recogniser does. So a few texts, which share the cost of a step
    from Python among them, are quicker in spaCy's own loop.
    """

    def greedy_parse(self, docs: Sequence[Doc], drop: float = 0.0) -> list[Any]:
        """Take the best transition of each text until none is left; gives their final states."""
        if len(docs) < _FEW:
            states: list[Any] = super().greedy_parse(docs, drop)
            return states
        return _step_through(self, docs, drop)


class GreedyRecognizer(EntityRecognizer):  # type: ignore[misc] # likewise
    """A recogniser of names that is stepped with the lock held."""

    greedy_parse = _step_through


_CLASSES: dict[type, type] = {DependencyParser: GreedyParser, EntityRecognizer: GreedyRecognizer}


def step_with_lock(nlp: Language) -> None:
    """Let a pipeline's parser and recogniser of names decide step by step with the lock held.

    They keep their names, models and settings, and are saved and loaded as spaCy's own.

    Args:
        nlp: a loaded pipeline; components of other classes than spaCy's own stay as they are.
    """
    components: list[tuple[str, Any]] = nlp._components  # noqa: SLF001 - the only way to put in an object
    for i, (name, pipe) in enumerate(components):
        own = _CLASSES.get(type(pipe))
        if own is not None:
            stepped = own(pipe.vocab, pipe.model, name, pipe.moves, scorer=pipe.scorer)
            stepped.cfg.update(pipe.cfg)
            components[i] = name, stepped
