"""`incidents schema`: what the JSON of reports and incidents looks like."""

from __future__ import annotations

from typing import Any

import typer

from incidents.cli.errors import reports_errors


@reports_errors
def schema() -> None:
    """Print the JSON Schema of reports and incidents."""
    import msgspec  # noqa: PLC0415 - keeps --help quick

    typer.echo(msgspec.json.format(msgspec.json.encode(_make_schema()), indent=2).decode())


def _make_schema() -> dict[str, Any]:
    """The schema of one line of JSON: a report or an incident."""
    import msgspec  # noqa: PLC0415

    from incidents.model import SUB_EVENT_TYPES, Incident, Report  # noqa: PLC0415

    _, parts = msgspec.json.schema_components([Report, Incident], ref_template="#/$defs/{name}")
    for part in parts.values():
        # every key is written, null where a value is absent; msgspec lists what reading needs
        written = [
            name
            for name, value in part["properties"].items()
            if "default" in value or name in part["required"]
        ]
        part["required"] = written
    for kind in (Report, Incident):
        values = parts[kind.__name__]["properties"]
        values["event_type"]["enum"] = [*SUB_EVENT_TYPES]
        values["sub_event_type"]["enum"] = [
            sub for subs in SUB_EVENT_TYPES.values() for sub in subs
        ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A report or an incident, as `incidents extract --format jsonl` prints it",
        "anyOf": [{"$ref": "#/$defs/Report"}, {"$ref": "#/$defs/Incident"}],
        "$defs": parts,
    }
