"""The JSON of `why`, `eval`, `gazetteer lookup`, `runs`, `diff` and `doctor` has its schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from typer.testing import CliRunner

from incidents.answers import Comparison, Explanation, Score
from incidents.cli import app
from incidents.doctor import Check
from incidents.gazetteer import Actor, ActorMatch, Place, PlaceMatch
from incidents.run_diff import FieldChange, ReportChange
from incidents.runs import Run, Tools
from incidents.schema import make_schema
from incidents.store.runs import RunPair

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Checker = Callable[..., None]

TOOLS = Tools(version="1", rules="a", spacy="3", model="m", gazetteer="b")
RUN = Run(id=1, started="2026-11-21T10:00:00Z", tools=TOOLS, options={"no_text": True})
EMPTY = Explanation(incident=None, reports=(), ties=(), nearest=None, former=())
CHANGE = ReportChange(
    article="a", change="changed", report="x", fields=(FieldChange("date", ("1",), ("2",)),)
)
OBJECTS: dict[str, tuple[str, object]] = {
    "explanation": ("explanation", EMPTY),
    "place": ("match", PlaceMatch(Place("p:1", "P", "city", 1, 2, "Syria", "SY"), 0.5, "exact")),
    "actor": ("match", ActorMatch(Actor("a", "A", "rebel group"), 1.0, "spelling")),
    "evaluation": ("evaluation", Score(articles=1, figures={}, misses=())),
    "run": ("run", RUN),
    "comparison": (
        "comparison",
        Comparison(first=RUN, second=RUN, articles=RunPair(1, [], [], []), changes=(CHANGE,)),
    ),
    "check": ("check", Check(area="model", name="weights", found="there")),
}


def printed(item: object) -> dict[str, Any]:
    """An object as a command prints it."""
    found: dict[str, Any] = json.loads(msgspec.json.encode(item))
    return found


@pytest.mark.parametrize(("kind", "item"), OBJECTS.values(), ids=OBJECTS)
def test_answers_have_every_key_and_no_other(check_json: Checker, kind: str, item: object) -> None:
    """A missing key, another key and another kind of object are refused."""
    whole = printed(item)
    check_json(whole, kind)
    for key in whole:
        if (kind, key) == ("evaluation", "misses"):
            continue  # left out without --misses
        with pytest.raises(AssertionError):
            check_json({name: value for name, value in whole.items() if name != key}, kind)
    for wrong in ({**whole, "novelty": 1}, {}, printed(Score(articles=-1, figures={}))):
        with pytest.raises(AssertionError):
            check_json(wrong, kind)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        pytest.param("explanation", {"ties": [{"report": "rep-1"}]}, id="half a tie"),
        pytest.param("explanation", {"reports": [{"report": None, "reasons": []}]}, id="no report"),
        pytest.param("place", {"score": 1.5}, id="score above 1"),
        pytest.param("actor", {"actor": {"id": "a"}}, id="half an actor"),
        pytest.param("evaluation", {"figures": {"date": {"hit": 1}}}, id="half a figure"),
        pytest.param("run", {"outcome": "lost"}, id="no such outcome"),
        pytest.param("run", {"options": {"no_text": 1}}, id="number for an option"),
        pytest.param("run", {"started": "yesterday"}, id="no time"),
        pytest.param("comparison", {"changes": [{"change": "moved"}]}, id="no such change"),
        pytest.param("check", {"state": "bad"}, id="no such state"),
    ],
)
def test_answers_refuse(check_json: Checker, name: str, change: dict[str, object]) -> None:
    """Values inside are held to the schema too."""
    kind, item = OBJECTS[name]

    with pytest.raises(AssertionError):
        check_json(printed(item) | change, kind)


def test_reports_inside_are_described_as_reports_are() -> None:
    """The report and the incident of an explanation have the schema that each has by itself."""
    parts = make_schema("explanation")["$defs"]

    for kind, name in (("report", "Report"), ("incident", "Incident")):
        assert parts[name] == make_schema(kind)["$defs"][name]  # type: ignore[arg-type] # both are kinds


@pytest.mark.model
def test_real_output_is_as_the_schema_says(
    check_json: Checker, seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The five example articles, extracted twice, once without triage, through every command."""
    monkeypatch.chdir(tmp_path)

    def call(*args: str) -> str:
        result = CliRunner().invoke(app, [*args])
        assert result.exit_code == 0, result.output
        return result.stdout

    gold = [
        {"id": path.stem, "text": path.read_text(encoding="utf-8"), "incidents": []}
        for path in sorted(seeds.glob("*.txt"))
    ]
    (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, gold)), encoding="utf-8")
    found = json.loads(call("extract", str(seeds), "--quiet", "--json"))
    options = ("--quiet", "--no-triage", "--reports", "--format", "jsonl")
    reports = call("extract", str(seeds), *options)
    (tmp_path / "reports.jsonl").write_text(reports, encoding="utf-8")
    for each in (*found, *map(json.loads, reports.splitlines())):
        check_json(call("why", each["id"], "--json"), "explanation")
    eval_ = ("eval", "gold.jsonl", "--reports", "reports.jsonl", "--json")
    for command, kind in {
        eval_: "evaluation",
        (*eval_, "--misses"): "evaluation",
        ("gazetteer", "lookup", "Zalin", "--json"): "match",
        ("gazetteer", "lookup", "SDF", "--json"): "match",
        ("runs", "--json"): "run",
        ("diff", "--json"): "comparison",
        ("doctor", "--json"): "check",
    }.items():
        answer = call(*command)
        assert answer not in ("", "[]\n")
        check_json(answer, kind)
    assert len(json.loads(call("runs", "--json"))) == len(("with triage", "without"))
