"""Articles, reports and incidents as rows: the columns that people read and filter by."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec

from incidents.store.domains import domain_of
from incidents.words import actor_words, casualty_words, place_words, source_words

if TYPE_CHECKING:
    from collections.abc import Collection

    from incidents.model import Article, Incident, Report

    Row = dict[str, Any]


def article_row(article: Article) -> Row:
    """The columns of table `article`."""
    return {
        "id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published and article.published.isoformat(),
        "url": article.url,
        "path": article.path,
        "dateline": article.dateline,
        "language": article.language,
        "text": article.text,
        "text_hash": text_hash(article),
        "text_length": len(article.text),
        "domain": domain_of(article.url),
    }


def text_hash(article: Article) -> str:
    """By which the text is known again, also where it is not kept."""
    return hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()


def fact_row(item: Report | Incident) -> Row:
    """The columns that tables `report` and `incident` share, and the whole object as JSON."""
    place = item.places[0] if item.places else None
    return {
        "id": item.id,
        "title": _title(item),
        "event_type": item.event_type,
        "sub_event_type": item.sub_event_type,
        "background": item.background,
        "event_date_start": item.date.start and item.date.start.isoformat(),
        "event_date_end": item.date.end and item.date.end.isoformat(),
        "date_precision": item.date.precision,
        "weekday": item.date.weekday,
        "place": place_words(item.places) or None,
        "admin1": place and place.admin1,
        "country": place and place.country,
        "latitude": place and place.lat,
        "longitude": place and place.lon,
        "geo_precision": item.geo_precision,
        "initiators": actor_words(item, "initiator") or None,
        "targets": actor_words(item, "target") or None,
        "participants": actor_words(item, "participant") or None,
        "killed": casualty_words(item.casualties, "killed") or None,
        "wounded": casualty_words(item.casualties, "wounded") or None,
        "fatalities_low": item.fatalities.low,
        "fatalities_best": item.fatalities.best,
        "fatalities_high": item.fatalities.high,
        "attribution": item.attribution,
        "confidence": item.confidence,
        "sources": source_words(item),
        "data": msgspec.json.encode(item).decode(),
    }


def _title(item: Report | Incident) -> str:
    """What names an incident in a list: `2021-04-20, Armed clash, Tay neighbourhood, Qamishli`."""
    lengths = {"year": 4, "month": 7}
    day = item.date.start and item.date.start.isoformat()[: lengths.get(item.date.precision)]
    return ", ".join(
        filter(None, (day or "undated", item.sub_event_type, place_words(item.places)))
    )


def incident_row(incident: Incident) -> Row:
    """The columns of table `incident`."""
    return {
        **fact_row(incident),
        "grade": incident.grade,
        "source_count": incident.source_count,
        "is_disputed": bool(incident.disagreements),
    }


def link_rows(incident: Incident) -> list[Row]:
    """Rows of table `incident_report`."""
    return [{"incident_id": incident.id, "report_id": report_id} for report_id in incident.reports]


def place_rows(incident: Incident, containers: dict[str, Collection[tuple[str, str]]]) -> list[Row]:
    """Rows of table `incident_place`: the places of an incident and all that contains them.

    Args:
        incident: whose places.
        containers: place id to the ids and names of the places around it, nearest first.
    """
    rows: list[Row] = []
    for place in incident.places:
        own = {"incident_id": incident.id, "place_id": place.id, "name": place.name}
        rows.append({**own, "mention": place.mention, "steps": 0})
        around = containers.get(place.id or "", ())
        rows.extend(
            {**own, "place_id": place_id, "name": name, "mention": None, "steps": steps}
            for steps, (place_id, name) in enumerate(around, start=1)
        )
    return rows


def actor_rows(incident: Incident) -> list[Row]:
    """Rows of table `incident_actor`."""
    return [
        {
            "incident_id": incident.id,
            "actor_id": actor.id,
            "name": actor.name,
            "mention": actor.mention,
            "role": actor.role,
            "kind": actor.kind,
        }
        for actor in incident.actors
    ]
