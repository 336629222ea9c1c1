"""Casualty claims of one incident: duplicates, parts, totals, updates and contradictions."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace as dc_replace
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidents.model import Casualty


_UNKNOWN, _CIVILIANS = "unknown", "civilians"
_ADDING = frozenset({"more", "another", "further", "additional"})
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
        man: True for a man or men, who may be anybody but beside a woman or a child.
        bare: True for a count that leaves out who they are ("four wounded").
    """

    casualty: Casualty
    in_title: bool = False
    whole: bool = False
    more: bool = False
    sentence: int = 0
    own_side: bool = False
    cue: int = -1
    bare: bool = False
    man: bool = False


def merge_tolls(tolls: Sequence[Toll]) -> list[Casualty]:
    """One claim per kind and group.

    Rules: the headline counts only where the body is silent; the same count again is the same
    people; a count without a side that equals a side's count, or the sum of the sides, is their
    total; people joined to civilians are civilians; "two more" in the next sentence add up; a named
    victim and "one member" are the same death; a later smaller count of a group is a part of the
    earlier; a later larger one replaces it; two speakers that differ give a range.
    """
    merged: list[Casualty] = []
    tolls = [t for t in tolls if not (t.whole and _has_fresh_count(t, tolls))]
    tolls = _lend_to_bare(_lend_to_joined(_lend_groups(tolls)))
    for kind in dict.fromkeys(t.casualty.kind for t in tolls):
        of_kind = [t for t in tolls if t.casualty.kind == kind]
        body = [t for t in of_kind if not t.in_title]
        merged += _merge_kind(body or of_kind)
    return merged


def _has_fresh_count(toll: Toll, tolls: Sequence[Toll]) -> bool:
    """True for the sum in "killed five, bringing the toll to 12": the event's own count stands.

    Where twelve is what was told before and the five together, it is the event's toll.
    """
    own = [
        t for t in tolls if not (t.whole or t.in_title) and t.casualty.kind == toll.casualty.kind
    ]
    fresh = [t for t in own if t.sentence == toll.sentence]
    added = sum(_count(t.casualty) for t in fresh)
    before = {_count(t.casualty) for t in own if t.sentence < toll.sentence}
    return bool(fresh) and _count(toll.casualty) - added not in before


def _merge_kind(tolls: Sequence[Toll]) -> list[Casualty]:
    groups: dict[str, list[Toll]] = {}
    apart = [t for t in tolls if _is_apart(t, tolls)]
    rest = [t for t in tolls if t not in apart]
    for toll in rest:
        groups.setdefault(toll.casualty.group, []).append(toll)
    per_group = {group: _merge_group(items) for group, items in groups.items()}
    own = {t.casualty.group for t in tolls if t.own_side}
    settled = _settle_totals(per_group, own, extra=sum(_count(t.casualty) for t in apart))
    if apart and not any(c.group == _UNKNOWN for c in settled):
        settled.append(_merge_group(apart))
    return settled


def _is_apart(toll: Toll, tolls: Sequence[Toll]) -> bool:
    """True for people of no side counted in one breath with a side's: "two men and a soldier"."""
    return (
        toll.casualty.group == _UNKNOWN
        and not toll.whole
        and any(_is_one_breath(t, toll) and t.casualty.group != _UNKNOWN for t in tolls)
    )


def _lend_groups(tolls: Sequence[Toll]) -> list[Toll]:
    """Give a count without a side to the one side that another sentence counts the same."""
    lent = []
    for toll in tolls:
        same = {
            t.casualty.group
            for t in tolls
            if t.sentence != toll.sentence
            and t.casualty.kind == toll.casualty.kind
            and t.casualty.group != _UNKNOWN
            and _count(t.casualty) == _count(toll.casualty)
        }
        if toll.casualty.group == _UNKNOWN and len(same) == 1 and not toll.whole:
            lent.append(dc_replace(toll, casualty=replace(toll.casualty, group=same.pop())))
        else:
            lent.append(toll)
    return lent


def _lend_to_joined(tolls: Sequence[Toll]) -> list[Toll]:
    """Count the two men of "two men and a child" with the civilians that the child is one of."""
    lent = []
    for toll in tolls:
        sides = {t.casualty.group for t in tolls if t != toll and _is_one_breath(t, toll)}
        if (
            toll.man
            and toll.casualty.group == _UNKNOWN
            and not toll.whole
            and sides - {_UNKNOWN} == {_CIVILIANS}
        ):
            lent.append(dc_replace(toll, casualty=replace(toll.casualty, group=_CIVILIANS)))
        else:
            lent.append(toll)
    return lent


def _is_one_breath(a: Toll, b: Toll) -> bool:
    """True for counts of one cue: joined people."""
    return a.cue >= 0 and a.cue == b.cue and a.sentence == b.sentence


def _lend_to_bare(tolls: Sequence[Toll]) -> list[Toll]:
    """Give the wounded of "seven dead and 20 wounded" the side that the dead got."""
    lent = []
    for toll in tolls:
        sides = {
            t.casualty.group
            for t in tolls
            if t.sentence == toll.sentence and t.casualty.kind != toll.casualty.kind
        }
        if toll.bare and toll.casualty.group == _UNKNOWN and len(sides) == 1:
            lent.append(dc_replace(toll, casualty=replace(toll.casualty, group=sides.pop())))
        else:
            lent.append(toll)
    return lent


