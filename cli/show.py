"""`incidents show`: stored incidents, filtered."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from incidents.cli.errors import reports_errors
from incidents.cli.options import (
    DEFAULT_DB,
    DbOption,
    FormatOption,
    GradeName,
    JsonOption,
    choose_format,
    parse_since,
    parse_type,
    parse_until,
)

if TYPE_CHECKING:
    from incidents.store import IncidentFilter, Store


@reports_errors
def show(
    *,
    place: Annotated[
        str | None,
        typer.Option(help="In this place or inside it; any spelling, or 'Goma, DR Congo'."),
    ] = None,
    actor: Annotated[
        str | None, typer.Option(help="With this actor; id, abbreviation or any spelling.")
    ] = None,
    type_: Annotated[
        str | None,
        typer.Option(
            "--type",
            parser=parse_type,
            metavar="TEXT",
            help="Event type, sub-event type, or a part of one.",
        ),
    ] = None,
    since: Annotated[
        dt.date | None,
        typer.Option(
            parser=parse_since,
            metavar="DATE",
            help="From 2021-04-20, 2021-04 or 2021; without the undated.",
        ),
    ] = None,
    until: Annotated[
        dt.date | None,
        typer.Option(
            parser=parse_until,
            metavar="DATE",
            help="To the end of this day, month or year; likewise.",
        ),
    ] = None,
    background: Annotated[
        bool, typer.Option(help="With or without earlier events that articles recall.")
    ] = True,
    sources: Annotated[
        int,
        typer.Option(
            min=1,
            metavar="N",
            help="Told by at least N sources; copies of one text and articles of one outlet are "
            "one.",
        ),
    ] = 1,
    grade: Annotated[
        list[GradeName] | None,
        typer.Option(
            help="confirmed (a party says so itself), fair (two or more sources), weak (one), "
            "contested (each is said to have attacked the other); may be repeated.",
        ),
    ] = None,
    disputed: Annotated[
        bool, typer.Option("--disputed", help="Only incidents on which sources differ.")
    ] = False,
    as_json: JsonOption = False,
    format_: FormatOption = None,
    db: DbOption = DEFAULT_DB,
) -> None:
    """Show stored incidents: all, or those that pass every filter."""
    from incidents.cli.output import print_items  # noqa: PLC0415 - keeps --help quick
    from incidents.store import IncidentFilter, open_store  # noqa: PLC0415

    chosen = choose_format(format_, as_json=as_json)
    _check_period(since, until)
    where = IncidentFilter(
        type_text=type_,
        since=since,
        until=until,
        background=None if background else False,
        sources=sources,
        grades=tuple(grade or ()),
        disputed=disputed,
    )
    with open_store(db, create=False) as store:
        where = _resolve_names(store, where, place=place, actor=actor)
        found = store.incidents(where)
        print_items(found, chosen)
        _explain_rest(store, where, found_any=bool(found), db=db)


def _check_period(since: dt.date | None, until: dt.date | None) -> None:
    """Refuse a period that ends before it begins."""
    if since and until and since > until:
        msg = f"--since {since} is after --until, {until}; exchange them"
        raise typer.BadParameter(msg)


def _resolve_names(
    store: Store, where: IncidentFilter, *, place: str | None, actor: str | None
) -> IncidentFilter:
    """Add the place and the actor that the user named to a filter."""
    if place is None and actor is None:
        return where
    from dataclasses import replace  # noqa: PLC0415

    from incidents.gazetteer import Gazetteer  # noqa: PLC0415
    from incidents.store.lookup import resolve_actor, resolve_place  # noqa: PLC0415

    gazetteer = Gazetteer.open()
    if place is not None:
        ids, text = resolve_place(store, place, gazetteer)
        where = replace(where, place_ids=ids, place_text=text)
    if actor is not None:
        ids, text = resolve_actor(store, actor, gazetteer)
        where = replace(where, actor_ids=ids, actor_text=text)
    return where


def _explain_rest(store: Store, where: IncidentFilter, *, found_any: bool, db: Path) -> None:
    """Say on stderr what the answer leaves out, and why it is empty."""
    if not found_any:
        typer.echo(f"No incident in {db} matches.", err=True)
    undated = store.count_undated(where) if where.since or where.until else 0
    if undated:
        typer.echo(f"Left out: {undated} without a date (--since, --until).", err=True)
    unlinked = store.count_unlinked()
    if unlinked:
        reports = f"{unlinked} report{'' if unlinked == 1 else 's'}"
        typer.echo(f"Not shown: {reports} not linked yet; run `incidents link`.", err=True)
