"""The filters that `show` and `export` share: from options to a condition on the store."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, fields, replace
from functools import wraps
from typing import TYPE_CHECKING, Any, get_type_hints

import typer

from incidents.cli.filter_options import (
    ActorOption,
    BackgroundOption,
    DisputedOption,
    GradeOption,
    KilledOption,
    KindOption,
    PlaceOption,
    SinceOption,
    SourceOption,
    SourcesOption,
    TypeOption,
    UntilOption,
    WithinOption,
)
from incidents.cli.notes import Notes
from incidents.lines import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from incidents.store import IncidentFilter, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the user filters by: each field is an option of a command that `takes_filters`.

    `IncidentFilter` says what they mean.
    """

    place: PlaceOption = None
    within_km: WithinOption = None
    actor: ActorOption = None
    kind: KindOption = None
    type_: TypeOption = None
    since: SinceOption = None
    until: UntilOption = None
    min_killed: KilledOption = None
    background: BackgroundOption = True
    source: SourceOption = None
    sources: SourcesOption = 1
    grade: GradeOption = None
    disputed: DisputedOption = False


def takes_filters(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command all options of `Filters`, which it gets as its argument `filters`.

    Typer reads options from a function's signature. So this makes a signature in which they stand
    in place of `filters`.
    """
    types, keyword = get_type_hints(Filters, include_extras=True), inspect.Parameter.KEYWORD_ONLY
    options = [
        inspect.Parameter(field.name, keyword, default=field.default, annotation=types[field.name])
        for field in fields(Filters)
    ]
    signature = inspect.signature(command, eval_str=True)
    parameters: list[inspect.Parameter] = []
    for name, parameter in signature.parameters.items():
        parameters += options if name == "filters" else [parameter]

    @wraps(command)
    def wrapper(*args: Any, **given: Any) -> None:  # noqa: ANN401 - whatever the options hold
        chosen = {name: given.pop(name) for name in types if name in given}
        command(*args, filters=Filters(**chosen), **given)

    wrapper.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined] # what inspect looks for
    return wrapper


def make_filter(filters: Filters) -> IncidentFilter:
    """Make the condition of the options that need no gazetteer.

    Raises:
        BadParameter: two options contradict each other, or one lacks the other.
    """
    from incidents.store import IncidentFilter  # noqa: PLC0415 - keeps --help quick

    if filters.since and filters.until and filters.since > filters.until:
        msg = f"--since {filters.since} is after --until, {filters.until}; exchange them"
        raise typer.BadParameter(msg)
    if filters.within_km is not None and filters.place is None:
        msg = f"--within-km {filters.within_km:g}: of which place? name it with --place"
        raise typer.BadParameter(msg)
    return IncidentFilter(
        kind_text=filters.kind,
        type_text=filters.type_,
        since=filters.since,
        until=filters.until,
        min_killed=filters.min_killed or 0,
        background=None if filters.background else False,
        source_text=filters.source,
        sources=filters.sources,
        grades=tuple(filters.grade or ()),
        disputed=filters.disputed,
    )


def resolve_names(
    store: Store, where: IncidentFilter, filters: Filters, *, notes: Notes = Notes.usual
) -> IncidentFilter:
    """Add the place and the actor that the user named to a filter, and look for the source.

    Raises:
        NotFoundError: neither the gazetteer nor the store knows a name.
    """
    from incidents.store import lookup  # noqa: PLC0415

    if filters.source is not None:
        lookup.check_source(store, filters.source)
    if filters.place is None and filters.actor is None:
        return where
    from incidents.gazetteer import Gazetteer  # noqa: PLC0415

    gazetteer = Gazetteer.open()
    if filters.place is not None:
        ids, text = lookup.resolve_place(store, filters.place, gazetteer)
        where = replace(where, place_ids=ids, place_text=text)
        notes.detail(f"--place {filters.place}: {_meaning(ids, text)}")
        if filters.within_km is not None:
            km = filters.within_km
            near = lookup.resolve_circles(store, filters.place, gazetteer, km=km)
            where = replace(where, near=near)
            centres = ", or ".join(f"{each.lat:.4f} {each.lon:.4f}" for each in near)
            notes.detail(f"--within-km {km:g}: of {centres}")
    if filters.actor is not None:
        ids, text = lookup.resolve_actor(store, filters.actor, gazetteer)
        where = replace(where, actor_ids=ids, actor_text=text)
        notes.detail(f"--actor {filters.actor}: {_meaning(ids, text)}")
    return where


def _meaning(ids: tuple[str, ...], text: str | None) -> str:
    """What a name was taken for: ids of the gazetteer, and words of unresolved names."""
    words = [f"the words {text!r}"] if text is not None else []
    return ", or ".join([*([", ".join(ids)] if ids else []), *words])


def explain_rest(
    store: Store, where: IncidentFilter, *, found_any: bool, db: Path
) -> Iterator[str]:
    """Say what the answer leaves out, and why it is empty, a line each."""
    unlinked = store.count_unlinked()
    if not found_any:
        is_empty = not unlinked and not store.count_incidents()
        yield (
            f"No incident in {db} yet; read articles: `incidents extract PATH`."
            if is_empty
            else f"No incident in {db} matches."
        )
    undated = store.count_undated(where) if where.since or where.until else 0
    if undated:
        yield f"Left out: {undated} without a date (--since, --until)."
    if unlinked:
        reports = counted(unlinked, "report")
        yield f"Not shown: {reports} not linked yet; run `incidents link`."
