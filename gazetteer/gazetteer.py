"""The gazetteer as the rest of `incidents` sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.gazetteer import countries as _countries
from incidents.gazetteer.actors import ActorTable
from incidents.gazetteer.index import open_index
from incidents.gazetteer.places import PlaceIndex
from incidents.gazetteer.user import UserGazetteer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from incidents.gazetteer.model import Actor, ActorMatch, Branch, Outlet, Place, PlaceMatch


class Gazetteer:
    """Names to places and actors.

    Places are GeoNames cities with 500 inhabitants or more and all their alternate names, villages,
    airports, divisions of the first and second order, countries, the project's own places, and the
    user's. Actors are those of the data files and the user's; outlets are a data file.

    >>> gaz = Gazetteer.open()  # doctest: +SKIP
    >>> gaz.find_places("Zalin")[0].place.name  # doctest: +SKIP
    'Qamishli'
    """

    def __init__(self, places: PlaceIndex, actors: ActorTable) -> None:
        self._places = places
        self._actors = actors

    @classmethod
    def open(cls, *, cache_dir: Path | None = None) -> Gazetteer:
        """Open the gazetteer, the user's own entries included; the first time, build its index.

        Args:
            cache_dir: folder of the index; default `INCIDENTS_CACHE`, else the user's cache
                folder, else a temporary folder where that cannot be written.

        Raises:
            GazetteerError: a data file is broken, or no folder can be written.

        """
        user = UserGazetteer.if_present()
        index = open_index(cache_dir)
        if user is None:
            return cls(PlaceIndex(index), ActorTable())
        return cls(PlaceIndex(index, user.connection), ActorTable(user.actors()))

    def find_places(
        self,
        name: str,
        *,
        countries: Collection[str] = (),
        near: Collection[str] = (),
        limit: int = 10,
        fuzzy: bool = False,
    ) -> list[PlaceMatch]:
        """Return the places that a name may mean, best first.

        A word that says what the place is may stand with the name ("Hasakah province", "city of
        Homs", "al-Tay neighborhood") and steers the choice. Neighbourhoods, streets, roundabouts
        and the like answer only with such a word, or inside a place given by `near`. Common words
        ("said", "March") are never places; people's names and demonyms score low.

        Args:
            name: a place name as written.
            countries: ISO 3166-1 alpha-2 codes in scope; matches in them come first.
            near: ids of places already known; matches in them or close by come first.
            limit: most answers to return.
            fuzzy: where no spelling in the countries of scope fits, try similar ones as well.

        Returns:
            Matches with scores from 0 to 1; empty where nothing matches.

        """
        return self._places.find(name, countries=countries, near=near, limit=limit, fuzzy=fuzzy)

    def place(self, place_id: str) -> Place | None:
        """Return the place with this id, or None."""
        return self._places.place(place_id)

    def towns_near(self, lat: float, lon: float, degrees: float) -> frozenset[str]:
        """Return the countries that have a town within so many degrees of a point."""
        return self._places.towns_near(lat, lon, degrees)

    def largest_within(
        self, box: tuple[float, float, float, float], kinds: Collection[str]
    ) -> Iterator[tuple[str, float, float]]:
        """Yield name, latitude and longitude of the places in a box, the most populous first.

        Args:
            box: south, west, north, east in degrees.
            kinds: kinds of places that are wanted, for example `city`.

        """
        return self._places.largest_within(box, kinds)

    def number(self, place_id: str) -> int | None:
        """Return the index number of a place, or None."""
        return self._places.number(place_id)

    def country(self, code: str) -> Place | None:
        """Return the place that a country is, or None.

        Args:
            code: ISO 3166-1 alpha-2.

        """
        for match in self.find_places(self.country_name(code), limit=3):
            if match.place.kind == "country" and match.place.country_code == code:
                return match.place
        return None

    def find_actors(
        self, name: str, *, countries: Collection[str] = (), year: int | None = None
    ) -> list[ActorMatch]:
        """Return the actors that a name may mean, best first.

        Args:
            name: a name, spelling or abbreviation ("NDF"), with or without "the".
            countries: ISO codes in scope; actors active in them come first.
            year: year of the incident; actors that did not exist then come last.

        """
        return self._actors.find(name, countries=countries, year=year)

    def actor(self, actor_id: str) -> Actor | None:
        """Return the actor with this id, or None."""
        return self._actors.by_id.get(actor_id)

    def actors(self) -> tuple[Actor, ...]:
        """Return all actors."""
        return self._actors.actors

    def actor_names(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        """Return the folded tokens of every actor name, and the actor ids that share it."""
        return self._actors.names

    def acronyms(self) -> frozenset[tuple[str, ...]]:
        """Return the one-token names that count only in capitals: `IS` is an actor, `is` a verb.

        The keys are those of `actor_names`, and the like of outlets.
        """
        return self._actors.acronyms

    def branch(self, country_code: str, branch: Branch) -> Actor | None:
        """Return a country's army, police or government, or None."""
        return self._actors.branch(country_code.upper(), branch)

    def outlets(self) -> tuple[Outlet, ...]:
        """Return all outlets, agencies and monitors."""
        return self._actors.outlets

    @staticmethod
    def country_of(word: str) -> str | None:
        """Return the ISO code behind a country name, variant or demonym, or None."""
        return _countries.country_of(word)

    @staticmethod
    def country_name(code: str) -> str:
        """Return the English short name of a country."""
        return _countries.country_name(code)
