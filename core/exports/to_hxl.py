"""CSV with a row of HXL hashtags below the header, for humanitarian tools."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from incidents.exports import acled_columns, ged_columns
from incidents.exports.cells import write_rows
from incidents.exports.registry import Export, ExportOption
from incidents.exports.to_acled import INTER, acled_rows
from incidents.exports.to_ged import NONLETHAL, UNORGANISED, ged_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from incidents.exports.columns import Column
    from incidents.exports.material import Material
    from incidents.model import Incident

# The tags that the Humanitarian Data Exchange gives the columns of the two datasets; a column that
# it leaves without one is left so here.
_ACLED = {
    "event_id_cnty": "#event+code",
    "event_date": "#date+occurred",
    "year": "#date+year",
    "event_type": "#event+type",
    "actor1": "#group+name+first",
    "assoc_actor_1": "#group+name+first+assoc",
    "actor2": "#group+name+second",
    "assoc_actor_2": "#group+name+second+assoc",
    "region": "#region+name",
    "country": "#country+name",
    "admin1": "#adm1+name",
    "admin2": "#adm2+name",
    "admin3": "#adm3+name",
    "location": "#loc+name",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "source": "#meta+source",
    "notes": "#description",
    "fatalities": "#affected+killed",
}
_GED = {
    "year": "#date+year",
    "side_a": "#group+name+first",
    "side_b": "#group+name+second",
    "source_article": "#meta+source",
    "source_headline": "#description",
    "where_coordinates": "#loc+name",
    "adm_1": "#adm1+name",
    "adm_2": "#adm2+name",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "country": "#country+name",
    "region": "#region+name",
    "date_start": "#date+start",
    "date_end": "#date+end",
    "best": "#affected+killed",
}


def _write(incidents: Sequence[Incident], stream: IO[str], material: Material) -> None:
    """Write the header, the hashtags and the rows of one of the two datasets.

    Source:
        HXL standard 1.1; tags by the scrapers of the Humanitarian Data Exchange.
    """
    if material.options["columns"] == "ged":
        _write_tagged(ged_columns.COLUMNS, _GED, ged_rows(incidents, material), stream)
    else:
        _write_tagged(acled_columns.COLUMNS, _ACLED, acled_rows(incidents, material), stream)


def _write_tagged(
    columns: Sequence[Column],
    tags: Mapping[str, str],
    rows: Iterable[Mapping[str, object]],
    stream: IO[str],
) -> None:
    hashtags = [tags.get(column.name, "") for column in columns]
    write_rows(columns, rows, stream, below_header=hashtags)


EXPORT = Export(
    name="hxl",
    help="ACLED's columns, or GED's, with a row of HXL hashtags, for the Humanitarian Exchange.",
    suffix=".csv",
    write=_write,
    options=(
        ExportOption("columns", "whose columns", "acled", ("acled", "ged")),
        INTER,
        NONLETHAL,
        UNORGANISED,
    ),
    columns=acled_columns.COLUMNS,
)
"""The format `hxl`."""
