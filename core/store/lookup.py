"""Names that people type, in any spelling, as conditions on the incidents of a store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from incidents.errors import NotFoundError
from incidents.gazetteer.names import fold_name
from incidents.store.circles import Circle

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from incidents.gazetteer.model import Actor, ActorMatch, Place, PlaceMatch
    from incidents.store.store import Store

# A doubtful reading (a person's name, a sound match) does not count beside a sure one.
_PLAUSIBLE = 0.6


class PlaceNames(Protocol):
    """What a look-up needs of a gazetteer of places."""

    def find_places(self, name: str, /, *, limit: int = 10) -> list[PlaceMatch]:
        """The places that a name may mean, best first."""

    def place(self, place_id: str, /) -> Place | None:
        """The place of an id."""


class ActorNames(Protocol):
    """What a look-up needs of a gazetteer of actors."""

    def find_actors(self, name: str, /) -> list[ActorMatch]:
        """The actors that a name may mean, best first."""

    def actor(self, actor_id: str, /) -> Actor | None:
        """The actor of an id."""


def resolve_place(store: Store, name: str, gazetteer: PlaceNames) -> tuple[tuple[str, ...], str]:
    """Find what a place name means among the places of a store.

    Args:
        store: only places that occur in it, or contain one that does, are of use.
        name: any spelling, or words of a place that the gazetteer lacks.
        gazetteer: resolves the spelling.

    Returns:
        Ids of the places meant and the words to look for, for `IncidentFilter`.

    Raises:
        NotFoundError: neither the gazetteer nor the store knows the name.
    """
    inner, matches = _find_places(name, gazetteer)
    scores = {match.place.id: match.score for match in matches}
    ids = _plausible(scores, store.names.known("place", scores))
    if not ids:
        # "Tay" is too short a name to be looked up, but is told of a place that is known
        ids = store.names.ids_with_words("place", inner)
    if not ids and not store.names.has_words("place", inner):
        if not scores:
            msg = f"no place called {name!r}; try another spelling, or a town near it"
            raise NotFoundError(msg)
        ids = tuple(scores)  # a real place where nothing happened: the filter finds nothing
    return ids, inner


def resolve_circles(
    store: Store, name: str, gazetteer: PlaceNames, *, km: float
) -> tuple[Circle, ...]:
    """Find what lies within a distance of the places that a name means.

    Args:
        store: as in `resolve_place`, only that a place also counts where nothing happened in it.
        name: that of the place.
        gazetteer: resolves the spelling, and has the coordinates.
        km: the distance.

    Returns:
        A circle a place, for `IncidentFilter`.

    Raises:
        NotFoundError: no coordinates are known.
    """
    inner, matches = _find_places(name, gazetteer)
    scores = {match.place.id: match.score for match in matches}
    # nothing happened there: the place itself, and what is called after it, as in `resolve_place`
    ids = _plausible(scores, store.names.known("place", scores)) or (
        *_plausible(scores, scores),
        *store.names.ids_with_words("place", inner),
    )
    found = tuple(
        Circle(place.lat, place.lon, km)
        for place in map(gazetteer.place, ids)
        if place is not None and place.lat is not None and place.lon is not None
    )
    if not found:
        msg = (
            f"{name!r}: no coordinates are known; name a town near it, leave out --within-km, or "
            "add the place with `incidents gazetteer add`"
        )
        raise NotFoundError(msg)
    return found


def _find_places(name: str, gazetteer: PlaceNames) -> tuple[str, list[PlaceMatch]]:
    """The places that a name may mean, and the name without what follows a comma.

    `Tripoli, Lebanon` means the places called Tripoli that lie in one called Lebanon.
    """
    # many towns share a name: the ones of this store may rank low
    matches = gazetteer.find_places(name, limit=100)
    inner, *around = [part.strip() for part in name.split(",")]
    if matches or not around:
        return name, matches
    matches = gazetteer.find_places(inner, limit=100)
    for outer in around:
        ids = {match.place.id for match in gazetteer.find_places(outer, limit=100)}
        matches = [match for match in matches if _lies_in(match.place, outer, ids)]
    return (inner if matches else name), matches


def _lies_in(place: Place, name: str, ids: Collection[str]) -> bool:
    """Whether a place lies in one of that name, or in one of those ids."""
    by_name = fold_name(name) in map(fold_name, place.within)
    return by_name or not set(place.within_ids).isdisjoint(ids)


def resolve_actor(store: Store, name: str, gazetteer: ActorNames) -> tuple[tuple[str, ...], str]:
    """Find what an actor's name or id means among the actors of a store; as `resolve_place`."""
    scores = {match.actor.id: match.score for match in gazetteer.find_actors(name)}
    if gazetteer.actor(name) is not None:
        scores[name] = 1.0
    ids = _plausible(scores, store.names.known("actor", scores))
    if not ids and not store.names.has_words("actor", name):
        if not scores:
            msg = f"no actor called {name!r}; try another spelling, or a word of the name"
            raise NotFoundError(msg)
        ids = tuple(scores)
    return ids, name


def check_source(store: Store, text: str) -> None:
    """See that some article is of a source.

    Raises:
        NotFoundError: none is, so that the name is misspelt or was never extracted.
    """
    if not store.names.has_source(text):
        msg = f"no source called {text!r}; write an outlet as `incidents show` has it, or a domain"
        raise NotFoundError(msg)


def _plausible(scores: dict[str, float], known: Collection[str]) -> tuple[str, ...]:
    """The known ids whose score comes near the best known one, best first."""
    ranked: Sequence[str] = sorted(known, key=lambda id_: (-scores[id_], id_))
    return tuple(id_ for id_ in ranked if scores[id_] >= _PLAUSIBLE * scores[ranked[0]])
