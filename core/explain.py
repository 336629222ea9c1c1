"""Why a report says what it says: each value with its sentence, its rule and who claims it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from incidents.words import count_words, date_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidents.model import Casualty, Evidence, Report

# What stands before the colon of `Evidence.rule`, to the field that it explains.
FIELD_OF_RULE = {
    "event": "event",
    "event_type": "event",
    "sub_event_type": "event",
    "type": "event",
    "trigger": "event",
    "background": "background",
    "date": "date",
    "dates": "date",
    "place": "place",
    "places": "place",
    "actor": "actor",
    "actors": "actor",
    "casualty": "casualty",
    "casualties": "casualty",
    "fatalities": "casualty",
    "attribution": "attribution",
    "source": "attribution",
}
_SENTENCE_END = re.compile(r"[.!?]['\"\u2019\u201d]?\s+|\n+")


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Where one value of a report comes from.

    Attributes:
        field: event, background, date, place, actor, casualty, attribution, or what stands
            before the colon of a rule that belongs to no single value.
        value: the value in words.
        mention: the words of the article that gave it.
        sentence: the sentence that holds the mention, or None where there is none.
        start: first character of the mention in the sentence; None where it is not in it.
        end: one past its last character.
        rule: the rules that read it, as in `Evidence.rule`.
        claimed_by: who says so; None for the article itself.
        article: id of the article.
    """

    field: str
    value: str
    mention: str | None = None
    sentence: str | None = None
    start: int | None = None
    end: int | None = None
    rule: str | None = None
    claimed_by: str | None = None
    article: str


def explain_report(report: Report, text: str) -> list[Reason]:
    """Give the reason for each value of a report.

    Args:
        report: whose values.
        text: the text of its article; sentences come from it where the evidence has none.

    Returns:
        Reasons in the order of the report's fields; evidence that belongs to no single value
        comes last, so that no rule is left out.
    """
    reasons = list(_reasons(report, text))
    used = {
        (reason.sentence, rule) for reason in reasons for rule in (reason.rule or "").split("; ")
    }
    for evidence in report.evidence:
        if (evidence.text, evidence.rule) not in used:
            used.add((evidence.text, evidence.rule))
            reasons.append(
                Reason(
                    field=evidence.rule.partition(":")[0],
                    value="",
                    sentence=evidence.text,
                    rule=evidence.rule,
                    article=report.article.id,
                )
            )
    return reasons


def _reasons(report: Report, text: str) -> Iterator[Reason]:
    event = f"{report.event_type} / {report.sub_event_type}"
    yield _general(report, "event", event)
    if report.background:
        yield _general(report, "background", "an earlier event that the article recalls")
    basis = report.date.basis or "nothing fixes it"
    yield _mentioned(
        report, text, "date", f"{date_words(report.date)} ({basis})", report.date.mention
    )
    for place in report.places:
        where = ", ".join((place.name, *place.within))
        yield _mentioned(
            report, text, "place", f"{where} [{place.id or 'not resolved'}]", place.mention
        )
    for actor in report.actors:
        value = f"{actor.name}, {actor.role} [{actor.id or 'not resolved'}]"
        yield _mentioned(report, text, "actor", value, actor.mention)
    for casualty in report.casualties:
        yield _harmed(report, text, casualty)
    if report.attribution:
        yield _mentioned(report, text, "attribution", report.attribution, report.attribution)


def _general(report: Report, field: str, value: str) -> Reason:
    """A reason whose evidence is a sentence as a whole."""
    found = _evidence_of(report, field)
    sentence = found[0].text if found else None
    rules = _rules(found, sentence)
    return Reason(
        field=field, value=value, sentence=sentence, rule=rules, article=report.article.id
    )


def _mentioned(report: Report, text: str, field: str, value: str, mention: str | None) -> Reason:
    """A reason that stands on the words of a mention."""
    own = _evidence_of(report, field)
    if not mention:
        return _general(report, field, value)
    found = [evidence for evidence in own if mention in evidence.text]
    sentence = next(
        (evidence.text for evidence in (*found, *report.evidence) if mention in evidence.text), None
    )
    if sentence is None and mention in text:
        at = text.index(mention)
        sentence = text[slice(*_sentence_around(text, at, at + len(mention)))]
    start = sentence.index(mention) if sentence is not None else None
    return Reason(
        field=field,
        value=value,
        mention=mention,
        sentence=sentence,
        start=start,
        end=None if start is None else start + len(mention),
        rule=_rules(found, sentence),
        article=report.article.id,
    )


def _harmed(report: Report, text: str, casualty: Casualty) -> Reason:
    """The reason for a casualty claim, found by its offsets."""
    names = f" ({', '.join(casualty.names)})" if casualty.names else ""
    modality = "" if casualty.modality == "asserted" else f", {casualty.modality}"
    value = f"{casualty.kind}: {casualty.group} {count_words(casualty)}{names}{modality}"
    holding = [
        evidence
        for evidence in _evidence_of(report, "casualty")
        if evidence.start <= casualty.start and casualty.end <= evidence.end
    ]
    if holding:
        start, sentence = holding[0].start, holding[0].text
    else:
        start, end = _sentence_around(text, casualty.start, casualty.end)
        sentence = text[start:end]
    inside = casualty.start - start, casualty.end - start
    is_exact = bool(casualty.mention) and sentence[slice(*inside)] == casualty.mention
    return Reason(
        field="casualty",
        value=value,
        mention=casualty.mention or None,
        sentence=sentence or None,
        start=inside[0] if is_exact else None,
        end=inside[1] if is_exact else None,
        rule=_rules(holding, sentence),
        claimed_by=casualty.claimed_by,
        article=report.article.id,
    )


def _evidence_of(report: Report, field: str) -> list[Evidence]:
    return [
        evidence
        for evidence in report.evidence
        if FIELD_OF_RULE.get(evidence.rule.partition(":")[0].strip()) == field
    ]


def _rules(found: list[Evidence], sentence: str | None) -> str | None:
    """The rules that read this sentence, each once."""
    rules = dict.fromkeys(evidence.rule for evidence in found if evidence.text == sentence)
    return "; ".join(rules) or None


def _sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence that holds a span, by punctuation and line breaks."""
    first = max((match.end() for match in _SENTENCE_END.finditer(text, 0, start)), default=0)
    after = _SENTENCE_END.search(text, end)
    return first, len(text[: after.end()].rstrip()) if after else len(text)
