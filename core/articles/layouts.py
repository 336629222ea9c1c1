"""What the fields of tables and JSON are called: as the user says, or as a known layout has it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FIELDS = ("id", "text", "title", "published", "publisher", "url", "language")
"""The fields of an article that a source may give."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a collection of articles names its fields.

    Attributes:
        name: what the collection is called.
        marks: fields that all of its records have.
        fields: field of an article -> names in the collection, the best first.
        list_path: where the records lie in a JSON document that wraps them, level by level.
        is_html: whether the text is HTML.
    """

    name: str
    marks: frozenset[str]
    fields: Mapping[str, tuple[str, ...]]
    list_path: tuple[str, ...] = ()
    is_html: bool = False


PLAIN = Layout("incidents", frozenset(), {})
"""The project's own names, and no others."""


@cache
def load_layouts() -> tuple[Layout, ...]:
    """The known layouts, in the order in which they are tried.

    Raises:
        ValueError: the data file is broken; names the row.
    """
    path = resources.files("incidents.articles") / "data" / "layouts.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["layout"]
    return tuple(_read_row(row) for row in rows)


def _read_row(row: Mapping[str, Any]) -> Layout:
    wrong = row.keys() - {"name", "source", "marks", "list", "html", "fields"}
    wrong |= row["fields"].keys() - set(FIELDS)
    if wrong or not row["marks"]:
        msg = f"layouts.toml: {row['name']}: unknown keys or no marks: {sorted(wrong)}"
        raise ValueError(msg)
    return Layout(
        name=row["name"],
        marks=frozenset(row["marks"]),
        fields={field: tuple(names) for field, names in row["fields"].items()},
        list_path=tuple(row["list"].split(".")) if "list" in row else (),
        is_html=row.get("html", False),
    )


def find_layout(keys: Iterable[str]) -> Layout:
    """The layout of a record by the names of its fields; the project's own if no other fits."""
    present = set(keys)
    return next((each for each in load_layouts() if each.marks <= present), PLAIN)


def pick_values(
    record: Mapping[str, Any], layout: Layout, fields: Mapping[str, str]
) -> dict[str, Any]:
    """The values of an article's fields in a record.

    What the user names counts first, then the layout, then the project's own names.

    Args:
        record: a row or a JSON object.
        layout: the names that its collection has.
        fields: field of an article -> name in the record, as the user says.
    """
    picked = {}
    for field in FIELDS:
        names = (fields[field],) if field in fields else (*layout.fields.get(field, ()), field)
        values = (look_up(record, name) for name in names)
        picked[field] = next((value for value in values if value not in (None, "")), None)
    return picked


def missing_name(names: Iterable[str], fields: Mapping[str, str]) -> str | None:
    """The first name that a table would have to have and has not.

    Args:
        names: the table's columns.
        fields: field of an article -> column, as the user says.

    Returns:
        A column that the user names, or `text` where no column holds the text.
    """
    present = set(names)
    for name in fields.values():
        if not _has(present, name):
            return name
    names_of_text = (*find_layout(present).fields.get("text", ()), "text")
    has_text = "text" in fields or any(_has(present, name) for name in names_of_text)
    return None if has_text else "text"


def _has(names: set[str], name: str) -> bool:
    return name in names or name.partition(".")[0] in names


def look_up(record: Any, name: str) -> Any:  # noqa: ANN401 - JSON holds anything
    """The value under a name; a dot in it goes one level down where no name has that dot."""
    if not isinstance(record, dict):
        return None
    if name in record:
        return record[name]
    first, dot, rest = name.partition(".")
    return look_up(record.get(first), rest) if dot else None


def unwrap(document: Any) -> list[Any] | None:  # noqa: ANN401 - likewise
    """The records of a JSON document that wraps them as a known layout does, or None."""
    for path in sorted({each.list_path for each in load_layouts() if each.list_path}):
        found = look_up(document, ".".join(path))
        if isinstance(found, list):
            return found
    return None
