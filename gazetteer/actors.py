"""Look actors and outlets up by name."""

from __future__ import annotations

from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from incidents.gazetteer.data_files import read_actors, read_outlets
from incidents.gazetteer.model import Actor, ActorMatch, Outlet
from incidents.gazetteer.names import fold_name, fold_tokens, sound_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_OWN_NAME, _ALIAS, _SOUND = 1.0, 0.97, 0.75
_OUT_OF_SCOPE = 0.5
_OUT_OF_TIME = 0.5
_LATER_COUNTRY = 0.95
_MIN_SOUND_LETTERS = 7


class ActorTable:
    """The armed actors and the news outlets of the gazetteer."""

    @cached_property
    def actors(self) -> tuple[Actor, ...]:
        """All actors, in the order of the data file."""
        return tuple(
            Actor(
                id=row.id,
                name=row.name,
                kind=row.kind,
                parent=row.parent,
                countries=row.countries,
                aliases=row.aliases,
                active_from=row.active_from,
                active_to=row.active_to,
                source=row.source,
            )
            for row in read_actors()
        )

    @cached_property
    def by_id(self) -> Mapping[str, Actor]:
        """Actors by id."""
        return MappingProxyType({actor.id: actor for actor in self.actors})

    @cached_property
    def names(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        """Folded tokens of every name and alias -> ids of the actors that share it."""
        found: dict[tuple[str, ...], list[str]] = {}
        for actor in self.actors:
            for spelling in (actor.name, *actor.aliases):
                for tokens in _token_forms(spelling):
                    ids = found.setdefault(tokens, [])
                    if actor.id not in ids:
                        ids.append(actor.id)
        return MappingProxyType({tokens: tuple(ids) for tokens, ids in found.items()})

    @cached_property
    def outlets(self) -> tuple[Outlet, ...]:
        """All outlets."""
        return tuple(
            Outlet(name=row.name, kind=row.kind, aliases=row.aliases, country=row.country)
            for row in read_outlets()
        )

    @cached_property
    def outlet_names(self) -> Mapping[tuple[str, ...], Outlet]:
        """Folded tokens of every name and alias of an outlet -> the outlet."""
        return MappingProxyType(
            {
                tokens: outlet
                for outlet in reversed(self.outlets)
                for spelling in (*outlet.aliases, outlet.name)
                for tokens in _token_forms(spelling)
            }
        )

    @cached_property
    def _sounds(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for actor in self.actors:
            for spelling in (actor.name, *actor.aliases):
                if _is_long(spelling):
                    found.setdefault(sound_key(spelling), {})[actor.id] = None
        return {key: tuple(ids) for key, ids in found.items() if key}

    def find(
        self, name: str, *, countries: Collection[str] = (), year: int | None = None
    ) -> list[ActorMatch]:
        """Return the actors that a name may mean, best first (see `Gazetteer.find_actors`)."""
        tokens = _without_the(fold_tokens(name))
        ids = self.names.get(tokens) or self.names.get(("".join(tokens),), ())
        reason = "spelling"
        if not ids and _is_long(name):
            ids, reason = self._sounds.get(sound_key(" ".join(tokens)), ()), "sound"
        scope = {code.upper() for code in countries}
        matches = [
            self._judge(self.by_id[actor_id], tokens, reason, scope, year) for actor_id in ids
        ]
        order = {actor.id: place for place, actor in enumerate(self.actors)}
        return sorted(matches, key=lambda match: (-match.score, order[match.actor.id]))

    @staticmethod
    def _judge(
        actor: Actor, tokens: tuple[str, ...], reason: str, scope: set[str], year: int | None
    ) -> ActorMatch:
        score = _SOUND if reason == "sound" else _ALIAS
        if fold_tokens(actor.name) == tokens:
            score, reason = _OWN_NAME, "exact"
        if scope and actor.countries:
            if not scope & set(actor.countries):
                score, reason = score * _OUT_OF_SCOPE, f"{reason}, other country"
            elif actor.countries[0] not in scope:
                score *= _LATER_COUNTRY
        if year is not None and not _is_active(actor, year):
            score, reason = score * _OUT_OF_TIME, f"{reason}, other years"
        return ActorMatch(actor, round(score, 4), reason)


def _is_active(actor: Actor, year: int) -> bool:
    return (actor.active_from is None or actor.active_from <= year) and (
        actor.active_to is None or year <= actor.active_to
    )


def _is_long(name: str) -> bool:
    return len(fold_name(name).replace(" ", "")) >= _MIN_SOUND_LETTERS


def _without_the(tokens: tuple[str, ...]) -> tuple[str, ...]:
    return tokens[1:] if len(tokens) > 1 and tokens[0] == "the" else tokens


def _token_forms(spelling: str) -> Iterable[tuple[str, ...]]:
    """Yield the token forms of a spelling: as it stands, and with a fused article (Alasayish)."""
    tokens = _without_the(fold_tokens(spelling))
    if tokens:
        yield tokens
    words = fold_name(spelling).split()
    if len(words) == 2 and words[0] in ("al", "el"):  # noqa: PLR2004 - article and one word
        yield ("".join(words),)
