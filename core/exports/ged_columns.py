"""The columns of a UCDP GED file, in its order.

Source: UCDP Georeferenced Event Dataset codebook (v23.1).
"""

from __future__ import annotations

from incidents.exports.columns import DEATHS_UNKNOWN, LATITUDE, LONGITUDE, Column, blank

_UCDP_ID = "UCDP's own id"

COLUMNS = (
    Column("id", "our own id (`inc-…`), which no UCDP id looks like"),
    blank("relid", _UCDP_ID),
    Column("year", "of the first day", "integer"),
    blank("active_year", "whether the dyad reached 25 deaths that year, which UCDP decides"),
    blank("code_status", "UCDP's own review"),
    Column(
        "type_of_violence", "1 state-based, 2 non-state, 3 one-sided; blank if unclear", "integer"
    ),
    blank("conflict_dset_id", _UCDP_ID),
    blank("conflict_new_id", _UCDP_ID),
    blank("conflict_name", "UCDP's own name"),
    blank("dyad_dset_id", _UCDP_ID),
    blank("dyad_new_id", _UCDP_ID),
    Column("dyad_name", "`side_a - side_b`, where both are known"),
    blank("side_a_dset_id", _UCDP_ID),
    blank("side_a_new_id", _UCDP_ID),
    Column("side_a", "the government, the perpetrator, or the first party; `Government of Syria`"),
    blank("side_b_dset_id", _UCDP_ID),
    blank("side_b_new_id", _UCDP_ID),
    Column("side_b", "the other side; `Civilians` in one-sided violence"),
    Column("number_of_sources", "independent sources", "integer"),
    Column("source_article", "`outlet, day, headline` of each article, parted by `;`"),
    Column("source_office", "outlets, in the same order"),
    Column("source_date", "days of publication, likewise"),
    Column("source_headline", "headlines, likewise"),
    Column("source_original", "who said it: witnesses, a ministry, a party"),
    Column(
        "where_prec",
        "1 the place, 2 near it, 3 second-order division, 4 first-order, 5 region, 6 country",
        "integer",
    ),
    Column("where_coordinates", "name of the place that the coordinates stand for"),
    Column("where_description", "the place with all that it lies in"),
    Column("adm_1", "first-order division, by the gazetteer's name"),
    Column("adm_2", "only where the place itself is a second-order division"),
    LATITUDE,
    LONGITUDE,
    Column("geom_wkt", "`POINT (longitude latitude)`"),
    Column("priogrid_gid", "cell of the PRIO-GRID, by the coordinates", "integer"),
    Column("country", "UCDP's name; `Yemen (North Yemen)`"),
    Column("country_id", "Gleditsch-Ward number", "integer"),
    Column("region", "UCDP's region, by that number"),
    Column(
        "event_clarity",
        "2 where a report sums up a week or more or a country, or leaves day or place open; else 1",
        "integer",
    ),
    Column("date_prec", "1 the day, 2 up to six days, 3 a week, 4 a month, 5 longer", "integer"),
    Column("date_start", "first day, `2021-04-20 00:00:00.000`"),
    Column("date_end", "last day, likewise"),
    Column("deaths_a", "best estimate for side a", "integer"),
    Column("deaths_b", "for side b", "integer"),
    Column("deaths_civilians", "for civilians, protesters and rioters among them", "integer"),
    DEATHS_UNKNOWN,
    Column("best", "the sum of the four", "integer"),
    Column("high", "highest estimate", "integer"),
    Column("low", "lowest estimate", "integer"),
    Column("gwnoa", "Gleditsch-Ward number of side a, where it is a government", "integer"),
    Column("gwnob", "of side b, likewise", "integer"),
)
"""All 49."""
