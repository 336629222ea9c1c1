"""Facts in a few words, for the cells of tables, CSV files and the database.

Everything that comes from an article passes `clean`, so that no cell carries a line break, an
escape sequence, a character that turns the direction of the line round, or one that nobody sees.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from incidents.lines import clean, shorten
from incidents.model import EVENT_TYPE_OF, ActorKind, Incident

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidents.model import Casualty, EventDate, PlaceRef, Report


SMALL_PLACES = frozenset({"neighbourhood", "street", "roundabout", "airport", "checkpoint", "camp"})
"""Kinds of places that are told with the town that they lie in."""

_MAX_QUOTE = 40  # characters of a time that is told in words
_MAX_ID = 12  # characters of an article's id where the outlet is not known
_HASH = re.compile(r"[-_.](?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{8,}$")  # 000_dcdcc320ccbc

SHORT_TYPES = {
    "Shelling/artillery/missile attack": "Shelling",
    "Remote explosive/landmine/IED": "Mine or IED",
    "Air/drone strike": "Air strike",
    "Government regains territory": "Territory regained",
    "Non-state actor overtakes territory": "Territory taken",
    "Abduction/forced disappearance": "Abduction",
    "Protest with intervention": "Protest, intervention",
    "Excessive force against protesters": "Protest, force",
    "Attack": "Attack on civilians",
    "Change to group/activity": "Group change",
    "Disrupted weapons use": "Weapons disrupted",
    "Headquarters or base established": "Base established",
    "Looting/property destruction": "Looting",
    "Non-violent transfer of territory": "Territory transferred",
    "Other": "Other development",
}
"""Sub-event types that are too long, or say too little, for a column."""


def short_type(sub_event_type: str) -> str:
    """Name a sub-event type as a column has room for it."""
    return SHORT_TYPES.get(sub_event_type, sub_event_type)


def types_called(text: str) -> tuple[str, ...]:
    """Find the sub-event types that words stand for: a name or a part of one, long or short.

    >>> types_called("airstrike"), types_called("territory taken")
    (('Air/drone strike',), ('Non-state actor overtakes territory',))
    """
    wanted = _letters(text)
    return tuple(
        sub
        for sub, event_type in EVENT_TYPE_OF.items()
        if wanted
        and any(
            wanted in _letters(name)
            for name in (event_type, sub, short_type(sub), event_type + sub)
        )
    )


def kinds_called(text: str) -> tuple[ActorKind, ...]:
    """Find the kinds of actors that words stand for: a name or a part of one.

    >>> kinds_called("militia"), kinds_called("State forces")
    (('political militia', 'identity militia'), ('state forces',))
    """
    wanted = _letters(text)
    kinds: tuple[ActorKind, ...] = get_args(ActorKind)
    return tuple(kind for kind in kinds if wanted and wanted in _letters(kind))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())


def date_words(date: EventDate) -> str:
    """Say a date as precisely as it is known: `2021-04-20`, `2021-02`, `2016`.

    What nothing resolves keeps its weekday, `Tue ?`, or else the article's words, `“Last May”`.
    """
    if date.start is None or date.end is None:
        if date.weekday:
            return f"{date.weekday[:3]} ?"
        told = clean(date.mention or "")
        return f"“{shorten(told, _MAX_QUOTE)}”" if told else "?"
    start, end = date.start.isoformat(), date.end.isoformat()
    if date.precision == "year":
        return _span(start[:4], end[:4])
    if date.precision == "month":
        return _span(start[:7], end[:7])
    return _span(start, end)


def _span(start: str, end: str) -> str:
    return start if start == end else f"{start} to {end}"


def place_words(places: tuple[PlaceRef, ...]) -> str:
    """Name the most specific place, and the town that it lies in."""
    if not places:
        return ""
    first = places[0]
    name = clean(first.name)
    if first.id is not None and first.kind not in SMALL_PLACES:
        return name
    if first.id is not None and str(first.kind) not in name.lower():
        name = f"{name} {first.kind}"  # the gazetteer's name of a street may be the bare name
    around = first.within[0] if first.within else _first_resolved(places[1:])
    around = clean(around or "")
    return f"{name}, {around}" if around and around not in name else name


def _first_resolved(places: tuple[PlaceRef, ...]) -> str | None:
    return next((place.name for place in places if place.id is not None), None)


def count_words(casualty: Casualty) -> str:
    """Say how many in English: `3`, `at least 3`, `up to 3`, `3 to 5`."""
    low, high = casualty.min, casualty.max
    if low is None and high is None:
        return "an unknown number"
    if high is None:
        return f"at least {low}"
    if low is None:
        return f"up to {high}"
    return str(low) if low == high else f"{low} to {high}"


def casualty_words(casualties: Iterable[Casualty], kind: str) -> str:
    """Say who was harmed, side by side: `Internal Security Forces 1; civilians at least 3`."""
    parts = []
    for casualty in casualties:
        if casualty.kind == kind:
            note = "" if casualty.modality in ("asserted", "claimed") else f" ({casualty.modality})"
            parts.append(f"{clean(casualty.group)} {count_words(casualty)}{note}")
    return "; ".join(parts)


def actor_words(item: Report | Incident, role: str) -> str:
    """Name the actors of one role, in the order of the report."""
    return "; ".join(clean(actor.name) for actor in item.actors if actor.role == role)


def short_source_names(item: Report | Incident) -> list[str]:
    """The outlets as `source_names`; ids without a hash at their end, and no longer than a cell.

    Ids that this would make equal are left as they are.
    """
    names = source_names(item)
    outlets = (
        {source.publisher for source in item.sources}
        if isinstance(item, Incident)
        else {item.article.publisher}
    )
    known = {clean(outlet) for outlet in outlets if outlet}
    short = [
        name if name in known else shorten(_HASH.sub("", name) or name, _MAX_ID) for name in names
    ]
    return short if len(set(short)) == len(names) else names


def source_words(item: Report | Incident) -> str:
    """Name the outlets, or the articles whose outlet is not known."""
    return "; ".join(source_names(item))


def source_names(item: Report | Incident) -> list[str]:
    """The outlets, each once; the article's id where the outlet is not known."""
    if isinstance(item, Incident):
        names = [source.publisher or source.article for source in item.sources]
    else:
        names = [item.article.publisher or item.article.id]
    return list(dict.fromkeys(clean(name) for name in names))
