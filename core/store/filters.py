"""Which incidents to show, as SQL conditions with bound values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from incidents.store.names import rows_with_words
from incidents.words import types_called

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    _Clauses = list[tuple[str, Sequence[Any]]]  # conditions, each with the values that it binds


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """Conditions that all must hold; what is left out does not filter.

    Attributes:
        place_ids: gazetteer ids: the incident lies in one of these places or inside it.
        place_text: words of a place that the gazetteer could not resolve.
        actor_ids: gazetteer ids of actors, in any role.
        actor_text: words of an actor's name or mention.
        type_text: words for event types or sub-event types, as `types_called` reads them.
        since: first day; incidents that ended earlier or have no date are left out.
        until: last day; incidents that began later or have no date are left out.
        background: True only background, False without, None both.
        sources: least number of independent sources.
        grades: any of these; see `Incident.grade`.
        disputed: only incidents whose reports differ in something.
    """

    place_ids: tuple[str, ...] = ()
    place_text: str | None = None
    actor_ids: tuple[str, ...] = ()
    actor_text: str | None = None
    type_text: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    background: bool | None = None
    sources: int = 1
    grades: tuple[str, ...] = ()
    disputed: bool = False

    def where(self) -> tuple[str, list[Any]]:
        """The conditions in SQL and the values that they bind, in order.

        SQLite knows nothing of how many incidents a condition lets through. So only the one that
        likely leaves the fewest may use its index: names, else types and days, else what comes
        after in `_scalars`. The `+` before a column keeps the others from theirs.
        """
        clauses: list[str] = []
        values: list[Any] = []
        named = [
            *_named("place", self.place_ids, self.place_text),
            *_named("actor", self.actor_ids, self.actor_text),
        ]
        for clause, bound in named:
            clauses.append(clause)
            values.extend(bound)
        is_found = bool(named)
        for group in self._scalars():
            for clause, bound in group:
                clauses.append(f"+{clause}" if is_found else clause)
                values.extend(bound)
            is_found = is_found or bool(group)
        return " AND ".join(clauses) or "1", values

    def _scalars(self) -> tuple[_Clauses, ...]:
        """Conditions on columns of the incident, those that likely leave the fewest first."""
        what_and_when: _Clauses = []
        if self.type_text is not None:
            types = types_called(self.type_text)
            what_and_when.append((f"sub_event_type IN ({_marks(types)})", types))
        if self.since is not None:
            what_and_when.append(("event_date_end >= ?", (self.since.isoformat(),)))
        if self.until is not None:
            what_and_when.append(("event_date_start <= ?", (self.until.isoformat(),)))
        # the value stands in the clause where an index holds that value only
        disputed: _Clauses = [("is_disputed = 1", ())] if self.disputed else []
        sources: _Clauses = [("source_count >= ?", (self.sources,))] if self.sources > 1 else []
        grades: _Clauses = []
        if self.grades:
            grades.append((f"grade IN ({_marks(self.grades)})", self.grades))
        background: _Clauses = []
        if self.background is not None:
            background.append((f"background = {self.background:d}", ()))
        return what_and_when, disputed, sources, grades, background


def _named(what: Literal["place", "actor"], ids: tuple[str, ...], text: str | None) -> _Clauses:
    """The condition on table `incident_<what>`: one of the ids, or the words of a name.

    With ids given, the words only count for names that the gazetteer could not resolve: a place
    that is resolved is known to lie elsewhere.
    """
    tests: list[str] = []
    values: list[Any] = []
    if ids:
        tests.append(
            f"SELECT incident_id FROM incident_{what} WHERE {what}_id IN ({_marks(ids)})"  # noqa: S608 - table names are ours, values are bound
        )
        values.extend(ids)
    if text is not None:
        # the + as in `where`: of all incidents, many hold a name that has no id
        tests.append(rows_with_words(what, "incident_id", f"+{what}_id IS NULL" if ids else "1"))
        values.extend([text, text])
    return [(f"id IN ({' UNION ALL '.join(tests)})", values)] if tests else []


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
