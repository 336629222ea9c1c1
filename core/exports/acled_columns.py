"""The columns of an ACLED file, in its order.

Source: ACLED Codebook, table 1, in the form since 2023.
"""

from __future__ import annotations

from incidents.exports.columns import LATITUDE, LONGITUDE, NOTES, Column, blank

COLUMNS = (
    Column("event_id_cnty", "our own id (`inc-…`), which no ACLED id looks like"),
    Column("event_date", "the day; the middle of a week or month where no more is known", "day"),
    Column("year", "the year, also where the month is not known", "integer"),
    Column("time_precision", "1 the day, 2 a week or a part of it, 3 a month", "integer"),
    Column("disorder_type", "by the sub-event type, as the codebook's table 2 has it"),
    Column("event_type", "ACLED's six types"),
    Column("sub_event_type", "ACLED's 25 types"),
    Column("actor1", "who attacked, or the first party of a clash; `Civilians (Syria)`"),
    Column("assoc_actor_1", "others of that side"),
    Column("inter1", "1 to 8, or in words (`--option inter=text`); blank where the kind is open"),
    Column("actor2", "the other party"),
    Column("assoc_actor_2", "others of that side"),
    Column("inter2", "likewise"),
    Column("interaction", "both codes, the lower first; `10` for one party alone"),
    Column("civilian_targeting", "`Civilian targeting` or blank"),
    Column("iso", "ISO 3166-1 numeric", "integer"),
    Column("region", "ACLED's region; blank for a few small countries"),
    Column("country", "ACLED's name"),
    Column("admin1", "first-order division, by the gazetteer's name"),
    Column("admin2", "only where the place itself is a second-order division"),
    blank("admin3", "the gazetteer does not reach so far"),
    Column("location", "the place; `Town - Neighbourhood` within a town"),
    LATITUDE,
    LONGITUDE,
    Column("geo_precision", "1 the town, 2 near it or a small area, 3 a larger region", "integer"),
    Column("source", "outlets; the article's id where the outlet is not known"),
    blank("source_scale", "ACLED's own judgement of an outlet"),
    NOTES,
    Column("fatalities", "the lowest number that is told, as ACLED counts", "integer"),
    Column("tags", "our own: `disputed fatalities`, `background`, `grade=fair`"),
    blank("timestamp", "when ACLED uploaded the event"),
)
"""All 31."""
