"""CSV with the columns and codes of UCDP's Georeferenced Event Dataset."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from incidents.exports.cells import write_rows
from incidents.exports.countries import country_codes
from incidents.exports.days import date_prec
from incidents.exports.ged_columns import COLUMNS
from incidents.exports.ged_sides import find_violence, is_unorganised, sum_deaths
from incidents.exports.registry import Export, ExportOption
from incidents.lines import clean, counted
from incidents.words import place_words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from incidents.exports.material import Material
    from incidents.model import Incident, PlaceRef

# UCDP GED codebook (v23.1), variable where_prec: 4 first-order division, 6 country and so on.
_WHERE_PREC = {"country": 6, "region": 5, "admin1": 4, "admin2": 3, "district": 3}
_NEAR, _EXACT, _VAGUE = 2, 1, 5
_SUMMARY_DATE, _SUMMARY_PLACE = 3, 6  # from these codes on, a report sums up
_GRID_COLUMNS, _GRID_ROWS = 720, 360  # cells of half a degree


def ged_rows(incidents: Sequence[Incident], material: Material) -> Iterator[dict[str, object]]:
    """The values of incidents by GED's columns; what GED does not hold is left out, and told.

    Args:
        incidents: of any type.
        material: its options `nonlethal` and `unorganised` can keep those without a death, and
            those of people without an armed organisation.

    Source:
        UCDP methodology: an event has at least one death in its best, low or high estimate, and
        is the work of an organised actor.
    """
    left_out = dict.fromkeys(_LEFT_OUT, 0)
    for incident in incidents:
        option = _reason(incident)
        if option is None or material.options[option] == "keep":
            yield ged_row(incident, material)
        else:
            left_out[option] += 1
    for option, number in left_out.items():
        material.left_out += number
        if number:
            material.say(
                f"Left out: {counted(number, 'incident')} {_LEFT_OUT[option]}, which "
                f"GED does not hold (--option {option}=keep)."
            )


def _reason(incident: Incident) -> str | None:
    """The option that would keep an incident which GED does not hold."""
    if not incident.fatalities.high:
        return NONLETHAL.name
    return UNORGANISED.name if is_unorganised(incident) else None


def ged_row(incident: Incident, material: Material) -> dict[str, object]:
    """The values of one incident by GED's columns; columns left out are blank."""
    date = incident.date
    where = _where(incident)
    return {
        "id": incident.id,
        "year": date.start and date.start.year,
        **_violence(incident),
        "number_of_sources": incident.source_count,
        **_sources(incident, material),
        "source_original": incident.attribution,
        **where,
        "event_clarity": _clarity(date_prec(date), where.get("where_prec")),
        "date_prec": date_prec(date),
        "date_start": _stamp(date.start),
        "date_end": _stamp(date.end),
    }


def _violence(incident: Incident) -> dict[str, object]:
    """Type, sides and deaths."""
    found = find_violence(incident)
    best = sum_deaths(incident.deaths)
    return {
        "type_of_violence": found.kind,
        "dyad_name": f"{found.a.name} - {found.b.name}" if found.a.name and found.b.name else None,
        "side_a": found.a.name,
        "side_b": found.b.name,
        "gwnoa": found.a.gwno,
        "gwnob": found.b.gwno,
        "deaths_a": found.deaths_a,
        "deaths_b": found.deaths_b,
        "deaths_civilians": incident.deaths.civilians,
        "deaths_unknown": incident.deaths.unknown,
        "best": best,
        "high": max(best, incident.fatalities.high),
        "low": min(best, incident.fatalities.low),
    }


def _sources(incident: Incident, material: Material) -> dict[str, object]:
    """Outlets, days and headlines of the articles, as lists of the same length."""
    articles = [material.article(source.article) for source in incident.sources]
    offices = [source.publisher or source.article for source in incident.sources]
    days = [str(article.published or "") for article in articles]
    titles = [article.title or "" for article in articles]
    triples = zip(offices, days, titles, strict=True)
    return {
        "source_article": ";".join(", ".join(filter(None, map(_item, each))) for each in triples),
        "source_office": ";".join(map(_item, offices)),
        "source_date": ";".join(days),
        "source_headline": ";".join(map(_item, titles)),
    }


