"""Which actor of the gazetteer a name in an article means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.abbreviations import is_acronym

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidents.gazetteer import Gazetteer

_SHORT = 2  # letters that may abbreviate anything


def is_in_scope(gazetteer: Gazetteer, actor_id: str, name: str, countries: Sequence[str]) -> bool:
    """Descriptions ("regime forces") mean an actor only where its country is spoken of.

    Where no country is named, they and abbreviations may mean any; local names mean none.
    """
    actor = gazetteer.actor(actor_id)
    homes = actor.countries if actor is not None else ()
    if actor is not None and name in actor.local:
        return bool(set(homes) & set(countries))
    if name[:1].isupper() and not is_acronym(name):
        return True
    return not homes or not countries or bool(set(homes) & set(countries))


def is_unmistakable(gazetteer: Gazetteer, name: str, meanings: Sequence[tuple[str, str]]) -> bool:
    """True for an abbreviation of three letters or more that one known actor alone bears."""
    actor_ids = {actor_id for actor_id, _ in meanings}
    actor = gazetteer.actor(next(iter(actor_ids)))
    local = actor is None or name in actor.local
    return len(actor_ids) == 1 and not local and is_acronym(name) and len(name) > _SHORT


def choose_actor(gazetteer: Gazetteer, ids: Sequence[str], countries: Sequence[str]) -> str:
    """The actor that fits the countries of the article; names clash across countries."""
    if len(ids) == 1:
        return ids[0]
    ranks = {code: i for i, code in enumerate(countries)}
    last = len(countries)

    def rank(actor_id: str) -> tuple[int, int]:
        actor = gazetteer.actor(actor_id)
        homes = actor.countries if actor else ()
        return min((ranks.get(code, last) for code in homes), default=last), ids.index(actor_id)

    return min(ids, key=rank)
