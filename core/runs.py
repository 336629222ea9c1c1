"""Runs of `extract`: what each used, and the facts by which two of them are compared.

The facts of a report are its values in words, without its sentences. They are plain text and not
the classes of the model, so that runs of different versions of the program can be compared.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Literal

import msgspec

from incidents.lines import clean
from incidents.words import count_words, date_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidents.model import Article, Casualty, Report

Outcome = Literal["done", "partial", "interrupted", "unread", "failed"]
"""How a run ended: all done; some inputs failed; Ctrl-C; the reader of its output ended; an error
that stopped it."""

Facts = dict[str, str | list[str]]
"""Values of a report in words, by field."""

_DIGEST_BYTES = 8  # compared within one article only


class Tools(msgspec.Struct, frozen=True, kw_only=True):
    """What a run worked with.

    Attributes:
        version: of incidents.
        rules: hash of the rules and word lists, which differ between versions under development.
        spacy: version of spaCy.
        model: name or path of the spaCy pipeline.
        model_version: what the pipeline says of itself, as `core_web_md 3.7.1`.
        gazetteer: hash of the shipped and the user's own places and actors.
    """

    version: str
    rules: str
    spacy: str
    model: str
    model_version: str | None = None
    gazetteer: str


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """A run of `extract`, as `incidents runs` lists it.

    Attributes:
        id: its number.
        started: when, as ISO 8601 in UTC.
        ended: when; None where it was killed, or still goes on.
        outcome: how it ended; None likewise.
        tools: what it worked with.
        options: those that change what is found.
        articles: how many were extracted and stored.
        reports: how many these gave.
        failures: how many inputs failed; None where it did not end.
    """

    id: int
    started: str
    ended: str | None = None
    outcome: Outcome | None = None
    tools: Tools
    options: dict[str, str | bool]
    articles: int = 0
    reports: int = 0
    failures: int | None = None


def hash_input(article: Article) -> bytes:
    """Hash what the extractor reads of an article; where it was read from does not count."""
    parts = (article.text, article.title, article.published, article.publisher, article.dateline)
    return _digest("\0".join("" if part is None else str(part) for part in parts))


def encode_facts(reports: Iterable[Report]) -> tuple[bytes, str]:
    """Hash and JSON of the facts of an article's reports, in their order."""
    facts = msgspec.json.encode([report_facts(report) for report in reports]).decode()
    return _digest(facts), facts


def decode_facts(text: str) -> list[Facts]:
    """The facts of an article's reports, as any version of the program has stored them."""
    return msgspec.json.decode(text, type=list[Facts])


def _digest(text: str) -> bytes:
    return hashlib.blake2b(
        text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES
    ).digest()


def report_facts(report: Report) -> Facts:
    """The values of a report in words; fields without a value are left out."""
    deaths = report.fatalities
    basis = f" ({report.date.basis})" if report.date.basis else ""
    facts: Facts = {
        "type": report.sub_event_type,
        "date": date_words(report.date) + basis,
        "place": [_named(place.name, place.id) for place in report.places],
        "precision": str(report.geo_precision or ""),
        "actor": [
            f"{actor.role}: {_named(actor.name, actor.id)}"
            + (f", {actor.kind}" if actor.kind else "")
            for actor in report.actors
        ],
        "casualty": [_harmed(casualty) for casualty in report.casualties],
        "deaths": f"{deaths.low} / {deaths.best} / {deaths.high}" if deaths.high else "",
        "background": "yes" if report.background else "",
        "attribution": clean(report.attribution or ""),
        "confidence": f"{report.confidence:.2f}",
        "sentence": _spans(report),
    }
    return {field: value for field, value in facts.items() if value}


def _named(name: str, id_: str | None) -> str:
    return f"{clean(name)} [{id_}]" if id_ else clean(name)


def _harmed(casualty: Casualty) -> str:
    """A claim in words: `killed: civilians at least 3 (Ali Hasan), claimed, by police`."""
    names = f" ({', '.join(map(clean, casualty.names))})" if casualty.names else ""
    modality = "" if casualty.modality == "asserted" else f", {casualty.modality}"
    by = f", by {clean(casualty.claimed_by)}" if casualty.claimed_by else ""
    group, count = clean(casualty.group), count_words(casualty)
    return f"{casualty.kind}: {group} {count}{names}{modality}{by}"


def _spans(report: Report) -> list[str]:
    """Where its sentences stand in the article, each once: `0-120`."""
    spans = sorted({(evidence.start, evidence.end) for evidence in report.evidence})
    return [f"{start}-{end}" for start, end in spans]
