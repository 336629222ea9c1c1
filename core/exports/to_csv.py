"""Flat CSV: one row an incident or a report, for spreadsheets."""

from __future__ import annotations

import csv
from typing import IO, TYPE_CHECKING

from incidents.exports.registry import Export
from incidents.words import actor_words, casualty_words, clean, place_words, source_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from incidents.exports.material import Material
    from incidents.model import Incident, Report

COLUMNS = (
    "id",
    "date_start",
    "date_end",
    "date_precision",
    "event_type",
    "sub_event_type",
    "place",
    "admin1",
    "country",
    "latitude",
    "longitude",
    "initiators",
    "targets",
    "participants",
    "killed",
    "wounded",
    "fatalities_low",
    "fatalities_best",
    "fatalities_high",
    "sources",
    "background",
)
"""The header; several values in one cell are parted by `; `."""

# A spreadsheet would run a cell that begins so as a formula (OWASP, "CSV Injection").
_FORMULA_STARTS = ("=", "+", "-", "@")


def write_csv(items: Iterable[Report | Incident], stream: IO[str]) -> None:
    """Write a header and one row an item; unknown values are empty cells.

    Args:
        items: reports or incidents.
        stream: open with `newline=""` or a standard stream.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for item in items:
        writer.writerow(_cell(value) for value in _row(item))


def _row(item: Report | Incident) -> tuple[object, ...]:
    """The values of an item, in the order of `COLUMNS`."""
    date, place = item.date, item.places[0] if item.places else None
    return (
        item.id,
        date.start,
        date.end,
        date.precision,
        item.event_type,
        item.sub_event_type,
        place_words(item.places),
        place and place.admin1,
        place and place.country,
        place and place.lat,
        place and place.lon,
        actor_words(item, "initiator"),
        actor_words(item, "target"),
        actor_words(item, "participant"),
        casualty_words(item.casualties, "killed"),
        casualty_words(item.casualties, "wounded"),
        item.fatalities.low,
        item.fatalities.best,
        item.fatalities.high,
        source_words(item),
        item.background,
    )


def _cell(value: object) -> str:
    """A value as text: numbers and ISO dates as they are, words made safe for a spreadsheet."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return str(value)
    text = clean(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _write(incidents: Sequence[Incident], stream: IO[str], _material: Material) -> None:
    write_csv(incidents, stream)


EXPORT = Export(
    name="csv",
    help="One row an incident, for spreadsheets and data frames.",
    suffix=".csv",
    write=_write,
)
"""The format `csv`."""
