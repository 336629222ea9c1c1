"""The two sides of an incident, as the datasets of others want them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from incidents.gazetteer.model import Actor
    from incidents.model import ActorRef, Incident, Report

UNARMED = frozenset({"civilians", "protesters", "rioters"})
"""Kinds of actors that belong to no armed organisation."""


@dataclass(frozen=True, slots=True)
class Parties:
    """Who stands on which side; the sides are those of `Incident.deaths`.

    Attributes:
        a: who attacked, or the first party of a clash.
        b: all others but mediators.
        mediators: who stood between.
    """

    a: tuple[ActorRef, ...]
    b: tuple[ActorRef, ...]
    mediators: tuple[ActorRef, ...]


def find_parties(incident: Report | Incident) -> Parties:
    """Find the sides of an incident: `linking/deaths.py` counts the dead by the same ones."""
    parties = [actor for actor in incident.actors if actor.role != "mediator"]
    first = [actor for actor in parties if actor.role == "initiator"]
    if not first:
        first = [actor for actor in parties if actor.role == "participant"][:1]
    return Parties(
        a=tuple(first),
        b=tuple(actor for actor in parties if actor not in first),
        mediators=tuple(actor for actor in incident.actors if actor.role == "mediator"),
    )


def is_unarmed(actor: ActorRef) -> bool:
    """Whether an actor belongs to no armed organisation, by kind, or by name where it has none."""
    return (actor.kind or actor.name.casefold()) in UNARMED


def rank(side: Iterable[ActorRef]) -> list[ActorRef]:
    """Put first who gives a side its name: armed organisations, and of these the known ones.

    Source:
        ACLED Codebook, Actors and Associated actors: civilians who are hit beside an armed actor
        are associated with it. UCDP GED codebook (v23.1), side_a: a named organisation.
    """
    return sorted(side, key=lambda actor: (is_unarmed(actor), actor.id is None))


def home_of(actor: ActorRef) -> str | None:
    """The country (ISO 3166-1 alpha-2) whose state forces an actor belongs to, if it does."""
    known = _actors().get(actor.id or "")
    if known is None or known.kind != "state forces" or not known.countries:
        return None
    return known.countries[0]


@cache
def _actors() -> Mapping[str, Actor]:
    """All actors by id, the user's included; no index of places is needed for that."""
    from incidents.gazetteer.actors import ActorTable  # noqa: PLC0415 - few formats need it
    from incidents.gazetteer.user import UserGazetteer  # noqa: PLC0415

    user = UserGazetteer.if_present()
    return ActorTable(user.actors() if user else ()).by_id
