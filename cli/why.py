"""`incidents why`: the sentence, the rule and the speaker behind every value."""

from __future__ import annotations

import contextlib
import re
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from incidents.cli.errors import reports_errors
from incidents.cli.options import DEFAULT_DB, DbOption, JsonObjectOption
from incidents.errors import NotFoundError
from incidents.lines import counted

if TYPE_CHECKING:
    from incidents.explain_links import Tie
    from incidents.model import Incident, Report
    from incidents.store import Store

_LINK = "run `incidents link`"
_HEX = re.compile(r"[0-9a-f]{4,}")


@reports_errors
def why(
    id_: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="A report or an incident; the beginning of its id is enough, without inc- too.",
        ),
    ],
    *,
    as_json: JsonObjectOption = False,
    db: DbOption = DEFAULT_DB,
) -> None:
    """Say where each value of a report or an incident comes from."""
    from incidents.explain import explain_report  # noqa: PLC0415 - keeps --help quick
    from incidents.store import open_store  # noqa: PLC0415

    with open_store(db, create=False) as store, store.links.reading():
        incident, reports = _find(store, id_)
        reasons = [
            explain_report(report, store.article(report.article.id).text) for report in reports
        ]
        ties, nearest = _explain_links(store, incident, reports)
        former = store.links.former(incident.id) if incident else []
    if incident and len(reports) < len(incident.reports):
        lost = counted(len(incident.reports) - len(reports), "report")
        typer.echo(f"Not shown: {lost} that its articles do not give any more; {_LINK}.", err=True)
    if as_json:
        from incidents.answers import ExplainedReport, Explanation  # noqa: PLC0415
        from incidents.exports import write_jsonl  # noqa: PLC0415

        explanation = Explanation(
            incident=incident,
            reports=tuple(
                ExplainedReport(report=report, reasons=tuple(given))
                for report, given in zip(reports, reasons, strict=True)
            ),
            ties=tuple(ties),
            nearest=nearest,
            former=tuple(old for old, _ in former),
        )
        write_jsonl([explanation], sys.stdout)
        return
    from incidents.cli.why_text import print_incident, print_report  # noqa: PLC0415

    if incident is not None:
        from incidents.cli.why_links import print_claims, print_links  # noqa: PLC0415

        print_incident(incident, former)
        print_claims(reports, reasons)
        print_links(reports, ties, nearest)
    for report, given in zip(reports, reasons, strict=True):
        print_report(report, given)


def _explain_links(
    store: Store, incident: Incident | None, reports: list[Report]
) -> tuple[list[Tie], Tie | None]:
    """Why the reports of an incident are one, and the nearest report that did not join."""
    if incident is None:
        return [], None
    from incidents.explain_links import explain_joins, find_nearest  # noqa: PLC0415
    from incidents.gazetteer import Gazetteer  # noqa: PLC0415

    gazetteer = Gazetteer.open()
    nearest = find_nearest(store, reports, gazetteer)
    return explain_joins(reports, gazetteer), nearest


def _find(store: Store, asked: str) -> tuple[Incident | None, list[Report]]:
    """The incident of an id with its reports, or the one report.

    Capitals do not matter, and `inc-` or `rep-` may be left out: people copy from e-mails.
    """
    id_ = asked.strip().lower()
    if _HEX.fullmatch(id_):
        with contextlib.suppress(NotFoundError):
            return _find(store, f"inc-{id_}")
        with contextlib.suppress(NotFoundError):
            return _find(store, f"rep-{id_}")
    if id_.startswith("rep-"):
        return None, [store.report(id_)]
    if id_.startswith("inc-"):
        incident = store.incident(id_)
        known = {report.id: report for report in store.links.reports(incident.reports)}
        if not known:
            msg = f"{incident.id}: its articles have changed since it was linked; {_LINK}"
            raise NotFoundError(msg)
        return incident, [known[report_id] for report_id in incident.reports if report_id in known]
    msg = f"{store.path}: no incident or report called {asked!r}; `incidents show` lists the ids"
    raise NotFoundError(msg)
