"""Sentences of one event each, of every sub-event type, in everyday words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from incidents.model import EVENT_TYPE_OF, Article

if TYPE_CHECKING:
    from incidents.extractors.pipeline import Extractor

THURSDAY = dt.date(2025, 6, 12)


class Row(NamedTuple):
    """A sentence and what it tells of."""

    sub_event_type: str  # or "none"
    sentence: str
    misread: bool


def read_rows() -> list[Row]:
    """The rows of `event_sentences.txt`; "!" marks what is not read yet."""
    text = (Path(__file__).parent / "event_sentences.txt").read_text("utf-8")
    found = []
    for line in text.splitlines():
        if not line.startswith("#"):
            kind, sentence = line.removeprefix("! ").split(" | ")
            found.append(Row(kind, sentence, line.startswith("! ")))
    return found


def as_param(row: Row) -> object:
    """A row as a test's parameter; those not read yet must fail."""
    marks = [pytest.mark.xfail(strict=True, reason="not read yet")] if row.misread else []
    return pytest.param(row, id=row.sentence, marks=marks)


@pytest.mark.model
@pytest.mark.parametrize("row", [as_param(row) for row in read_rows()])
def test_event_sentences_tell_of_their_event(extractor: Extractor, row: Row) -> None:
    """A sentence gives one report of its type; what only sounds like an event gives none."""
    article = Article(id="a", text=row.sentence, published=THURSDAY)

    told = [report.sub_event_type for report in extractor.extract(article)]

    assert told == ([] if row.sub_event_type == "none" else [row.sub_event_type])


def test_event_sentences_are_of_all_types() -> None:
    """Every sub-event type but "Other" has its sentences, and some tell of nothing."""
    types = {row.sub_event_type for row in read_rows()}

    assert types == {*EVENT_TYPE_OF, "none"} - {"Other"}
