"""Drafts of incidents into reports: type, sides, place, day, casualties, evidence, confidence."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from msgspec import structs

from incidents.extractors.account_dates import lend_dates
from incidents.extractors.account_finding import find_accounts
from incidents.extractors.cast import Cast, acts_abroad
from incidents.extractors.columns import distinct_mentions, mentions_of, renew, text_at, text_of
from incidents.extractors.confidence import estimate_confidence
from incidents.extractors.date_resolution import find_anchor, year_bounds
from incidents.extractors.event_types import choose_sub_event_type
from incidents.extractors.excerpts import whole
from incidents.extractors.forces import name_forces, on_one_side
from incidents.extractors.grouping import group_accounts
from incidents.extractors.incident_casualties import incident_casualties
from incidents.extractors.lent_sides import lend_initiators
from incidents.extractors.means import article_means
from incidents.extractors.mentions import spans_of
from incidents.extractors.relevance import select_incidents
from incidents.extractors.report_places import geo_precision, report_places
from incidents.extractors.roles import mediators_of, settle_roles
from incidents.extractors.sides import Sides
from incidents.model import (
    EVENT_TYPE_OF,
    ActorRef,
    ArticleRef,
    Casualty,
    Evidence,
    Fatalities,
    Report,
    Role,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc, Span

    from incidents.extractors.accounts import Account
    from incidents.extractors.date_resolution import Anchor
    from incidents.extractors.drafts import Draft
    from incidents.extractors.excerpts import Excerpt
    from incidents.extractors.sides import Party
    from incidents.gazetteer import Gazetteer
    from incidents.model import Article, PlaceRef

_LEAD = 1 / 3  # share of a text in which it says when it was written
_LEAD_CHARS = 600


def extract_reports(
    doc: Doc, article: Article, gazetteer: Gazetteer, excerpt: Excerpt | None = None
) -> list[Report]:
    """All reports of one article.

    Args:
        doc: the article's text after all components, or an excerpt of it.
        article: its text and metadata.
        gazetteer: where actors' years come from.
        excerpt: which part of the article the doc is; None for all of it.
    """
    part = excerpt or whole(article.text)
    renew(doc)
    sides = Sides(doc)
    title_first = article.title is not None and text_of(doc).startswith(article.title[:40])
    accounts = find_accounts(doc, sides, has_title=title_first, excerpt=part)
    anchor = _anchor(doc, article, gazetteer, part)
    drafts = select_incidents(group_accounts(accounts, anchor))
    lend_dates(drafts, anchor)
    lend_initiators(drafts)
    means = article_means(drafts)
    reports = [
        _report(d, doc, article, begun, gazetteer, means)
        for d, begun in zip(drafts, _begin_ids(article, len(drafts)), strict=True)
    ]
    is_only = len(reports) == 1
    known = [
        part.restore(
            structs.replace(report, confidence=estimate_confidence(report, is_only=is_only))
        )
        for report in reports
    ]
    return sorted(
        known, key=lambda r: (r.background, r.evidence[0].start if r.evidence else 0, r.id)
    )


def _begin_ids(article: Article, count: int) -> Iterator[hashlib._Hash]:
    """The hashes of a few reports, to which their types are to be added; reads the text once."""
    of_article = hashlib.sha256(f"{article.id}\0{article.text}\0".encode())
    for number in range(count):
        begun = of_article.copy()
        begun.update(f"{number}\0".encode())
        yield begun


def _anchor(doc: Doc, article: Article, gazetteer: Gazetteer, excerpt: Excerpt) -> Anchor | None:
    active = []
    for mention in mentions_of(doc, "actors", "actor"):
        actor = gazetteer.actor(mention.id) if mention.id else None
        if actor is not None and not mention.is_country:
            active.append((actor.active_from, actor.active_to))
    # A full date deep in the text is history ("September 11, 2001"), not the article's time.
    lead = max(len(article.text) * _LEAD, _LEAD_CHARS)
    mentions = [
        s._.date
        for s in spans_of(doc, "dates")
        if s._.date.kind != "full" or excerpt.offset(s.start_char) < lead
    ]
    return find_anchor(mentions, article.published, year_bounds(article.text, active))


def _report(
    draft: Draft,
    doc: Doc,
    article: Article,
    begun_id: hashlib._Hash,
    gazetteer: Gazetteer,
    means: str | None,
) -> Report:
    places = report_places(draft, doc, gazetteer)
    sides = settle_roles(draft, gazetteer)
    foreign = _forces_named(doc, sides)
    initiators, targets, participants = on_one_side(
        *(name_forces(side, _country(places), foreign, gazetteer) for side in sides)
    )
    abroad = acts_abroad(draft, initiators, gazetteer)
    cast = Cast(initiators, targets, participants, abroad=abroad, article_means=means)
    sub_event_type, type_rule = choose_sub_event_type(draft, cast)
    casualties = incident_casualties(draft, initiators, [*targets, *participants], sub_event_type)
    actors = _actors(initiators, targets, participants, mediators_of(draft, gazetteer))
    deaths = [c for c in casualties if c.kind == "killed"]
    begun_id.update(sub_event_type.encode())
    return Report(
        id=f"rep-{begun_id.hexdigest()[:12]}",
        article=ArticleRef(
            id=article.id,
            title=article.title,
            publisher=article.publisher,
            published=article.published,
            url=article.url,
            path=article.path,
        ),
        event_type=EVENT_TYPE_OF[sub_event_type],
        sub_event_type=sub_event_type,
        background=draft.background,
        date=draft.date,
        places=places,
        geo_precision=geo_precision(places, draft),
        actors=actors,
        casualties=tuple(casualties),
        fatalities=_fatalities(deaths),
        attribution=_attribution(draft),
        evidence=_evidence(draft, type_rule),
    )


def _country(places: Sequence[PlaceRef]) -> str | None:
    """ISO code of where an incident was: of its most specific place that has one."""
    return next((place.country_code for place in places if place.country_code), None)


def _forces_named(doc: Doc, sides: Iterable[Sequence[Party]]) -> set[str]:
    """Countries whose forces an article names, or whose state took part in the incident."""
    own = {party.id for side in sides for party in side}
    return {
        m.country_code
        for m in distinct_mentions(doc, "actors", "actor")
        if m.country_code and (m.id in own or (m.kind == "state forces" and not m.is_country))
    }


def _fatalities(deaths: Sequence[Casualty]) -> Fatalities:
    """UCDP low, best, high: an open claim counts with its lowest figure."""
    low = sum(c.min or 0 for c in deaths)
    high = sum(c.max if c.max is not None else (c.min or 0) for c in deaths)
    return Fatalities(low=low, best=low, high=max(low, high))


def _actors(
    initiators: Iterable[Party],
    targets: Iterable[Party],
    participants: Iterable[Party],
    mediators: Iterable[Party],
) -> tuple[ActorRef, ...]:
    roles: list[tuple[Role, Iterable[Party]]] = [
        ("initiator", initiators),
        ("target", targets),
        ("participant", participants),
        ("mediator", mediators),
    ]
    return tuple(
        ActorRef(id=p.id, name=p.name, mention=p.mention, role=role, kind=p.kind)
        for role, parties in roles
        for p in parties
    )


def _attribution(draft: Draft) -> str | None:
    for account in draft.accounts:
        if account.speech is not None and account.speech.speaker:
            return account.speech.speaker
    return None


def _evidence(draft: Draft, type_rule: str) -> tuple[Evidence, ...]:
    """The sentences behind each field, once a field and sentence."""
    found: dict[tuple[int, str], Evidence] = {}

    def add(account: Account, rule: str, span: Span | None = None) -> None:
        start, end, text = _stripped(account.sent if span is None else span.sent)
        found.setdefault((start, rule), Evidence(start=start, end=end, text=text, rule=rule))

    for account in draft.accounts:
        for trigger in account.triggers[:1]:
            add(account, f"event:{trigger.frame}, {trigger.rule}")
        if draft.date_span is not None and draft.date_span in account.dates:
            add(account, f"date:{draft.date_span._.date.rule}", draft.date_span)
        for place in account.places:
            add(account, f"place:{place._.place.rule}", place)
        for party in account.parties:
            add(account, f"actors:{party.rule or 'noun for people'}")
        for claim in account.claims:
            add(account, f"casualties:{claim.mention.rule}")
    if draft.accounts:
        add(draft.accounts[0], type_rule)
    return tuple(found.values())


def _stripped(sent: Span) -> tuple[int, int, str]:
    """Where a sentence begins and ends without the white space around it, and its words."""
    words = text_at(sent)
    text = words.strip()
    start = sent.start_char + (len(words) - len(words.lstrip()))
    return start, start + len(text), text
