"""Look actors and outlets up by name."""

from __future__ import annotations

from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from incidents.gazetteer.actor_cache import ActorTables, load_tables
from incidents.gazetteer.data_files import read_outlets
from incidents.gazetteer.model import Actor, ActorMatch, Outlet
from incidents.gazetteer.names import fold_name, fold_tokens, plain_key, sound_key, unfused
from incidents.gazetteer.shipped_actors import read_shipped
from incidents.gazetteer.state_forces import add_state_forces
from incidents.gazetteer.user import with_users

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from incidents.gazetteer.data_files import ActorRow
    from incidents.gazetteer.model import Branch

_OWN_NAME, _ALIAS, _SOUND = 1.0, 0.97, 0.75
_OUT_OF_SCOPE = 0.5
_OUT_OF_TIME = 0.5
_LATER_COUNTRY = 0.95
_MIN_SOUND_LETTERS = 7
_ARTICLES = frozenset({"al", "el"})


class ActorTable:
    """The armed actors and the news outlets of the gazetteer.

    Args:
        own: the user's actors; they stand in for shipped ones of the same id.

    """

    def __init__(self, own: Iterable[ActorRow] = ()) -> None:
        self._own = tuple(own)

    @cached_property
    def _tables(self) -> ActorTables:
        """What is made of the rows; kept in a file where the user has no actors of their own."""
        return self._build() if self._own else load_tables(self._build)

    def _build(self) -> ActorTables:
        rows = tuple(add_state_forces(with_users(read_shipped(), self._own)))
        actors = tuple(_actor(row, names) for row, names in rows)
        branches: dict[tuple[str, Branch], str] = {}
        for row, _ in rows:
            for branch in row.templates:
                branches.setdefault((row.countries[0], branch), row.id)
        named = [(actor.name, *actor.aliases) for actor in actors]
        named += [(outlet.name, *outlet.aliases) for outlet in self.outlets]
        return ActorTables(actors, _index_names(actors), _acronyms(named), branches)

    @property
    def actors(self) -> tuple[Actor, ...]:
        """All actors, in the order of the data files."""
        return self._tables.actors

    @cached_property
    def by_id(self) -> Mapping[str, Actor]:
        """Actors by id."""
        return MappingProxyType({actor.id: actor for actor in self.actors})

    @property
    def names(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        """Folded tokens of every name and alias -> ids of the actors that share it."""
        return MappingProxyType(self._tables.names)

    @property
    def acronyms(self) -> frozenset[tuple[str, ...]]:
        """Names of one token that are written in capitals only: `IS` is an actor, `is` a verb."""
        return self._tables.acronyms

    def branch(self, country_code: str, branch: Branch) -> Actor | None:
        """Return a country's army, police or government, or None."""
        found = self._tables.branches.get((country_code, branch))
        return None if found is None else self.by_id[found]

    @cached_property
    def outlets(self) -> tuple[Outlet, ...]:
        """All outlets."""
        return tuple(
            Outlet(name=row.name, kind=row.kind, aliases=row.aliases, country=row.country)
            for row in read_outlets()
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
        ids = self.names.get(tokens) or self.names.get(_unfused(tokens), ())
        reason = "spelling"
        if not ids and _is_long(name):
            ids, reason = self._sounds.get(sound_key(" ".join(tokens)), ()), "sound"
        scope = {code.upper() for code in countries}
        matches = [
            self._judge(self.by_id[actor_id], tokens, reason, scope, year) for actor_id in ids
        ]
        # Ties keep the order of the file: the sort is stable.
        return sorted(matches, key=lambda match: -match.score)

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


def _without(spellings: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(spelling for spelling in spellings if spelling != name)


def _actor(row: ActorRow, names: tuple[str, ...]) -> Actor:
    return Actor(
        id=row.id,
        name=row.name,
        kind=row.kind,
        parent=row.parent,
        countries=row.countries,
        aliases=(*row.aliases, *_without(row.local, row.name), *names),
        local=frozenset(row.local),
        active_from=row.active_from,
        active_to=row.active_to,
        source=row.source,
    )


def _index_names(actors: Iterable[Actor]) -> dict[tuple[str, ...], tuple[str, ...]]:
    found: dict[tuple[str, ...], list[str]] = {}
    for actor in actors:
        for spelling in (actor.name, *actor.aliases):
            for tokens in _token_forms(spelling):
                ids = found.setdefault(tokens, [])
                if actor.id not in ids:
                    ids.append(actor.id)
    return {tokens: tuple(ids) for tokens, ids in found.items()}


def _is_active(actor: Actor, year: int) -> bool:
    return (actor.active_from is None or actor.active_from <= year) and (
        actor.active_to is None or year <= actor.active_to
    )


def _is_long(name: str) -> bool:
    return len(plain_key(fold_name(name))) >= _MIN_SOUND_LETTERS


def _without_the(tokens: tuple[str, ...]) -> tuple[str, ...]:
    return tokens[1:] if len(tokens) > 1 and tokens[0] == "the" else tokens


def _unfused(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Cut an article written together with the first word: Alasayish, Alhouthi rebels."""
    shorter = unfused(tokens[0]) if tokens else None
    return tokens if shorter is None else (shorter, *tokens[1:])


def _token_forms(spelling: str) -> Iterable[tuple[str, ...]]:
    """Yield the token forms of a spelling: as it stands, and with a fused article (Alasayish)."""
    tokens = _without_the(fold_tokens(spelling))
    if tokens:
        yield tokens
    words = fold_name(spelling).split() if spelling[:2].casefold() in _ARTICLES else ()
    if len(words) == 2 and words[0] in _ARTICLES:  # noqa: PLR2004 - article and one word
        yield ("".join(words),)


def _acronyms(named: Iterable[Iterable[str]]) -> frozenset[tuple[str, ...]]:
    """Return the folded names of one token that no spelling writes in small letters."""
    spellings: dict[tuple[str, ...], bool] = {}
    for names in named:
        for spelling in names:
            tokens = fold_tokens(spelling)
            if len(tokens) == 1:
                # One small letter at most (FAMa, PDFs); Arabic has no capitals at all.
                capitals = sum(map(str.islower, spelling)) <= 1 and spelling[:1].isupper()
                spellings[tokens] = spellings.get(tokens, True) and capitals
    return frozenset(tokens for tokens, capitals in spellings.items() if capitals)
