"""Take articles out of a store with all that came from them, down to the bytes of the file."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - msgspec reads the annotations at run time
from typing import TYPE_CHECKING

import msgspec

from incidents.batch import link_store
from incidents.decide import Decision, find_decided, list_decisions
from incidents.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from incidents.gazetteer import Gazetteer
    from incidents.store import Store

_OWN = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a database and cleans up itself


class Forgotten(msgspec.Struct, frozen=True, kw_only=True):
    """What was taken out.

    Attributes:
        articles: how many articles.
        reports: how many reports of them.
        decisions: how many decisions by hand that say nothing without them; others are kept
            without their mention.
        is_erased: whether nothing is left in the file; not where another program has it open.
        copies: files beside the database that may hold what was forgotten.
    """

    articles: int
    reports: int
    decisions: int
    is_erased: bool
    copies: tuple[Path, ...]


def forget_articles(
    store: Store, article_ids: Sequence[str], *, gazetteer: Gazetteer | None = None
) -> Forgotten:
    """Take articles out with their reports, links and records, and link the rest again.

    All are taken out or none. Without articles the file is only rid of what earlier changes left
    in it, such as the text of an article that was replaced.

    Args:
        store: written.
        article_ids: whole ids; a beginning is not enough here.
        gazetteer: for linking; the installed one where it is left out.

    Raises:
        NotFoundError: there is no such article; nothing was taken out.
        StoreError: the store cannot be written.
    """
    ids = list(dict.fromkeys(article_ids))
    for id_ in ids:
        if store.find_article(id_) is None:
            msg = f"{store.path}: no article {id_!r}; give its whole id, nothing was forgotten"
            raise NotFoundError(msg)
    with store.links.transaction():
        decided = find_decided(store, ids)
        left, dropped = _without(store, set(ids))
        changed = {
            number: (each.kind, msgspec.json.encode(each).decode()) for number, each in left.items()
        }
        reports = store.delete_articles(ids, changed, dropped)
        if decided:
            store.links.mark(decided)  # those of the articles are gone, and are passed over
    if ids:
        link_store(store, gazetteer)
    return Forgotten(
        articles=len(ids),
        reports=reports,
        decisions=len(dropped),
        is_erased=store.erase(),
        copies=find_copies(store.path),
    )


def find_copies(path: Path) -> tuple[Path, ...]:
    """Files beside a database whose name says that they are copies of it."""
    own = {path.name, *(path.name + end for end in _OWN)}
    beside = sorted(path.absolute().parent.glob("*"))
    return tuple(
        path.parent / other.name
        for other in beside
        if other.name.startswith((f"{path.name}.", f"{path.stem}.", f"{path.stem}-"))
        and other.name not in own
        and _is_database(other)
    )


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(15) == b"SQLite format 3"
    except OSError:
        return False


def _without(store: Store, ids: Collection[str]) -> tuple[dict[int, Decision], list[int]]:
    """The decisions as they are without articles, by number, and those that say nothing then."""
    changed: dict[int, Decision] = {}
    dropped: list[int] = []
    for decision in list_decisions(store):
        first = tuple(mark for mark in decision.first if mark.article not in ids)
        rest = tuple(mark for mark in decision.rest if mark.article not in ids)
        if (first, rest) == (decision.first, decision.rest):
            continue
        if first and rest:
            changed[decision.id] = msgspec.structs.replace(decision, first=first, rest=rest, id=0)
        elif len(first) > 1:  # also what was split off together stays together
            changed[decision.id] = Decision(kind="merge", first=first)
        else:
            dropped.append(decision.id)
    return changed, dropped
