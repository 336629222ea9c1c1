"""Objects that one command prints as JSON, and that are made of what other modules hold."""

from __future__ import annotations

import msgspec

from incidents.evaluation.figures import Figure  # noqa: TC001 - msgspec reads the annotations
from incidents.evaluation.misses import Miss  # noqa: TC001
from incidents.explain import Reason  # noqa: TC001
from incidents.explain_links import Tie  # noqa: TC001
from incidents.model import Incident, Report  # noqa: TC001
from incidents.run_diff import ReportChange  # noqa: TC001
from incidents.runs import Run  # noqa: TC001
from incidents.store.runs import RunPair  # noqa: TC001


class ExplainedReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report with the reason for each of its values.

    Attributes:
        report: the report.
        reasons: where its values come from, in the order of its fields.
    """

    report: Report
    reasons: tuple[Reason, ...]


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Where the values of an incident or a report come from: what `incidents why --json` prints.

    Attributes:
        incident: the incident that was asked for; None where a report was.
        reports: its reports, or the one report.
        ties: which other report of the incident each of its reports is tied to most; empty for a
            single report.
        nearest: the report of another incident that came nearest without joining; None where no
            report is near, or a report was asked for.
        former: ids that lead to the incident because it had them before.
    """

    incident: Incident | None
    reports: tuple[ExplainedReport, ...]
    ties: tuple[Tie, ...]
    nearest: Tie | None
    former: tuple[str, ...]


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """What reports are worth against annotated articles: what `incidents eval --json` prints.

    Attributes:
        articles: how many annotated articles were scored.
        figures: by their names; one that nothing is counted for is left out.
        misses: what is missed or wrong, in the order of the articles; left out without --misses.
    """

    articles: int
    figures: dict[str, Figure]
    misses: tuple[Miss, ...] | msgspec.UnsetType = msgspec.UNSET


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What changed between two runs of `extract`: what `incidents diff --json` prints.

    Attributes:
        first: the run that is compared with.
        second: the run that is compared.
        articles: which articles the two share.
        changes: reports that appeared, are gone or changed, by article.
    """

    first: Run
    second: Run
    articles: RunPair
    changes: tuple[ReportChange, ...]
