"""Linking a store bit by bit: the same groups as at once, and ids that last."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import blake2b
from random import Random
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from short_reports import PLACE_LISTS, NoPlaces, random_articles

from incidents import relink as relinking
from incidents.batch import link_store
from incidents.decide import merge_incidents
from incidents.forget import forget_articles
from incidents.linking import link
from incidents.linking.identity import incident_id
from incidents.model import Article
from incidents.store import open_store
from incidents.store.migrations import APPLICATION_ID, m001_initial
from incidents.store.rows import article_row, fact_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from incidents.model import Report
    from incidents.store import Store

    Build = Callable[..., Report]

LINKED = ("3", "a79526fa7551cc2d")
"""Version of the rules of linking, and a hash of what they make of some reports."""


@pytest.fixture
def store(tmp_path: Path) -> Iterable[Store]:
    """An empty store."""
    with open_store(tmp_path / "all.db") as opened:
        yield opened


def put(store: Store, *reports: Report) -> None:
    """Store reports of one article, and link."""
    article = reports[0].article.id
    store.put_article(Article(id=article, text="Text"), reports)
    relink(store)


def relink(store: Store) -> None:
    """Link what has changed."""
    link_store(store, NoPlaces())  # type: ignore[arg-type]


def groups(store: Store) -> set[tuple[str, ...]]:
    """The report ids of all incidents."""
    return {incident.reports for incident in store.incidents()}


@pytest.mark.parametrize("seed", range(12))
def test_relink_bit_by_bit_gives_the_same_as_at_once(
    store: Store, build_report: Build, seed: int
) -> None:
    """Articles that come one by one, change and go make the groups of those that remain."""
    random = Random(seed)  # noqa: S311 - no secret
    articles = random_articles(random, 30)
    for reports in articles:
        put(store, *reports)
    for reports in random.sample(articles, 6):
        article = reports[0].article.id
        other = build_report(f"{article}.9", places=random.choice(PLACE_LISTS))
        changed = msgspec.structs.replace(reports[0], background=not reports[0].background)
        put(store, random.choice((other, changed)))

    assert groups(store) == {incident.reports for incident in link(store.reports())}
    assert len(groups(store)) < store.count_reports()


def test_relink_joins_no_two_loose_reports_of_an_article(store: Store, build_report: Build) -> None:
    """One that a new report draws near meets its sibling, which an incident holds already."""
    province = {"date": "2021-04-21", "places": "Al-Hasakah", "actors": "xISF xNDF"}
    attack = {"actors": ">NDF <ISF", "casualties": "killed 1 ISF"}
    put(
        store,
        build_report("a.1", places="Qamishli", type="Grenade", background=True, **attack),
        build_report("a.2", **province),
    )
    both = {"date": "2021-04-20..2021-04-21", "casualties": "killed 1 ISF: Khaled Haji"}
    put(store, build_report("d.2", places="Tay, Qamishli", actors=">NDF <ISF", **both))
    put(store, build_report("c.2", casualties="killed 1 ISF", **province))

    assert groups(store) == {incident.reports for incident in link(store.reports())}
    assert groups(store) == {("rep-a.1", "rep-c.2", "rep-d.2"), ("rep-a.2",)}


def test_relink_keeps_the_id_when_a_report_joins(store: Store, build_report: Build) -> None:
    """Also when the new report sorts before those that are there."""
    put(store, build_report("b.1", places="Tay"))
    [before] = store.incidents()
    put(store, build_report("a.1", places="Tay"))

    [after] = store.incidents()
    assert after.reports == ("rep-a.1", "rep-b.1")
    assert after.id == before.id == incident_id("rep-b.1")


def meanwhile(store: Store, monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> None:
    """Have something done by another process while what a store has grouped is being put."""
    before(store, "change_incidents", monkeypatch, work)


def before(
    of: object, step: str, monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]
) -> None:
    """Have something done once, right before a step of linking."""
    go_on = getattr(of, step)

    def late(*args: Any, **others: Any) -> Any:  # noqa: ANN401 - whatever the step gives
        monkeypatch.undo()
        work()
        return go_on(*args, **others)

    monkeypatch.setattr(of, step, late)


def test_relink_takes_in_a_decision_that_is_made_while_another_process_links(
    store: Store, build_report: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever links when the decision comes does not take it for done."""
    put(store, build_report("a.1", places="Tay"))
    put(store, build_report("b.1", places="Amuda", date="2021-04-25"))
    ids = [incident.id for incident in store.incidents()]
    store.put_article(Article(id="c", text="Text"), [build_report("c.1", date="2020-01-01")])
    with open_store(store.path) as other:
        meanwhile(store, monkeypatch, lambda: merge_incidents(other, ids))
        relink(store)
        relink(other)

    assert groups(store) == {("rep-a.1", "rep-b.1"), ("rep-c.1",)}


