"""What each article says of an incident: its sentences, with the words that gave a value marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from incidents.explain import explain_report
from incidents.lines import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from incidents.explain import Reason
    from incidents.model import Report

_GAZETTEER_ID = re.compile(r" \[[^\]]*\]$")  # `Qamishli, Syria [geonames:173377]`
_NAMED = frozenset({"place", "actor"})  # fields whose value ends so


class Said(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One value that a sentence gave.

    Attributes:
        field: event, date, place, actor, casualty, attribution …
        value: the value in words; empty where the sentence tells of the incident beside those
            that its values were taken from.
        speaker: who says so, where that is not the article itself.
        rule: the rules that read it.
    """

    field: str
    value: str
    speaker: str | None = None
    rule: str | None = None


class Passage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A sentence and what was read in it.

    Attributes:
        parts: the sentence in pieces, each with the field that its words gave, or an empty
            string; nothing where no sentence gave the values.
        said: the values.
    """

    parts: tuple[tuple[str, str], ...] = ()
    said: tuple[Said, ...] = ()


def find_passages(report: Report, text: str) -> tuple[Passage, ...]:
    """Find the sentences of a report, each once, with all that was read in it.

    Args:
        report: whose values.
        text: the text of its article.

    Returns:
        Passages in the order of the report's fields; values that no sentence gave come last. The
        headline is left out where it gave no value: it stands above them.
    """
    title = clean(report.article.title or "")
    by_sentence: dict[str, list[Reason]] = {}
    for reason in explain_report(report, text):
        by_sentence.setdefault(reason.sentence or "", []).append(reason)
    rest = by_sentence.pop("", [])
    found = [
        _passage(sentence, reasons)
        for sentence, reasons in by_sentence.items()
        if clean(sentence) != title or any(reason.value for reason in reasons)
    ]
    told = [reason for reason in rest if reason.value]
    return (*found, *([_passage("", told)] if told else []))


def _passage(sentence: str, reasons: Iterable[Reason]) -> Passage:
    reasons = list(reasons)
    said = _join_rules(_said(reason) for reason in reasons)
    return Passage(parts=tuple(_parts(sentence, reasons)), said=tuple(said))


def _join_rules(all_said: Iterable[Said]) -> Iterator[Said]:
    """Each value of a sentence once, with all rules that read it."""
    rules: dict[Said, list[str]] = {}
    for said in all_said:
        found = rules.setdefault(msgspec.structs.replace(said, rule=None), [])
        if said.rule and said.rule not in found:
            found.append(said.rule)
    for said, names in rules.items():
        yield msgspec.structs.replace(said, rule=", ".join(names) or None)


def _said(reason: Reason) -> Said:
    value = clean(reason.value)
    return Said(
        field=reason.field,
        value=_GAZETTEER_ID.sub("", value) if reason.field in _NAMED else value,
        speaker=clean(reason.claimed_by) if reason.claimed_by else None,
        rule=clean(reason.rule) if reason.rule else None,
    )


def _parts(sentence: str, reasons: Iterable[Reason]) -> Iterable[tuple[str, str]]:
    """Cut a sentence at its marks; of marks that overlap, the one that begins first counts."""
    marks = sorted(
        (reason.start, -reason.end, reason.field)
        for reason in reasons
        if reason.start is not None and reason.end is not None
    )
    at = 0
    for start, minus_end, field in marks:
        if start < at:
            continue
        if start > at:
            yield _clean_part(sentence[at:start]), ""
        yield _clean_part(sentence[start:-minus_end]), field
        at = -minus_end
    if at < len(sentence):
        yield _clean_part(sentence[at:]), ""


def _clean_part(text: str) -> str:
    """A piece of a line, made safe; the space that parts it from its neighbours stays."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return f"{before}{clean(text)}{after}"
