"""Short names of actors for table cells: the abbreviation that readers know them by."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from incidents.lines import clean, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from incidents.gazetteer.model import Actor
    from incidents.model import Incident, Report

_ABBREVIATION = re.compile(r"[A-Z][A-Za-z]?[A-Z]{1,5}(?:-[A-Z]{1,4})?")
_LONGEST_CELL = 40


class ShortNames:
    """Names of the actors of some incidents, as short as they stay clear.

    An abbreviation that the articles use themselves comes first, then one of the gazetteer's.
    Everything else keeps its name.
    """

    def __init__(self, items: Iterable[Report | Incident]) -> None:
        self._ids: dict[str, str] = {}
        self._mentions: dict[str, str] = {}
        for item in items:
            for actor in item.actors:
                if actor.id is not None:
                    self._ids.setdefault(actor.name, actor.id)
                if _ABBREVIATION.fullmatch(actor.mention):
                    self._mentions.setdefault(actor.name, actor.mention)
        self._known: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The short form of an actor's or a group's canonical name."""
        if name == "unknown":
            return "?"
        if name not in self._known:
            self._known[name] = self._shorten(name)
        return self._known[name]

    def _shorten(self, name: str) -> str:
        if name in self._mentions:
            return self._mentions[name]
        return shorten(clean(_abbreviation(name, self._ids.get(name)) or name), _LONGEST_CELL)


def _abbreviation(name: str, actor_id: str | None) -> str | None:
    """The gazetteer's abbreviation: the initials of the name if it has them, else the first."""
    by_id, by_name = _actors()
    # a casualty's group carries the canonical name and no id
    actor = by_name.get(name) if actor_id is None else by_id.get(actor_id)
    if actor is None:
        return None
    short = [alias for alias in actor.aliases if _ABBREVIATION.fullmatch(alias)]
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    return initials if initials in short else next(iter(short), None)


@functools.cache
def _actors() -> tuple[Mapping[str, Actor], Mapping[str, Actor]]:
    """All actors by id and by canonical name; no index of names or places is needed for that."""
    from incidents.gazetteer.actors import ActorTable  # noqa: PLC0415 - only where names are short

    table = ActorTable()
    return table.by_id, {actor.name: actor for actor in table.actors}
