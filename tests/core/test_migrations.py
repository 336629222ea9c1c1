"""A database of any released version comes up to date, with all that is in it."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from store_state import exact_state, faults, version_of

from incidents.batch import link_store
from incidents.errors import StoreError
from incidents.store import open_store
from incidents.store.migrations import APPLICATION_ID, MIGRATIONS

FIXTURES = Path(__file__).with_name("fixtures")
OLD = range(1, len(MIGRATIONS))


class NoPlaces:
    """A gazetteer without any place or actor."""

    def place(self, _id: str, /) -> None:
        """Nothing lies around a place."""

    def actor(self, _id: str, /) -> None:
        """Nothing stands above an actor."""


def make_old(path: Path, version: int) -> None:
    """Make a database of an older version, as its program left it."""
    sql = (FIXTURES / f"schema{version}.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(path)) as db:
        db.executescript(sql)
        db.execute("PRAGMA journal_mode = WAL")


def schema_of(path: Path) -> list[tuple[str, ...]]:
    """All tables, indices and views, as SQL."""
    with closing(sqlite3.connect(path)) as db:
        return db.execute(
            "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2"
        ).fetchall()


def columns_of(path: Path, table: str) -> list[str]:
    """The columns of a table."""
    with closing(sqlite3.connect(path)) as db:
        return [row[1] for row in db.execute(f"PRAGMA table_info({table})")]


@pytest.mark.parametrize("version", OLD)
def test_old_database_comes_up_to_date(tmp_path: Path, version: int) -> None:
    """Every row is there with what it held; tables and indices are those of a new database."""
    path, new = tmp_path / "old.db", tmp_path / "new.db"
    make_old(path, version)
    before = {
        table: (columns_of(path, table), rows) for table, rows in exact_state(path).items() if rows
    }
    open_store(path).close()
    open_store(new).close()

    assert version_of(path) == len(MIGRATIONS)
    assert schema_of(path) == schema_of(new)
    assert faults(path) == []
    with closing(sqlite3.connect(path)) as db:
        for table, (columns, rows) in before.items():
            kept = db.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()  # noqa: S608
            assert set(rows) <= set(kept), table


@pytest.mark.parametrize("version", OLD)
def test_old_database_is_of_use(tmp_path: Path, version: int) -> None:
    """Its objects are read, what waited is linked, and what people decided still holds."""
    path = tmp_path / "old.db"
    make_old(path, version)
    with open_store(path) as store:
        link_store(store, NoPlaces())  # type: ignore[arg-type]
        groups = {incident.reports for incident in store.incidents()}
        reports = {report.id for report in store.reports()}
        assert store.article("m1").text.startswith("Gunmen fought in Qamishli")
        assert store.count_unlinked() == 0

    assert reports == {"rep-m1.a", "rep-m1.b", "rep-m2.a", "rep-m3.a", "rep-m5.a"}
    assert sorted(id_ for group in groups for id_ in group) == sorted(reports)
    together = ("rep-m1.a", "rep-m2.a") if version == 1 else ("rep-m1.a", "rep-m2.a", "rep-m3.a")
    assert together in groups


@pytest.mark.parametrize("version", OLD)
def test_old_database_is_kept_beside(
    tmp_path: Path, version: int, caplog: pytest.LogCaptureFixture
) -> None:
    """A copy of what was there has its own name, and the user is told of it."""
    path = tmp_path / "old.db"
    make_old(path, version)
    before = exact_state(path)
    with caplog.at_level(logging.WARNING):
        open_store(path).close()

    copy = tmp_path / f"old.db.schema{version}.bak"
    assert exact_state(copy) == before
    assert version_of(copy) == version
    assert faults(copy) == []
    assert copy.name in caplog.text
    assert sorted(each.name for each in tmp_path.iterdir()) == ["old.db", copy.name]


def test_copy_takes_no_earlier_copys_place(tmp_path: Path) -> None:
    """Another copy of the same version gets a number."""
    path = tmp_path / "old.db"
    make_old(path, 1)
    first, second = tmp_path / "old.db.schema1.bak", tmp_path / "old.db.schema1.2.bak"
    first.write_text("what somebody keeps")
    second.write_text("and more of it")
    open_store(path).close()

    assert first.read_text() == "what somebody keeps"
    assert second.read_text() == "and more of it"
    assert version_of(tmp_path / "old.db.schema1.3.bak") == 1


def test_copy_can_be_used_in_place_of_the_database(tmp_path: Path) -> None:
    """The way back is to give the copy the old name."""
    path = tmp_path / "old.db"
    make_old(path, 3)
    open_store(path).close()
    (tmp_path / "old.db.schema3.bak").rename(path)

    with open_store(path, create=False) as store:
        assert store.count_reports() == 5


def test_empty_old_database_is_not_copied(tmp_path: Path) -> None:
    """Nothing is lost with it."""
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as db:
        MIGRATIONS[0](db)
        db.execute("PRAGMA user_version = 1")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    open_store(path).close()

    assert [each.name for each in tmp_path.iterdir()] == ["old.db"]


def test_failed_migration_leaves_the_old_schema(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All migrations are one transaction, and what was copied for them goes again."""
    path = tmp_path / "old.db"
    make_old(path, 2)
    before, schema = exact_state(path), schema_of(path)

    def fail(db: sqlite3.Connection) -> None:
        db.execute("DROP TABLE decision")
        db.execute("SELECT * FROM no_such_table")

    monkeypatch.setattr("incidents.store.migrate.MIGRATIONS", (*MIGRATIONS, fail))
    with pytest.raises(StoreError, match="no such table"):
        open_store(path)

    assert (exact_state(path), schema_of(path), version_of(path)) == (before, schema, 2)
    assert [each.name for each in tmp_path.iterdir()] == ["old.db"]


def test_old_database_that_may_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In an archive it cannot come up to date, which is one line."""
    path = tmp_path / "old.db"
    make_old(path, 2)
    monkeypatch.setattr("os.access", lambda *_: False)

    with pytest.raises(StoreError, match=r"older version \(schema 2\) and may not be written"):
        open_store(path, create=False)
