"""A report or an incident as HTML, which notebooks show instead of its Python form."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from incidents.lines import clean
from incidents.model import CASUALTY_KINDS, ROLES, Incident
from incidents.words import actor_words, casualty_words, date_words, place_words, source_words

if TYPE_CHECKING:
    from incidents.model import Fatalities, Report

_MAX_SENTENCES = 3


def to_html(item: Report | Incident) -> str:
    """Make a small table: what, when, where, who, how many, who says so, and the sentences.

    Args:
        item: what a notebook is to show. Words of articles are escaped.
    """
    deaths = item.fatalities
    rows: dict[str, str] = {
        "when": date_words(item.date),
        "where": place_words(item.places),
        **{role: actor_words(item, role) for role in ROLES},
        **{kind: casualty_words(item.casualties, kind) for kind in CASUALTY_KINDS},
        "deaths": _count(deaths) if deaths.high else "",
        "sources": source_words(item),
        "grade": item.grade if isinstance(item, Incident) else "",
        "differ on": (
            ", ".join(clean(each.field) for each in item.disagreements)
            if isinstance(item, Incident)
            else ""
        ),
        "confidence": f"{item.confidence:.2f}",
    }
    cells = "".join(
        f"<tr><th style='text-align:left'>{name}</th>"
        f"<td style='text-align:left'>{html.escape(value)}</td></tr>"
        for name, value in rows.items()
        if value
    )
    recalled = " (background)" if item.background else ""
    title = f"{item.event_type} · {item.sub_event_type}{recalled} · {item.id}"
    sentences = dict.fromkeys(clean(evidence.text) for evidence in item.evidence)
    quotes = "".join(
        f"<blockquote>{html.escape(text)}</blockquote>" for text in [*sentences][:_MAX_SENTENCES]
    )
    return f"<div><strong>{html.escape(title)}</strong><table>{cells}</table>{quotes}</div>"


def _count(deaths: Fatalities) -> str:
    is_sure = deaths.low == deaths.high
    return str(deaths.best) if is_sure else f"{deaths.best} ({deaths.low} to {deaths.high})"