def _item(text: str) -> str:
    """One entry of a list that is parted by semicolons."""
    return clean(text).replace(";", ",")


def _where(incident: Incident) -> dict[str, object]:
    if not incident.places:
        return {}
    place = incident.places[0]
    codes = country_codes(place.country_code)
    has_point = place.lat is not None and place.lon is not None
    return {
        "where_prec": _where_prec(place, incident.geo_precision),
        "where_coordinates": clean(place.name),
        "where_description": _describe_place(incident),
        "adm_1": place.name if place.kind == "admin1" else place.admin1,
        "adm_2": place.name if place.kind == "admin2" else None,
        "latitude": place.lat,
        "longitude": place.lon,
        "geom_wkt": f"POINT ({place.lon} {place.lat})" if has_point else None,
        "priogrid_gid": priogrid_gid(place.lat, place.lon),
        "country": codes.ucdp_country if codes else place.country,
        "country_id": codes and codes.gwno,
        "region": codes and codes.ucdp_region,
    }


def _describe_place(incident: Incident) -> str:
    """The place with all that it lies in: `Tay neighbourhood, Qamishli, Al-Hasakah, Syria`."""
    words = place_words(incident.places)
    around = (clean(name) for name in incident.places[0].within)
    return ", ".join((words, *(name for name in around if name not in words)))


def _where_prec(place: PlaceRef, geo_precision: int | None) -> int:
    """UCDP's precision of a place, by its kind and by how near to it the incident was."""
    known = _WHERE_PREC.get(place.kind or "")
    if known is not None:
        return known
    if geo_precision == _EXACT:
        return _EXACT
    return _NEAR if geo_precision == _NEAR else _VAGUE


def priogrid_gid(latitude: float | None, longitude: float | None) -> int | None:
    """The cell of PRIO-GRID that a point lies in: rows from the south, cells from the west.

    Source:
        Tollefsen, Strand and Buhaug (2012), PRIO-GRID: A unified spatial data structure.

    >>> priogrid_gid(37.05, 41.23)
    183323
    """
    if latitude is None or longitude is None:
        return None
    row = min(int((latitude + 90) * 2), _GRID_ROWS - 1)
    column = min(int((longitude + 180) * 2), _GRID_COLUMNS - 1)
    return row * _GRID_COLUMNS + column + 1


def _clarity(date_code: int | None, place_code: object) -> int:
    """2 where a report sums up a week or more, or a whole country, or leaves day or place open."""
    is_long = date_code is None or date_code >= _SUMMARY_DATE
    return 2 if is_long or place_code in (None, _SUMMARY_PLACE) else 1


def _stamp(day: dt.date | None) -> str | None:
    return f"{day.isoformat()} 00:00:00.000" if day else None


def _write(incidents: Sequence[Incident], stream: IO[str], material: Material) -> None:
    write_rows(COLUMNS, ged_rows(incidents, material), stream)


NONLETHAL = ExportOption(
    "nonlethal", "incidents without a death: leave out, or keep", "skip", ("skip", "keep")
)
UNORGANISED = ExportOption(
    "unorganised",
    "what rioters or crowds did to others: leave out, or keep",
    "skip",
    ("skip", "keep"),
)
"""Both shared with the HXL format."""

_LEFT_OUT = {
    NONLETHAL.name: "without a death",
    UNORGANISED.name: "of people without an armed organisation",
}

EXPORT = Export(
    name="ged",
    help="CSV with the 49 columns and codes of UCDP GED; incidents with a death.",
    suffix=".csv",
    write=_write,
    options=(NONLETHAL, UNORGANISED),
    columns=COLUMNS,
)
"""The format `ged`."""
