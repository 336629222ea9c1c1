"""The store: what goes in comes out, nothing half done, one line where it cannot be used."""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import TYPE_CHECKING

import msgspec
import pytest
from containers import Containers

from incidents.errors import NotFoundError, StoreError
from incidents.linking import link
from incidents.model import Article, Incident, PlaceRef
from incidents.store import IncidentFilter, Store, open_store
from incidents.store.migrations import MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from incidents.model import Report

    Build = Callable[..., Report]

ARTICLE = Article(
    id="000",
    text="Clashes\n\nGunmen fought in Qamishli.",
    title="Clashes",
    published=dt.date(2021, 4, 22),
    publisher="SyriacPress",
    url="https://example.org/1",
    path="news/000.txt",
    dateline="ZALIN, Syria",
    language="en",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the path of a database that does not exist yet."""
    return tmp_path / "incidents.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """Give an empty store."""
    with open_store(path) as opened:
        yield opened


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    """Read rows as any other program would."""
    with sqlite3.connect(path) as db:
        return db.execute(sql).fetchall()


def test_store_returns_what_was_put(store: Store, build_report: Build) -> None:
    """Articles, reports and incidents come back equal."""
    reports = [build_report("000.b", casualties="killed 3+ NDF"), build_report("000.a", date="")]
    incidents = link(reports)

    store.put_article(ARTICLE, reports)
    store.put_incidents(incidents, gazetteer=Containers())

    assert store.article("000") == ARTICLE
    assert list(store.reports()) == reports
    assert {each.id for each in store.incidents()} == {each.id for each in incidents}
    assert store.incident(incidents[0].id) == incidents[0]


def test_store_same_article_changes_nothing(store: Store, path: Path, build_report: Build) -> None:
    """The second time is told apart from the first, and writes nothing."""
    reports = [build_report("000.a"), build_report("000.b")]
    with sqlite3.connect(path) as watcher:
        version = "PRAGMA data_version"  # counts what other connections commit
        versions = [watcher.execute(version).fetchone()]
        results = []
        for _ in range(2):
            results.append(store.put_article(ARTICLE, reports))
            versions.append(watcher.execute(version).fetchone())

    assert results == ["added", "unchanged"]
    assert versions[0] != versions[1] == versions[2]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"text": "Other words."}, id="text"),
        pytest.param({"published": dt.date(2021, 4, 23)}, id="published"),
        pytest.param({"publisher": None}, id="metadata gone"),
    ],
)
def test_store_changed_article_is_replaced(
    store: Store, build_report: Build, change: dict[str, object]
) -> None:
    """Other text or metadata replaces the article."""
    store.put_article(ARTICLE, [build_report("000.a")])
    changed = msgspec.structs.replace(ARTICLE, **change)

    assert store.put_article(changed, [build_report("000.a")]) == "replaced"
    assert store.article("000") == changed


def test_store_other_reports_replace_the_old(store: Store, build_report: Build) -> None:
    """Reports that are gone are deleted, the others updated, in the new order."""
    store.put_article(ARTICLE, [build_report("000.a"), build_report("000.b")])
    reports = [build_report("000.c"), build_report("000.b", date="2021-05-01")]

    assert store.put_article(ARTICLE, reports) == "replaced"
    assert list(store.reports()) == reports


def test_store_other_order_of_reports_is_a_change(store: Store, build_report: Build) -> None:
    """The order of the article is part of what is stored."""
    reports = [build_report("000.a"), build_report("000.b")]
    store.put_article(ARTICLE, reports)

    assert store.put_article(ARTICLE, reports[::-1]) == "replaced"
    assert list(store.reports()) == reports[::-1]


def test_store_incidents_are_replaced_as_a_whole(store: Store, build_report: Build) -> None:
    """put_incidents leaves no incident of before."""
    reports = [build_report("000.a"), build_report("000.b", date="2021-05-01")]
    store.put_article(ARTICLE, reports)
    store.put_incidents(link(reports), gazetteer=Containers())

    store.put_incidents(link(reports[1:]), gazetteer=Containers())

    assert [each.reports for each in store.incidents()] == [("rep-000.b",)]
    assert store.count_unlinked() == 1


def test_store_failed_transaction_leaves_all_as_it_was(store: Store, build_report: Build) -> None:
    """An incident of a report that is not stored is refused, and nothing of the call stays."""
    reports = [build_report("000.a")]
    store.put_article(ARTICLE, reports)
    store.put_incidents(link(reports), gazetteer=Containers())
    before = list(store.incidents())

    with pytest.raises(StoreError):
        store.put_incidents(link([build_report("999.a")]), gazetteer=Containers())

    assert list(store.incidents()) == before


def test_store_tables_read_without_this_program(
    store: Store, path: Path, build_report: Build
) -> None:
    """Columns carry what a person would filter by, containing places among them."""
    reports = [build_report("000.a", casualties="killed 1 ISF: Khaled Haji; wounded 3+ NDF")]
    store.put_article(ARTICLE, reports)
    store.put_incidents(link(reports), gazetteer=Containers())

    facts = """SELECT event_date_start, place, latitude, initiators, targets, killed, wounded,
        sources FROM incident"""
    assert rows(path, facts) == [
        ("2021-04-20", "Qamishli", 37.05, "NDF", "ISF", "ISF 1", "NDF at least 3", "Outlet 000")
    ]
    assert rows(path, "SELECT place_id, name, steps FROM incident_place ORDER BY steps") == [
        ("geonames:173377", "Qamishli", 0),
        ("geonames:173813", "Al-Hasakah", 1),
        ("geonames:163843", "Syria", 2),
    ]
    assert rows(path, "SELECT json_extract(data, '$.article.id') FROM report") == [("000",)]


def test_store_filter_values_are_bound(store: Store, build_report: Build) -> None:
    """Quotes and SQL in a filter are text to look for."""
    store.put_article(ARTICLE, [build_report("000.a")])
    store.put_incidents(link([build_report("000.a")]), gazetteer=Containers())
    evil = "x' OR '1'='1"

    for where in (
        IncidentFilter(place_ids=(evil,)),
        IncidentFilter(place_text=evil),
        IncidentFilter(actor_ids=(evil,), actor_text=evil),
        IncidentFilter(type_text=evil),
        IncidentFilter(source_text=evil),
        IncidentFilter(kind_text=evil),
    ):
        assert list(store.incidents(where)) == []


def test_store_words_beside_ids_only_count_for_unresolved_places(
    store: Store, build_report: Build
) -> None:
    """A resolved place of the same name elsewhere does not answer for the ids."""
    reports = [
        build_report("000.a", places="Qamishli"),
        build_report("000.b", places="Qamishli countryside", date="2021-05-01"),
        build_report("000.c", places="Hasakah", date="2021-06-01"),
    ]
    store.put_article(ARTICLE, reports)
    store.put_incidents(link(reports), gazetteer=Containers())

    where = IncidentFilter(place_ids=("geonames:173811",), place_text="Qamishli")

    found = [each.places[0].name for each in store.incidents(where)]
    assert found == ["Qamishli countryside", "Hasakah"]


def test_store_lists_undated_incidents_last(store: Store, build_report: Build) -> None:
    """Oldest first; what has no date comes last."""
    dates = ["Tuesday", "2021-04-20", "2016"]
    reports = [
        build_report(f"000.{number}", date=date, places=place)
        for number, (date, place) in enumerate(zip(dates, ("Amuda", "Himo", "Tay"), strict=True))
    ]
    store.put_article(ARTICLE, reports)
    store.put_incidents(link(reports), gazetteer=Containers())

    assert [str(each.date.start) for each in store.incidents()] == [
        "2016-01-01",
        "2021-04-20",
        "None",
    ]


@pytest.mark.parametrize(
    ("prefix", "message"),
    [
        ("rep-000.", "several reports begin with this: rep-000.a, rep-000.b; add a character"),
        ("rep-%", "no report called 'rep-%'"),
        ("", "no report called ''"),
    ],
)
def test_store_unclear_ids(store: Store, build_report: Build, prefix: str, message: str) -> None:
    """A prefix has to mean one id, and is no pattern."""
    store.put_article(ARTICLE, [build_report("000.a"), build_report("000.b")])

    with pytest.raises(NotFoundError) as caught:
        store.report(prefix)
    assert message in str(caught.value)


def test_store_whole_id_wins_over_longer_ones(store: Store, build_report: Build) -> None:
    """An id that begins another one can still be named."""
    store.put_article(ARTICLE, [build_report("000.a"), build_report("000.ab")])

    assert store.report("rep-000.a").id == "rep-000.a"


def test_store_opens_again(path: Path, build_report: Build) -> None:
    """What was stored is there after closing; migrations are applied once."""
    with open_store(path) as first:
        first.put_article(ARTICLE, [build_report("000.a")])

    with open_store(path, create=False) as second:
        assert [each.id for each in second.reports()] == ["rep-000.a"]
    assert rows(path, "PRAGMA user_version") == [(len(MIGRATIONS),)]
    assert rows(path, "PRAGMA journal_mode") == [("wal",)]


def make_newer(path: Path) -> None:
    """Make a database of a later version."""
    open_store(path).close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")


def make_foreign(path: Path) -> None:
    """Make a database of another program."""
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE bookmarks (url TEXT)")


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (lambda path: path.mkdir(), "is a folder; name a file with --db"),
        (lambda path: path.write_text("words " * 200), "is not an SQLite database"),
        (make_newer, "was written by a newer version of incidents (schema 99"),
        (make_foreign, "is another program's database"),
    ],
    ids=["folder", "text", "newer", "foreign"],
)
def test_store_refuses_what_it_cannot_use(
    path: Path, prepare: Callable[[Path], object], message: str
) -> None:
    """Each trouble is one line that names the file and what is wrong."""
    prepare(path)

    with pytest.raises(StoreError) as caught:
        open_store(path)
    assert str(caught.value).startswith(f"{path}: {message}")
    assert "\n" not in str(caught.value)


def test_store_leaves_a_foreign_database_alone(path: Path) -> None:
    """No table of ours appears in another program's database."""
    make_foreign(path)

    with pytest.raises(StoreError):
        open_store(path)

    assert rows(path, "SELECT name FROM sqlite_schema") == [("bookmarks",)]


def test_store_missing_file_is_not_made_for_reading(path: Path) -> None:
    """create=False says what to do and makes no file."""
    with pytest.raises(StoreError, match="no such database; run `incidents extract PATH` first"):
        open_store(path, create=False)
    assert not path.exists()


def test_store_locked_database_is_one_line(path: Path, build_report: Build) -> None:
    """A lock that another process holds is reported after the timeout."""
    with open_store(path, timeout=0.05) as opened:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            with pytest.raises(StoreError, match="is locked by another process; wait"):
                opened.put_article(ARTICLE, [build_report("000.a")])
        finally:
            other.close()


def test_store_reads_while_another_writes(path: Path, build_report: Build) -> None:
    """A writer does not keep readers waiting."""
    with open_store(path) as opened:
        opened.put_article(ARTICLE, [build_report("000.a")])
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with open_store(path, create=False, timeout=0.05) as reader:
            assert len(list(reader.reports())) == 1
        other.close()


def test_store_objects_of_another_version_are_one_line(
    store: Store, path: Path, build_report: Build
) -> None:
    """A stored object that the model does not know is an error with a way out."""
    store.put_article(ARTICLE, [build_report("000.a")])
    with sqlite3.connect(path) as db:
        db.execute("UPDATE report SET data = json_set(data, '$.novelty', 1)")

    with pytest.raises(StoreError, match=r"holds a report of another version .*extract"):
        list(store.reports())


def test_store_unresolved_places_need_no_gazetteer(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The gazetteer is opened only for places that it could know."""
    monkeypatch.setattr("incidents.gazetteer.Gazetteer.open", lambda: pytest.fail("was opened"))
    place = PlaceRef(name="Tell Zarifa", mention="Tell Zarîfa")
    incident = Incident(
        id="inc-1", event_type="Battles", sub_event_type="Armed clash", places=(place,)
    )

    store.put_incidents([incident])

    assert store.names.has_words("place", "tell ZARÎFA")
    assert not store.names.has_words("place", "Zar")


def test_store_that_cannot_be_written_can_be_read(
    store: Store, path: Path, build_report: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database in an archive is read without a file beside it, and refuses to be written."""
    store.put_article(ARTICLE, [build_report("000.a")])
    store.close()
    monkeypatch.setattr("os.access", lambda *_: False)

    with open_store(path, create=False) as frozen:
        assert frozen.article("000") == ARTICLE
        assert [file.name for file in path.parent.iterdir()] == [path.name]
        with pytest.raises(StoreError, match="cannot be opened for writing"):
            frozen.put_article(ARTICLE, [])


def test_store_in_a_locked_folder_is_one_line(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that may not be entered is told, not traced."""

    def refuse(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.is_dir", refuse)

    with pytest.raises(StoreError, match=r"looked up \(permission denied\); check its folder"):
        open_store(path)
