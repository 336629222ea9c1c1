"""Which incidents to show, as SQL conditions with bound values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from incidents.words import types_called

if TYPE_CHECKING:
    import datetime as dt


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
        """The conditions in SQL and the values that they bind, in order."""
        clauses: list[str] = []
        values: list[Any] = []
        for clause, bound in (
            *_named("place", self.place_ids, self.place_text),
            *_named("actor", self.actor_ids, self.actor_text),
            *self._scalars(),
        ):
            clauses.append(clause)
            values.extend(bound)
        return " AND ".join(clauses) or "1", values

    def _scalars(self) -> list[tuple[str, list[Any]]]:
        found: list[tuple[str, list[Any]]] = []
        if self.type_text is not None:
            types = types_called(self.type_text)
            found.append((f"sub_event_type IN ({', '.join('?' * len(types))})", [*types]))
        if self.since is not None:
            found.append(("event_date_end >= ?", [self.since.isoformat()]))
        if self.until is not None:
            found.append(("event_date_start <= ?", [self.until.isoformat()]))
        if self.background is not None:
            found.append(("background = ?", [self.background]))
        if self.sources > 1:
            found.append(("source_count >= ?", [self.sources]))
        if self.grades:
            found.append((f"grade IN ({', '.join('?' * len(self.grades))})", [*self.grades]))
        if self.disputed:
            found.append(("is_disputed", []))
        return found


def _named(what: str, ids: tuple[str, ...], text: str | None) -> list[tuple[str, list[Any]]]:
    """The condition on table `incident_<what>`: one of the ids, or the words of a name.

    With ids given, the words only count for names that the gazetteer could not resolve: a place
    that is resolved is known to lie elsewhere.
    """
    if not ids and text is None:
        return []
    tests: list[str] = []
    values: list[Any] = []
    if ids:
        tests.append(f"{what}_id IN ({', '.join('?' * len(ids))})")
        values.extend(ids)
    if text is not None:
        unresolved = f"{what}_id IS NULL AND " if ids else ""
        tests.append(f"({unresolved}(has_words(name, ?) OR has_words(mention, ?)))")
        values.extend([text, text])
    inner = f"SELECT incident_id FROM incident_{what} WHERE {' OR '.join(tests)}"  # noqa: S608 - table names are ours, values are bound
    return [(f"id IN ({inner})", values)]
