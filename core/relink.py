"""Link a store anew where it has changed: the same incidents as linking all of it from scratch."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from incidents.decide import find_decided, resolve_decisions
from incidents.errors import NotFoundError
from incidents.linking.block import find_pairs, keys_of
from incidents.linking.group import Decisions, Weights, find_edges, is_sure, regroup
from incidents.linking.identity import name_groups
from incidents.linking.merge import merge_reports
from incidents.linking.pipeline import DEFAULT_THRESHOLD
from incidents.linking.score import to_weight
from incidents.store.store import IncidentChange

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from incidents.gazetteer import Gazetteer
    from incidents.linking.group import Edge
    from incidents.model import Incident, Report
    from incidents.store import Store
    from incidents.store.links import Links

RULES = "3"
"""Version of the rules of linking; a store that was linked by other rules is linked anew."""

_MANY = 2000  # reports from which pairs are found in memory instead of in the database


def relink(store: Store, gazetteer: Gazetteer | None = None) -> bool:
    """Link what has changed in a store since it was last linked.

    Args:
        store: read and written.
        gazetteer: tells which body an actor belongs to, and what contains a place.

    Returns:
        Whether it was done: not where another process wrote the same reports at the same time.

    Raises:
        StoreError: the store cannot be written.
    """
    with _paused_collector():
        return _relink(store, gazetteer)


@contextmanager
def _paused_collector() -> Iterator[None]:
    """Keep Python from going through millions of objects that all stay; none refer in circles."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _relink(store: Store, gazetteer: Gazetteer | None) -> bool:
    links = store.links
    if links.setting("rules") != RULES:
        with links.transaction():
            links.mark()
            links.put_setting("rules", RULES)
    if not links.waiting(links.turn()):
        return True
    weighed = _weigh_changed(store, gazetteer)
    if weighed is None:
        return False
    with links.snapshot():
        change = _regroup(store, gazetteer, weighed.turn, weighed.min_weight)
    return change is not None and store.change_incidents(change, gazetteer=gazetteer)


class _Weighed(NamedTuple):
    """What pairs were weighed up to.

    Attributes:
        turn: the last change of articles that was taken in.
        min_weight: bits below which no pair was kept; the threshold as it was at that turn. Who
            changes it marks all reports in the same transaction, so a later one is a later turn.
    """

    turn: int
    min_weight: float


def _regroup(
    store: Store, gazetteer: Gazetteer | None, turn: int, min_weight: float
) -> IncidentChange | None:
    """Group anew what waits for it; None where another process has changed a part of it since."""
    links = store.links
    number = links.round()
    decisions = resolve_decisions(store)
    area = _Area(links, links.waiting(turn), decisions)
    if not area.loaded.isdisjoint(links.later(turn)):
        return None
    reports = {report.id: _lighten(report) for report in links.reports(area.loaded)}
    edges = area.edges
    weights = Weights(reports, gazetteer, decisions, dict(edges))
    sure = {id_ for id_, is_anchored in area.sure.items() if is_anchored}
    groups = regroup(reports, sure, edges, weights, min_weight=min_weight)
    return _change(store, groups, area, turn, number)


def _lighten(report: Report) -> Report:
    """A report without its sentences, which linking does not read."""
    return msgspec.structs.replace(report, evidence=())


def _weigh_changed(store: Store, gazetteer: Gazetteer | None) -> _Weighed | None:
    """Weigh the pairs of the reports that came or changed, and store them.

    Of two processes that do so at the same time, each must know the keys that the other has put,
    or pairs between their reports would be missed. A few reports are weighed under the lock. Many
    are weighed without it, so that others can go on storing articles; they are put only if nobody
    else has put pairs meanwhile.

    Returns:
        What was taken in; None where it has to be done again.
    """
    links = store.links
    with links.transaction():
        if decided := find_decided(store, links.changed_articles()):
            links.mark(decided)
        turn = links.turn()
        min_weight = to_weight(float(links.setting("threshold") or DEFAULT_THRESHOLD))
        changed = links.changed(turn)
        if len(changed) < _MANY:
            if changed:
                _weigh(store, changed, turn, gazetteer, min_weight)
            return _Weighed(turn, min_weight)
    with links.snapshot():
        number = links.weighing()
        changed = links.changed(turn)
        known = links.weighed() | changed
        # what came since is weighed by those who come later
        reports = {each.id: _lighten(each) for each in links.every_report() if each.id in known}
        decisions = _among(reports, resolve_decisions(store))
    own = {id_: reports[id_] for id_ in changed if id_ in reports}
    keys = {id_: keys_of(report) for id_, report in own.items()}
    found = _pairs_of(reports, changed)
    sure, edges = _weigh_pairs(found, reports, changed, decisions, gazetteer, min_weight)
    with links.transaction():
        if links.weighing() != number:
            return None
        links.put_keys(changed, keys)
        links.put_edges(changed, {id_: id_ in sure for id_ in own}, edges, turn)
    return _Weighed(turn, min_weight)


