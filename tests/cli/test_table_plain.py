"""The table of a file or a pipe is that of the terminal, without its width and colours."""

from __future__ import annotations

import io

from rich.console import Console

from incidents.cli.table import incident_table, plain_lines
from incidents.model import ActorRef, Casualty, EventDate, Incident, PlaceRef, Source


def build(number: int) -> Incident:
    """An incident with long and short, wide and combining characters."""
    names = ("Qamishlo", "[red]Goma[/]", "喀布尔", "Tell Zarîfa", "e\u0301toile " * number, "")
    name = names[number % len(names)]
    return Incident(
        id=f"inc-{number:08}",
        event_type="Battles",
        sub_event_type="Armed clash",
        background=number % 2 == 1,
        date=EventDate(weekday="Tuesday") if number % 3 else EventDate(mention="[bold]soon"),
        places=(PlaceRef(name=name, mention=name),) if name else (),
        actors=(ActorRef(name=name or "gunmen", mention=name or "gunmen", role="initiator"),),
        casualties=(Casualty(kind="killed", min=number, max=number + 1, group=name or "unknown"),),
        sources=(Source(article=f"a{number}", publisher="المصدر" if number % 2 else None),),
    )


def test_plain_lines_are_those_of_rich() -> None:
    """Cell by cell the same, for any character."""
    incidents = [build(number) for number in range(12)]
    buffer = io.StringIO()
    Console(file=buffer, width=100_000, markup=False, emoji=False, highlight=False).print(
        incident_table(incidents, width=None)
    )

    told = [line.rstrip() for line in buffer.getvalue().splitlines()]
    assert list(plain_lines(incidents)) == told
