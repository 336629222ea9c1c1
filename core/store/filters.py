"""Which incidents to show, as SQL conditions with bound values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from incidents.store.names import articles_of_source, is_source, rows_with_words
from incidents.words import kinds_called, types_called

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from incidents.store.circles import Circle

    _Clauses = list[tuple[str, Sequence[Any]]]  # conditions, each with the values that it binds


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """Conditions that all must hold; what is left out does not filter.

    Attributes:
        place_ids: gazetteer ids: the incident lies in one of these places or inside it.
        place_text: words of a place that the gazetteer could not resolve.
        near: or within one of these circles, by the coordinates of its first place.
        actor_ids: gazetteer ids of actors, in any role.
        actor_text: words of an actor's name or mention.
        kind_text: words for kinds of actors, as `kinds_called` reads them; one of the parties is of
            such a kind.
        type_text: words for event types or sub-event types, as `types_called` reads them.
        since: first day; incidents that ended earlier or have no date are left out.
        until: last day; incidents that began later or have no date are left out.
        min_killed: least number of people who were killed by every account: `fatalities.low`.
        background: True only background, False without, None both.
        source_text: an outlet or a domain of one of the articles; see `is_source`.
        sources: least number of independent sources.
        grades: any of these; see `Incident.grade`.
        disputed: only incidents whose reports differ in something.
    """

    place_ids: tuple[str, ...] = ()
    place_text: str | None = None
    near: tuple[Circle, ...] = ()
    actor_ids: tuple[str, ...] = ()
    actor_text: str | None = None
    kind_text: str | None = None
    type_text: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    min_killed: int = 0
    background: bool | None = None
    source_text: str | None = None
    sources: int = 1
    grades: tuple[str, ...] = ()
    disputed: bool = False

    def where(self) -> tuple[str, list[Any]]:
        """The conditions in SQL and the values that they bind, in order.

        SQLite knows nothing of how many incidents a condition lets through. So only the one that
        likely leaves the fewest may use its index: names, else a source, else types and days, else
        what comes after in `_others`. The `+` before a column keeps the others from theirs.
        """
        clauses: list[str] = []
        values: list[Any] = []
        named = [
            *_named("place", self.place_ids, self.place_text, self.near),
            *_named("actor", self.actor_ids, self.actor_text),
        ]
        for clause, bound in named:
            clauses.append(clause)
            values.extend(bound)
        is_found = bool(named)
        for group in self._others(is_found=is_found):
            for clause, bound in group:
                clauses.append(f"+{clause}" if is_found else clause)
                values.extend(bound)
            is_found = is_found or bool(group)
        return " AND ".join(clauses) or "1", values

    def _others(self, *, is_found: bool) -> tuple[_Clauses, ...]:
        """All further conditions, those that likely leave the fewest incidents first."""
        source = self._source(is_found=is_found)
        # the value stands in the clause where an index holds that value only
        disputed: _Clauses = [("is_disputed = 1", ())] if self.disputed else []
        sources: _Clauses = [("source_count >= ?", (self.sources,))] if self.sources > 1 else []
        return source, self._what_and_when(), self._killed(), disputed, sources, *self._common()

    def _source(self, *, is_found: bool) -> _Clauses:
        """One of the articles is of a source; an outlet can have told of nearly all incidents.

        Args:
            is_found: the incidents come from another condition; then the articles of each are
                looked at, instead of all articles of the source.
        """
        if self.source_text is None:
            return []
        if not is_found:
            articles, values = articles_of_source(self.source_text)
            sql = (
                "SELECT incident_id FROM report CROSS JOIN incident_report ON report_id = report.id"  # noqa: S608 - names are ours, values are bound
                f" WHERE article_id IN ({articles})"
            )
            return [(f"id IN ({sql})", values)]
        tests, bound = is_source(self.source_text)
        sql = (
            "SELECT 1 FROM incident_report CROSS JOIN report ON report.id = report_id"  # noqa: S608 - names are ours, values are bound
            " CROSS JOIN article ON article.id = article_id"
            f" WHERE incident_id = incident.id AND ({' OR '.join(f'({test})' for test in tests)})"
        )
        return [(f"EXISTS ({sql})", [value for each in bound for value in each])]

    def _what_and_when(self) -> _Clauses:
        found: _Clauses = []
        if self.type_text is not None:
            types = types_called(self.type_text)
            found.append((f"sub_event_type IN ({_marks(types)})", types))
        if self.since is not None:
            found.append(("event_date_end >= ?", (self.since.isoformat(),)))
        if self.until is not None:
            found.append(("event_date_start <= ?", (self.until.isoformat(),)))
        return found

    def _killed(self) -> _Clauses:
        return [("fatalities_low >= ?", (self.min_killed,))] if self.min_killed > 0 else []

    def _common(self) -> tuple[_Clauses, ...]:
        """Conditions that most incidents may pass."""
        grades: _Clauses = []
        if self.grades:
            grades.append((f"grade IN ({_marks(self.grades)})", self.grades))
        kinds: _Clauses = []
        if self.kind_text is not None:
            called = kinds_called(self.kind_text)
            parties = f"SELECT incident_id FROM incident_actor WHERE kind IN ({_marks(called)})"  # noqa: S608 - values are bound
            kinds.append((f"id IN ({parties})", called))
        background: _Clauses = []
        if self.background is not None:
            background.append((f"background = {self.background:d}", ()))
        return grades, kinds, background


def _named(
    what: Literal["place", "actor"],
    ids: tuple[str, ...],
    text: str | None,
    near: tuple[Circle, ...] = (),
) -> _Clauses:
    """The condition on table `incident_<what>`: one of the ids, the words of a name, or nearness.

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
    for circle in near:
        for select, bound in circle.selects():
            tests.append(select)
            values.extend(bound)
    return [(f"id IN ({' UNION ALL '.join(tests)})", values)] if tests else []


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
