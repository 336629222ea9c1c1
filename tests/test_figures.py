"""The quality gate: figures on the project's own annotated articles stay above their floors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from scripts import load_script

from incidents.articles import read_articles
from incidents.evaluation import evaluate, read_gold
from incidents.model import SUB_EVENT_TYPES

if TYPE_CHECKING:
    from incidents.errors import InputError
    from incidents.evaluation import GoldArticle
    from incidents.extractors.pipeline import Extractor

ROOT = Path(__file__).resolve().parent.parent
FLOORS = load_script(ROOT / "benchmarks" / "floors.py")
SHARED = ROOT.parent / "shared" / "eval"  # real articles, which are no part of this repository


def gold(name: str) -> list[GoldArticle]:
    """The articles of a set."""
    return list(read_gold(FLOORS.FOLDER / f"{name}.jsonl"))


@pytest.mark.model
@pytest.mark.parametrize("name", FLOORS.SETS)
def test_figures_stay_above_their_floors(name: str, extractor: Extractor) -> None:
    """No F1 is below its floor; `benchmarks/floors.py` tells how floors move."""
    floors = FLOORS.read_floors()[name]["f1"]

    assert FLOORS.find_falls(floors, FLOORS.measure(name, extractor)) == []


def test_every_set_has_floors_and_every_floor_its_set() -> None:
    """A set that is taken away does not take its floors with it unseen."""
    assert set(FLOORS.read_floors()) == set(FLOORS.SETS)


@pytest.mark.parametrize("name", FLOORS.SETS)
def test_floors_are_those_of_these_articles(name: str) -> None:
    """An annotation that changes asks for new floors."""
    floors = FLOORS.read_floors()[name]

    assert FLOORS.digest(name) == floors["digest"]
    assert len(floors["f1"]) > 10


def test_falls_are_found() -> None:
    """A figure that falls by a thousandth or is gone is named; one that rises is not."""
    floors = {"date": 0.9, "actors": 0.5, "event type": 0.7}

    assert FLOORS.find_falls(floors, {"date": 0.899, "event type": 0.8}) == [
        "date: 0.899 is below its floor, 0.900",
        "actors: 0.000 is below its floor, 0.500",
    ]


@pytest.mark.parametrize("name", FLOORS.SETS)
def test_annotations_quote_their_articles(name: str) -> None:
    """What an annotation gives as written is written so."""
    for item in gold(name):
        text = f"{item.article.title}\n{item.article.text}"
        for incident in item.incidents:
            quoted = [
                *incident.place_mentions,
                *incident.place_also,
                *(mention for actor in incident.actors for mention in actor.mentions),
                *(claim.mention for claim in incident.casualties if claim.mention),
                *(each for claim in incident.casualties for each in claim.names),
            ]
            assert [mention for mention in quoted if mention not in text] == []


def test_short_articles_are_of_many_kinds() -> None:
    """At least 40 articles, most sub-event types, many countries, and some without an incident."""
    items = gold("short")
    incidents = [incident for item in items for incident in item.incidents]
    types = {incident.sub_event_type for incident in incidents}

    assert len(items) >= 40
    assert len(types) >= 0.7 * sum(len(subs) for subs in SUB_EVENT_TYPES.values())
    assert len({incident.country for incident in incidents}) >= 25
    assert sum(not item.incidents for item in items) >= 8


def test_seed_annotations_hold_the_seeds() -> None:
    """The annotated text of a seed is the seed."""
    errors: list[InputError] = []
    seeds = {a.id: a.text for a in read_articles([ROOT / "seeds"], on_error=errors.append)}

    assert not errors
    assert seeds == {item.article.id: item.article.text for item in gold("seeds")}


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason=f"{SHARED}: the annotated real articles are absent")
@pytest.mark.parametrize("name", ["seeds", "dev", "ce-dev"])
def test_figures_are_those_of_the_other_scorer(name: str, extractor: Extractor) -> None:
    """A scorer written apart from this one counts the same on real articles."""
    file = SHARED / f"{name}.jsonl"
    items = list(read_gold(file))
    reports = [report for item in items for report in extractor.extract(item.article)]

    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    theirs, _ = load_script(SHARED / "score.py").score(rows, msgspec.to_builtins(reports))

    ours = evaluate(items, reports).figures
    keys = {"p": "precision", "r": "recall", "f1": "f1", "hit": "hit", "gold": "gold"}
    keys["pred"] = "predicted"
    assert theirs == {
        name: {key: getattr(each, field) for key, field in keys.items()}
        for name, each in ours.items()
    }
