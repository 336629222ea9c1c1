"""The shipped actors: the project's own, with the spellings that UCDP adds, and UCDP's others."""

from __future__ import annotations

from functools import cache

import msgspec

from incidents.errors import GazetteerError
from incidents.gazetteer.data_files import ActorNamesRow, ActorRow, read_actor_names, read_actors

OWN, FURTHER, NAMES = "actors.json", "actors_ucdp.json", "actors_ucdp_names.json"


@cache
def read_shipped() -> tuple[ActorRow, ...]:
    """Read all actors of the package, the project's own first: they win where names clash.

    Raises:
        GazetteerError: a file is broken, or it names or repeats an id that it must not.

    """
    own, further = read_actors(OWN), read_actors(FURTHER)
    twice = {row.id for row in own} & {row.id for row in further}
    if twice:
        complaint = f"{FURTHER}: {min(twice)!r} stands in {OWN} as well; drop one"
        raise GazetteerError(complaint)
    return (*with_names(own, read_actor_names(NAMES)), *further)


def with_names(
    rows: tuple[ActorRow, ...], names: tuple[ActorNamesRow, ...]
) -> tuple[ActorRow, ...]:
    """Return actors with further spellings behind their own.

    Args:
        rows: actors.
        names: spellings of some of them.

    Raises:
        GazetteerError: there is no actor of that id.

    """
    more = {row.id: row for row in names}
    unknown = set(more) - {row.id for row in rows}
    if unknown:
        complaint = f"{NAMES}: there is no actor {min(unknown)!r}; pack the file anew"
        raise GazetteerError(complaint)
    return tuple(_joined(row, more.get(row.id)) for row in rows)


def _joined(row: ActorRow, names: ActorNamesRow | None) -> ActorRow:
    if names is None:
        return row
    return msgspec.structs.replace(
        row, aliases=(*row.aliases, *names.aliases), local=(*row.local, *names.local)
    )
