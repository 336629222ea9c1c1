"""Sides, type of violence and deaths as UCDP codes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidents.exports.countries import country_codes
from incidents.exports.parties import find_parties, home_of, is_unarmed, rank
from incidents.lines import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidents.model import ActorRef, Deaths, Incident

STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an event.

    Attributes:
        name: as UCDP would call it; None where nobody is named.
        gwno: Gleditsch-Ward number of a government.
        is_state: whether a government's forces stand on it.
    """

    name: str | None
    gwno: int | None
    is_state: bool


@dataclass(frozen=True, slots=True)
class Violence:
    """What kind of violence, between whom, with how many dead.

    Attributes:
        kind: 1 state-based, 2 non-state, 3 one-sided, None where a side is not known.
        a: the government in state-based, the perpetrator in one-sided violence.
        b: the other side.
        deaths_a: of side a.
        deaths_b: of side b.
    """

    kind: int | None
    a: Side
    b: Side
    deaths_a: int
    deaths_b: int


def find_violence(incident: Incident) -> Violence:
    """Tell sides and type of an incident.

    State-based violence has a government on a side, and puts it on side a; one-sided violence is
    an armed actor's against civilians only, also where nobody names the actor; everything else
    between two armed actors is non-state. What a crowd does is none of these.

    Source:
        UCDP GED codebook (v23.1), variables type_of_violence, side_a, side_b.
    """
    parties = find_parties(incident)
    one = [actor for actor in parties.a if not is_unarmed(actor)]
    two = [actor for actor in parties.b if not is_unarmed(actor)]
    a, b = _side(one), _side(two)
    deaths = incident.deaths
    if _is_one_sided(incident, parties.b, has_armed_target=bool(two)):
        civilians = Side("Civilians", None, is_state=False)
        kind = None if parties.a and not one else ONE_SIDED
        return Violence(kind, a, civilians, deaths.a, deaths.b)
    kind = None
    if a.name and b.name:
        kind = STATE_BASED if a.is_state or b.is_state else NON_STATE
    if kind == STATE_BASED and not a.is_state:
        return Violence(kind, b, a, deaths.b, deaths.a)
    return Violence(kind, a, b, deaths.a, deaths.b)


def is_unorganised(incident: Incident) -> bool:
    """Whether people without an armed organisation attacked others: a mob, rioters, a crowd.

    Where only they are named, and were not the ones who attacked, nobody knows who killed.

    Source:
        UCDP GED codebook (v23.1), definition of an event: armed force by an organised actor,
        against another organised actor or against civilians.
    """
    parties = find_parties(incident)
    if not parties.a or not all(map(is_unarmed, (*parties.a, *parties.b))):
        return False
    if incident.event_type == "Protests":
        return False
    is_attack = incident.event_type == "Violence against civilians"
    return bool(parties.b) or is_attack or incident.sub_event_type == "Mob violence"


def sum_deaths(deaths: Deaths) -> int:
    """The best estimate: UCDP's `best` is the sum of the four sides."""
    return deaths.a + deaths.b + deaths.civilians + deaths.unknown


def _is_one_sided(
    incident: Incident, others: Sequence[ActorRef], *, has_armed_target: bool
) -> bool:
    """Whether only people without arms were attacked."""
    if incident.event_type == "Violence against civilians":
        return not has_armed_target
    return bool(others) and not has_armed_target


def _side(actors: Sequence[ActorRef]) -> Side:
    """One side; a state's forces, where there are some, give it its name, else a known actor."""
    states = [actor for actor in actors if _is_state(actor)]
    if not actors:
        return Side(None, None, is_state=False)
    first = rank(states or actors)[0]
    home = country_codes(home_of(first))
    if home is None:
        return Side(clean(first.name), None, is_state=bool(states))
    return Side(f"Government of {home.ucdp_country}", home.gwno, is_state=True)


def _is_state(actor: ActorRef) -> bool:
    return home_of(actor) is not None or actor.kind == "state forces"
