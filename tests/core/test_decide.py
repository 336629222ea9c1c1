"""What people decide on linking holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from short_reports import NoPlaces

from incidents.batch import link_store
from incidents.decide import forget_decision, list_decisions, merge_incidents, split_incident
from incidents.errors import InputError, NotFoundError
from incidents.forget import forget_articles
from incidents.model import Article
from incidents.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from incidents.model import Report
    from incidents.store import Store

    Build = Callable[..., Report]


def relink(store: Store) -> None:
    """Link what has changed."""
    link_store(store, NoPlaces())  # type: ignore[arg-type]


def groups(store: Store) -> list[tuple[str, ...]]:
    """The report ids of all incidents."""
    return sorted(incident.reports for incident in store.incidents())


@pytest.fixture
def store(tmp_path: Path, build_report: Build) -> Iterator[Store]:
    """Two accounts of one clash, and one of another."""
    with open_store(tmp_path / "all.db") as opened:
        for id_, place in (("a", "Tay"), ("b", "Tay"), ("c", "Hasakah")):
            article = Article(id=id_, text="Text")
            opened.put_article(article, [build_report(f"{id_}.1", places=place)])
        relink(opened)
        yield opened


def test_decide_split_holds(store: Store, build_report: Build) -> None:
    """A report that was split off stays apart, also when a further one could join both."""
    [both] = [each for each in store.incidents() if len(each.reports) > 1]
    split_incident(store, both.id, ["rep-b.1"])
    relink(store)
    assert groups(store) == [("rep-a.1",), ("rep-b.1",), ("rep-c.1",)]

    store.put_article(Article(id="d", text="Text"), [build_report("d.1", places="Tay")])
    relink(store)
    assert not [group for group in groups(store) if {"rep-a.1", "rep-b.1"} <= set(group)]


def test_decide_merge_holds_against_all_difference(store: Store) -> None:
    """What lies in two towns is one if people say so."""
    merge_incidents(store, [incident.id for incident in store.incidents()])
    relink(store)
    assert groups(store) == [("rep-a.1", "rep-b.1", "rep-c.1")]

    store.links.mark()
    relink(store)
    assert groups(store) == [("rep-a.1", "rep-b.1", "rep-c.1")]


def test_decide_holds_when_the_article_is_extracted_anew(store: Store, build_report: Build) -> None:
    """A decision knows a report by its article too."""
    [both] = [each for each in store.incidents() if len(each.reports) > 1]
    split_incident(store, both.id, ["rep-b.1"])
    store.put_article(Article(id="b", text="Text 2"), [build_report("b.7", places="Tay")])
    relink(store)

    assert groups(store) == [("rep-a.1",), ("rep-b.7",), ("rep-c.1",)]


def test_decide_later_outweighs_earlier(store: Store) -> None:
    """A split takes back a merge, as far as it goes."""
    merge_incidents(store, [incident.id for incident in store.incidents()])
    relink(store)
    [whole] = store.incidents()
    split_incident(store, whole.id, ["rep-a.1"])
    relink(store)

    assert groups(store) == [("rep-a.1",), ("rep-b.1", "rep-c.1")]


def test_decide_forget_takes_a_decision_back(store: Store) -> None:
    """Without the decision the weights speak again; its number is not given again."""
    before = groups(store)
    merge_incidents(store, [incident.id for incident in store.incidents()])
    relink(store)
    forget_decision(store, 1)
    relink(store)
    assert groups(store) == before
    assert list_decisions(store) == []

    merge_incidents(store, [incident.id for incident in store.incidents()])
    assert [decision.id for decision in list_decisions(store)] == [2]


@pytest.mark.parametrize(
    ("forgotten", "left"),
    [
        ("c", ("merge", {"a", "b"}, set())),
        ("a", ("split", {"b"}, {"c"})),
    ],
    ids=["rest", "one of two"],
)
def test_decide_split_says_the_same_of_those_that_are_not_forgotten(
    store: Store, forgotten: str, left: tuple[str, set[str], set[str]]
) -> None:
    """What was split off together is one event, also when nothing is left to split it from."""
    merge_incidents(store, [incident.id for incident in store.incidents()])
    relink(store)
    [whole] = store.incidents()
    split_incident(store, whole.id, ["rep-a.1", "rep-b.1"])
    forget_decision(store, 1)
    store.links.put_setting("threshold", "1")  # nothing but the decision holds reports together
    store.links.mark()
    relink(store)
    assert groups(store) == [("rep-a.1", "rep-b.1"), ("rep-c.1",)]
    before = [group for group in groups(store) if f"rep-{forgotten}.1" not in group]

    forget_articles(store, [forgotten], gazetteer=NoPlaces())  # type: ignore[arg-type]

    [decision] = list_decisions(store)
    marks = ({mark.article for mark in marks} for marks in (decision.first, decision.rest))
    assert (decision.kind, *marks) == left
    assert store.links.decisions()[0][0] == decision.id == 2
    assert store._all("SELECT kind FROM decision") == [(decision.kind,)]
    assert set(before) <= set(groups(store))


@pytest.mark.parametrize(
    ("reports", "message"),
    [
        (["rep-c.1"], "rep-c.1: is no report of inc-"),
        (["rep-a.1", "rep-b.1"], "name some of its 2 reports, and not all"),
        ([], "name some of its 2 reports"),
    ],
)
def test_decide_split_refuses(store: Store, reports: list[str], message: str) -> None:
    """Only some of an incident's own reports can leave it."""
    [both] = [each for each in store.incidents() if len(each.reports) > 1]

    with pytest.raises(InputError, match=message):
        split_incident(store, both.id, reports)


def test_decide_refuses_what_is_not_there(store: Store) -> None:
    """One incident is nothing to merge; a decision that was not made is not forgotten."""
    [incident, *_] = store.incidents()

    with pytest.raises(InputError, match="name another incident to merge it with"):
        merge_incidents(store, [incident.id, incident.id])
    with pytest.raises(NotFoundError, match="no decision 7; `incidents link --decisions`"):
        forget_decision(store, 7)
