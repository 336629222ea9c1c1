"""Whether two reports can be about one place, and how exactly."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from incidents.distance import km_between
from incidents.gazetteer.names import fold_name
from incidents.linking.memo import by_identity
from incidents.linking.place_names import is_same_name

if TYPE_CHECKING:
    from incidents.model import PlaceRef, Report

PlaceLevel = Literal[
    "spot", "city", "within", "apart", "across", "near", "region", "country", "unknown", "conflict"
]

LEVELS: tuple[PlaceLevel, ...] = (
    "spot",
    "city",
    "within",
    "apart",
    "across",
    "near",
    "region",
    "country",
    "conflict",
    "unknown",
)
"""From the most to the least that two places agree; a resolved pair counts before an unresolved."""

MAX_CITY_KM = 15.0
"""Spots of one city lie no further apart than this; containers of equal name elsewhere do."""

APART_KM = 3.0
"""Two places of one city this close may be one event, named after either."""

NEAR_KM = 10.0
"""Different towns this close may be one event, named after either."""

_fold = lru_cache(maxsize=1 << 16)(fold_name)  # the same few names come in every pair
_MAX_PLACES = 4  # of a report; further down stand places that the article only mentions

_RANKS = {"country": 5, "admin1": 4, "region": 4, "admin2": 3, "admin3": 3, "city": 2, "town": 2}
_RANKS |= {"village": 2, "camp": 1, "neighbourhood": 1}
CITY_RANK = 2
"""Size of a city, town or village; what is below lies in one."""

_REGION_RANK = 3
_COUNTRY_RANK = 5


def compare_places(one: Report, two: Report) -> PlaceLevel:
    """Compare where two reports say that it happened, by their best agreement.

    Returns:
        `spot`: the same place below a city (roundabout, neighbourhood, airport).
        `city`: the same city, town or village.
        `within`: one names the city, the other a place in it.
        `apart`: different places of one city, at most 3 km from each other.
        `across`: different places of one city, further than that.
        `near`: different places at most 10 km apart.
        `region`, `country`: no more than the province or country is common.
        `unknown`: one names no place that is resolved.
        `conflict`: different places.
    """
    firsts, seconds = places_of(one), places_of(two)
    levels = [compare_place(first, second) for first in firsts for second in seconds]
    return min(levels, key=LEVELS.index, default="unknown")


def places_of(report: Report) -> list[PlaceRef]:
    """Select the places that count: the most specific ones, without what contains them."""
    return _fine(report.places)


@by_identity
def _fine(every: tuple[PlaceRef, ...]) -> list[PlaceRef]:
    places = every[:_MAX_PLACES]
    limit = max(CITY_RANK, min(map(rank, places), default=0))
    return [
        place
        for place in places
        if rank(place) <= limit and not any(is_inside(other, place) for other in places)
    ]


def compare_place(one: PlaceRef, two: PlaceRef) -> PlaceLevel:
    """Compare two places."""
    if is_same_place(one, two):
        return _level_of_rank(max(rank(one), rank(two)))
    if is_inside(one, two) or is_inside(two, one):
        container = two if is_inside(one, two) else one
        return "within" if rank(container) <= CITY_RANK else _level_of_rank(rank(container))
    distance = distance_km(one, two)
    if _shares_city(one, two) and (distance is None or distance <= MAX_CITY_KM):
        return "across" if distance is not None and distance > APART_KM else "apart"
    if distance is not None and distance <= NEAR_KM and max(rank(one), rank(two)) <= CITY_RANK:
        return "near"
    return "conflict" if _is_resolved(one) and _is_resolved(two) else "unknown"


def is_same_place(one: PlaceRef, two: PlaceRef) -> bool:
    """Whether two mentions are one place: by id, or by name where one has no id."""
    if one.id and two.id:
        return one.id == two.id
    countries = {one.country_code, two.country_code} - {None}
    if len(countries) > 1 or not _may_be_one_kind(one, two):
        return False
    return is_same_name(one.name, two.name)


def _may_be_one_kind(one: PlaceRef, two: PlaceRef) -> bool:
    """Whether two places are of one size; one that nothing tells may be a quarter or a village."""
    if one.kind is None or two.kind is None:
        return max(rank(one), rank(two)) <= CITY_RANK
    return rank(one) == rank(two)


def is_inside(inner: PlaceRef, outer: PlaceRef) -> bool:
    """Whether one place lies in the other, by the names of its containers."""
    if inner.country_code and outer.country_code and inner.country_code != outer.country_code:
        return False
    if rank(inner) >= rank(outer) or _fold(outer.name) not in _containers(inner):
        return False
    # A second Qamishli elsewhere contains nothing of this one.
    distance = distance_km(inner, outer)
    return rank(outer) > CITY_RANK or distance is None or distance <= MAX_CITY_KM


def distance_km(one: PlaceRef, two: PlaceRef) -> float | None:
    """Great-circle distance in km, or None where a place has no coordinates."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return None
    return km_between(one.lat, one.lon, two.lat, two.lon)


def rank(place: PlaceRef) -> int:
    """Size of a place: 0 a spot, 1 a neighbourhood, 2 a town, 3 to 5 district to country."""
    if place.kind is None:
        return CITY_RANK
    return _RANKS.get(place.kind, 0)


def city_names(place: PlaceRef) -> frozenset[str]:
    """Folded names of the place, if a city, and of what contains it below the province."""
    outer = {_fold(name) for name in (place.admin1, place.country) if name}
    own = {_fold(place.name)} if rank(place) == CITY_RANK else set()
    return (_containers(place) - outer) | own


def _level_of_rank(size: int) -> PlaceLevel:
    if size < CITY_RANK:
        return "spot"
    if size < _REGION_RANK:
        return "city"
    return "region" if size < _COUNTRY_RANK else "country"


def _shares_city(one: PlaceRef, two: PlaceRef) -> bool:
    if max(rank(one), rank(two)) >= CITY_RANK:
        return False
    return bool(city_names(one) & city_names(two))


def _containers(place: PlaceRef) -> frozenset[str]:
    return _fold_all(place.within)


@lru_cache(maxsize=1 << 14)
def _fold_all(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_fold, names))


def _is_resolved(place: PlaceRef) -> bool:
    return place.id is not None or place.lat is not None