def test_relink_keeps_the_id_of_an_article_that_changes_while_another_process_links(
    store: Store, build_report: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An incident that has lost its only report in between is there until that is linked."""
    put(store, build_report("a.1", places="Tay"))
    [old] = store.incidents()
    store.put_article(Article(id="c", text="Text"), [build_report("c.1", date="2020-01-01")])
    changed = [build_report("a.2", places="Tay"), build_report("a.3", type="Grenade")]
    with open_store(store.path) as other:
        article = Article(id="a", text="Text")
        meanwhile(store, monkeypatch, lambda: other.put_article(article, changed))
        relink(store)
        relink(other)

    assert groups(store) == {("rep-a.2",), ("rep-a.3",), ("rep-c.1",)}
    assert store.incident(old.id).reports == ("rep-a.2",)


def test_relink_leaves_alone_what_another_process_has_linked_again(
    store: Store, build_report: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An article that changes twice leaves its incident once; the rest of that stays."""
    put(store, build_report("a.1", places="Tay"))
    put(store, build_report("b.1", places="Tay"))
    article = Article(id="a", text="Text")
    store.put_article(article, [build_report("a.1", date="2020-01-01")])
    with open_store(store.path) as other:
        again = [build_report("a.2", date="2020-02-02")]
        before(store.links, "snapshot", monkeypatch, lambda: other.put_article(article, again))
        relink(store)
        relink(other)

    assert groups(store) == {("rep-a.2",), ("rep-b.1",)}


def test_relink_passes_over_a_joined_report_that_came_while_it_weighed(
    store: Store, build_report: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has stored an article anew weighs it; the pair that people joined is not lost."""
    put(store, build_report("a.1", places="Tay"))
    put(store, build_report("b.1", places="Amuda", date="2021-04-25"))
    merge_incidents(store, [incident.id for incident in store.incidents()])
    relink(store)
    store.put_article(Article(id="a", text="Text"), [build_report("a.2", places="Tay")])
    monkeypatch.setattr(relinking, "_MANY", 1)
    with open_store(store.path) as other:
        again = [build_report("b.2", places="Amuda", date="2021-04-25")]
        with monkeypatch.context() as patch:
            article = Article(id="b", text="Text")
            before(store.links, "snapshot", patch, lambda: other.put_article(article, again))
            relink(store)
        relink(other)

    assert groups(store) == {("rep-a.2", "rep-b.2")}


def test_relink_does_without_an_incident_that_is_gone(store: Store, build_report: Build) -> None:
    """All incidents can be replaced between the change of an article and its linking."""
    put(store, build_report("a.1"))
    store.put_article(Article(id="a", text="Text"), [build_report("a.2")])
    store.put_incidents([], gazetteer=NoPlaces())
    relink(store)

    assert groups(store) == {("rep-a.2",)}


def test_relink_leaves_alone_what_it_does_not_touch(store: Store, build_report: Build) -> None:
    """Of two towns only the one that has news is written again."""
    put(store, build_report("a.1", places="Tay"))
    put(store, build_report("b.1", places="Hasakah", actors=">ISIS"))
    written: list[int] = []
    store._db.set_trace_callback(
        lambda sql: written.append(1) if sql.startswith("INSERT INTO incident (") else None
    )

    put(store, build_report("c.1", places="Tay"))

    assert len(written) == 1


def test_relink_sends_an_old_id_to_what_it_was_merged_into(
    store: Store, build_report: Build
) -> None:
    """Two incidents that become one leave one id, and the other one leads to it."""
    put(store, build_report("a.1", places="Tay"))
    put(store, build_report("b.1", places="Tay", date="2021-04-25"))
    one, two = store.incidents()
    merge_incidents(store, [one.id, two.id])
    relink(store)

    [merged] = store.incidents()
    assert merged.id in {one.id, two.id}
    assert store.incident(one.id) == store.incident(two.id) == merged


def test_relink_sends_an_old_id_to_what_is_left_of_it(store: Store, build_report: Build) -> None:
    """Where the incident that took the most of another one is gone, the rest is found."""
    put(store, build_report("a.1", places="Tay"))
    put(store, build_report("b.1", places="Tay"))
    [old] = store.incidents()
    for part in "xyz":
        put(store, build_report(f"{part}.1", places="Hasakah"))
    put(store, build_report("a.1", places="Hasakah"))
    put(store, build_report("b.1", places="Amuda", date="2021-04-25"))
    for part in "axyz":
        forget_articles(store, [part], gazetteer=NoPlaces())  # type: ignore[arg-type]

    assert store.incident(old.id).reports == ("rep-b.1",)


def test_relink_keeps_the_id_when_an_article_is_extracted_anew(
    store: Store, build_report: Build
) -> None:
    """Another extractor gives other report ids; the incident is the same."""
    put(store, build_report("a.1"), build_report("a.2", type="Grenade"))
    before = {incident.sub_event_type: incident.id for incident in store.incidents()}
    put(store, build_report("a.3", type="Grenade"), build_report("a.4"))

    assert before == {incident.sub_event_type: incident.id for incident in store.incidents()}


@pytest.mark.parametrize(
    ("step", "many"),
    [("_weigh_changed", 2000), ("_weigh_changed", 1), ("_weigh_pairs", 1)],
    ids=["few", "many", "many, in between"],
)
def test_relink_weighs_by_the_threshold_of_the_time(
    store: Store, build_report: Build, monkeypatch: pytest.MonkeyPatch, step: str, many: int
) -> None:
    """One that another process sets while this one links holds for all that is linked then."""
    store.links.put_setting("threshold", "1")
    for id_ in "ab":
        article = Article(id=id_, text="Text")
        store.put_article(article, [build_report(f"{id_}.1", places="Tay")])
    with open_store(store.path, timeout=0.01) as other:

        def lower() -> None:
            with other.links.transaction():
                other.links.put_setting("threshold", "0.5")
                other.links.mark()

        # the fixture's own patch would be undone with that of the step
        with monkeypatch.context() as patch:
            patch.setattr(relinking, "_MANY", many)
            go_on = getattr(relinking, step)

            def late(*args: Any) -> Any:  # noqa: ANN401 - whatever the step gives
                patch.setattr(relinking, step, go_on)
                lower()
                return go_on(*args)

            patch.setattr(relinking, step, late)
            relink(store)
        relink(other)

    assert groups(store) == {("rep-a.1", "rep-b.1")}


def test_relink_rules_have_a_new_number_where_they_give_something_else() -> None:
    """Who changes what linking makes of reports raises `RULES`: old stores are linked anew."""
    random = Random(0)  # noqa: S311 - no secret
    reports = [each for part in random_articles(random, 60) for each in part]
    made = msgspec.json.encode(link(reports, gazetteer=NoPlaces()))  # type: ignore[arg-type]
    digest = blake2b(made, digest_size=8).hexdigest()

    assert (relinking.RULES, digest) == LINKED, "raise RULES, and write both into LINKED"


def test_relink_links_all_where_the_rules_are_others(store: Store, build_report: Build) -> None:
    """A store that an older program has linked is linked anew."""
    put(store, build_report("a.1", places="Tay"))
    put(store, build_report("b.1", places="Tay"))
    store.links.put_setting("rules", "0")
    store.put_incidents([], gazetteer=NoPlaces())
    relink(store)

    assert groups(store) == {("rep-a.1", "rep-b.1")}


def test_relink_takes_up_a_store_of_the_first_version(tmp_path: Path, build_report: Build) -> None:
    """What an older program stored is linked anew when it is next linked; nothing is lost."""
    path = tmp_path / "old.db"
    reports = [build_report("a.1", places="Tay"), build_report("b.1", places="Tay")]
    with closing(sqlite3.connect(path)) as db, db:
        m001_initial.migrate(db)
        db.execute("PRAGMA user_version = 1")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        for report in reports:
            row = fact_row(report) | {"article_id": report.article.id, "position": 0}
            article = article_row(Article(id=report.article.id, text="Text"))
            for table, now in (("article", article), ("report", row)):
                known = {column[1] for column in db.execute(f"PRAGMA table_info ({table})")}
                values = {name: value for name, value in now.items() if name in known}
                marks = ", ".join("?" * len(values))
                sql = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})"  # noqa: S608 - names are ours
                db.execute(sql, list(values.values()))

    with open_store(path) as store:
        relink(store)
        assert groups(store) == {("rep-a.1", "rep-b.1")}


def test_relink_holds_a_decision_whose_article_comes_back(
    store: Store, build_report: Build
) -> None:
    """A report without a day is weighed by what decisions say of it now."""
    article = Article(id="a", text="Text")
    put(store, build_report("a.1", places="Tay"))
    put(store, build_report("b.1", date="", places="", actors="<civilians"))
    merge_incidents(store, [incident.id for incident in store.incidents()])
    relink(store)
    store.put_article(article, [])
    relink(store)
    put(store, build_report("b.1", date="", places="", actors=">ISIS"))
    assert groups(store) == {("rep-b.1",)}

    put(store, build_report("a.1", places="Tay"))

    assert groups(store) == {("rep-a.1", "rep-b.1")}


def test_relink_of_what_a_decision_held_alone_is_as_at_once(
    store: Store, build_report: Build
) -> None:
    """A report without a day makes groups only as long as the other one of a decision is there."""
    put(store, build_report("a.1", places="Tay"))
    put(store, build_report("b.1", date="", places="", actors="<civilians"))
    merge_incidents(store, [incident.id for incident in store.incidents()])
    relink(store)
    forget_articles(store, ["a"], gazetteer=NoPlaces())  # type: ignore[arg-type]

    assert store.links.sure(["rep-b.1"]) == {"rep-b.1": False}
