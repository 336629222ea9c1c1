"""What people decide on linking: reports that are one event, and reports that are not.

A decision names reports by id, and beside it by article, type and position, so that it holds when
the article is extracted again and its reports get other ids. A later decision outweighs an earlier
one.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, Literal

import msgspec

from incidents.errors import InputError, NotFoundError
from incidents.linking.group import Decisions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from incidents.linking.group import Edge
    from incidents.store import Store


class ReportMark(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A report, as a decision knows it.

    Attributes:
        report: its id when the decision was made.
        article: id of its article.
        sub_event_type: its type.
        position: its place among the reports of the article, from 0.
    """

    report: str
    article: str
    sub_event_type: str
    position: int


class Decision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One decision.

    Attributes:
        id: its number in the store; 0 before it is stored.
        kind: `merge`: the reports of `first` are one event. `split`: those of `first` are one
            event, and another one than that of `rest`.
        first: reports.
        rest: for a split, those that stayed behind.
    """

    id: int = 0
    kind: Literal["merge", "split"]
    first: tuple[ReportMark, ...]
    rest: tuple[ReportMark, ...] = ()


def merge_incidents(store: Store, incident_ids: Sequence[str]) -> set[str]:
    """Decide that incidents are one; link the store afterwards.

    Args:
        store: written.
        incident_ids: two or more, or the beginnings of their ids.

    Returns:
        Ids of the reports that the decision is about.

    Raises:
        InputError: it is only one incident.
        NotFoundError: there is no such incident.
    """
    incidents = {found.id: found for found in map(store.incident, incident_ids)}
    if len(incidents) < 2:  # noqa: PLR2004 - one incident cannot be merged
        msg = f"{incident_ids[0]}: name another incident to merge it with"
        raise InputError(msg)
    reports = [report for found in incidents.values() for report in found.reports]
    return _put(store, Decision(kind="merge", first=_mark_all(store, reports)))


def split_incident(store: Store, incident_id: str, report_ids: Sequence[str]) -> set[str]:
    """Decide that reports are another event than the rest of their incident; link afterwards.

    Args:
        store: written.
        incident_id: the incident, or the beginning of its id.
        report_ids: the reports that leave it; they are one event.

    Returns:
        Ids of the reports that the decision is about.

    Raises:
        InputError: no report is named, or all are, or one is not of the incident.
        NotFoundError: there is no such incident or report.
    """
    incident = store.incident(incident_id)
    leaving = sorted({store.report(id_).id for id_ in report_ids})
    staying = sorted(set(incident.reports).difference(leaving))
    for id_ in leaving:
        if id_ not in incident.reports:
            msg = f"{id_}: is no report of {incident.id}; `incidents why {incident.id}` lists them"
            raise InputError(msg)
    if not leaving or not staying:
        msg = f"{incident.id}: name some of its {len(incident.reports)} reports, and not all"
        raise InputError(msg)
    first, rest = _mark_all(store, leaving), _mark_all(store, staying)
    return _put(store, Decision(kind="split", first=first, rest=rest))


def list_decisions(store: Store) -> list[Decision]:
    """All decisions of a store, in the order in which they were made."""
    return [
        msgspec.structs.replace(msgspec.json.decode(data, type=Decision), id=number)
        for number, data in store.links.decisions()
    ]


def forget_decision(store: Store, number: int) -> set[str]:
    """Take a decision back; link the store afterwards.

    Returns:
        Ids of the reports that it was about.

    Raises:
        NotFoundError: there is no decision of that number.
    """
    for decision in list_decisions(store):
        if decision.id == number:
            with store.links.transaction():
                store.links.delete_decision(number)
                return _wake(store, decision)
    msg = f"{store.path}: no decision {number}; `incidents link --decisions` lists them"
    raise NotFoundError(msg)


def resolve_decisions(store: Store) -> Decisions:
    """The decisions of a store as pairs of the reports that are there now."""
    together: set[Edge] = set()
    apart: set[Edge] = set()
    for decision in list_decisions(store):
        first = _resolve(store, decision.first)
        rest = _resolve(store, decision.rest)
        one = {_pair(*pair) for pair in combinations(sorted(first), 2)}
        other = {_pair(*pair) for pair in product(first, rest) if pair[0] != pair[1]}
        together = (together | one) - other
        apart = (apart - one) | other
    return Decisions(frozenset(together), frozenset(apart))


def find_decided(store: Store, article_ids: Collection[str]) -> set[str]:
    """The reports of all decisions that name one of some articles.

    Where reports of an article come, change or go, a decision can mean others than before; the
    weights of all that it names are then others, too.

    Args:
        store: read.
        article_ids: of articles that have changed.
    """
    return {
        found
        for decision in (list_decisions(store) if article_ids else ())
        if not {mark.article for mark in _marks(decision)}.isdisjoint(article_ids)
        for found in _resolve(store, _marks(decision))
    }


def _marks(decision: Decision) -> tuple[ReportMark, ...]:
    return *decision.first, *decision.rest


def find_mark(store: Store, mark: ReportMark) -> str | None:
    """The id of the report that a decision names, as it is called now; None if it is gone."""
    reports = store.reports_of(mark.article)
    ids = [report.id for report in reports]
    if mark.report in ids:
        return mark.report
    alike = [
        (position != mark.position, report.id)
        for position, report in enumerate(reports)
        if report.sub_event_type == mark.sub_event_type
    ]
    if alike:
        return min(alike)[1]
    return ids[mark.position] if mark.position < len(ids) else None


def _resolve(store: Store, marks: Iterable[ReportMark]) -> set[str]:
    return {found for mark in marks if (found := find_mark(store, mark))}


def _pair(one: str, two: str) -> Edge:
    return (one, two) if one < two else (two, one)


def _mark_all(store: Store, report_ids: Iterable[str]) -> tuple[ReportMark, ...]:
    marks = []
    for id_ in sorted(set(report_ids)):
        report = store.report(id_)
        ids = [each.id for each in store.reports_of(report.article.id)]
        mark = ReportMark(
            report=id_,
            article=report.article.id,
            sub_event_type=report.sub_event_type,
            position=ids.index(id_),
        )
        marks.append(mark)
    return tuple(marks)


def _put(store: Store, decision: Decision) -> set[str]:
    with store.links.transaction():  # a decision whose reports nobody links would have no effect
        store.links.put_decision(decision.kind, msgspec.json.encode(decision).decode())
        return _wake(store, decision)


def _wake(store: Store, decision: Decision) -> set[str]:
    """Have the reports of a decision linked again; returns their ids."""
    reports = _resolve(store, _marks(decision))
    store.links.mark(reports)
    return reports
