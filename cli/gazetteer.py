"""`incidents gazetteer`: what a spelling resolves to, and why."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from incidents.cli.errors import reports_errors
from incidents.cli.examples import examples
from incidents.cli.options import JsonArrayOption
from incidents.cli.plain_help import PlainTyper

if TYPE_CHECKING:
    from incidents.gazetteer import ActorMatch, PlaceMatch

gazetteer_app = PlainTyper(
    name="gazetteer",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Look names up; add places and actors of your own.",
)


class Kind(StrEnum):
    """What a name may stand for."""

    place = "place"
    actor = "actor"


@gazetteer_app.callback()
def _group() -> None:
    """Look names up; add places and actors of your own."""


@gazetteer_app.command(
    epilog=examples("incidents gazetteer lookup Zalin", "incidents gazetteer lookup ISF -c SY")
)
@reports_errors
def lookup(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name in any spelling.")],
    *,
    country: Annotated[
        list[str] | None,
        typer.Option(
            "--country",
            "-c",
            metavar="CODE",
            help="ISO code of a country to prefer; may be repeated.",
        ),
    ] = None,
    kind: Annotated[
        Kind | None, typer.Option(metavar="KIND", help="place or actor: only these.")
    ] = None,
    as_json: JsonArrayOption = False,
) -> None:
    """Say what a name stands for.

    The best answer first, then the runners-up, each with score and reason.
    """
    from incidents.errors import NotFoundError  # noqa: PLC0415 - keeps --help quick
    from incidents.gazetteer import Gazetteer  # noqa: PLC0415
    from incidents.gazetteer.countries import country_name  # noqa: PLC0415

    codes = country or ()
    scope = tuple(code.upper() for code in codes)
    unknown = next((code for code in codes if country_name(code) == code), None)
    if unknown is not None:
        msg = f"--country: {unknown!r} is no ISO 3166-1 code; write two letters, as SY"
        raise typer.BadParameter(msg)
    gazetteer = Gazetteer.open()
    places = (
        gazetteer.find_places(name, countries=scope, fuzzy=True) if kind is not Kind.actor else []
    )
    actors = gazetteer.find_actors(name, countries=scope) if kind is not Kind.place else []
    if as_json:
        _print_json(places, actors)
    if not places and not actors:
        msg = f"no {kind or 'place or actor'} called {name!r}; try another spelling"
        raise NotFoundError(msg)
    if not as_json:
        _print_table(places, actors)


def _print_json(places: list[PlaceMatch], actors: list[ActorMatch]) -> None:
    """Print one array: objects with score, reason, and the place or the actor."""
    import sys  # noqa: PLC0415

    from incidents.exports import write_json  # noqa: PLC0415

    matches: list[PlaceMatch | ActorMatch] = [*places, *actors]
    matches.sort(key=lambda match: -match.score)
    write_json(matches, sys.stdout)


def _print_table(places: list[PlaceMatch], actors: list[ActorMatch]) -> None:
    from incidents.cli.terminal import print_rows  # noqa: PLC0415

    rows = [
        (m.score, m.place.name, m.place.kind, ", ".join(m.place.within), m.reason, m.place.id)
        for m in places
    ] + [
        (m.score, m.actor.name, m.actor.kind, ", ".join(m.actor.countries), m.reason, m.actor.id)
        for m in actors
    ]
    rows.sort(key=lambda row: -row[0])
    print_rows(
        ("score", "name", "kind", "where", "reason", "id"),
        ((f"{score:.2f}", *cells) for score, *cells in rows),
    )
