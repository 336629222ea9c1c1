"""`incidents gazetteer add` and `import`: places and actors of the user's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from incidents.cli.errors import reports_errors
from incidents.cli.examples import examples
from incidents.cli.notes import Notes, QuietOption
from incidents.lines import clean, counted

if TYPE_CHECKING:
    from collections.abc import Iterable


def register(group: typer.Typer) -> None:
    """Add the commands to `incidents gazetteer`."""
    group.command(
        epilog=examples(
            "incidents gazetteer add 'Tell Tawil' -c SY --lat 36.79 --lon 40.49",
            "incidents gazetteer add 'Border Guards' -c SY --alias BG",
        )
    )(add)
    group.command(
        "import",
        epilog=examples(
            "incidents gazetteer import SY.txt", "incidents gazetteer import camps.csv"
        ),
    )(import_)


@reports_errors
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The entry's usual English name.")],
    *,
    country: Annotated[
        list[str], typer.Option("--country", "-c", metavar="CODE", help="ISO code, home first.")
    ],
    kind: Annotated[
        str,
        typer.Option(
            metavar="KIND", help="village, neighbourhood, camp …; for an actor: rebel group …"
        ),
    ] = "city",
    lat: Annotated[float | None, typer.Option(metavar="DEGREES", help="North, of a place.")] = None,
    lon: Annotated[float | None, typer.Option(metavar="DEGREES", help="East.")] = None,
    alias: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Another spelling; may be repeated.")
    ] = None,
    within: Annotated[
        str | None, typer.Option(metavar="ID", help="Of the place that contains it.")
    ] = None,
    parent: Annotated[
        str | None, typer.Option(metavar="ID", help="Of the actor that it answers to.")
    ] = None,
    id_: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="That of a shipped entry overrides it.")
    ] = None,
    source: Annotated[str, typer.Option(metavar="WORDS", help="Where you know it from.")] = "user",
    quiet: QuietOption = False,
) -> None:
    """Add a place or an actor of your own.

    With --lat and --lon it is a place, without them an actor.
    """
    from incidents.gazetteer import Gazetteer  # noqa: PLC0415 - keeps --help quick
    from incidents.gazetteer.importing import actor_from_row, place_from_row  # noqa: PLC0415
    from incidents.gazetteer.user import UserGazetteer  # noqa: PLC0415

    if (lat is None) != (lon is None):
        msg = "give both --lat and --lon for a place, neither for an actor"
        raise typer.BadParameter(msg)
    names = tuple(each.strip() for each in alias or () if each.strip())
    codes = tuple(code.upper() for code in country)
    _check_text(filter(None, (name, *names, kind, within, parent, id_, source)))
    row = {"id": id_, "name": name, "kind": kind, "source": source}
    if lat is not None and lon is not None:
        _check_kind(kind)
        where = {"lat": lat, "lon": lon, "country": codes[0], "within": within}
        place = place_from_row("add", {**row, **where, "names": names}, Gazetteer.open().number)
        UserGazetteer().add_places([place])
        added = place.id
    else:
        actor = actor_from_row(
            "add", {**row, "countries": codes, "aliases": names, "parent": parent}
        )
        UserGazetteer().add_actors([actor])
        added = actor.id
    Notes.chosen(quiet=quiet).note(f"Added {added}.")


def _check_kind(kind: str) -> None:
    """Refuse a kind that no place has: nothing would ever ask for it."""
    from incidents.gazetteer.kinds import place_kinds  # noqa: PLC0415 - keeps --help quick

    if kind not in place_kinds():
        msg = f"--kind: no place is a {kind!r}; write one of: {', '.join(place_kinds())}"
        raise typer.BadParameter(msg)


def _check_text(values: Iterable[str]) -> None:
    """Refuse what the shell gave in another character set, and no database can hold."""
    for value in values:
        try:
            value.encode()
        except UnicodeEncodeError as exc:
            msg = f"{clean(value)}: is no UTF-8; write it in that character set"
            raise typer.BadParameter(msg) from exc


@reports_errors
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE",
            help="GeoNames dumps (SY.txt, allCountries.txt, alternateNamesV2.txt); CSV or GeoJSON "
            "with name, lat, lon, country and any of id, kind, names (a|b), population, within, "
            "source.",
        ),
    ],
    *,
    quiet: QuietOption = False,
) -> None:
    """Load places of your own from files.

    A file with a faulty row changes nothing.
    """
    from incidents.errors import InputError  # noqa: PLC0415 - keeps --help quick
    from incidents.gazetteer import Gazetteer  # noqa: PLC0415
    from incidents.gazetteer.importing import read_import  # noqa: PLC0415
    from incidents.gazetteer.user import UserGazetteer  # noqa: PLC0415

    for path in files:
        if not path.is_file():
            folder = "is a folder; name the files in it"
            msg = f"{path}: {folder if path.is_dir() else 'no such file; check the path'}"
            raise InputError(msg)
    user = UserGazetteer()
    notes = Notes.chosen(quiet=quiet)
    for path in files:
        found = read_import(path, Gazetteer.open().number)
        places, names = user.add_places(found.places), user.add_names(found.names)
        notes.note(f"{path}: {counted(places, 'place')}, {counted(names, 'further spelling')}.")
        if found.unused:
            notes.note(f"{path}: columns not used: {', '.join(found.unused)}")
