"""An incident in a few sentences: what a coder writes into a column of notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from incidents.exports.parties import UNARMED, find_parties
from incidents.lines import clean
from incidents.model import CasualtyKind, Incident
from incidents.words import count_words, date_words, place_words, source_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from incidents.model import ActorRef, Casualty, EventDate, Report

_SPOTS = frozenset({"roundabout", "airport", "checkpoint", "camp", "border crossing"})
_NO_SIDE = re.compile(r"\bunknown$")  # as `_claim` calls it
_CLAIMED = ("asserted", "claimed")


def describe(item: Report | Incident) -> str:
    """Say what happened, who was harmed and who says so, and on what the sources differ.

    Every figure stands with its side; figures that differ stand with the articles that give them.

    Args:
        item: a report, or an incident, which also has disagreements and independent sources.
    """
    parts = [_headline(item), *_harm(item.casualties)]
    if item.fatalities.high:
        parts.append(f"Deaths in all: {_range(item.fatalities.low, item.fatalities.high)}")
    if isinstance(item, Incident):
        parts += _differences(item)
    if item.background:
        parts.append("Told as background")
    if item.attribution:
        parts.append(f"According to: {clean(item.attribution)}")
    parts.append(f"Sources: {source_words(item)}")
    return " ".join(f"{part}." for part in parts)


def _headline(item: Report | Incident) -> str:
    """When, what, where, who: `On 2021-04-20, armed clash in Tay, Qamishli: NDF, ISF`."""
    place = place_words(item.places)
    parties = find_parties(item)
    first = f": {_names(parties.a)}" if parties.a else ""
    other = f" against {_names(parties.b)}" if parties.b else ""
    what = item.sub_event_type[:1].lower() + item.sub_event_type[1:]
    brokers = f", mediated by {_names(parties.mediators)}" if parties.mediators else ""
    return (
        f"{_when(item.date)}, {what}"
        + (f" {_preposition(item)} {place}" if place else "")
        + first
        + other
        + brokers
    )


def _preposition(item: Report | Incident) -> str:
    return "at" if item.places[0].kind in _SPOTS else "in"


def _when(date: EventDate) -> str:
    """`On 2021-04-20`, `From 2021-04-20 to 2021-04-22`, `In 2016`, `Undated (“Last May”)`."""
    if date.start is None or date.end is None:
        words = date_words(date)
        if date.weekday:
            return f"On a {clean(date.weekday)}, day not known"
        return "Undated" if words == "?" else f"Undated ({words})"
    words = date_words(date)
    if " to " in words:
        return f"From {words}"
    return f"On {words}" if date.precision == "day" else f"In {words}"


def _names(actors: Iterable[ActorRef]) -> str:
    return " and ".join(clean(actor.name) for actor in actors)


def _harm(casualties: Iterable[Casualty]) -> Iterator[str]:
    """`Killed: 1 Internal Security Forces (Khaled Haji; according to its media center)`."""
    claims = list(casualties)
    for kind in get_args(CasualtyKind):
        told = [_claim(claim) for claim in claims if claim.kind == kind]
        if told:
            yield f"{kind.capitalize()}: {', '.join(told)}"


def _claim(claim: Casualty) -> str:
    notes = [clean(name) for name in claim.names]
    if claim.modality not in _CLAIMED:
        notes.append(claim.modality)
    if claim.claimed_by:
        notes.append(f"according to {clean(claim.claimed_by)}")
    side = "of no known side" if claim.group == "unknown" else clean(claim.group)
    if claim.group in UNARMED and claim.min == claim.max == 1:
        side = side.removesuffix("s")
    count = count_words(claim)
    if claim.min is claim.max is None and claim.group != "unknown":
        count = f"{count} of"
    text = f"{count} {side}"
    return f"{text} ({'; '.join(notes)})" if notes else text


def _differences(incident: Incident) -> Iterator[str]:
    """`Sources differ on killed civilians: 3 (a1) or 5 (b2)`."""
    for disagreement in incident.disagreements:
        values = (
            f"{clean(each.value)} ({', '.join(map(clean, each.articles))})"
            for each in disagreement.values
        )
        field = clean(disagreement.field).removeprefix("casualties ")
        if field != disagreement.field:
            field = _NO_SIDE.sub("of no known side", field)
        yield f"Sources differ on {field}: {' or '.join(values)}"


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low} to {high}"
