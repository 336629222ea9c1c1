"""Whole articles of several sentences: which events they tell of, and of which types."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from incidents.model import EVENT_TYPE_OF, Article

if TYPE_CHECKING:
    from incidents.extractors.pipeline import Extractor

pytestmark = pytest.mark.model

WEDNESDAY = dt.date(2019, 3, 20)
MISREAD = {
    "protest-water": "a crowd known by its home ('residents of Basra') does not say where it was",
    "mob-clash": "fights with sticks between farmers and herders are not read as a mob's",
    "group-formed": "'armed groups' without a name are no side",
    "assassination": "'the eleventh to be killed' is read as another killing",
    "roundup-many": "'the capital' is no place, so the arrests join the bombing before them",
    "syria-monitor": "a former commander is taken for a fighter",
}


class Told(NamedTuple):
    """An article and the events in it."""

    name: str
    events: list[str]  # sub-event types, "-" before those of earlier days
    text: str


def read_articles() -> list[Told]:
    """The articles of `articles_whole.txt`."""
    blocks = (Path(__file__).parent / "articles_whole.txt").read_text("utf-8").split("\n\n")[1:]
    found = []
    for block in blocks:
        head, text = block.strip().split("\n", 1)
        name, events = head.removeprefix("# ").split(" | ")
        found.append(Told(name, sorted(e for e in events.split("; ") if e != "none"), text))
    return found


def as_param(told: Told) -> object:
    """An article as a test's parameter; those misread must fail."""
    reason = MISREAD.get(told.name)
    marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
    return pytest.param(told, id=told.name, marks=marks)


@pytest.mark.parametrize("told", [as_param(a) for a in read_articles()])
def test_articles_whole_are_told_event_by_event(extractor: Extractor, told: Told) -> None:
    """Each event of an article is one report of its type; statements around it are none."""
    article = Article(id=told.name, text=told.text, published=WEDNESDAY)

    reports = extractor.extract(article)

    assert told.events == sorted(("-" if r.background else "") + r.sub_event_type for r in reports)


def test_articles_whole_are_many_and_of_all_types() -> None:
    """Every sub-event type is told of in some article, and some articles tell of none."""
    articles = read_articles()
    types = {e.removeprefix("-") for a in articles for e in a.events}

    assert types == set(EVENT_TYPE_OF)
    assert any(a.events == [] for a in articles)
    assert set(MISREAD) <= {a.name for a in articles}
