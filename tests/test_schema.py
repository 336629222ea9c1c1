"""Every line of JSON is as `incidents schema` says."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from typer.testing import CliRunner

from incidents.articles import read_articles
from incidents.cli import app
from incidents.linking import link
from incidents.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from incidents.extractors.pipeline import Extractor

TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}
KEYWORDS = frozenset(
    "$defs $ref $schema additionalProperties anyOf default description enum format items"
    " maximum minimum properties required title type".split()
)


def troubles(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str = "$") -> list[str]:  # noqa: ANN401
    """What is wrong with a value; knows the keywords that the schema uses, and fails on others."""
    assert schema.keys() <= KEYWORDS, schema.keys() - KEYWORDS
    if "$ref" in schema:
        return troubles(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, at)
    if "anyOf" in schema:
        each = [troubles(value, option, root, at) for option in schema["anyOf"]]
        return [] if [] in each else min(each, key=len)
    found = []
    kind = TYPES[schema["type"]] if "type" in schema else object
    is_flag = isinstance(value, bool) and schema.get("type") in ("integer", "number")
    if not isinstance(value, kind) or is_flag:
        return [f"{at}: {value!r} is no {schema['type']}"]
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{at}: {value!r} is none of {schema['enum']}")
    if schema.get("format") == "date":
        dt.date.fromisoformat(value)
    if isinstance(value, dict):
        known = schema["properties"]
        found += [f"{at}: {key!r} is missing" for key in schema["required"] if key not in value]
        found += [f"{at}: {key!r} is not known" for key in value if key not in known]
        for key in value.keys() & known.keys():
            found += troubles(value[key], known[key], root, f"{at}.{key}")
    if isinstance(value, list):
        for number, item in enumerate(value):
            found += troubles(item, schema["items"], root, f"{at}[{number}]")
    return found


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The schema that the program prints."""
    printed: dict[str, Any] = json.loads(CliRunner().invoke(app, ["schema"]).stdout)
    return printed


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
    schema: dict[str, Any], extractor: Extractor, seeds: Path
) -> None:
    """Reports and incidents of many kinds have all keys, each of its type, and no other."""
    reports = [report for article in articles(seeds) for report in extractor.extract(article)]
    incidents = link(reports)

    lines = [json.loads(msgspec.json.encode(item)) for item in (*reports, *incidents)]

    assert len(reports) > len(SENTENCES)
    assert [] == [trouble for line in lines for trouble in troubles(line, schema, schema)]


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


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"sub_event_type": "Brawl"}, id="no such type"),
        pytest.param({"geo_precision": "1"}, id="text for a number"),
        pytest.param({"background": 0}, id="number for a flag"),
        pytest.param({"id": None}, id="null"),
        pytest.param({"novelty": 1}, id="another key"),
        pytest.param({"evidence": [{"start": 0}]}, id="a missing key"),
    ],
)
def test_schema_refuses(schema: dict[str, Any], change: dict[str, object]) -> None:
    """The schema, and the reader of it above, let a report through, and nothing like it."""
    assert troubles(REPORT, schema, schema) == []
    assert troubles(REPORT | change, schema, schema) != []
    assert troubles({key: REPORT[key] for key in [*REPORT][1:]}, schema, schema) != []
