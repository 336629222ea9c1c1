"""How well an incident is founded, and what its reports lent each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.gazetteer.names import fold_name
from incidents.linking.copies import group_sources
from incidents.linking.counts import REAL, victims
from incidents.linking.places import CITY_RANK, rank
from incidents.linking.sides import actor_key, is_named
from incidents.model import Lent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from incidents.model import ActorRef, EventDate, Grade, Incident, PlaceRef, Report

_INDEPENDENT = 2  # sources that make an incident fair


def find_grade(reports: Sequence[Report]) -> Grade:
    """Grade an incident by who says so.

    Args:
        reports: of one incident.

    Returns:
        `confirmed`: a party that is said to have done it says so itself.
        `contested`: two parties are each said to have attacked the other.
        `fair`: two or more independent sources.
        `weak`: one source.

    Source:
        Airwars, Methodology (airwars.org), grading of civilian harm events; "credible" is left to
        the reader, and "discounted" does not occur, as nothing is counted out here.
    """
    if any(_is_admitted(report) for report in reports):
        return "confirmed"
    if _is_contested(reports):
        return "contested"
    return "fair" if len(group_sources(reports)) >= _INDEPENDENT else "weak"


def _is_admitted(report: Report) -> bool:
    """Whether an initiator is the one who speaks."""
    claims = (claim.claimed_by for claim in report.casualties if claim.modality in REAL)
    speakers = [name for name in (report.attribution, *claims) if name]
    doers = [actor for actor in report.actors if actor.role == "initiator" and is_named(actor)]
    return any(_speaks_for(speaker, actor) for speaker in speakers for actor in doers)


def _speaks_for(speaker: str, actor: ActorRef) -> bool:
    """Whether a speaker's words hold the name of an actor: `the Israeli military said`."""
    words = f" {fold_name(speaker)} "
    names = {fold_name(actor.name), fold_name(actor.mention)} - {""}
    return any(f" {name} " in words for name in names)


def _is_contested(reports: Sequence[Report]) -> bool:
    """Whether one report has A attack B, and another one B attack A."""
    attacks = {
        (actor_key(one), actor_key(two))
        for report in reports
        for one in report.actors
        for two in report.actors
        if one.role == "initiator" and two.role == "target"
    }
    return any((two, one) in attacks for one, two in attacks)


def find_lent(incident: Incident, reports: Sequence[Report]) -> tuple[Lent, ...]:
    """Find the values that reports lent to others that lack them.

    Args:
        incident: merged from the reports.
        reports: of the incident.

    Returns:
        The day, the place and the names of victims, each with the report that has it and those
        that say less.
    """
    members = sorted(reports, key=lambda report: report.id)
    found = (_lent_date(incident.date, members), _lent_place(incident.places, members))
    return (*(lent for lent in found if lent), *_lent_names(members))


def _lent_date(date: EventDate, reports: Sequence[Report]) -> Lent | None:
    lenders = [r.id for r in reports if (r.date.start, r.date.end) == (date.start, date.end)]
    lacking = [r.id for r in reports if r.date.start is None or r.date.precision != date.precision]
    if date.start is None or not lenders or not lacking:
        return None
    return Lent(field="date", value=date.start.isoformat(), report=lenders[0], to=tuple(lacking))


def _lent_place(places: Sequence[PlaceRef], reports: Sequence[Report]) -> Lent | None:
    if not places or rank(places[0]) > CITY_RANK:
        return None
    best = places[0]
    lenders = [r.id for r in reports if any(p.name == best.name for p in r.places)]
    lacking = [r.id for r in reports if all(rank(p) > rank(best) for p in r.places)]
    if not lenders or not lacking:
        return None
    return Lent(field="place", value=best.name, report=lenders[0], to=tuple(lacking))


def _lent_names(reports: Sequence[Report]) -> Iterator[Lent]:
    """Victims whom some reports name, to those that tell of harm and name nobody."""
    silent = tuple(r.id for r in reports if r.casualties and not victims(r.casualties))
    if not silent:
        return
    told: set[str] = set()
    for report in reports:
        for name in victims(report.casualties):
            if name not in told:
                told.add(name)
                yield Lent(field="victim", value=name, report=report.id, to=silent)
