"""Reports against annotated articles: figures and misses of a whole set."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from incidents.articles.decode import MAX_JSON_BYTES, decode_text, open_bytes, read_bytes
from incidents.errors import InputError
from incidents.evaluation.agreement import distance_km, is_same_date, is_same_place
from incidents.evaluation.align import align
from incidents.evaluation.figures import Figure, Tally
from incidents.evaluation.misses import Miss, find_misses
from incidents.model import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from incidents.evaluation.gold import GoldArticle, GoldIncident

_NEAR_KM = 25  # a report's place is the annotated one if it lies as near as annotators are sure


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a set of reports is worth.

    Attributes:
        articles: how many annotated articles were scored.
        figures: by name, in the order of the table.
        misses: in the order of the articles.
    """

    articles: int
    figures: Mapping[str, Figure]
    misses: Sequence[Miss]


def evaluate(gold: Iterable[GoldArticle], reports: Iterable[Report]) -> Evaluation:
    """Score reports against annotated articles; the order of the reports of one article counts.

    Args:
        gold: the annotated articles.
        reports: of any articles; those of others are passed over. `report.article.id` names the
            article.

    Example:
        >>> evaluate([], []).articles
        0
    """
    by_article: dict[str, list[Report]] = {}
    for report in reports:
        by_article.setdefault(report.article.id, []).append(report)
    tally, articles = Tally(), tuple(gold)
    misses: list[Miss] = []
    for item in articles:
        own = by_article.get(item.article.id, [])
        pairs = align(item.incidents, own)
        tally.add_article(item.incidents, own, pairs)
        misses += find_misses(item.article.id, item.incidents, own, pairs)
    return Evaluation(len(articles), tally.figures(), tuple(misses))


def is_right(gold: GoldIncident | None, report: Report) -> bool:
    """True for a report that a reader need not correct in what, when and where.

    It tells an annotated incident, with its event type; its date is the annotated one where one is
    annotated, and its most specific place is the annotated one, by name or within 25 km.

    Args:
        gold: the incident that the report is aligned with, None if it tells none.
        report: what is judged.
    """
    if gold is None or gold.event_type != report.event_type:
        return False
    if gold.date_start is not None and not is_same_date(gold, report):
        return False
    if not gold.names:
        return True
    return is_same_place(gold, report) or distance_km(gold, report) <= _NEAR_KM


def read_reports(path: str | Path, *, on_error: Callable[[InputError], None]) -> Iterator[Report]:
    """Read reports as `incidents extract --reports` prints them: JSON Lines, or one JSON array.

    Args:
        path: the file, or `-` for standard input.
        on_error: gets an error for each row that is no report; it names file and row.

    Raises:
        InputError: the file cannot be read, or is empty.
    """
    label = "stdin" if str(path) == "-" else str(path)
    with open_bytes(Path(path), label) as stream:
        text = decode_text(read_bytes(stream, label, limit=MAX_JSON_BYTES), label)
    for place, row in _rows(text, label):
        try:
            yield msgspec.json.decode(row, type=Report)
        except msgspec.DecodeError as error:
            on_error(_not_reports(place, error))


def _rows(text: str, label: str) -> Iterator[tuple[str, msgspec.Raw | str]]:
    """What stands for a report, each with its place: the items of a list, or lines.

    Raises:
        InputError: it is a list that is broken.
    """
    if not text.lstrip().startswith("["):
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                yield f"{label}:{number}", line
        return
    try:
        items = msgspec.json.decode(text, type=list[msgspec.Raw])
    except msgspec.DecodeError as error:
        raise _not_reports(label, error) from error
    for number, item in enumerate(items, start=1):
        yield f"{label}: report {number}", item


def _not_reports(label: str, error: Exception) -> InputError:
    return InputError(f"{label}: {error}; write it with incidents extract --reports --format jsonl")
