"""Many articles: the same reports whatever the batch and the process, in memory that stays."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from incidents.errors import ExtractionError, InputError
from incidents.extractors.pipeline import Extractor
from incidents.gazetteer import Gazetteer
from incidents.model import Article

if TYPE_CHECKING:
    from incidents.model import Report

pytestmark = [pytest.mark.model, pytest.mark.slow]

GOLD = Path(__file__).parent.parent / "gold"


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """An extractor of this module's own, whose model is changed here."""
    return Extractor()


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    """Articles of the project's annotated ones, short and long."""
    rows = [
        json.loads(line)
        for file in sorted(GOLD.glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    return [Article(id=f"n{n}", text=row["text"]) for n, row in enumerate(rows[::6])]


@pytest.fixture(scope="module")
def expected(extractor: Extractor, articles: list[Article]) -> list[bytes]:
    """The reports of each article by itself."""
    return [encode(extractor.extract(article)) for article in articles]


def encode(reports: list[Report]) -> bytes:
    """Reports as they are printed."""
    return msgspec.json.encode(reports)


@pytest.mark.parametrize("size", [3, 7, 64])
def test_many_articles_in_batches_of_any_size(
    extractor: Extractor, articles: list[Article], expected: list[bytes], size: int
) -> None:
    """What stands beside an article in a batch changes nothing, not a digit."""
    found = [
        encode(reports)
        for start in range(0, len(articles), size)
        for reports in extractor.extract_many(articles[start : start + size])
    ]

    assert found == expected


def test_many_articles_in_two_processes(
    extractor: Extractor, articles: list[Article], expected: list[bytes]
) -> None:
    """Workers give what this process gives, in the order of the input."""
    assert [encode(reports) for reports in extractor.pipe(articles, jobs=2)] == expected


def test_many_articles_with_one_that_is_too_long(
    extractor: Extractor, articles: list[Article], expected: list[bytes]
) -> None:
    """It is told, and those beside it are done."""
    long = Article(id="long", text="word " * 200_001)
    line = (
        "long: 1,000,005 characters are more than the 1,000,000 that are parsed at once; split it"
    )
    told: list[tuple[str, str]] = []

    found = extractor.pipe(
        [articles[0], long, articles[1]], on_error=lambda each, why: told.append((each.id, why))
    )

    assert [encode(reports) for reports in found] == [expected[0], b"[]", expected[1]]
    assert told == [("long", line)]
    with pytest.raises(ExtractionError, match=r"long: 1,000,005 characters"):
        list(extractor.pipe([long]))
    with pytest.raises(InputError, match=r"long: 1,000,005 characters"):
        extractor.extract(long)


def test_many_articles_do_not_fill_the_vocabulary(
    extractor: Extractor,
    articles: list[Article],
    expected: list[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After many new words the model is loaded anew, and the reports stay as they are."""
    nlp = extractor._nlp
    monkeypatch.setattr(extractor, "_most_strings", len(nlp.vocab.strings) + 1)
    unseen = Article(id="x", text="Gunmen killed Qorvath Zelminu in Uxbaretti.")

    extractor.extract(unseen)
    found = [encode(reports) for reports in extractor.pipe(articles[:20])]

    assert found == expected[:20]
    assert extractor._nlp is not nlp
    assert "Qorvath" not in extractor._nlp.vocab.strings


def test_many_articles_with_a_gazetteer_of_this_process() -> None:
    """A gazetteer cannot go to workers; that is said, and not passed over."""
    own = Extractor(gazetteer=Gazetteer.open())

    with pytest.raises(ValueError, match="cannot go to other processes"):
        next(own.pipe([], jobs=2))
