"""Look for mistakes in the user's gazetteer."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from incidents.distance import km_between
from incidents.gazetteer.names import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidents.gazetteer.gazetteer import Gazetteer
    from incidents.gazetteer.user import UserGazetteer, UserPlace

_SAME_KM = 1.0
_FAR_DEGREES = 1.5  # about 150 km without any town of the country


def check_user(user: UserGazetteer, gazetteer: Gazetteer) -> list[str]:
    """Return complaints about the user's entries, one line each.

    Duplicates (one name twice within a kilometre), names that another place of the country bears,
    coordinates far from every town of the country, missing sources; actors that share an alias with
    another actor of their country.
    """
    places = list(user.places())
    return [
        *_duplicates(places),
        *_clashes(places, gazetteer),
        *_abroad(places, gazetteer),
        *(f"{place.id}: has no source" for place in places if not place.source.strip()),
        *_shared_aliases(user, gazetteer),
    ]


def _duplicates(places: list[UserPlace]) -> Iterator[str]:
    named: dict[tuple[str, str], list[UserPlace]] = defaultdict(list)
    for place in places:
        twins = named[place.country, fold_name(place.name)]
        for twin in twins:
            if _km(place, twin) <= _SAME_KM:
                yield f"{place.id}: the same place as {twin.id}; remove one"
        twins.append(place)


def _km(one: UserPlace, other: UserPlace) -> float:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return math.inf
    return km_between(one.lat, one.lon, other.lat, other.lon)


def _clashes(places: list[UserPlace], gazetteer: Gazetteer) -> Iterator[str]:
    for place in places:
        for name in (place.name, *place.names):
            for match in gazetteer.find_places(name, countries=(place.country,)):
                other = match.place
                exact = match.reason in ("exact", "spelling")
                if exact and other.id != place.id and other.country_code == place.country:
                    yield f"{place.id}: {name!r} is also {other.name} ({other.kind}, {other.id})"


def _abroad(places: list[UserPlace], gazetteer: Gazetteer) -> Iterator[str]:
    for place in places:
        if place.lat is None or place.lon is None:
            yield f"{place.id}: has no coordinates"
            continue
        around = gazetteer.towns_near(place.lat, place.lon, _FAR_DEGREES)
        if around and place.country not in around:
            yield f"{place.id}: {place.lat}, {place.lon} lies in {', '.join(sorted(around))}"


def _shared_aliases(user: UserGazetteer, gazetteer: Gazetteer) -> Iterator[str]:
    for row in user.actors():
        for alias in (row.name, *row.aliases):
            for match in gazetteer.find_actors(alias, countries=row.countries[:1]):
                other = match.actor
                shared = set(row.countries) & set(other.countries)
                if other.id != row.id and shared and not match.reason.startswith("sound"):
                    yield f"{row.id}: {alias!r} is also {other.name} ({other.id})"
