"""What a page holds of each incident: short enough for thousands, in words that people read."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from incidents.exports.page.claims import Passage, find_passages
from incidents.lines import clean
from incidents.model import CASUALTY_KINDS
from incidents.words import SHORT_TYPES, casualty_words, date_words, place_words, short_source_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from incidents.exports.material import Material
    from incidents.model import Article, Incident, PlaceRef

_WIDE_PRECISION = 3  # ACLED: known by the province or the country alone


class PageArticle(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An article that a page names; `url` only where a browser may follow it."""

    name: str
    title: str | None = None
    published: str | None = None
    url: str | None = None


class Telling(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one article says of an incident; `article` counts in the page's articles."""

    article: int
    passages: tuple[Passage, ...] = ()


class Differing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A field on which sources differ: each value with the articles that give it."""

    field: str
    values: tuple[tuple[str, tuple[int, ...]], ...] = ()


class PageIncident(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An incident as a page shows it; what is empty is left out.

    Attributes:
        id: of the incident.
        type: event type.
        sub: sub-event type, short.
        when: the date in words.
        start: first day, where one is known.
        end: last day.
        precision: how much of the date is known.
        where: the most specific place in words.
        area: province and country.
        names: every name of its places, for the search.
        at: degrees north and east.
        wide: whether it is known by province or country alone.
        actors: name and role of each party.
        harm: kind of harm, and who was harmed in words.
        deaths: low, best, high.
        wounded: least and most of all sides together; no most where a claim is open.
        sides: deaths of the first party, of the second, of civilians, of unknown people.
        grade: how well it is founded.
        sources: how many independent ones.
        outlets: their names.
        background: whether articles recall it.
        confidence: how probable it is that type, date and place are right.
        differs: fields on which sources differ.
        told: what each article says.
    """

    id: str
    type: str
    sub: str
    when: str
    start: str | None = None
    end: str | None = None
    precision: str = "none"
    where: str = ""
    area: str = ""
    names: tuple[str, ...] = ()
    at: tuple[float, float] | None = None
    wide: bool = False
    actors: tuple[tuple[str, str], ...] = ()
    harm: dict[str, str] = {}
    deaths: tuple[int, int, int] = (0, 0, 0)
    wounded: tuple[int, int | None] | None = None
    sides: tuple[int, int, int, int] = (0, 0, 0, 0)
    grade: str = "weak"
    sources: int = 1
    outlets: tuple[str, ...] = ()
    background: bool = False
    confidence: float = 0.0
    differs: tuple[Differing, ...] = ()
    told: tuple[Telling, ...] = ()


class PageFacts(msgspec.Struct, frozen=True, kw_only=True):
    """All incidents of a page, and the articles that they come from."""

    incidents: list[PageIncident]
    articles: list[PageArticle]


def gather_facts(incidents: Sequence[Incident], material: Material) -> PageFacts:
    """Gather what a page shows.

    Args:
        incidents: in the order of the page.
        material: gives their reports and articles.
    """
    shelf = _Shelf(material)
    return PageFacts(
        incidents=[_page_incident(incident, material, shelf) for incident in incidents],
        articles=shelf.articles,
    )


class _Shelf:
    """The articles of a page, each once; of texts only the last one read is kept."""

    def __init__(self, material: Material) -> None:
        self.articles: list[PageArticle] = []
        self._material = material
        self._numbers: dict[str, int] = {}
        self._last: Article | None = None

    def text(self, article_id: str) -> str:
        """The text of an article."""
        if self._last is None or self._last.id != article_id:
            self._last = self._material.article(article_id)
        return self._last.text

    def number(self, article_id: str) -> int:
        """Where an article stands in the page's list; it is put there if need be."""
        if article_id not in self._numbers:
            self.text(article_id)
            if self._last is not None:
                self._numbers[article_id] = len(self.articles)
                self.articles.append(_page_article(self._last))
        return self._numbers[article_id]


def _page_article(article: Article) -> PageArticle:
    return PageArticle(
        name=clean(article.publisher or article.id),
        title=clean(article.title) if article.title else None,
        published=article.published.isoformat() if article.published else None,
        url=_safe_url(article.url),
    )


def _safe_url(url: str | None) -> str | None:
    """An address of the web; `javascript:` and the like never become a link."""
    if not url or url != clean(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _page_incident(incident: Incident, material: Material, shelf: _Shelf) -> PageIncident:
    date, placed = incident.date, _placed(incident.places)
    return PageIncident(
        id=incident.id,
        type=incident.event_type,
        sub=SHORT_TYPES.get(incident.sub_event_type, incident.sub_event_type),
        when=date_words(date),
        start=date.start.isoformat() if date.start else None,
        end=date.end.isoformat() if date.end else None,
        precision=date.precision,
        where=place_words(incident.places),
        area=_area(incident.places),
        names=tuple(_place_names(incident.places)),
        at=placed,
        wide=incident.geo_precision == _WIDE_PRECISION,
        actors=tuple((clean(actor.name), actor.role) for actor in incident.actors),
        harm={
            kind: words
            for kind in CASUALTY_KINDS
            if (words := casualty_words(incident.casualties, kind))
        },
        deaths=(incident.fatalities.low, incident.fatalities.best, incident.fatalities.high),
        wounded=_wounded(incident),
        sides=msgspec.structs.astuple(incident.deaths),
        grade=incident.grade,
        sources=incident.source_count,
        outlets=tuple(short_source_names(incident)),
        background=incident.background,
        confidence=round(incident.confidence, 2),
        differs=tuple(_differing(incident, shelf)),
        told=tuple(_tellings(incident, material, shelf)),
    )


def _wounded(incident: Incident) -> tuple[int, int | None] | None:
    """How many are said to have been wounded, all sides together."""
    claims = [
        claim
        for claim in incident.casualties
        if claim.kind == "wounded" and claim.modality in ("asserted", "claimed")
    ]
    if not claims:
        return None
    most = [claim.max for claim in claims if claim.max is not None]
    return (
        sum(claim.min or 0 for claim in claims),
        sum(most) if len(most) == len(claims) else None,
    )


def _placed(places: Iterable[PlaceRef]) -> tuple[float, float] | None:
    """Coordinates of the most specific place that has any."""
    for place in places:
        if place.lat is not None and place.lon is not None:
            return round(place.lat, 5), round(place.lon, 5)
    return None


def _area(places: Sequence[PlaceRef]) -> str:
    """Province and country, without what the place's own name says."""
    if not places:
        return ""
    named = dict.fromkeys(part for part in (places[0].admin1, places[0].country) if part)
    return ", ".join(clean(part) for part in named if part != places[0].name)


def _place_names(places: Iterable[PlaceRef]) -> Iterable[str]:
    names = (clean(name) for place in places for name in (place.name, place.mention, *place.within))
    return dict.fromkeys(name for name in names if name)


def _differing(incident: Incident, shelf: _Shelf) -> Iterable[Differing]:
    for each in incident.disagreements:
        values = tuple(
            (clean(value.value), tuple(shelf.number(article) for article in value.articles))
            for value in each.values
        )
        yield Differing(field=clean(each.field), values=values)


def _tellings(incident: Incident, material: Material, shelf: _Shelf) -> Iterable[Telling]:
    for report in material.reports(incident):
        number = shelf.number(report.article.id)
        passages = find_passages(report, shelf.text(report.article.id))
        yield Telling(article=number, passages=passages)
