"""No filter of `show` reads all incidents where an index can spare it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from incidents.store import Circle, IncidentFilter, Store, open_store
from incidents.store.names import rows_with_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = dt.date(2021, 4, 20)
PLACE = IncidentFilter(place_ids=("g:1", "g:2"), place_text="Tay")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give an empty store: SQLite then plans by the schema alone, as it does in a full one."""
    with open_store(tmp_path / "plans.db") as opened:
        yield opened


def plan_of(store: Store, sql: str, values: list[object] | None = None) -> list[str]:
    """How SQLite would run a query, step by step."""
    return [row[3] for row in store._db.execute(f"EXPLAIN QUERY PLAN {sql}", values or [])]


def plan_of_filter(store: Store, where: IncidentFilter) -> list[str]:
    """How SQLite would find the incidents of a filter."""
    condition, values = where.where()
    return plan_of(store, f"SELECT data FROM incident WHERE {condition}", values)  # noqa: S608


_TABLES = ("SCAN incident", "SCAN report", "SCAN article")


def scans(plan: list[str]) -> list[str]:
    """The steps that go through a whole table or index."""
    return [step for step in plan if step.startswith(_TABLES)]


FILTERS = {
    "place ids": IncidentFilter(place_ids=("g:1", "g:2")),
    "place words": IncidentFilter(place_text="Tay"),
    "place": PLACE,
    "actor ids": IncidentFilter(actor_ids=("sy-isf",)),
    "actor words": IncidentFilter(actor_text="gunmen"),
    "actor": IncidentFilter(actor_ids=("sy-isf",), actor_text="ISF"),
    "near": IncidentFilter(near=(Circle(10, 20, 30),)),
    "near the date line": IncidentFilter(near=(Circle(10, 180, 30),)),
    "place and near": IncidentFilter(
        place_ids=("g:1",), place_text="Tay", near=(Circle(1, 2, 3), Circle(4, 5, 6))
    ),
    "kind": IncidentFilter(kind_text="militia"),
    "source": IncidentFilter(source_text="rudaw.net"),
    "source and days": IncidentFilter(source_text="rudaw.net", since=DAY),
    "killed": IncidentFilter(min_killed=10),
    "killed and kind": IncidentFilter(min_killed=10, kind_text="civilians"),
    "type": IncidentFilter(type_text="clash"),
    "since": IncidentFilter(since=DAY),
    "until": IncidentFilter(until=DAY),
    "days": IncidentFilter(since=DAY, until=DAY),
    "sources": IncidentFilter(sources=2),
    "grade": IncidentFilter(grades=("fair", "confirmed")),
    "disputed": IncidentFilter(disputed=True),
    "only background": IncidentFilter(background=True),
    "type and days": IncidentFilter(type_text="clash", since=DAY, until=DAY),
}


@pytest.mark.parametrize("where", FILTERS.values(), ids=FILTERS)
def test_filters_use_an_index(store: Store, where: IncidentFilter) -> None:
    """Each finds its incidents without going through the others."""
    plan = plan_of_filter(store, where)

    assert scans(plan) == []
    assert any("INDEX incident_" in step for step in plan)


def test_without_a_filter_all_are_read(store: Store) -> None:
    """Which shows that the steps are told by these words."""
    assert scans(plan_of(store, "SELECT data FROM incident WHERE 1")) == ["SCAN incident"]
    assert scans(plan_of_filter(store, IncidentFilter(background=False))) == ["SCAN incident"]


@pytest.mark.parametrize(
    "more",
    [
        {"grades": ("weak",)},
        {"sources": 2},
        {"disputed": True},
        {"background": False},
        {"since": DAY},
        {"type_text": "clash"},
        {"min_killed": 10},
        {"kind_text": "civilians"},
        {"source_text": "rudaw.net"},
    ],
    ids=str,
)
def test_a_place_leads_whatever_stands_beside_it(store: Store, more: dict[str, object]) -> None:
    """Nine in ten incidents can be weak: their index would be no help."""
    where = IncidentFilter(place_ids=("g:1",), **more)  # type: ignore[arg-type]
    plan = plan_of_filter(store, where)

    assert scans(plan) == []
    assert any(step.startswith("SEARCH incident ") for step in plan)
    assert not [step for step in plan if "INDEX incident_by_" in step]


@pytest.mark.parametrize("where", [IncidentFilter(since=DAY), PLACE], ids=["days", "place"])
def test_undated_are_counted_by_an_index(store: Store, where: IncidentFilter) -> None:
    """`show --since` says how many incidents it leaves out."""
    asked: list[str] = []
    store._db.set_trace_callback(asked.append)
    store.count_undated(where)
    store._db.set_trace_callback(None)
    [sql] = [each for each in asked if each.startswith("SELECT count")]

    assert scans(plan_of(store, sql)) == []


def test_counts_read_no_objects(store: Store) -> None:
    """What `show` counts at its end comes from indices alone."""
    asked: list[str] = []
    store._db.set_trace_callback(asked.append)
    store.count_incidents()
    store.count_reports()
    store.count_unlinked()
    store._db.set_trace_callback(None)

    steps = [step for sql in asked for step in scans(plan_of(store, sql))]
    assert len(asked) == len(steps) == 3
    assert all("USING COVERING INDEX" in step for step in steps)


def test_words_are_looked_for_in_each_name_once(store: Store) -> None:
    """Names repeat in a store, and folding one costs more than finding it."""
    row = "INSERT INTO incident_place (incident_id, name, mention, steps) VALUES (?, ?, ?, 0)"
    store._db.execute("PRAGMA foreign_keys = OFF")
    store._db.executemany(row, [(str(n), f"Town {n % 7}", f"T{n % 3}") for n in range(500)])
    seen: list[str] = []
    store._db.create_function("has_words", 2, lambda text, _: seen.append(text) or text == "Town 3")
    sql = rows_with_words("place", "incident_id")
    found = {row[0] for row in store._db.execute(sql, ["anything"] * 2)}

    assert found == {str(number) for number in range(500) if number % 7 == 3}
    assert sorted(filter(None, seen)) == sorted(
        [*(f"T{number}" for number in range(3)), *(f"Town {number}" for number in range(7))]
    )
