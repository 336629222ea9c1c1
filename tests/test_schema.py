"""Every line of JSON is as `incidents schema` says."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import jsonschema
import msgspec
import pytest
from typer.testing import CliRunner

from incidents.articles import read_articles
from incidents.cli import app
from incidents.cli.schema import Kind as CommandKind
from incidents.linking import link
from incidents.model import (
    ActorRef,
    Article,
    Casualty,
    CasualtyKind,
    DatePrecision,
    EventDate,
    Grade,
    Incident,
    Modality,
    Report,
    Role,
)
from incidents.schema import KINDS
from incidents.summary import summarise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from incidents.extractors.pipeline import Extractor

SENTENCES = """
Gunmen killed three soldiers in Goma on Tuesday.
At least five civilians were wounded by shelling in Idlib on 3 May 2020.
A suicide bomber blew himself up at a market in Maiduguri, killing dozens.
The army denied that its forces had killed eleven farmers near Mopti.
Two journalists were kidnapped in Sanaa last month, their families said.
Turkish drones struck a vehicle near Qamishli overnight, SOHR reported.
Protesters blocked a road in Basra on Friday; police fired tear gas.
Police shot dead two protesters in Nasiriyah on 28 November 2019.
Clashes between the NDF and the Asayish left several dead in Qamishli.
The rebels and the government signed a ceasefire on 12 March 2018 in Juba.
Security forces arrested 20 suspected jihadists in Gao between Monday and Wednesday.
An IED wounded up to four peacekeepers on the road to Kidal.
Taliban fighters captured the district of Andar in 2018.
Government forces retook Palmyra from ISIS in March 2016.
A mob burned down three houses in Jos late on Saturday.
More than 200 people fled the village after the attack on Monday.
Al-Shabaab claimed that it had killed 30 soldiers in Kismayo; the army said two had died.
Unknown assailants threw a grenade at a checkpoint in Bujumbura, injuring one policeman.
No one was hurt when a rocket landed in Sderot on Sunday.
The army plans to attack the town of Bunia next week.
If the militia returned to Beni, it would kill civilians, residents feared.
Khaled Haji, a member of the ISF, was killed in the al-Tay neighbourhood on Tuesday, April 20.
A barrel bomb hit a hospital in Aleppo, killing a doctor and two nurses.
Chemical weapons were used in Khan Shaykhun on 4 April 2017, killing at least 80.
The militia looted the market of Malakal and set fire to a warehouse.
Fighters of the M23 set up a base in Rutshuru on 1 June 2022.
Women were raped by soldiers in Tigray in November 2020, witnesses said.
Hundreds were detained in Minsk on 9 August 2020.
Bread was sold in the city on Tuesday.
In 2016, two soldiers were killed in Kirkuk; last May, a bomb killed one more.
""".strip().splitlines()


def articles(seeds: Path) -> Iterator[Article]:
    """The seeds, and thirty articles of a sentence each, some with all that an article has."""
    yield from read_articles([seeds], on_error=lambda error: pytest.fail(str(error)))
    for number, sentence in enumerate(SENTENCES):
        whole = {"published": dt.date(2022, 6, 9), "publisher": "Ö", "url": "https://e.org"}
        yield Article(id=f"s{number}", text=sentence, **(whole if number % 2 else {}))  # type: ignore[arg-type]


@pytest.mark.model
def test_schema_holds_for_what_is_printed(
    check_json: Callable[[object], None], extractor: Extractor, seeds: Path
) -> None:
    """Reports and incidents of many kinds, and their summary, have all keys, each of its type."""
    reports = [report for article in articles(seeds) for report in extractor.extract(article)]
    incidents = link(reports)

    printed = [*reports, *incidents, summarise(incidents)]

    assert len(reports) > len(SENTENCES)
    check_json(json.loads(msgspec.json.encode(printed)))


def schema(*kind: str) -> dict[str, Any]:
    """The schema that the program prints."""
    printed: dict[str, Any] = json.loads(CliRunner().invoke(app, ["schema", *kind]).stdout)
    return printed


REPORT = {
    "id": "rep-1",
    "article": dict.fromkeys(("title", "publisher", "published", "url", "path")) | {"id": "a"},
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "background": False,
    "date": {"start": "2021-04-20", "end": "2021-04-20", "precision": "day"}
    | dict.fromkeys(("mention", "basis", "weekday")),
    "places": [],
    "geo_precision": None,
    "actors": [],
    "casualties": [],
    "fatalities": {"low": 0, "best": 0, "high": 0},
    "attribution": None,
    "confidence": 0.5,
    "evidence": [{"start": 0, "end": 1, "text": "x", "rule": "event:verb"}],
}
INCIDENT = {
    **{key: value for key, value in REPORT.items() if key != "article"},
    "id": "inc-1",
    "evidence": [{"start": 0, "end": 1, "text": "x", "rule": "event:verb", "article": "a"}],
    "reports": ["rep-1"],
    "sources": [{"publisher": None, "url": None, "article": "a"}],
    "disagreements": [],
    "source_count": 1,
    "grade": "weak",
    "deaths": {"a": 0, "b": 0, "civilians": 0, "unknown": 0},
    "lent": [],
}
DATE = REPORT["date"]


@pytest.mark.parametrize(
    ("whole", "change"),
    [
        pytest.param(REPORT, {"sub_event_type": "Brawl"}, id="no such type"),
        pytest.param(REPORT, {"sub_event_type": "Grenade"}, id="type of another event type"),
        pytest.param(REPORT, {"geo_precision": "1"}, id="text for a number"),
        pytest.param(REPORT, {"geo_precision": 4}, id="number out of range"),
        pytest.param(REPORT, {"confidence": 1.5}, id="no probability"),
        pytest.param(REPORT, {"background": 0}, id="number for a flag"),
        pytest.param(REPORT, {"id": None}, id="null"),
        pytest.param(REPORT, {"id": "rep"}, id="no id"),
        pytest.param(REPORT, {"novelty": 1}, id="another key"),
        pytest.param(REPORT, {"evidence": [{"start": 0}]}, id="a missing key"),
        pytest.param(REPORT, {"evidence": INCIDENT["evidence"]}, id="an article of its own"),
        pytest.param(REPORT, {"date": DATE | {"start": "yesterday"}}, id="no date"),  # type: ignore[operator]
        pytest.param(REPORT, {"date": DATE | {"precision": "hour"}}, id="no precision"),  # type: ignore[operator]
        pytest.param(INCIDENT, {"evidence": REPORT["evidence"]}, id="evidence of no article"),
        pytest.param(INCIDENT, {"grade": "certain"}, id="no such grade"),
        pytest.param(INCIDENT, {"source_count": 0}, id="no source"),
        pytest.param(INCIDENT, {"article": REPORT["article"]}, id="an incident has no article"),
    ],
)
def test_schema_refuses(
    check_json: Callable[[object], None], whole: dict[str, object], change: dict[str, object]
) -> None:
    """The schema lets a report and an incident through, and nothing like them."""
    check_json(whole)
    check_json(json.dumps([whole, whole]))
    check_json(f"{json.dumps(whole)}\n" * 2)
    with pytest.raises(AssertionError):
        check_json(whole | change)


@pytest.mark.parametrize("item", [REPORT, INCIDENT], ids=["report", "incident"])
def test_schema_wants_every_key(
    check_json: Callable[[object], None], item: dict[str, object]
) -> None:
    """No key may be missing: what is not known is null."""
    for key in item:
        if key != "id":
            with pytest.raises(AssertionError):
                check_json({name: value for name, value in item.items() if name != key})


@pytest.mark.parametrize("kind", [(), *((kind,) for kind in KINDS)], ids=str)
def test_schema_is_a_schema_with_a_word_on_everything(kind: tuple[str, ...]) -> None:
    """Each object and each key of it has a description; no reference leads nowhere."""
    document = schema(*kind)

    jsonschema.Draft202012Validator.check_schema(document)
    for name, part in document["$defs"].items():
        assert part["description"], name
        assert part["additionalProperties"] is False, name
        for key, value in part["properties"].items():
            assert value.get("description"), f"{name}.{key}"
    refs = set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(document)))
    assert refs == set(document["$defs"])


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (model, field.name)
        for model in (Report, Incident, Casualty, ActorRef, EventDate)
        for field in msgspec.structs.fields(model)
        if type(None) in get_args(get_type_hints(model)[field.name])
    ],
)
def test_schema_allows_null_where_the_model_does(model: type[msgspec.Struct], field: str) -> None:
    """What can be unknown can be null, and what cannot be is not."""
    part = schema()["$defs"][model.__name__]

    assert {"type": "null"} in part["properties"][field]["anyOf"]
    assert field in part["required"]


@pytest.mark.parametrize(
    ("model", "field", "values"),
    [
        (Casualty, "kind", CasualtyKind),
        (Casualty, "modality", Modality),
        (ActorRef, "role", Role),
        (EventDate, "precision", DatePrecision),
        (Incident, "grade", Grade),
    ],
)
def test_schema_lists_the_words_of_a_field(
    model: type[msgspec.Struct], field: str, values: object
) -> None:
    """A field with a closed list of words has that list."""
    assert (
        sorted(get_args(values)) == schema()["$defs"][model.__name__]["properties"][field]["enum"]
    )


def test_schema_kinds_are_those_of_the_command() -> None:
    """The command knows every kind, and refuses others."""
    assert KINDS == tuple(CommandKind)
    assert CliRunner().invoke(app, ["schema", "article"]).exit_code == 2
