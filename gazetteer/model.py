"""The entries of the gazetteer and the answers that it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import msgspec

from incidents.model import ActorKind  # noqa: TC001 - msgspec reads the annotations

Branch = Literal["army", "police", "government"]

REGION_KINDS = frozenset({"country", "admin1", "region"})
"""Kinds of places that hold towns."""


class Place(msgspec.Struct, frozen=True):
    """A place of the gazetteer.

    Attributes:
        id: `geonames:<geonameid>`, `wof:<id>` or `iata:<code>` after the source; `incidents:<slug>`
            for the project's own entries, `user:<country>-<slug>` for the user's.
        name: canonical English name.
        kind: country, region, admin1, admin2, city (a place of 500 inhabitants or more), village,
            neighbourhood, street, airport, camp and the like: what the data files hold.
        lat: degrees north.
        lon: degrees east.
        country: English short name.
        country_code: ISO 3166-1 alpha-2.
        admin1: name of the first-order division, where known.
        population: inhabitants, 0 where unknown.
        within: names of the containing places, nearest first, the country last.
        within_ids: their ids, same order and length.

    """

    id: str
    name: str
    kind: str
    lat: float | None
    lon: float | None
    country: str | None
    country_code: str | None
    admin1: str | None = None
    population: int = 0
    within: tuple[str, ...] = ()
    within_ids: tuple[str, ...] = ()


class PlaceMatch(msgspec.Struct, frozen=True):
    """An answer to a place name: the place, how sure, and why.

    Attributes:
        place: the entry.
        score: 0 to 1; ranks the answers to one question.
        reason: how the name matched, for example `exact`, `article dropped`, `similar spelling`.

    """

    place: Place
    score: float
    reason: str


class Actor(msgspec.Struct, frozen=True):
    """An armed actor of the gazetteer.

    Attributes:
        id: stable slug, for example `sy-ndf`.
        name: canonical English name.
        kind: ACLED inter label.
        parent: id of the actor that it belongs to or answers to.
        countries: ISO 3166-1 alpha-2 codes of where it acts, home first.
        aliases: all other spellings and abbreviations.
        local: those spellings that mean the actor only where one of its countries is spoken of.
        active_from: first year of existence, None if unknown.
        active_to: last year, None if it still exists or unknown.
        source: where the facts come from.

    """

    id: str
    name: str
    kind: ActorKind
    parent: str | None = None
    countries: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    local: frozenset[str] = frozenset()
    active_from: int | None = None
    active_to: int | None = None
    source: str = ""


class ActorMatch(msgspec.Struct, frozen=True):
    """An answer to an actor name: the actor, how sure, and why.

    Attributes:
        actor: the entry.
        score: 0 to 1; ranks the answers to one question.
        reason: how the name matched, for example `spelling`.

    """

    actor: Actor
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """A news outlet, agency, monitor or claim channel: a source, never a party."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
