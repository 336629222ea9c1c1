"""The flat table of incidents or reports that CSV, XLSX, Parquet and GeoJSON share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.exports.columns import DEATHS_UNKNOWN, LATITUDE, LONGITUDE, NOTES, Column
from incidents.exports.notes import describe
from incidents.lines import clean
from incidents.model import CASUALTY_KINDS, ROLES, Incident
from incidents.words import actor_words, casualty_words, place_words, source_words

if TYPE_CHECKING:
    from incidents.model import Report

COLUMNS = (
    Column("id", "id of the incident; `incidents why` takes it"),
    Column("date_start", "first day", "day"),
    Column("date_end", "last day; that of the first for a single day", "day"),
    Column("date_precision", "how much of the date is known: day, week, month, year, none"),
    Column("event_type", "ACLED event type"),
    Column("sub_event_type", "ACLED sub-event type"),
    Column("place", "most specific place, and the town that it lies in"),
    Column("admin1", "first-order division"),
    Column("country", "English short name"),
    LATITUDE,
    LONGITUDE,
    Column("initiators", "who attacked or acted"),
    Column("targets", "who was attacked"),
    Column("participants", "parties of a clash whose first mover nobody tells"),
    Column("killed", "dead, side by side, as the sources count them"),
    Column("wounded", "likewise"),
    Column("fatalities_low", "fewest deaths", "integer"),
    Column("fatalities_best", "best estimate of deaths", "integer"),
    Column("fatalities_high", "most deaths", "integer"),
    Column("sources", "outlets; the article's id where the outlet is not known"),
    Column("background", "whether articles only recall it", "flag"),
    Column("weekday", "English name, also where the day is not known"),
    Column("date_words", "the article's words for the time"),
    Column("country_code", "ISO 3166-1 alpha-2"),
    Column("place_id", "id in the gazetteer: `geonames:…` or `incidents:…`"),
    Column("geo_precision", "ACLED: 1 town, 2 near a town or a small area, 3 region", "integer"),
    Column("mediators", "who stood between"),
    Column("actor_ids", "ids of all actors in the gazetteer, in the order of their names"),
    Column("detained", "as killed"),
    Column("kidnapped", "as killed"),
    Column("missing", "as killed"),
    Column("displaced", "as killed"),
    Column("deaths_a", "best estimate for who attacked, or the first party of a clash", "integer"),
    Column("deaths_b", "for the other party", "integer"),
    Column("deaths_civilians", "for people without arms", "integer"),
    DEATHS_UNKNOWN,
    Column("attribution", "who says so"),
    Column("grade", "confirmed, fair, weak or contested; see docs/glossary.md"),
    Column("source_count", "independent sources", "integer"),
    Column("disputed", "whether the sources differ on something", "flag"),
    Column("confidence", "probability that what, when and where are right", "number"),
    Column("urls", "addresses of the articles"),
    NOTES,
)
"""In this order; several values in one cell are parted by `; `."""


def table_row(item: Report | Incident) -> dict[str, object]:
    """The values of an incident or report by column; None where nothing is known.

    What only incidents have (grade, deaths by side, …) is None for a report.
    """
    row = {**_what(item), **_where(item), **_who(item)}
    row |= _incident_only(item) if isinstance(item, Incident) else {"urls": item.article.url}
    return {
        name: (clean(value) or None) if isinstance(value, str) else value
        for name, value in row.items()
    }


def _what(item: Report | Incident) -> dict[str, object]:
    return {
        "id": item.id,
        "event_type": item.event_type,
        "sub_event_type": item.sub_event_type,
        "background": item.background,
        "date_start": item.date.start,
        "date_end": item.date.end,
        "date_precision": item.date.precision,
        "weekday": item.date.weekday,
        "date_words": item.date.mention,
        "fatalities_low": item.fatalities.low,
        "fatalities_best": item.fatalities.best,
        "fatalities_high": item.fatalities.high,
        "confidence": item.confidence,
        "attribution": item.attribution,
        "sources": source_words(item),
        "notes": describe(item),
    }


def _where(item: Report | Incident) -> dict[str, object]:
    place = item.places[0] if item.places else None
    return {
        "place": place_words(item.places),
        "geo_precision": item.geo_precision,
        "admin1": place and place.admin1,
        "country": place and place.country,
        "country_code": place and place.country_code,
        "place_id": place and place.id,
        "latitude": place and place.lat,
        "longitude": place and place.lon,
    }


def _who(item: Report | Incident) -> dict[str, object]:
    return {
        **{kind: casualty_words(item.casualties, kind) for kind in CASUALTY_KINDS},
        **{f"{role}s": actor_words(item, role) for role in ROLES},
        "actor_ids": "; ".join(actor.id for actor in item.actors if actor.id),
    }


def _incident_only(incident: Incident) -> dict[str, object]:
    return {
        "grade": incident.grade,
        "source_count": incident.source_count,
        "disputed": bool(incident.disagreements),
        "deaths_a": incident.deaths.a,
        "deaths_b": incident.deaths.b,
        "deaths_civilians": incident.deaths.civilians,
        "deaths_unknown": incident.deaths.unknown,
        "urls": "; ".join(source.url for source in incident.sources if source.url),
    }
