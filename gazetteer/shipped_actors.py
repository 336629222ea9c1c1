"""The shipped actors: the project's own, and those and the spellings that other files add."""

from __future__ import annotations

from functools import cache

import msgspec

from incidents.errors import GazetteerError
from incidents.gazetteer.data_files import ActorNamesRow, ActorRow, read_actor_names, read_actors
from incidents.gazetteer.data_folder import ACTORS, further_actor_files, name_files


@cache
def read_shipped() -> tuple[ActorRow, ...]:
    """Read all actors of the package, the project's own first: they win where names clash.

    Raises:
        GazetteerError: a file is broken, or it names or repeats an id that it must not.

    """
    actors = read_actors(ACTORS)
    for file in further_actor_files():
        more = read_actors(file)
        twice = {row.id for row in actors} & {row.id for row in more}
        if twice:
            complaint = f"{file}: {min(twice)!r} stands in another file as well; drop one"
            raise GazetteerError(complaint)
        actors = (*actors, *more)
    for file in name_files():
        actors = with_names(actors, read_actor_names(file), file)
    return actors


def with_names(
    rows: tuple[ActorRow, ...], names: tuple[ActorNamesRow, ...], file: str
) -> tuple[ActorRow, ...]:
    """Return actors with further spellings behind their own.

    Args:
        rows: actors.
        names: spellings of some of them.
        file: where the spellings stand, for messages.

    Raises:
        GazetteerError: there is no actor of that id.

    """
    more = {row.id: row for row in names}
    unknown = set(more) - {row.id for row in rows}
    if unknown:
        complaint = f"{file}: there is no actor {min(unknown)!r}; mend the row"
        raise GazetteerError(complaint)
    return tuple(_joined(row, more.get(row.id)) for row in rows)


def _joined(row: ActorRow, names: ActorNamesRow | None) -> ActorRow:
    if names is None:
        return row
    return msgspec.structs.replace(
        row, aliases=(*row.aliases, *names.aliases), local=(*row.local, *names.local)
    )
