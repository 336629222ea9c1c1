"""The filters that `show` and `export` share: from options to a condition on the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from incidents.cli.notes import Notes
from incidents.lines import counted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from incidents.cli.options import GradeName
    from incidents.store import IncidentFilter, Store


def make_filter(
    *,
    type_: str | None,
    since: dt.date | None,
    until: dt.date | None,
    background: bool,
    sources: int,
    grade: Sequence[GradeName] | None,
    disputed: bool,
) -> IncidentFilter:
    """Make the condition of the options that need no gazetteer.

    Raises:
        BadParameter: the period ends before it begins.
    """
    from incidents.store import IncidentFilter  # noqa: PLC0415 - keeps --help quick

    if since and until and since > until:
        msg = f"--since {since} is after --until, {until}; exchange them"
        raise typer.BadParameter(msg)
    return IncidentFilter(
        type_text=type_,
        since=since,
        until=until,
        background=None if background else False,
        sources=sources,
        grades=tuple(grade or ()),
        disputed=disputed,
    )


def resolve_names(
    store: Store,
    where: IncidentFilter,
    *,
    place: str | None,
    actor: str | None,
    notes: Notes = Notes.usual,
) -> IncidentFilter:
    """Add the place and the actor that the user named to a filter.

    Raises:
        NotFoundError: neither the gazetteer nor the store knows a name.
    """
    if place is None and actor is None:
        return where
    from dataclasses import replace  # noqa: PLC0415

    from incidents.gazetteer import Gazetteer  # noqa: PLC0415
    from incidents.store.lookup import resolve_actor, resolve_place  # noqa: PLC0415

    gazetteer = Gazetteer.open()
    if place is not None:
        ids, text = resolve_place(store, place, gazetteer)
        where = replace(where, place_ids=ids, place_text=text)
        notes.detail(f"--place {place}: {_meaning(ids, text)}")
    if actor is not None:
        ids, text = resolve_actor(store, actor, gazetteer)
        where = replace(where, actor_ids=ids, actor_text=text)
        notes.detail(f"--actor {actor}: {_meaning(ids, text)}")
    return where


def _meaning(ids: tuple[str, ...], text: str | None) -> str:
    """What a name was taken for: ids of the gazetteer, and words of unresolved names."""
    words = [f"the words {text!r}"] if text is not None else []
    return ", or ".join([*([", ".join(ids)] if ids else []), *words])


def explain_rest(
    store: Store,
    where: IncidentFilter,
    *,
    found_any: bool,
    db: Path,
    notes: Notes = Notes.usual,
) -> None:
    """Say on stderr what the answer leaves out, and why it is empty."""
    if not found_any:
        notes.note(f"No incident in {db} matches.")
    undated = store.count_undated(where) if where.since or where.until else 0
    if undated:
        notes.note(f"Left out: {undated} without a date (--since, --until).")
    unlinked = store.count_unlinked()
    if unlinked:
        reports = counted(unlinked, "report")
        notes.note(f"Not shown: {reports} not linked yet; run `incidents link`.")
