"""The JSON Schema of what commands print: reports, incidents, and all else that is JSON."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any, Literal, get_args

import msgspec

from incidents.answers import Comparison, Explanation, Score
from incidents.decide import Decision
from incidents.doctor.check import Check
from incidents.gazetteer.model import ActorMatch, PlaceMatch
from incidents.model import SUB_EVENT_TYPES, Incident, Report
from incidents.runs import Run
from incidents.summary import Summary

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal[
    "report",
    "incident",
    "summary",
    "decision",
    "explanation",
    "match",
    "evaluation",
    "run",
    "comparison",
    "check",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""What a schema can be asked for by itself."""

_MODELS: dict[Kind, tuple[type[msgspec.Struct], ...]] = {
    "report": (Report,),
    "incident": (Incident,),
    "summary": (Summary,),
    "decision": (Decision,),
    "explanation": (Explanation,),
    "match": (PlaceMatch, ActorMatch),
    "evaluation": (Score,),
    "run": (Run,),
    "comparison": (Comparison,),
    "check": (Check,),
}
_ABOUT = "What the commands of `incidents` print as JSON"
_TIME = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"  # ISO 8601 in UTC
_SHARE: dict[str, float | str] = {"minimum": 0, "maximum": 1}
# What the types of the model do not say. geo_precision: ACLED; latitude and longitude: WGS84.
_LIMITS: dict[str, dict[str, float | str]] = {
    "Report.id": {"pattern": "^rep-"},
    "Incident.id": {"pattern": "^inc-"},
    "confidence": _SHARE,
    "geo_precision": {"minimum": 1, "maximum": 3},
    "lat": {"minimum": -90, "maximum": 90},
    "lon": {"minimum": -180, "maximum": 180},
    "country_code": {"pattern": "^[A-Z]{2}$"},
    "Casualty.min": {"minimum": 1},
    "Casualty.max": {"minimum": 1},
    "source_count": {"minimum": 1},
    **dict.fromkeys(("score", "probability"), _SHARE),
    **dict.fromkeys(("Figure.precision", "Figure.recall", "Figure.f1"), _SHARE),
    "Run.started": {"pattern": _TIME},
    "Run.ended": {"pattern": _TIME},
    "Run.id": {"minimum": 1},
}
_COUNTS = (
    *("start:integer", "end:integer", "low", "best", "high", "incidents", "a", "b"),
    *("Deaths.civilians", "Deaths.unknown", "Summary.background", "population", "hit", "gold"),
    *("predicted", "Score.articles", "Run.articles", "Run.reports", "failures", "both"),
)
_LIMITS |= {key: {"minimum": 0} for key in _COUNTS}
_ATTRIBUTE = re.compile(r"    (\w+): (.*)")


def make_schema(kind: Kind | None = None) -> dict[str, Any]:
    """Make the JSON Schema (draft 2020-12) of one printed object.

    Every key is listed as required: what is not known is printed as null. Descriptions are those of
    the classes.

    Args:
        kind: of one kind of object; None for any of them.
    """
    models = [model for each in ([kind] if kind else KINDS) for model in _MODELS[each]]
    _, parts = msgspec.json.schema_components(models, ref_template="#/$defs/{name}")
    for model in _structs(models):
        _complete(model, parts[model.__name__])
    for told in (Report, Incident):
        if told.__name__ in parts:
            _add_types(parts[told.__name__])
            _add_articles(parts[told.__name__], is_merged=told is Incident)
    refs = [{"$ref": f"#/$defs/{model.__name__}"} for model in models]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"One {kind}" if kind else _ABOUT,
        **(refs[0] if len(refs) == 1 else {"anyOf": refs}),
        "$defs": parts,
    }


def describe(model: type[msgspec.Struct]) -> tuple[str, dict[str, str]]:
    """What the docstrings of a class and its bases say of it, and of each of its fields.

    Args:
        model: whose docstring has a part `Attributes:` with a line or more a field.
    """
    fields: dict[str, str] = {}
    for each in reversed(model.__mro__):
        lines = inspect.cleandoc(each.__doc__ or "").partition("\nAttributes")[2].splitlines()
        name = ""
        for line in lines:
            if found := _ATTRIBUTE.fullmatch(line):
                name = found[1]
                fields[name] = found[2]
            elif name and line.strip():
                fields[name] += f" {line.strip()}"
    about = inspect.cleandoc(model.__doc__ or "").partition("\nAttributes")[0]
    return " ".join(about.split()), fields


def _structs(models: list[type[msgspec.Struct]]) -> Iterator[type[msgspec.Struct]]:
    """The classes of a schema: those of the fields of the models, and of their fields."""
    found: list[msgspec.inspect.Type] = [msgspec.inspect.type_info(model) for model in models]
    seen: set[type] = set()
    while found:
        info = found.pop()
        if isinstance(info, msgspec.inspect.StructType) and info.cls not in seen:
            seen.add(info.cls)
            yield info.cls
            found += [field.type for field in info.fields]
        elif isinstance(info, msgspec.inspect.VarTupleType | msgspec.inspect.ListType):
            found.append(info.item_type)
        elif isinstance(info, msgspec.inspect.DictType):
            found.append(info.value_type)
        elif isinstance(info, msgspec.inspect.UnionType):
            found += info.types


def _complete(model: type[msgspec.Struct], part: dict[str, Any]) -> None:
    """Add descriptions and limits, and list the keys that are always written."""
    about, fields = describe(model)
    if model is Incident:
        fields = {**describe(Report)[1], **fields}
    part["description"] = about
    part["additionalProperties"] = False
    part["required"] = [name for name in part["properties"] if name not in _optional(model)]
    for name, value in part["properties"].items():
        value.pop("default", None)  # of reading; what is printed has every key
        for option in value.get("anyOf", [value]):
            for key in (f"{model.__name__}.{name}", f"{name}:{option.get('type')}", name):
                if option.get("type") != "null":
                    option.update(_LIMITS.get(key, {}))
        if name in fields:
            value["description"] = fields[name]


def _optional(model: type[msgspec.Struct]) -> set[str]:
    """Fields that are left out instead of null."""
    found = msgspec.structs.fields(model)
    return {field.name for field in found if field.default is msgspec.UNSET}


def _add_types(part: dict[str, Any]) -> None:
    """Allow ACLED's event types, and with each its own sub-event types."""
    values = part["properties"]
    values["event_type"]["enum"] = [*SUB_EVENT_TYPES]
    values["sub_event_type"]["enum"] = [sub for subs in SUB_EVENT_TYPES.values() for sub in subs]
    part["allOf"] = [
        {
            "if": {"properties": {"event_type": {"const": event_type}}},
            "then": {"properties": {"sub_event_type": {"enum": [*subs]}}},
        }
        for event_type, subs in SUB_EVENT_TYPES.items()
    ]


def _add_articles(part: dict[str, Any], *, is_merged: bool) -> None:
    """Say where offsets count: an incident names the article, a report has one of its own."""
    named = {"required": ["article"]}
    for name in ("casualties", "evidence"):
        items = part["properties"][name]
        items["items"] = {"allOf": [items["items"], named if is_merged else {"not": named}]}
