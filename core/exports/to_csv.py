"""Flat CSV: one row an incident or a report, for spreadsheets."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from incidents.exports.cells import write_rows
from incidents.exports.registry import Export
from incidents.exports.table import COLUMNS, table_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from incidents.exports.material import Material
    from incidents.model import Incident, Report


def write_csv(items: Iterable[Report | Incident], stream: IO[str]) -> None:
    """Write a header and one row an item; unknown values are empty cells.

    Args:
        items: reports or incidents.
        stream: open with `newline=""` or a standard stream.
    """
    write_rows(COLUMNS, map(table_row, items), stream)


def _write(incidents: Sequence[Incident], stream: IO[str], _material: Material) -> None:
    write_csv(incidents, stream)


EXPORT = Export(
    name="csv",
    help="One row an incident, for spreadsheets and data frames.",
    suffix=".csv",
    write=_write,
    columns=COLUMNS,
)
"""The format `csv`."""
