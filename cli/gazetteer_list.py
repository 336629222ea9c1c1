"""`incidents gazetteer list`, `check` and `export`."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from incidents.cli.errors import reports_errors
from incidents.cli.examples import examples
from incidents.lines import clean


class ExportFormat(StrEnum):
    """How the user's places are written."""

    csv = "csv"
    geojson = "geojson"


_NO_ENTRIES = "No entries of your own; see `incidents gazetteer add --help`."


def register(group: typer.Typer) -> None:
    """Add the commands to `incidents gazetteer`."""
    group.command("list", epilog=examples("incidents gazetteer list --sources"))(list_)
    group.command(epilog=examples("incidents gazetteer check"))(check)
    group.command(epilog=examples("incidents gazetteer export -f geojson > mine.geojson"))(export)


@reports_errors
def list_(
    *,
    sources: Annotated[
        bool, typer.Option("--sources", help="List where the data comes from, with licences.")
    ] = False,
) -> None:
    """List your own places and actors, or the sources of all data."""
    from incidents.cli.terminal import print_rows  # noqa: PLC0415 - keeps --help quick
    from incidents.gazetteer.user import UserGazetteer  # noqa: PLC0415

    if sources:
        from incidents.gazetteer.sources import list_sources  # noqa: PLC0415

        print_rows(("data", "licence", "source"), list_sources())
        return
    user = UserGazetteer.if_present()
    if user is None:
        typer.echo(_NO_ENTRIES, err=True)
        return
    rows = [(p.name, p.kind, p.country, p.source, p.id) for p in user.places()]
    rows += [(a.name, a.kind, ", ".join(a.countries), a.source, a.id) for a in user.actors()]
    print_rows(("name", "kind", "country", "source", "id"), rows)


@reports_errors
def check() -> None:
    """Look for mistakes in your own entries.

    The exit code is 1 if there are any.
    """
    from incidents.errors import GazetteerError  # noqa: PLC0415 - keeps --help quick
    from incidents.gazetteer import Gazetteer  # noqa: PLC0415
    from incidents.gazetteer.checking import check_user  # noqa: PLC0415
    from incidents.gazetteer.user import UserGazetteer  # noqa: PLC0415

    user = UserGazetteer.if_present()
    complaints = check_user(user, Gazetteer.open()) if user else []
    for complaint in complaints:
        typer.echo(clean(complaint))
    if complaints and user:
        msg = f"{user.path}: {len(complaints)} doubtful entries; add them again with the same --id"
        raise GazetteerError(msg)
    none = "No mistakes in your own entries." if user else _NO_ENTRIES
    typer.echo(none, err=True)


@reports_errors
def export(
    *,
    chosen: Annotated[
        ExportFormat, typer.Option("--format", "-f", metavar="FORMAT", help="csv or geojson.")
    ] = ExportFormat.csv,
) -> None:
    """Write your own places as CSV or GeoJSON that `import` takes."""
    from incidents.gazetteer.sources import write_csv, write_geojson  # noqa: PLC0415
    from incidents.gazetteer.user import UserGazetteer  # noqa: PLC0415

    user = UserGazetteer.if_present()
    places = list(user.places()) if user else []
    write = write_geojson if chosen is ExportFormat.geojson else write_csv
    write(places, sys.stdout)
