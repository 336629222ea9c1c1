"""`incidents link`: link again, and decide what is one event and what is not."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from incidents.cli.errors import reports_errors
from incidents.cli.notes import Notes, QuietOption, VerboseOption
from incidents.cli.options import (
    DEFAULT_DB,
    DbOption,
    Format,
    FormatOption,
    JsonOption,
    choose_format,
)
from incidents.lines import clean, counted

if TYPE_CHECKING:
    from incidents.decide import Decision
    from incidents.store import Store


def parse_threshold(text: str) -> float:
    """A probability above 0, at most 1."""
    try:
        value = float(text)
    except ValueError as exc:
        msg = f"{text!r} is not a number; write 0.85, or 0.5 to link more"
        raise typer.BadParameter(msg) from exc
    if not 0 < value <= 1:
        msg = f"{text} is no probability; write a number above 0, at most 1"
        raise typer.BadParameter(msg)
    return value


@reports_errors
def link(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="More incidents to merge, or reports to split off."),
    ] = None,
    *,
    merge: Annotated[
        str | None,
        typer.Option(metavar="INCIDENT", help="This incident and those that follow are one."),
    ] = None,
    split: Annotated[
        str | None,
        typer.Option(
            metavar="INCIDENT", help="The reports that follow are another event than this incident."
        ),
    ] = None,
    threshold: Annotated[
        float | None,
        typer.Option(
            parser=parse_threshold,
            metavar="P",
            help="Least probability that two reports are one event; kept for later runs "
            "(at first 0.85).",
        ),
    ] = None,
    decisions: Annotated[
        bool, typer.Option("--decisions", help="List what was merged and split by hand.")
    ] = False,
    forget: Annotated[int | None, typer.Option(metavar="N", help="Take decision N back.")] = None,
    as_json: JsonOption = False,
    format_: FormatOption = None,
    db: DbOption = DEFAULT_DB,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Link again, or decide by hand what is one event.

    Decisions hold from then on, also when articles are extracted again.
    """
    from incidents.store import open_store  # noqa: PLC0415 - keeps --help quick

    chosen = choose_format(format_, as_json=as_json)
    notes = Notes.chosen(quiet=quiet, verbose=verbose)
    began = time.monotonic()
    others = (decisions, forget is not None, threshold is not None)
    _check(ids, merge, split, others=sum(others))
    with open_store(db, create=False) as store:
        if decisions:
            _list(store, chosen)
            return
        reports = _decide(store, ids or [], merge, split, forget)
        if not reports:
            _wake_all(store, threshold)
        from incidents.batch import link_store  # noqa: PLC0415

        link_store(store)
        if reports or chosen is not Format.table:  # a program that reads JSON gets some
            from incidents.cli.output import print_items  # noqa: PLC0415

            print_items(store.incidents_of(reports), chosen)
        counts = store.count_reports(), store.count_incidents()
    notes.note(f"{counted(counts[0], 'report')} in {counted(counts[1], 'incident')}.")
    notes.detail(f"Linked in {time.monotonic() - began:.1f} s.")


def _check(ids: list[str] | None, merge: str | None, split: str | None, *, others: int) -> None:
    """Refuse what contradicts itself or lacks its second half."""
    if (merge is not None) + (split is not None) + others > 1:
        msg = "--merge, --split, --threshold, --decisions and --forget go one at a time"
        raise typer.BadParameter(msg)
    if any(not id_.strip() for id_ in (merge, split, *(ids or [])) if id_ is not None):
        msg = "an id is empty; copy it from `incidents show` or `incidents why`"
        raise typer.BadParameter(msg)
    if (merge or split) and not ids:
        msg = "name the reports to split off" if split else "name another incident to merge with"
        raise typer.BadParameter(msg)
    if ids and not (merge or split):
        msg = f"{clean(ids[0])}: say what to do with it, --merge INCIDENT or --split INCIDENT"
        raise typer.BadParameter(msg)


def _decide(
    store: Store, ids: list[str], merge: str | None, split: str | None, forget: int | None
) -> set[str]:
    """Store a decision, or take one back; returns the reports that it is about."""
    from incidents import decide  # noqa: PLC0415

    if merge is not None:
        return decide.merge_incidents(store, [_whole(id_, "inc-") for id_ in (merge, *ids)])
    if split is not None:
        reports = [_whole(id_, "rep-") for id_ in ids]
        return decide.split_incident(store, _whole(split, "inc-"), reports)
    if forget is not None:
        return decide.forget_decision(store, forget)
    return set()


def _whole(id_: str, prefix: str) -> str:
    """An id with what people leave out when they copy it."""
    id_ = id_.strip().lower()
    return id_ if id_.startswith(("inc-", "rep-")) else prefix + id_


def _wake_all(store: Store, threshold: float | None) -> None:
    with store.links.transaction():  # or a kill would leave a threshold that nothing is weighed by
        if threshold is not None:
            store.links.put_setting("threshold", str(threshold))
        store.links.mark()


def _list(store: Store, chosen: Format) -> None:
    """Print the decisions: a row each, or JSON."""
    from incidents.decide import list_decisions  # noqa: PLC0415

    if chosen is Format.csv:
        msg = "decisions are lists of reports, which have no columns; choose json or jsonl"
        raise typer.BadParameter(msg)
    found = list_decisions(store)
    if chosen is not Format.table:
        from incidents.exports import write_json, write_jsonl  # noqa: PLC0415

        (write_json if chosen is Format.json else write_jsonl)(found, sys.stdout)
        return
    if not found:
        typer.echo("Nothing was merged or split by hand.", err=True)
        return
    from rich.text import Text  # noqa: PLC0415

    from incidents.cli.terminal import plain_table, print_table  # noqa: PLC0415

    table = plain_table("number", "decision", "reports")
    for decision in found:
        table.add_row(str(decision.id), decision.kind, Text(clean(_words(store, decision))))
    print_table(table)


def _words(store: Store, decision: Decision) -> str:
    """The reports of a decision, as they are called now: `rep-a (012) from rep-b (017)`."""
    from incidents.decide import find_mark  # noqa: PLC0415

    sides = [
        ", ".join(f"{find_mark(store, mark) or 'gone'} ({mark.article})" for mark in marks)
        for marks in (decision.first, decision.rest)
        if marks
    ]
    return " from ".join(sides)