def _among(reports: Collection[str], decisions: Decisions) -> Decisions:
    """Decisions on some reports alone; who weighs the others takes in what is said of both."""
    together = (edge for edge in decisions.together if edge[0] in reports and edge[1] in reports)
    return Decisions(frozenset(together), decisions.apart)


def _weigh(
    store: Store, changed: set[str], turn: int, gazetteer: Gazetteer | None, min_weight: float
) -> None:
    """Weigh and store the pairs of a few reports, with the keys of the others in the database."""
    links = store.links
    own = {report.id: _lighten(report) for report in links.reports(changed)}
    keys = {id_: keys_of(report) for id_, report in own.items()}
    links.put_keys(changed, keys)
    pairs = links.partners(keys)
    decisions = resolve_decisions(store)
    others = {id_ for pair in pairs for id_ in pair} - own.keys()
    reports = own | {report.id: _lighten(report) for report in links.reports(others)}
    found = sorted(pairs)
    sure, edges = _weigh_pairs(found, reports, changed, decisions, gazetteer, min_weight)
    links.put_edges(changed, {id_: id_ in sure for id_ in own}, edges, turn)


def _weigh_pairs(
    found: Iterable[Edge],
    reports: dict[str, Report],
    changed: set[str],
    decisions: Decisions,
    gazetteer: Gazetteer | None,
    min_weight: float,
) -> tuple[set[str], dict[Edge, float]]:
    """The reports that are anchored, and the pairs that weigh enough."""
    weights = Weights(reports, gazetteer, decisions)
    sure = {id_ for id_, report in reports.items() if is_sure(report, decisions)}
    edges = find_edges(found, sure, weights, min_weight=min_weight)
    for edge in decisions.together:
        if not changed.isdisjoint(edge):
            edges[edge] = weights.look(*edge) or 0.0
    return sure, edges


def _pairs_of(reports: dict[str, Report], changed: set[str]) -> Iterable[Edge]:
    """Candidate pairs that hold a changed report."""
    # by day: what is compared soon after each other is then compared with the same reports
    ids = sorted(reports, key=lambda id_: (str(reports[id_].date.start), id_))
    is_changed = [id_ in changed for id_ in ids]
    for one, two in find_pairs([reports[id_] for id_ in ids]):
        if is_changed[one] or is_changed[two]:
            yield min(ids[one], ids[two]), max(ids[one], ids[two])


