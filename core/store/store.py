"""The store: articles with their reports, and the incidents that linking makes of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, Self

import msgspec

from incidents.errors import NotFoundError
from incidents.model import Article, Incident, Report
from incidents.order import sort_incidents
from incidents.store import erase, rows
from incidents.store.circles import add_functions
from incidents.store.connect import connect
from incidents.store.database import fetch_all
from incidents.store.filters import IncidentFilter
from incidents.store.links import Links
from incidents.store.names import Names
from incidents.store.objects import T, decode
from incidents.store.runs import Runs
from incidents.store.transactions import transaction

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from types import TracebackType

    from incidents.gazetteer.model import Place
    from incidents.store.database import Connection

PutResult = Literal["added", "replaced", "unchanged"]

_LOCK_TIMEOUT_SECONDS = 3600.0  # linking a large store takes minutes; Ctrl-C ends the wait
_NAMED_CANDIDATES = 5


class PlaceSource(Protocol):
    """What the store needs of a gazetteer."""

    def place(self, place_id: str, /) -> Place | None:
        """The entry of an id."""


def open_store(
    path: str | Path, *, create: bool = True, timeout: float = _LOCK_TIMEOUT_SECONDS
) -> Store:
    """Open a database of incidents.

    Args:
        path: the SQLite file.
        create: make the file if there is none.
        timeout: seconds to wait for a lock that another process holds.

    Returns:
        The store, to be used as a context manager or closed.

    Raises:
        StoreError: the file cannot be opened, is no database of ours, or is too new.

    Example:
        with open_store("incidents.db") as store:
            for incident in store.incidents():
                ...
    """
    path = Path(path)
    return Store(connect(path, create=create, timeout=timeout), path)


@dataclass(frozen=True, slots=True)
class IncidentChange:
    """What linking changes in a store.

    Attributes:
        incidents: the new ones and those with other reports than before.
        replaced: ids of all that they take the place of.
        former: old id, the id that it now leads to, and how: merged, split or replaced.
        used: ids of the reports that the linking stands on.
        turn: the last change of articles that it took in.
        round: the linking that it followed.
    """

    incidents: list[Incident]
    replaced: frozenset[str]
    former: tuple[tuple[str, str, str], ...]
    used: frozenset[str]
    turn: int
    round: int


class Store:
    """Articles, reports and incidents in one SQLite file; see `open_store`."""

    def __init__(self, db: Connection, path: Path) -> None:
        self.path = path
        self.links = Links(db, path)
        self.names = Names(db, path)
        self.runs = Runs(db, path)
        self._db = db
        add_functions(db)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        self._db.close()

    def put_article(
        self,
        article: Article,
        reports: Sequence[Report],
        *,
        run: int | None = None,
        keep_text: bool = True,
    ) -> PutResult:
        """Store an article and its reports, in one transaction.

        The same article with the same reports changes nothing. Otherwise what was stored under
        the article's id is replaced; the incidents stay as they are until `put_incidents`.

        Args:
            article: with its text.
            reports: all of the article, in their order.
            run: the run that found them, as `Store.runs` numbers it.
            keep_text: False to store of the text only its hash and its length.

        Raises:
            StoreError: the database cannot be written.
        """
        row = rows.article_row(article) | ({} if keep_text else {"text": ""})
        facts = [
            {**rows.fact_row(report), "article_id": article.id, "position": position}
            for position, report in enumerate(reports)
        ]
        with transaction(self._db, self.path):
            if run is not None:
                self.runs.note(run, article, reports)
            known = self._one("SELECT * FROM article WHERE id = ?", [article.id])
            sql = "SELECT id, data FROM report WHERE article_id = ? ORDER BY position"
            stored = self._all(sql, article.id)
            wanted = [(fact["id"], fact["data"]) for fact in facts]
            if known == tuple(row.values()) and stored == wanted:
                return "unchanged"
            self._upsert("article", [row])
            changed = dict(stored).items() ^ dict(wanted).items()
            self.links.note({report_id for report_id, _ in changed}, article.id)
            kept = {fact["id"] for fact in facts}
            gone = [(report_id,) for report_id, _ in stored if report_id not in kept]
            self._db.executemany("DELETE FROM report WHERE id = ?", gone)
            self._upsert("report", facts)
        return "replaced" if known else "added"

    def put_incidents(
        self, incidents: Iterable[Incident], *, gazetteer: PlaceSource | None = None
    ) -> None:
        """Replace all incidents, in one transaction.

        Args:
            incidents: what linking all reports of this store gave.
            gazetteer: tells what contains a place; the installed one where it is left out.

        Raises:
            StoreError: the database cannot be written, or a report is not in the store.
        """
        found = list(incidents)
        around = _containers(found, gazetteer)
        with transaction(self._db, self.path):
            self._db.execute("DELETE FROM incident")
            self._insert_incidents(found, around)

    def change_incidents(self, change: IncidentChange, *, gazetteer: PlaceSource | None) -> bool:
        """Put what linking changed in place of what was there, in one transaction.

        Args:
            change: see `IncidentChange`.
            gazetteer: tells what contains a place; the installed one where it is left out.

        Returns:
            Whether it was done: not where another process has linked since, or has changed a
            report that was linked here.

        Raises:
            StoreError: the database cannot be written.
        """
        around = _containers(change.incidents, gazetteer)
        with transaction(self._db, self.path):
            if self.links.round() != change.round or change.used & self.links.later(change.turn):
                return False
            gone = [(id_,) for id_ in change.replaced]
            self._db.executemany("DELETE FROM incident WHERE id = ?", gone)
            self._db.execute(
                "DELETE FROM incident WHERE id NOT IN (SELECT incident_id FROM incident_report)"
                # one that has lost its reports since hands its id on when that is linked
                " AND id NOT IN (SELECT incident_id FROM link_pending"
                " WHERE incident_id IS NOT NULL AND turn > ?)",
                (change.turn,),
            )
            self._insert_incidents(change.incidents, around)
            self.links.finish(change.turn, change.former)
        return True

    def _insert_incidents(
        self, incidents: Iterable[Incident], around: dict[str, Collection[tuple[str, str]]]
    ) -> None:
        found = sorted(incidents, key=lambda incident: incident.id)
        self._insert("incident", [rows.incident_row(each) for each in found])
        self._insert("incident_report", [row for each in found for row in rows.link_rows(each)])
        places = [row for each in found for row in rows.place_rows(each, around)]
        self._insert("incident_place", places)
        self._insert("incident_actor", [row for each in found for row in rows.actor_rows(each)])

    def delete_articles(
        self,
        article_ids: Sequence[str],
        changed: Mapping[int, tuple[str, str]],
        dropped: Sequence[int],
    ) -> int:
        """Delete articles and all that came from them, in one transaction; link afterwards.

        Args:
            article_ids: whole ids.
            changed: number to kind and JSON of decisions that no longer mention them.
            dropped: numbers of decisions that say nothing without them.

        Returns:
            How many reports they had.

        Raises:
            StoreError: the database cannot be written.
        """
        with transaction(self._db, self.path):
            erase.change_decisions(self._db, changed, dropped)
            return erase.delete_articles(self._db, self.links, self.runs, article_ids)

    def erase(self) -> bool:
        """Overwrite what was deleted; whether that was done, see `incidents.store.erase`."""
        return erase.erase(self._db, self.path)

    def reports(self) -> Iterator[Report]:
        """All reports, by article and in the order of the article."""
        return self._objects("SELECT data FROM report ORDER BY article_id, position", [], Report)

    def reports_of(self, article_id: str) -> list[Report]:
        """The reports of an article, in its order."""
        sql = "SELECT data FROM report WHERE article_id = ? ORDER BY position"
        return list(self._objects(sql, [article_id], Report))

    def incidents(self, where: IncidentFilter | None = None) -> list[Incident]:
        """The incidents that a filter lets through, oldest first, undated ones last."""
        condition, values = (where or IncidentFilter()).where()
        sql = f"SELECT data FROM incident WHERE {condition}"  # noqa: S608 - all values are bound
        return sort_incidents(self._objects(sql, values, Incident))

    def incidents_of(self, report_ids: Iterable[str]) -> list[Incident]:
        """The incidents that hold one of the reports, in the same order."""
        sql = "SELECT data FROM incident WHERE id = ?"
        with self.links.snapshot():
            ids = self.links.members(report_ids)
            found = [each for id_ in ids for each in self._objects(sql, [id_], Incident)]
        return sort_incidents(found)

    def count_incidents(self) -> int:
        """How many incidents there are."""
        return int((self._one("SELECT count(*) FROM incident", []) or (0,))[0])

    def article(self, article_id: str) -> Article:
        """The article of an id or of the beginning of one.

        Raises:
            NotFoundError: no article, or several.
        """
        found = self.find_article(article_id) or self.find_article(
            self._resolve("article", article_id)
        )
        if found is None:  # another process has taken it away in between
            msg = f"{self.path}: no article called {article_id!r}"
            raise NotFoundError(msg)
        return found

    def find_article(self, article_id: str) -> Article | None:
        """The article of an id, or None."""
        columns = ", ".join(Article.__struct_fields__)
        sql = f"SELECT {columns} FROM article WHERE id = ?"  # noqa: S608 - the columns are ours
        found = self._one(sql, [article_id])
        if found is None:
            return None
        return msgspec.convert(dict(zip(Article.__struct_fields__, found, strict=True)), Article)

    def has_text(self, article: Article) -> bool:
        """Whether the article stored under this id had the same text, kept or not."""
        found = self._one("SELECT text_hash FROM article WHERE id = ?", [article.id])
        return found is not None and found[0] == rows.text_hash(article)

    def report(self, report_id: str) -> Report:
        """The report of an id or of the beginning of one.

        Raises:
            NotFoundError: no report, or several.
        """
        with self.links.snapshot():
            report_id = self._resolve("report", report_id)
            return next(self._objects("SELECT data FROM report WHERE id = ?", [report_id], Report))

    def incident(self, incident_id: str) -> Incident:
        """The incident of an id, of the beginning of one, or of one that it had before.

        Raises:
            NotFoundError: no incident, or several.
        """
        sql = "SELECT data FROM incident WHERE id = ?"
        with self.links.snapshot():
            id_ = self.links.successor(incident_id) or self._resolve("incident", incident_id)
            return next(self._objects(sql, [id_], Incident))

    def count_undated(self, where: IncidentFilter) -> int:
        """How many incidents have no date, and pass all of a filter but its days."""
        condition, values = replace(where, since=None, until=None).where()
        sql = f"SELECT count(*) FROM incident WHERE event_date_start IS NULL AND {condition}"  # noqa: S608 - all values are bound
        return int((self._one(sql, values) or (0,))[0])

    def count_reports(self) -> int:
        """How many reports there are."""
        return int((self._one("SELECT count(*) FROM report", []) or (0,))[0])

    def count_unlinked(self) -> int:
        """How many reports belong to no incident yet, because linking was interrupted."""
        sql = "SELECT count(*) FROM report WHERE id NOT IN (SELECT report_id FROM incident_report)"
        return int((self._one(sql, []) or (0,))[0])

    def _resolve(self, table: str, prefix: str) -> str:
        """The one id that is `prefix` or begins with it."""
        # a range instead of LIKE: it uses the index, and % and _ in an id stay plain characters
        sql = f"SELECT id FROM {table} WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"  # noqa: S608 - table names are ours
        bounds = (prefix, prefix + "\U0010ffff", _NAMED_CANDIDATES)
        found = [row[0] for row in self._all(sql, *bounds)] if prefix else []
        if prefix in found or len(found) == 1:
            return str(found[0])  # the whole id sorts before all that begin with it
        if found:
            msg = f"{prefix}: several {table}s begin with this: {', '.join(found)}; add a character"
            raise NotFoundError(msg)
        msg = f"{self.path}: no {table} called {prefix!r}; `incidents show` lists the ids"
        raise NotFoundError(msg)

    def _objects(self, sql: str, values: list[Any], kind: type[T]) -> Iterator[T]:
        for [data] in self._all(sql, *values):
            yield decode(data, kind, self.path)

    def _one(self, sql: str, values: list[Any]) -> tuple[Any, ...] | None:
        return next(iter(self._all(sql, *values)), None)

    def _all(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return fetch_all(self._db, self.path, sql, values)

    def _insert(self, table: str, records: list[rows.Row], clash: str = "") -> None:
        """Insert rows that all have the same columns."""
        if not records:
            return
        names = list(records[0])
        marks = ", ".join(f":{name}" for name in names)
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks}) {clash}"  # noqa: S608 - tables and columns are ours, values are bound
        self._db.executemany(sql, records)

    def _upsert(self, table: str, records: list[rows.Row]) -> None:
        """Insert rows, or update those with the same id.

        INSERT OR REPLACE would delete the old row first, and with it all that refers to it.
        """
        if records:
            changes = ", ".join(f"{name} = excluded.{name}" for name in records[0] if name != "id")
            self._insert(table, records, f"ON CONFLICT (id) DO UPDATE SET {changes}")


def _containers(
    incidents: list[Incident], gazetteer: PlaceSource | None
) -> dict[str, Collection[tuple[str, str]]]:
    """Ids and names of the places around each place of the incidents, nearest first."""
    ids = {place.id for incident in incidents for place in incident.places if place.id is not None}
    if not ids:
        return {}
    if gazetteer is None:
        from incidents.gazetteer import Gazetteer  # noqa: PLC0415 - opened only where it is needed

        gazetteer = Gazetteer.open()
    around: dict[str, Collection[tuple[str, str]]] = {}
    for place_id in sorted(ids):
        place = gazetteer.place(place_id)
        if place is not None:
            around[place_id] = tuple(zip(place.within_ids, place.within, strict=True))
    return around
