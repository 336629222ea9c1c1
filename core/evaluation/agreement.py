"""When a value of a report is the annotated one: names, days, places, people harmed.

Spellings are compared leniently, since the canonical name is the annotator's choice: case, accents,
articles and hyphens do not count, and one name may be part of the other ("Idlib", "southern
Idlib"). Numbers and days must be the same.
"""

from __future__ import annotations

import math
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from incidents.distance import km_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from incidents.evaluation.gold import GoldActor, GoldCasualty, GoldIncident
    from incidents.model import ActorRef, Casualty, Report

_SHORTEST_PART = 4  # letters that a name has before it counts as part of another


def fold(text: str | None) -> str:
    """Letters and digits of a name, without accents, case, articles and hyphens."""
    folded = unicodedata.normalize("NFKD", text or "").casefold()
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    folded = re.sub(r"[’'`ʿʾ]", "", folded)
    folded = re.sub(r"\b(the|al|el|a|an|of)\b[-\s]*", " ", folded)
    return re.sub(r"[\W_]+", " ", folded).strip()


def is_same_name(left: str | None, right: str | None) -> bool:
    """True for one name in two spellings, or where one is whole words of the other."""
    a, b = fold(left), fold(right)
    if not a or not b:
        return False
    if a == b:
        return True
    return min(len(a), len(b)) >= _SHORTEST_PART and (f" {a} " in f" {b} " or f" {b} " in f" {a} ")


def has_same_name(left: Iterable[str], right: Sequence[str]) -> bool:
    """True if any name of one side is a name of the other."""
    return any(is_same_name(a, b) for a in left for b in right)


def place_names(report: Report, *, first_only: bool = False) -> list[str]:
    """Names and mentions of a report's places; of the most specific one alone if asked for."""
    places = report.places[: 1 if first_only else None]
    return [name for place in places for name in (place.name, place.mention) if name]


def is_same_place(gold: GoldIncident, report: Report) -> bool:
    """True if the report's most specific place is the annotated one by name."""
    return has_same_name(gold.names, place_names(report, first_only=True))


def distance_km(gold: GoldIncident, report: Report) -> float:
    """Kilometres from the annotated place to the report's first located one; else infinite."""
    located = ((p.lat, p.lon) for p in report.places if p.lat is not None and p.lon is not None)
    found = next(located, None)
    if found is None or gold.lat is None or gold.lon is None:
        return math.inf
    return km_between(gold.lat, gold.lon, *found)


def is_same_date(gold: GoldIncident, report: Report) -> bool:
    """True if the report's days meet the annotated ones, and begin with the day where one is."""
    start, end = report.date.start, report.date.end
    first, last = gold.date_start, gold.last_day
    if start is None or end is None or first is None or last is None:
        return False
    if start > last or end < first:
        return False
    return gold.date_precision != "day" or start == first


def pair_actors(
    gold: Iterable[GoldActor], found: Iterable[ActorRef]
) -> list[tuple[GoldActor, ActorRef]]:
    """Annotated sides with the report's, by name or mention, one to one."""
    left, pairs = list(found), []
    for actor in gold:
        own = (actor.name, *actor.mentions)
        for other in left:
            if has_same_name(own, [name for name in (other.name, other.mention) if name]):
                left.remove(other)
                pairs.append((actor, other))
                break
    return pairs


class CasualtyHits(NamedTuple):
    """How many claims of a report are annotated.

    Attributes:
        counted: kind and range agree.
        grouped: of those, the ones whose group agrees too.
    """

    counted: int
    grouped: int


def match_casualties(gold: GoldIncident, found: Sequence[Casualty]) -> CasualtyHits:
    """Pair the claims of the same kind and range, those of the same group first."""
    left = list(found)
    wanted = list(gold.casualties)
    counted = grouped = 0
    for needs_group in (True, False):
        for claim in tuple(wanted):
            for other in left:
                if (claim.kind, claim.min, claim.max) != (other.kind, other.min, other.max):
                    continue
                agrees = is_same_group(gold, claim, other)
                if needs_group and not agrees:
                    continue
                left.remove(other)
                wanted.remove(claim)
                counted += 1
                grouped += agrees
                break
    return CasualtyHits(counted, grouped)


def is_same_group(gold: GoldIncident, claim: GoldCasualty, found: Casualty) -> bool:
    """True if both claims are about one group, under any name that the annotation has for it."""
    group = claim.group or "unknown"
    other = found.group or "unknown"
    if fold(group) == fold(other):
        return True
    aliases = [
        name
        for actor in gold.actors
        if is_same_name(actor.name, group)
        for name in (actor.name, *actor.mentions)
    ]
    return has_same_name([group, *aliases], [other])