class _Area:
    """The reports whose groups may change, and those that this depends on.

    Attributes:
        core: reports whose group is made anew: the changed ones, all anchored ones that a chain
            of pairs ties to them, and the loose ones near any of these.
        loaded: these, and the anchored reports that the loose ones are weighed against.
        sure: id to whether the report is anchored.
        edges: the weighed pairs among those loaded.
    """

    def __init__(self, links: Links, waiting: set[str], decisions: Decisions) -> None:
        self._links = links
        self._near: dict[str, dict[str, float]] = {}
        self.sure: dict[str, bool] = {}
        self._decided = decisions.together | decisions.apart
        self._look(waiting)
        waiting = {id_ for id_ in waiting if id_ in self.sure}
        anchored = self._tied(waiting)
        loose = self._loose_around(waiting, anchored)
        context = self._tied({other for id_ in loose for other in self._near[id_]})
        self.core = anchored | loose
        self.loaded = self.core | context
        self.edges = {
            (one, two): weight
            for one in self.loaded
            for two, weight in self._near[one].items()
            if one < two and two in self.loaded
        }

    def _look(self, ids: Iterable[str]) -> None:
        """Read the pairs of reports that were not read yet, and what those are."""
        new = {id_ for id_ in ids if id_ not in self._near}
        found: dict[str, dict[str, float]] = {id_: {} for id_ in new}
        for (one, two), weight in self._links.edges(new).items():
            for id_, other in ((one, two), (two, one)):
                if id_ in new:
                    found[id_][other] = weight
        self._near |= found
        ids = new.union(*found.values()) - self.sure.keys()
        self.sure |= self._links.sure(ids)

    def _tied(self, ids: Iterable[str]) -> set[str]:
        """The anchored reports of `ids`, and all that chains of anchored pairs tie to them."""
        return self._follow({id_ for id_ in ids if self.sure[id_]}, self.sure)

    def _follow(self, start: set[str], allowed: dict[str, bool]) -> set[str]:
        found, edge = set(start), set(start)
        while edge:
            self._look(edge)
            edge = {o for id_ in edge for o in self._near[id_] if allowed.get(o)} - found
            found |= edge
        return found

    def _loose_around(self, waiting: set[str], anchored: set[str]) -> set[str]:
        """The loose reports whose group may change."""
        loose = {id_ for id_ in waiting if not self.sure[id_]}
        loose |= {o for id_ in anchored for o in self._near[id_] if not self.sure[o]}
        loose = self._with_rivals(loose)
        # Loose reports that no anchored one holds make groups of their own.
        edge = set(loose)
        while edge:
            self._look(edge)
            edge = {o for id_ in edge for o in self._near[id_] if not self.sure[o]} - loose
            edge = self._with_rivals(edge - self._held(edge)) - loose
            loose |= edge
        return loose

    def _with_rivals(self, loose: set[str]) -> set[str]:
        """Loose reports, and those that may never be in a group with one of them."""
        rivals = self._links.siblings(loose)
        rivals |= {o for pair in self._decided if not loose.isdisjoint(pair) for o in pair}
        self._look(rivals)
        return loose | {id_ for id_ in rivals if self.sure.get(id_) is False}

    def _held(self, loose: set[str]) -> set[str]:
        """Those loose reports that are in one incident with an anchored one."""
        found: set[str] = set()
        for members in self._links.members(loose).values():
            self.sure |= self._links.sure(set(members) - self.sure.keys())
            if any(self.sure.get(id_) for id_ in members):
                found.update(members)
        return found & loose


def _change(
    store: Store, groups: list[list[str]], area: _Area, turn: int, number: int
) -> IncidentChange:
    """Work out which incidents change."""
    links = store.links
    stored = links.members(area.loaded)
    incident_of = {id_: incident for incident, members in stored.items() for id_ in members}
    whole = [_complete(group, area, stored, incident_of) for group in groups]
    lost = links.lost(turn)
    waiting = links.waiting(turn)
    same = {tuple(members) for members in stored.values()}
    changed = [g for g in whole if tuple(g) not in same or not waiting.isdisjoint(g)]
    moved = {id_ for group in changed for id_ in group}
    before = {id_: set(members) for id_, members in stored.items() if not moved.isdisjoint(members)}
    for incident_id, report_id, article_id in lost:
        if not links.held(incident_id) <= moved:
            continue  # another process has linked the rest of it meanwhile: it stays as it is
        before.setdefault(incident_id, set()).add(report_id)
        before[incident_id] |= _successor(store, incident_id, report_id, article_id, moved)
    names, former = name_groups(changed, before, links.is_taken)
    full = {report.id: report for report in links.reports(moved)}
    incidents: list[Incident] = [
        msgspec.structs.replace(merge_reports(full[id_] for id_ in group), id=name)
        for group, name in zip(changed, names, strict=True)
    ]
    return IncidentChange(
        incidents=incidents,
        replaced=frozenset(before),
        former=tuple(former),
        used=frozenset(area.loaded | moved),
        turn=turn,
        round=number,
    )


def _complete(
    group: list[str], area: _Area, stored: dict[str, list[str]], incident_of: dict[str, str]
) -> list[str]:
    """A group with the loose reports that its untouched anchored ones hold."""
    context = {incident_of[id_] for id_ in group if id_ not in area.core and id_ in incident_of}
    rest = {id_ for incident in context for id_ in stored[incident]} - area.loaded
    return sorted(rest.union(group))


def _successor(
    store: Store, incident_id: str, report_id: str, article_id: str, moved: set[str]
) -> set[str]:
    """The report that took the place of one that an article does not give any more."""
    if report_id in moved:
        return set()
    new = [report for report in store.reports_of(article_id) if report.id in moved]
    try:
        old = store.incident(incident_id)
    except NotFoundError:  # all incidents were replaced meanwhile: no id to hand on
        return set()
    alike = [
        report.id
        for report in new
        if (report.sub_event_type, report.date.start) == (old.sub_event_type, old.date.start)
    ]
    return (
        set(alike) if len(alike) == 1 else {report.id for report in new} if len(new) == 1 else set()
    )
