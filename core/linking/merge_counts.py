"""Casualties of one event as several articles claim them: one entry a kind and group."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from incidents.gazetteer.names import fold_name
from incidents.linking.counts import REAL, is_same_name, unite_ranges
from incidents.model import Casualty, Disagreement, DisagreementValue, Fatalities

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from incidents.linking.counts import Range
    from incidents.model import Report

_UNKNOWN = "unknown"
_Claims = list[Casualty]


def merge_casualties(
    reports: Sequence[Report],
) -> tuple[tuple[Casualty, ...], tuple[Disagreement, ...]]:
    """Merge the casualties of reports of one event.

    Claims of one kind and group become one entry. Where they differ, its range runs from the
    lowest to the highest and is open if one of them is; the disagreement lists who says what.
    A toll that rises from one day of printing to the next is no disagreement.
    A named victim and an unnamed one of the same toll are the same death. Denied and planned
    harm stays apart from harm that is reported.

    Args:
        reports: of one event; their order does not matter.

    Returns:
        Entries sorted by kind and group, each pointing into the article of its best claim, and
        the disagreements.
    """
    entries: list[Casualty] = []
    disagreements: list[Disagreement] = []
    published = _days_of_printing(reports)
    for (kind, _, _), claims in sorted(_group_claims(reports).items()):
        entry = _merge_claims(claims)
        entries.append(entry)
        values = _list_values(claims)
        if len(values) > 1 and not is_update(claims, published):
            field = f"casualties {kind} {entry.group}"
            disagreements.append(Disagreement(field=field, values=values))
    return tuple(entries), tuple(disagreements)


def merge_fatalities(reports: Sequence[Report]) -> Fatalities:
    """Count the deaths of one event from the claims of all reports.

    Groups add up. A total for nobody's side in particular, from articles that name no sides, is
    another count of the same dead: it widens the range instead of adding to it. `best` is the
    number that most claims give, or of a toll that rises the last; "at least 3" counts as 3.
    Without claims, the reports' own figures.
    """
    low = best = high = 0
    total: tuple[int, int, int] | None = None
    is_grouped = False
    published = _days_of_printing(reports)
    for (kind, group, real), claims in sorted(_group_claims(reports).items()):
        if kind != "killed" or not real:
            continue
        estimate = _estimate(claims, published)
        if group == _UNKNOWN and not _splits(reports, claims):
            total = estimate
            continue
        is_grouped = True
        low, best, high = low + estimate[0], best + estimate[1], high + estimate[2]
    if total is not None:
        low = min(low, total[0]) if is_grouped else total[0]
        best, high = max(best, total[1]), max(high, total[2])
    if not high:
        return _own_figures(reports)
    return Fatalities(low=low, best=best, high=high)


def show_range(low: int | None, high: int | None) -> str:
    """Write a range in words: `3`, `at least 3`, `1 to 4`, `up to 5`."""
    if low is None:
        return f"up to {high}" if high is not None else "unknown"
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low} to {high}"


def unite_names(names: Iterable[str]) -> tuple[str, ...]:
    """Unite victims' names; of spellings of one name the longest stays, then the first."""
    kept: list[str] = []
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        if not any(is_same_name(name, other) for other in kept):
            kept.append(name)
    return tuple(sorted(kept))


def _group_claims(reports: Sequence[Report]) -> dict[tuple[str, str, bool], _Claims]:
    """Claims by kind, folded group and whether they are made in earnest.

    A toll of an unknown group joins the group that the other reports name, where they name one
    only: "16 killed" and "16 civilians killed" are one toll.
    """
    found: defaultdict[tuple[str, str, bool], _Claims] = defaultdict(list)
    for report in sorted(reports, key=lambda report: report.id):
        for casualty in report.casualties:
            group, real = fold_name(casualty.group), casualty.modality in REAL
            found[casualty.kind, group, real].append(
                msgspec.structs.replace(casualty, article=report.article.id)
            )
    for key in sorted(found):
        kind, group, real = key
        named = [k for k in found if k[0] == kind and k[1] != _UNKNOWN and k[2] == real]
        if group != _UNKNOWN or len(named) != 1:
            continue
        if _articles(found[named[0]]).isdisjoint(_articles(found[key])):
            found[named[0]] += found.pop(key)
    return dict(found)


