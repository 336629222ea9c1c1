"""The record of a run of `extract`: begun before the first article, closed however it ends."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING

from incidents import __version__
from incidents.errors import StoreError
from incidents.runs import Tools

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from incidents.batch import Batch
    from incidents.runs import Outcome
    from incidents.store import Store


@dataclass(slots=True)
class Record:
    """A run that goes on.

    Attributes:
        run: its number in the store.
        outcome: how it ended, if it was cut short; None where it comes to its own end.
    """

    run: int
    outcome: Outcome | None = None


@contextmanager
def record_run(
    store: Store, batch: Batch, *, model: str | None, options: Mapping[str, str | bool]
) -> Iterator[Record]:
    """Record a run in the store; one that is killed stays without an end.

    Args:
        store: written.
        batch: what became of the run, once it ends.
        model: name or path of the spaCy pipeline; None for the built-in one.
        options: those that change what is found.

    Yields:
        The record; hand its number to `extract_batch`.

    Raises:
        StoreError: the store cannot be written.
        GazetteerError: the user's gazetteer cannot be read.
    """
    record = Record(store.runs.begin(tools_in_use(model), options))
    try:
        yield record
    except BaseException as exc:
        with suppress(StoreError):  # what went wrong may be the store itself
            store.runs.end(record.run, _outcome(exc), failures=batch.failures)
        raise
    outcome = record.outcome or ("partial" if batch.failures else "done")
    store.runs.end(record.run, outcome, failures=batch.failures)


def _outcome(exc: BaseException) -> Outcome:
    if isinstance(exc, KeyboardInterrupt):
        return "interrupted"
    return "unread" if isinstance(exc, BrokenPipeError) else "failed"


def tools_in_use(model: str | None = None) -> Tools:
    """Versions and hashes of all that the values of a report depend on.

    Args:
        model: name or path of the spaCy pipeline; None for the built-in one.
    """
    from incidents.extractors import model_files  # noqa: PLC0415 - reads files of the package
    from incidents.gazetteer.version import gazetteer_version  # noqa: PLC0415

    model = model or model_files.DEFAULT_MODEL
    return Tools(
        version=__version__,
        rules=model_files.rules_version(),
        spacy=metadata.version("spacy"),
        model=model,
        model_version=model_files.model_version(model),
        gazetteer=gazetteer_version(),
    )