def _count(casualty: Casualty) -> int:
    return casualty.min if casualty.min is not None else (casualty.max or 0)


def _merge_group(tolls: Sequence[Toll]) -> Casualty:
    """One claim out of those about one group."""
    sums = _sum_sentences(tolls)
    result = sums[0].casualty
    for last, toll in pairwise(sums):
        new = toll.casualty
        fresh = [n for n in new.names if not _is_known(n, result.names)]
        if _adds_to(last, toll, result):
            low = _count(result) + _count(new)
            high = None if result.max is None else low
            result = replace_casualty(result, new, low=low, high=high, names=fresh)
        elif fresh and _all_named(result) and _all_named(new):
            low = _count(result) + _count(new)
            result = replace_casualty(result, new, low=low, high=low, names=fresh)
        else:
            result = _reconcile(result, new, fresh, whole=toll.whole)
    return result


def _adds_to(last: Toll, toll: Toll, told: Casualty) -> bool:
    """True for the two of "Nine died. Two more died in hospital", where nine is all told so far."""
    is_all = (last.casualty.min, last.casualty.max) == (told.min, told.max)
    is_next = toll.sentence - last.sentence == 1
    if not (is_all and is_next and _is_added(toll)) or last.whole or last.casualty.min is None:
        return False
    words = set(toll.casualty.mention.lower().split())  # "three others" are others than the dead
    return bool(words & _ADDING) and toll.casualty.claimed_by == last.casualty.claimed_by


def _is_added(toll: Toll) -> bool:
    new = toll.casualty
    return toll.more and not toll.whole and new.min == new.max


def _all_named(casualty: Casualty) -> bool:
    return len(casualty.names) == _count(casualty) == casualty.max


def _sum_sentences(tolls: Sequence[Toll]) -> list[Toll]:
    """Counts of one sentence that add up: joined people, and "two more"."""
    sums: list[Toll] = []
    for toll in tolls:
        last = sums[-1] if sums else None
        if last is None or last.sentence != toll.sentence or not _adds_up(last, toll):
            sums.append(toll)
            continue
        old, new = last.casualty, toll.casualty
        high = None if old.max is None or new.max is None else old.max + new.max
        fresh = [n for n in new.names if not _is_known(n, old.names)]
        both = replace_casualty(old, new, low=_count(old) + _count(new), high=high, names=fresh)
        sums[-1] = dc_replace(last, casualty=both)
    return sums


def _adds_up(last: Toll, toll: Toll) -> bool:
    if last.casualty.min is None:
        return False
    joined = toll.cue >= 0 and toll.cue == last.cue
    return joined or _is_added(toll)


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
    if whole and high >= low and not _is_within(new, old):
        return replace_casualty(old, new, low=new.min, high=new.max, names=fresh)
    if _contradict(old, new):
        top = None if None in {old.max, new.max} else max(old.max or 0, new.max or 0)
        return replace_casualty(old, new, low=min(low, high), high=top, names=fresh)
    sharper = old.max is None and new.max is not None and new.max >= low
    if (sharper and (high >= low or low in _VAGUE)) or (
        high > low and not new.names and not _is_within(new, old)
    ):
        return replace_casualty(old, new, low=new.min, high=new.max, names=fresh)
    return replace_casualty(old, new, low=old.min, high=old.max, names=fresh)


def _is_within(new: Casualty, old: Casualty) -> bool:
    """True for a count inside a range told before: 12 of "between two and 25"."""
    return old.max is not None and old.max > _count(old) and _count(new) <= old.max


def _contradict(old: Casualty, new: Casualty) -> bool:
    """True for two speakers' counts of the same people; a much smaller count is a part."""
    low, high = sorted((_count(old), _count(new)))
    if low <= 1 or new.names or new.min != new.max or old.claimed_by == new.claimed_by:
        return False
    if _is_within(new, old):
        return False
    both = bool(old.claimed_by and new.claimed_by)
    if old.max is None:
        return _count(old) not in _VAGUE and both and _PART * high <= _count(new) < _count(old)
    return both or low >= _NEAR * high


_VAGUE = frozenset({3, 20, 24, 40, 200, 2000})  # "several", "dozens" … leave room for a count
_NEAR = 0.6  # counts at least this near are rivals though one has no speaker
_PART = 0.4  # an exact count below this share of an open one is a part of it


def _settle_totals(per_group: dict[str, Casualty], own: set[str], extra: int = 0) -> list[Casualty]:
    """Drop a count without a side that is the sides' total, and parts of a larger total.

    Args:
        per_group: one claim a group.
        own: groups on the side that attacked.
        extra: people of no side counted beside the sides, who are in the total too.
    """
    unknown = per_group.get(_UNKNOWN)
    known = {g: c for g, c in per_group.items() if g != _UNKNOWN}
    if unknown is None or not known:
        return list(per_group.values())
    if (unknown.min, unknown.max) == (1, None):
        return list(known.values())
    counts = [_count(c) for c in known.values()]
    parts, total = sum(counts) + extra, _count(unknown)
    if total in {parts, *counts} or total < max(counts):
        return list(known.values())
    if len(counts) + bool(extra) > 1 and parts >= _MOST * total:
        return list(known.values())
    if total > parts:
        return [unknown, *(c for g, c in known.items() if g in own)]
    return [unknown, *known.values()]