def _merge_claims(claims: _Claims) -> Casualty:
    best = min(claims, key=_preference)
    low: int | None
    high: int | None
    ranges = _ranges(claims)
    if ranges:
        united = ranges[0]
        for other in ranges[1:]:
            united = unite_ranges(united, other)
        low, high = united
    else:
        low, high = best.min, best.max
    speakers = sorted({claim.claimed_by for claim in claims if claim.claimed_by})
    group = min((claim.group for claim in claims if claim.group != _UNKNOWN), default=_UNKNOWN)
    return msgspec.structs.replace(
        best,
        min=low,
        max=high,
        group=group,
        names=unite_names(name for claim in claims for name in claim.names),
        claimed_by=best.claimed_by or (speakers[0] if speakers else None),
    )


def _preference(claim: Casualty) -> tuple[bool, bool, bool, str, int]:
    """Sort key: the claim to show is one with names, a group, an exact number."""
    exact = claim.min is not None and claim.min == claim.max
    return not claim.names, claim.group == _UNKNOWN, not exact, claim.article or "", claim.start


def _list_values(claims: _Claims) -> tuple[DisagreementValue, ...]:
    """List the different ranges and the articles that give each, lowest first."""
    articles: defaultdict[tuple[int, float, str], set[str]] = defaultdict(set)
    for claim in claims:
        order = (claim.min or 0, claim.max if claim.max is not None else float("inf"))
        articles[*order, show_range(claim.min, claim.max)].add(claim.article or "")
    return tuple(
        DisagreementValue(value=value, articles=tuple(sorted(articles[low, high, value])))
        for low, high, value in sorted(articles)
    )


def _ranges(claims: _Claims) -> list[Range]:
    return [(claim.min, claim.max) for claim in claims if claim.min is not None]


def is_update(claims: _Claims, published: Mapping[str, dt.date]) -> bool:
    """Whether claims differ only as a toll that rises from one day of printing to the next.

    Args:
        claims: of one kind and group; one or more.
        published: article id to its day of publication; where one is missing, nothing is known.
    """
    days: defaultdict[dt.date, set[Range]] = defaultdict(set)
    for claim in claims:
        day = published.get(claim.article or "")
        if day is None or claim.min is None:
            return False
        days[day].add((claim.min, claim.max))
    tolls = [days[day] for day in sorted(days)]
    if any(len(toll) > 1 for toll in tolls):
        return False
    lows = [low for toll in tolls for low, _ in toll]
    return lows == sorted(lows) and lows[0] < lows[-1]


def _days_of_printing(reports: Sequence[Report]) -> dict[str, dt.date]:
    return {
        report.article.id: report.article.published
        for report in reports
        if report.article.published is not None
    }


def _estimate(claims: _Claims, published: Mapping[str, dt.date]) -> tuple[int, int, int]:
    """Lowest, best and highest number of a group's claims.

    The best is the last of a toll that rises, else the most frequent (of equals the higher).
    """
    ranges = _ranges(claims)
    if not ranges:
        return 0, 0, max((claim.max or 0 for claim in claims), default=0)
    lows = [low for low, _ in ranges]
    best = max(lows, key=lambda low: (lows.count(low), low))
    if is_update(claims, published):
        best = max(lows)
    high = max(low if end is None else end for low, end in ranges)
    return min(lows), best, max(best, high)


def _articles(claims: _Claims) -> set[str]:
    return {claim.article or "" for claim in claims}


def _splits(reports: Sequence[Report], claims: _Claims) -> bool:
    """Whether an article of these claims also names a group's dead, so that both add up."""
    ids = _articles(claims)
    return any(
        casualty.kind == "killed" and casualty.modality in REAL and casualty.group != _UNKNOWN
        for report in reports
        if report.article.id in ids
        for casualty in report.casualties
    )


def _own_figures(reports: Sequence[Report]) -> Fatalities:
    stated = [report.fatalities for report in reports if report.fatalities.high]
    if not stated:
        return Fatalities()
    best = max(figure.best for figure in stated)
    return Fatalities(
        low=min(figure.low for figure in stated),
        best=best,
        high=max(figure.high for figure in stated),
    )
