"""Casualty claims of one incident: duplicates, parts, totals, updates and contradictions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidents.model import Casualty


_MOST = 0.8  # share of a total from which the sides' counts are the fuller account


@dataclass(frozen=True, slots=True)
class Toll:
    """A casualty claim with what decides how it joins others.

    Attributes:
        casualty: the claim.
        in_title: told by the headline.
        whole: a total so far, which replaces its parts.
        more: an addition to what was told before.
        sentence: number of its sentence.
        own_side: True if those harmed belong to the side that attacked.
        cue: token that says what befell them; counts of one cue add up ("two men and a woman").
    """

    casualty: Casualty
    in_title: bool = False
    whole: bool = False
    more: bool = False
    sentence: int = 0
    own_side: bool = False
    cue: int = -1


def merge_tolls(tolls: Sequence[Toll]) -> list[Casualty]:
    """One claim per kind and group.

    Rules: the headline counts only where the body is silent; the same count again is the same
    people; a count without a side that equals a side's count, or the sum of the sides, is their
    total; a named victim and "one member" are the same death; a later smaller count of a group is a
    part of the earlier; a later larger one replaces it; two speakers that differ give a range.
    """
    merged: list[Casualty] = []
    tolls = [t for t in tolls if not (t.whole and _has_fresh_count(t, tolls))]
    for kind in dict.fromkeys(t.casualty.kind for t in tolls):
        of_kind = [t for t in tolls if t.casualty.kind == kind]
        body = [t for t in of_kind if not t.in_title]
        merged += _merge_kind(body or of_kind)
    return merged


def _has_fresh_count(toll: Toll, tolls: Sequence[Toll]) -> bool:
    """True for the sum in "killed five, bringing the toll to 12": the event's own count stands."""
    return any(
        t.sentence == toll.sentence
        and not t.whole
        and not t.in_title
        and t.casualty.kind == toll.casualty.kind
        for t in tolls
    )


def _merge_kind(tolls: Sequence[Toll]) -> list[Casualty]:
    groups: dict[str, list[Toll]] = {}
    for toll in tolls:
        groups.setdefault(toll.casualty.group, []).append(toll)
    per_group = {group: _merge_group(items) for group, items in groups.items()}
    own = {t.casualty.group for t in tolls if t.own_side}
    return _settle_totals(per_group, own)


def _count(casualty: Casualty) -> int:
    return casualty.min if casualty.min is not None else (casualty.max or 0)


def _merge_group(tolls: Sequence[Toll]) -> Casualty:
    """One claim out of those about one group."""
    result = tolls[0].casualty
    named_total = 0
    for i, toll in enumerate(tolls):
        new = toll.casualty
        if i == 0:
            named_total = _count(new) if new.names else 0
            continue
        fresh = [n for n in new.names if not _is_known(n, result.names)]
        same_sentence = toll.sentence == tolls[i - 1].sentence
        if new.names and fresh and result.names and _count(result) == named_total and same_sentence:
            named_total += _count(new)
            result = replace_casualty(result, new, low=named_total, high=named_total, names=fresh)
        elif (
            toll.cue >= 0 and all(toll.cue == t.cue for t in tolls[:i]) and result.min is not None
        ) or (
            toll.more
            and not toll.whole
            and same_sentence
            and new.min == new.max
            and result.min is not None
        ):
            high = None if result.max is None or new.max is None else result.max + new.max
            result = replace_casualty(
                result, new, low=result.min + _count(new), high=high, names=fresh
            )
        else:
            result = _reconcile(result, new, fresh, whole=toll.whole)
    return result


def _is_known(name: str, names: Sequence[str]) -> bool:
    """True if a name is one of those known, or its last part."""
    return any(
        set(name.split()) <= set(n.split()) or set(n.split()) <= set(name.split()) for n in names
    )


def replace_casualty(
    old: Casualty, new: Casualty, *, low: int | None, high: int | None, names: Sequence[str] = ()
) -> Casualty:
    """The old claim with a new range; the names of both are kept."""
    source = new if (low, high) == (new.min, new.max) and (low, high) != (old.min, old.max) else old
    return replace(
        source,
        min=low,
        max=high,
        names=(*old.names, *names),
        group=old.group,
        claimed_by=source.claimed_by or (old if source is new else new).claimed_by,
    )


def _reconcile(old: Casualty, new: Casualty, fresh: Sequence[str], *, whole: bool) -> Casualty:
    """Two counts of one group: the same people, an update, a contradiction, or a part."""
    low, high = _count(old), _count(new)
    if (old.min, old.max) == (new.min, new.max):
        return replace_casualty(old, new, low=old.min, high=old.max, names=fresh)
    if whole and high >= low:
        return replace_casualty(old, new, low=new.min, high=new.max, names=fresh)
    if _contradict(old, new):
        low, high = sorted((low, high))
        return replace_casualty(old, new, low=low, high=high, names=fresh)
    if (high > low and not new.names) or (old.max is None and new.min == new.max and high >= low):
        return replace_casualty(old, new, low=new.min, high=new.max, names=fresh)
    return replace_casualty(old, new, low=old.min, high=old.max, names=fresh)


def _contradict(old: Casualty, new: Casualty) -> bool:
    """True for two speakers' counts of the same people; a much smaller count is a part."""
    exact = new.min == new.max and (old.min == old.max or old.max is None)
    low, high = sorted((_count(old), _count(new)))
    if not exact or low <= 1 or new.names or old.claimed_by == new.claimed_by:
        return False
    if old.max is None and (_count(old) in _VAGUE or _count(new) < _count(old)):
        return False
    return bool(old.claimed_by and new.claimed_by) or low >= _NEAR * high


_VAGUE = frozenset({3, 20, 24, 40, 200, 2000})  # "several", "dozens" … leave room for a count
_NEAR = 0.6  # counts at least this near are rivals though one has no speaker


def _settle_totals(per_group: dict[str, Casualty], own: set[str]) -> list[Casualty]:
    """Drop a count without a side that is the sides' total, and parts of a larger total."""
    unknown = per_group.get("unknown")
    if unknown is not None and len(per_group) > 1 and (unknown.min, unknown.max) == (1, None):
        return [c for g, c in per_group.items() if g != "unknown"]
    known = {g: c for g, c in per_group.items() if g != "unknown"}
    if unknown is None or not known:
        return list(per_group.values())
    counts = [_count(c) for c in known.values()]
    total = _count(unknown)
    if total in {sum(counts), *counts} or total < max(counts):
        return list(known.values())
    others = [c for g, c in known.items() if g in own]
    if len(counts) > 1 and sum(counts) >= _MOST * total:
        return list(known.values())
    if total > sum(counts):
        return [unknown, *others]
    return [unknown, *known.values()]
