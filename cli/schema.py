"""`incidents schema`: what the JSON of reports and incidents looks like."""

from __future__ import annotations

import typer

from incidents.cli.errors import reports_errors


@reports_errors
def schema() -> None:
    """Print the JSON Schema of reports and incidents."""
    import msgspec  # noqa: PLC0415 - keeps --help quick

    from incidents.model import Incident, Report  # noqa: PLC0415

    [_, _], components = msgspec.json.schema_components(
        [Report, Incident], ref_template="#/$defs/{name}"
    )
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A report or an incident, as `incidents extract --format jsonl` prints it",
        "anyOf": [{"$ref": "#/$defs/Report"}, {"$ref": "#/$defs/Incident"}],
        "$defs": components,
    }
    typer.echo(msgspec.json.format(msgspec.json.encode(document), indent=2).decode())
