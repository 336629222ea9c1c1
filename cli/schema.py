"""`incidents schema`: what the JSON that commands print looks like."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from incidents.cli.errors import reports_errors


class Kind(StrEnum):
    """What is printed as JSON; the names are those of `incidents.schema.KINDS`."""

    report = "report"
    incident = "incident"
    summary = "summary"
    decision = "decision"
    explanation = "explanation"
    match = "match"
    evaluation = "evaluation"
    run = "run"
    comparison = "comparison"
    check = "check"


@reports_errors
def schema(
    kind: Annotated[
        Kind | None,
        typer.Argument(
            metavar="KIND",
            help="report, incident, summary (of show), decision (of link), explanation (of why), "
            "match (of gazetteer lookup), evaluation (of eval), run (of runs), comparison (of "
            "diff) or check (of doctor); all of them if left out.",
        ),
    ] = None,
) -> None:
    """Print the JSON Schema of what is printed as JSON."""
    import msgspec  # noqa: PLC0415 - keeps --help quick

    from incidents.schema import make_schema  # noqa: PLC0415

    document = msgspec.json.encode(make_schema(kind.value if kind else None))
    typer.echo(msgspec.json.format(document, indent=2).decode())
