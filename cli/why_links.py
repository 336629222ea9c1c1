"""The claims of an incident side by side, and why its reports are one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from incidents.cli.terminal import plain_table, print_table
from incidents.cli.why_text import mark_mention
from incidents.lines import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidents.explain import Reason
    from incidents.explain_links import Tie
    from incidents.model import Report

_COMPARED = ("date", "place", "casualty")
_SEVERAL = 2


def print_claims(reports: Sequence[Report], reasons: Sequence[Sequence[Reason]]) -> None:
    """Print what each source claims, field by field, so that it can be compared."""
    if len(reports) < _SEVERAL:
        return
    table = plain_table("field", "claim", "source", "published", "sentence")
    for field in _COMPARED:
        for report, given in zip(reports, reasons, strict=True):
            for reason in given:
                if reason.field == field and reason.value:
                    table.add_row(*_claim(report, reason))
    print_table(table)
    print_table(Text(""))


def _claim(report: Report, reason: Reason) -> tuple[Text, ...]:
    article = report.article
    source = clean(article.publisher or article.id)
    said = f"{source}: {clean(reason.claimed_by)}" if reason.claimed_by else source
    sentence = mark_mention(reason.sentence, reason.start, reason.end) if reason.sentence else ""
    return (
        Text(reason.field),
        Text(clean(reason.value)),
        Text(said),
        Text(str(article.published or "")),
        Text.assemble(sentence),
    )


def print_links(reports: Sequence[Report], ties: Sequence[Tie], nearest: Tie | None) -> None:
    """Print how the reports agree, and the nearest one that did not join."""
    articles = {report.id: clean(report.article.id) for report in reports}
    if ties:
        table = plain_table("report", "joined by", "weight", "agreement, in bits")
        for tie in ties:
            own = f"{tie.report} ({articles[tie.report]})"
            other = f"{tie.other} ({articles[tie.other]})"
            table.add_row(own, other, _weight(tie), _parts(tie))
        print_table(table)
    if nearest is not None:
        where = f" of {nearest.incident}" if nearest.incident else ""
        print_table(Text(f"nearest that did not join: {nearest.other}{where}, {_weight(nearest)}"))
        print_table(Text(f"  with {nearest.report}: {_parts(nearest)}"))
    if ties or nearest is not None:
        print_table(Text(""))


def _weight(tie: Tie) -> str:
    if tie.weight is None:
        reasons = [name for name, level in tie.levels.items() if level == "conflict"]
        reasons += ["one article"] if "article" in tie.levels else []
        return f"excluded ({', '.join(reasons)})"
    return f"{tie.weight:+.1f} ({tie.probability:.0%})"


def _parts(tie: Tie) -> str:
    """`place within +4, date same +5, …, prior -8`; what says nothing is left out."""
    parts = [
        f"{name} {level} {tie.weights[name]:+g}"
        for name, level in tie.levels.items()
        if tie.weights.get(name) or level == "conflict"
    ]
    if tie.weight is not None and tie.weight != sum(tie.weights.values()):
        parts.append("too little for its date or a recalled event")
    return ", ".join([*parts, f"prior {tie.weights['prior']:+g}"])
