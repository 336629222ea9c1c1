"""What linking keeps between runs: keys, weighed pairs, what has changed, what people decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incidents.model import Report
from incidents.store.database import fetch_all, sqlite_errors
from incidents.store.objects import decode
from incidents.store.transactions import reading, snapshot, transaction

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from incidents.store.database import Connection

_CHUNK = 500  # values bound in one statement

Edge = tuple[str, str]


class Links:
    """The tables of linking; `Store.links` opens them."""

    def __init__(self, db: Connection, path: Path) -> None:
        self._db = db
        self._path = path

    def transaction(self) -> AbstractContextManager[None]:
        """Write all that is written inside, or nothing."""
        return transaction(self._db, self._path)

    def snapshot(self) -> AbstractContextManager[None]:
        """Read all inside as it is at one moment."""
        return snapshot(self._db, self._path)

    def reading(self) -> AbstractContextManager[None]:
        """Read all inside as it is at one moment, in a command that writes nothing."""
        return reading(self._db, self._path)

    def setting(self, name: str) -> str | None:
        """What was stored under a name."""
        found = self._all("SELECT value FROM link_setting WHERE name = ?", name)
        return found[0][0] if found else None

    def put_setting(self, name: str, value: str) -> None:
        """Store a value under a name."""
        with transaction(self._db, self._path):
            self._db.execute("INSERT OR REPLACE INTO link_setting VALUES (?, ?)", (name, value))

    def turn(self) -> int:
        """The number of the last change of articles."""
        return int(self.setting("turn") or 0)

    def changed(self, turn: int) -> set[str]:
        """Ids of reports that came, changed or went, up to a turn, and are not weighed yet."""
        sql = "SELECT report_id FROM link_pending WHERE is_weighed = 0 AND turn <= ?"
        return {row[0] for row in self._all(sql, turn)}

    def changed_articles(self) -> set[str]:
        """Ids of the articles of reports that are not weighed yet."""
        sql = "SELECT DISTINCT article_id FROM link_pending WHERE is_weighed = 0"
        return {row[0] for row in self._all(sql)}

    def waiting(self, turn: int) -> set[str]:
        """Ids of the reports whose group may change, up to a turn."""
        sql = "SELECT report_id FROM link_pending WHERE turn <= ?"
        return {row[0] for row in self._all(sql, turn)}

    def later(self, turn: int) -> set[str]:
        """Ids of reports that changed after a turn."""
        sql = "SELECT report_id FROM link_pending WHERE turn > ?"
        return {row[0] for row in self._all(sql, turn)}

    def lost(self, turn: int) -> list[tuple[str, str, str]]:
        """Incident, report and article of the reports that changed or went, up to a turn."""
        sql = (
            "SELECT incident_id, report_id, article_id FROM link_pending"
            " WHERE incident_id IS NOT NULL AND turn <= ? ORDER BY incident_id, report_id"
        )
        return [(row[0], row[1], row[2]) for row in self._all(sql, turn)]

    def mark(self, report_ids: Iterable[str] | None = None) -> None:
        """Have reports weighed and grouped again; all of them where none are named."""
        with transaction(self._db, self._path):
            # a turn of its own: whoever is linking now, and began before, must not take it for done
            self._count("turn")
            if report_ids is None:
                report_ids = [row[0] for row in self._all("SELECT id FROM report")]
            self._mark(report_ids, is_weighed=False)

    def _mark(self, report_ids: Iterable[str], *, is_weighed: bool) -> None:
        turn = self.turn()
        self._db.executemany(
            "INSERT INTO link_pending (report_id, article_id, turn, is_weighed)"
            " SELECT id, article_id, ?, ? FROM report WHERE id = ?"
            " ON CONFLICT (report_id) DO UPDATE SET turn = excluded.turn,"
            " is_weighed = min(is_weighed, excluded.is_weighed)",
            [(turn, is_weighed, id_) for id_ in report_ids],
        )

    def partners(self, keys: Mapping[str, Mapping[int, bool]]) -> set[Edge]:
        """Pairs of reports that share a key in which one of them leads.

        Args:
            keys: of some reports; the pairs hold at least one of these.
        """
        found: set[Edge] = set()
        for report_id, own in keys.items():
            for chunk in _batched(own, _CHUNK):
                sql = f"SELECT key, report_id, leads FROM link_key WHERE key IN ({_marks(chunk)})"  # noqa: S608 - values are bound
                for key, other, leads in self._all(sql, *chunk):
                    if other != report_id and (leads or own[key]):
                        found.add((min(report_id, other), max(report_id, other)))
        return found

    def put_keys(self, gone: Collection[str], keys: Mapping[str, Mapping[int, bool]]) -> None:
        """Replace the keys of reports; `gone` are all that are replaced or taken away."""
        with transaction(self._db, self._path):
            self._delete("link_key", "report_id", gone)
            rows = [(key, id_, leads) for id_, own in keys.items() for key, leads in own.items()]
            rows.sort()  # in the order of the table each page is written once
            self._db.executemany("INSERT INTO link_key VALUES (?, ?, ?)", rows)

    def put_edges(
        self,
        changed: Collection[str],
        sure: Mapping[str, bool],
        edges: Mapping[Edge, float],
        turn: int,
    ) -> None:
        """Replace the pairs of reports that changed; their partners, old and new, are marked.

        Args:
            changed: ids of reports that came, changed or went.
            sure: id to whether the report is anchored, of those that are there.
            edges: their pairs and weights in bits.
            turn: the last change of articles that was weighed.
        """
        with transaction(self._db, self._path):
            old = {id_ for edge in self.edges(changed) for id_ in edge}
            self._mark(sorted(old.difference(changed)), is_weighed=True)
            self._delete("link_pair", "one", changed)
            self._delete("link_pair", "two", changed)
            self._delete("link_node", "report_id", changed)
            self._db.executemany("INSERT INTO link_node VALUES (?, ?)", sure.items())
            rows = sorted((one, two, weight) for (one, two), weight in edges.items())
            self._db.executemany("INSERT OR REPLACE INTO link_pair VALUES (?, ?, ?)", rows)
            for chunk in _batched(sorted(changed), _CHUNK):
                sql = f"UPDATE link_pending SET is_weighed = 1 WHERE report_id IN ({_marks(chunk)})"  # noqa: S608 - values are bound
                # what another process has changed since was not weighed here as it is now
                self._db.execute(f"{sql} AND turn <= ?", (*chunk, turn))
            self._count("weighing")

    def edges(self, report_ids: Iterable[str]) -> dict[Edge, float]:
        """The weighed pairs of reports."""
        found: dict[Edge, float] = {}
        for chunk in _batched(sorted(set(report_ids)), _CHUNK):
            for column in ("one", "two"):
                sql = f"SELECT one, two, weight FROM link_pair WHERE {column} IN ({_marks(chunk)})"  # noqa: S608 - columns are ours, values are bound
                found.update(((row[0], row[1]), row[2]) for row in self._all(sql, *chunk))
        return found

    def sure(self, report_ids: Iterable[str]) -> dict[str, bool]:
        """Whether reports are anchored; those that are not in the store are left out."""
        sql = "SELECT report_id, sure FROM link_node WHERE report_id IN"
        return {row[0]: bool(row[1]) for row in self._chunked(sql, report_ids)}

    def siblings(self, report_ids: Iterable[str]) -> set[str]:
        """Ids of all reports of the articles of reports."""
        sql = (
            "SELECT other.id FROM report JOIN report AS other USING (article_id) WHERE report.id IN"
        )
        return {row[0] for row in self._chunked(sql, report_ids)}

    def members(self, report_ids: Iterable[str]) -> dict[str, list[str]]:
        """Incidents that hold one of the reports, with all their report ids."""
        sql = (
            "SELECT DISTINCT other.incident_id, other.report_id FROM incident_report AS own"
            " JOIN incident_report AS other USING (incident_id) WHERE own.report_id IN"
        )
        found: dict[str, list[str]] = {}
        for incident_id, report_id in self._chunked(sql, report_ids):
            found.setdefault(incident_id, []).append(report_id)
        return {id_: sorted(set(reports)) for id_, reports in found.items()}

    def held(self, incident_id: str) -> set[str]:
        """Ids of the reports that an incident holds; none where there is no such incident."""
        sql = "SELECT report_id FROM incident_report WHERE incident_id = ?"
        return {row[0] for row in self._all(sql, incident_id)}

    def reports(self, report_ids: Iterable[str]) -> Iterator[Report]:
        """Reports by id, in no order; those that are not in the store are left out."""
        for [data] in self._chunked("SELECT data FROM report WHERE id IN", report_ids):
            yield decode(data, Report, self._path)

    def every_report(self) -> Iterator[Report]:
        """All reports by day: what is compared with each other then lies close in memory."""
        with sqlite_errors(self._path):
            for [data] in self._db.execute("SELECT data FROM report ORDER BY event_date_start"):
                yield decode(data, Report, self._path)

    def is_taken(self, incident_id: str) -> bool:
        """Whether an id is an incident's, or was one's once."""
        sql = (
            "SELECT 1 FROM incident WHERE id = ?1 UNION ALL"
            " SELECT 1 FROM incident_former WHERE old_id = ?1 LIMIT 1"
        )
        return bool(self._all(sql, incident_id))

    def successor(self, old_id: str) -> str | None:
        """The incident that an old id leads to, or None where the id is in use or unknown."""
        seen: set[str] = set()
        waiting = [old_id]
        while waiting:
            id_ = waiting.pop()
            if id_ in seen:
                continue
            seen.add(id_)
            if self._all("SELECT 1 FROM incident WHERE id = ?", id_):
                return id_ if id_ != old_id else None
            # what an incident was merged into holds more of it than what was split from it;
            # where that is gone without a trace, the next one is asked
            sql = (
                "SELECT incident_id FROM incident_former WHERE old_id = ?"
                " ORDER BY change != 'split', rowid"
            )
            waiting += [row[0] for row in self._all(sql, id_)]
        return None

    def former(self, incident_id: str) -> list[tuple[str, str]]:
        """Old ids that lead to an incident, and how: merged, split or replaced."""
        sql = "SELECT old_id, change FROM incident_former WHERE incident_id = ? ORDER BY old_id"
        return [(row[0], row[1]) for row in self._all(sql, incident_id)]

    def decisions(self) -> list[tuple[int, str]]:
        """Number and JSON of what people decided, oldest first."""
        return [(row[0], row[1]) for row in self._all("SELECT id, data FROM decision ORDER BY id")]

    def put_decision(self, kind: str, data: str) -> None:
        """Store a decision."""
        with transaction(self._db, self._path):
            self._db.execute("INSERT INTO decision (kind, data) VALUES (?, ?)", (kind, data))

    def delete_decision(self, number: int) -> None:
        """Take a decision away."""
        with transaction(self._db, self._path):
            self._db.execute("DELETE FROM decision WHERE id = ?", (number,))

    def note(self, report_ids: Collection[str], article_id: str) -> None:
        """Note that reports of an article came, change or go; call it before, in a transaction."""
        self._count("turn")
        turn = self.turn()
        sql = (
            "INSERT INTO link_pending (report_id, article_id, incident_id, turn, is_weighed)"
            " VALUES (?1, ?2,"
            " (SELECT incident_id FROM incident_report WHERE report_id = ?1), ?3, 0)"
            " ON CONFLICT (report_id) DO UPDATE SET turn = excluded.turn, is_weighed = 0,"
            " incident_id = coalesce(incident_id, excluded.incident_id)"
        )
        self._db.executemany(sql, [(id_, article_id, turn) for id_ in sorted(report_ids)])

    def finish(self, turn: int, former: Iterable[tuple[str, str, str]]) -> None:
        """Record old ids, and that all is linked up to a turn; call it inside a transaction."""
        self._db.executemany("INSERT OR REPLACE INTO incident_former VALUES (?, ?, ?)", former)
        self._db.execute("DELETE FROM link_pending WHERE turn <= ?", (turn,))
        self._count("round")

    def weighing(self) -> int:
        """How many times pairs were put."""
        return int(self.setting("weighing") or 0)

    def weighed(self) -> set[str]:
        """Ids of the reports whose pairs are known."""
        return {row[0] for row in self._all("SELECT report_id FROM link_node")}

    def round(self) -> int:
        """How many times the store was linked."""
        return int(self.setting("round") or 0)

    def _count(self, name: str) -> None:
        self._db.execute(
            "INSERT INTO link_setting VALUES (?, '1')"
            " ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1",
            (name,),
        )

    def _delete(self, table: str, column: str, ids: Iterable[str]) -> None:
        for chunk in _batched(sorted(ids), _CHUNK):
            sql = f"DELETE FROM {table} WHERE {column} IN ({_marks(chunk)})"  # noqa: S608 - names are ours, values are bound
            self._db.execute(sql, chunk)

    def _chunked(self, sql: str, ids: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        for chunk in _batched(sorted(set(ids)), _CHUNK):
            yield from self._all(f"{sql} ({_marks(chunk)})", *chunk)

    def _all(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return fetch_all(self._db, self._path, sql, values)


def _batched(ids: Iterable[Any], size: int) -> Iterator[tuple[Any, ...]]:
    values = tuple(ids)
    return (values[at : at + size] for at in range(0, len(values), size))


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))
