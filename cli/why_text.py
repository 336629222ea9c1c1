"""The answer of `incidents why`, laid out for reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from incidents.cli.terminal import print_table
from incidents.lines import clean, counted
from incidents.model import CASUALTY_KINDS, ROLES
from incidents.words import actor_words, casualty_words, date_words, place_words, source_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidents.explain import Reason
    from incidents.model import Disagreement, Incident, Lent, Report

# The mention stands in these on paper and in a pipe as well, where bold is lost.
_OPEN, _CLOSE = "«", "»"
# Private-use characters that hold the place of the marks while the sentence is cleaned.
_START, _END = "\ue000", "\ue001"


def print_incident(incident: Incident, former: Iterable[tuple[str, str]] = ()) -> None:
    """Print what linking made of the reports, and where they differ."""
    _print_title(incident.id, f"{incident.event_type} / {incident.sub_event_type}")
    deaths = incident.fatalities
    facts = [
        ("date", f"{date_words(incident.date)} ({incident.date.basis or 'nothing fixes it'})"),
        ("place", place_words(incident.places)),
        *((role, actor_words(incident, role)) for role in ROLES),
        *((kind, casualty_words(incident.casualties, kind)) for kind in CASUALTY_KINDS),
        ("deaths", f"low {deaths.low}, best {deaths.best}, high {deaths.high}"),
        ("by side", _deaths_by_side(incident)),
        ("sources", source_words(incident)),
        ("grade", f"{incident.grade} ({counted(incident.source_count, 'independent source')})"),
        *(("lent", _lent_words(each)) for each in incident.lent),
        ("formerly", ", ".join(f"{old} ({change})" for old, change in former)),
        *(("differs", _difference(each)) for each in incident.disagreements),
    ]
    _print_fields((name, Text(value)) for name, value in facts if value)


def _deaths_by_side(incident: Incident) -> str:
    """`side a 3, side b 1`: the numbers that are not zero."""
    deaths = incident.deaths
    counts = {
        "side a": deaths.a,
        "side b": deaths.b,
        "civilians": deaths.civilians,
        "unknown": deaths.unknown,
    }
    return ", ".join(f"{name} {count}" for name, count in counts.items() if count)


def _lent_words(lent: Lent) -> str:
    return f"{lent.field} {clean(lent.value)} of {lent.report} to {', '.join(lent.to)}"


def _difference(disagreement: Disagreement) -> str:
    values = "; ".join(
        f"{clean(each.value)} ({', '.join(clean(article) for article in each.articles)})"
        for each in disagreement.values
    )
    return f"{clean(disagreement.field)}: {values}"


def print_report(report: Report, reasons: Iterable[Reason]) -> None:
    """Print each value of a report with its sentence, rule and speaker."""
    article = report.article
    outlet = article.publisher or article.path or article.url or ""
    source = " · ".join(clean(part) for part in (article.id, outlet, article.title or "") if part)
    _print_title(report.id, source)
    _print_fields((reason.field, _reason_text(reason)) for reason in reasons)


def _reason_text(reason: Reason) -> Text:
    """The value, then the sentence with its mention marked, then rule and speaker."""
    lines = [Text(clean(reason.value), style="bold")] if reason.value else []
    if reason.sentence:
        lines.append(mark_mention(reason.sentence, reason.start, reason.end))
    elif reason.mention:
        lines.append(Text(f"{_OPEN}{clean(reason.mention)}{_CLOSE}"))
    speaker = f"says {clean(reason.claimed_by)}" if reason.claimed_by else ""
    rule = f"rule {clean(reason.rule)}" if reason.rule else ""
    if rule or speaker:
        lines.append(Text(" · ".join(part for part in (rule, speaker) if part), style="dim"))
    return Text("\n").join(lines)


def mark_mention(sentence: str, start: int | None, end: int | None) -> Text:
    """A sentence on one line, its mention in « » and bold."""
    sentence = sentence.replace(_START, " ").replace(_END, " ")
    if start is None or end is None:
        return Text(clean(sentence))
    marked = clean(f"{sentence[:start]}{_START}{sentence[start:end]}{_END}{sentence[end:]}")
    before, _, rest = marked.partition(_START)
    mention, _, after = rest.partition(_END)
    return Text.assemble(before, (f"{_OPEN}{mention}{_CLOSE}", "bold yellow"), after)


def _print_title(id_: str, words: str) -> None:
    print_table(Text.assemble((clean(id_), "bold"), "  ", clean(words)))


def _print_fields(fields: Iterable[tuple[str, Text]]) -> None:
    """Field names on the left, what is known of them on the right."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, text in fields:
        table.add_row(Text(clean(name)), text)
    print_table(table)
    print_table(Text(""))
