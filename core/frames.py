"""Reports and incidents as pandas tables: nested values laid flat, dates as dates, ids kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

import msgspec

from incidents.errors import InputError, PackageMissingError
from incidents.model import Incident, Report
from incidents.words import actor_words, casualty_words, source_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import ModuleType

    import pandas as pd

Table = Literal["items", "places", "actors", "casualties", "evidence"]
TABLES: tuple[Table, ...] = get_args(Table)
"""What `to_dataframe` lays out: a row an item, or a row an entry of one of its lists."""

_TEXT, _DAY, _COUNT, _NUMBER, _FLAG = "string", "datetime64[s]", "Int64", "Float64", "bool"
_SEPARATOR = "; "


class _Column(NamedTuple):
    """A column: its pandas type, and how an item gives its value."""

    dtype: str
    value: Callable[[Any], object]


def _first_place(name: str) -> Callable[[Any], object]:
    return lambda item: getattr(item.places[0], name) if item.places else None


def _nested(outer: str, name: str) -> Callable[[Any], object]:
    return lambda item: getattr(getattr(item, outer), name)


def _plain(name: str) -> Callable[[Any], object]:
    return lambda item: getattr(item, name)


def _actors(role: str) -> dict[str, _Column]:
    def ids(item: Any) -> str:  # noqa: ANN401 - a report or an incident
        found = [actor.id for actor in item.actors if actor.role == role and actor.id]
        return _SEPARATOR.join(found)

    return {
        f"{role}s": _Column(_TEXT, lambda item: actor_words(item, role) or None),
        f"{role}_ids": _Column(_TEXT, lambda item: ids(item) or None),
    }


def _harm(kind: str) -> _Column:
    return _Column(_TEXT, lambda item: casualty_words(item.casualties, kind) or None)


_SHARED: dict[str, _Column] = {
    "id": _Column(_TEXT, _plain("id")),
    "event_type": _Column(_TEXT, _plain("event_type")),
    "sub_event_type": _Column(_TEXT, _plain("sub_event_type")),
    "background": _Column(_FLAG, _plain("background")),
    "date_start": _Column(_DAY, _nested("date", "start")),
    "date_end": _Column(_DAY, _nested("date", "end")),
    "date_precision": _Column(_TEXT, _nested("date", "precision")),
    "date_mention": _Column(_TEXT, _nested("date", "mention")),
    "date_basis": _Column(_TEXT, _nested("date", "basis")),
    "date_weekday": _Column(_TEXT, _nested("date", "weekday")),
    "place_id": _Column(_TEXT, _first_place("id")),
    "place": _Column(_TEXT, _first_place("name")),
    "place_kind": _Column(_TEXT, _first_place("kind")),
    "latitude": _Column(_NUMBER, _first_place("lat")),
    "longitude": _Column(_NUMBER, _first_place("lon")),
    "admin1": _Column(_TEXT, _first_place("admin1")),
    "country": _Column(_TEXT, _first_place("country")),
    "country_code": _Column(_TEXT, _first_place("country_code")),
    "geo_precision": _Column(_COUNT, _plain("geo_precision")),
    **_actors("initiator"),
    **_actors("target"),
    **_actors("participant"),
    **_actors("mediator"),
    **{kind: _harm(kind) for kind in ("killed", "wounded", "detained", "kidnapped", "missing")},
    "displaced": _harm("displaced"),
    **{
        f"fatalities_{name}": _Column(_COUNT, _nested("fatalities", name))
        for name in ("low", "best", "high")
    },
    "attribution": _Column(_TEXT, _plain("attribution")),
    "confidence": _Column(_NUMBER, _plain("confidence")),
}
_OF_REPORTS: dict[str, _Column] = {
    "article_id": _Column(_TEXT, _nested("article", "id")),
    "article_title": _Column(_TEXT, _nested("article", "title")),
    "article_publisher": _Column(_TEXT, _nested("article", "publisher")),
    "article_published": _Column(_DAY, _nested("article", "published")),
    "article_url": _Column(_TEXT, _nested("article", "url")),
    "article_path": _Column(_TEXT, _nested("article", "path")),
}
_OF_INCIDENTS: dict[str, _Column] = {
    "grade": _Column(_TEXT, _plain("grade")),
    "disputed": _Column(_FLAG, lambda item: bool(item.disagreements)),
    "sources": _Column(_TEXT, source_words),
    "source_count": _Column(_COUNT, _plain("source_count")),
    **{
        f"deaths_{name}": _Column(_COUNT, _nested("deaths", name))
        for name in ("a", "b", "civilians", "unknown")
    },
    "report_ids": _Column(_TEXT, lambda item: _SEPARATOR.join(item.reports)),
}


def to_dataframe(items: Iterable[Report | Incident], table: Table = "items") -> pd.DataFrame:
    """Lay out reports or incidents as a pandas table.

    Args:
        items: reports or incidents, not both.
        table: `items` gives a row each, with the most specific place, and with lists joined by
            `; `; `places`, `actors`, `casualties` and `evidence` give a row an entry of that list,
            with the item's id in `id`, and its position in the list in `position`.

    Returns:
        The table; docs/python.md tells its columns. Days are `datetime64`; what is not known is
        missing (`NaT`, `<NA>`). A table of nothing has the columns of reports and of incidents,
        since nothing tells which of them it is of.

    Raises:
        PackageMissingError: pandas is not installed.
        InputError: reports and incidents are mixed, or there is no such table.

    Example:
        >>> to_dataframe([]).empty
        True
    """
    pandas = _import_pandas()
    found = list(items)
    _check(found, table)
    if table == "items":
        columns = {**_SHARED, **_own_columns(found)}
        data = {
            name: pandas.Series([column.value(item) for item in found], dtype=column.dtype)
            for name, column in columns.items()
        }
    else:
        data = _lay_out(pandas, found, table)
    frame: pd.DataFrame = pandas.DataFrame(data)
    return frame


def _own_columns(items: Sequence[Report | Incident]) -> dict[str, _Column]:
    """The columns that only reports have, or only incidents; all of them where there are none."""
    if not items:
        return {**_OF_REPORTS, **_OF_INCIDENTS}
    return _OF_INCIDENTS if isinstance(items[0], Incident) else _OF_REPORTS


def _import_pandas() -> ModuleType:
    try:
        import pandas as pd  # noqa: PLC0415 - an extra, and slow to load
    except ImportError as exc:
        msg = "to_dataframe: pandas is not installed; run: pip install 'incidents[pandas]'"
        raise PackageMissingError(msg) from exc
    else:
        module: ModuleType = pd
        return module


def _check(items: Sequence[Report | Incident], table: str) -> None:
    if table not in TABLES:
        msg = f"to_dataframe: no table called {table!r}; name one of {', '.join(TABLES)}"
        raise InputError(msg)
    kinds = {type(item) for item in items}
    if not kinds <= {Report, Incident}:
        odd = next(iter(kinds - {Report, Incident}))
        msg = f"to_dataframe: {odd.__name__} is neither a report nor an incident; give one of them"
        raise InputError(msg)
    if len(kinds) > 1:
        msg = "to_dataframe: reports and incidents are mixed; make a table of each"
        raise InputError(msg)


def _lay_out(pandas: ModuleType, items: Sequence[Report | Incident], table: str) -> dict[str, Any]:
    """A row an entry of one list of the items; the entry's own id becomes `place_id`, `actor_id`.

    Columns and their types are those of the entry's class.
    """
    fields = _entry_fields(table)
    rows = [
        (item.id, position, entry)
        for item in items
        for position, entry in enumerate(getattr(item, table))
    ]
    data = {
        "id": pandas.Series([id_ for id_, _, _ in rows], dtype=_TEXT),
        "position": pandas.Series([position for _, position, _ in rows], dtype=_COUNT),
    }
    for name, dtype in fields.items():
        values = [_flat(getattr(entry, name)) for _, _, entry in rows]
        data[f"{table[:-1]}_id" if name == "id" else name] = pandas.Series(values, dtype=dtype)
    return data


def _entry_fields(table: str) -> dict[str, str]:
    """The fields of the entries of a list, and the pandas type of each."""
    lists = {field.name: field.type for field in msgspec.structs.fields(Report)}
    info = msgspec.inspect.type_info(lists[table])
    assert isinstance(info, msgspec.inspect.VarTupleType)  # noqa: S101 - so says the model
    assert isinstance(info.item_type, msgspec.inspect.StructType)  # noqa: S101
    return {field.name: _dtype(field.type) for field in info.item_type.fields}


def _dtype(info: msgspec.inspect.Type) -> str:
    kinds = info.types if isinstance(info, msgspec.inspect.UnionType) else (info,)
    for kind in kinds:
        if isinstance(kind, msgspec.inspect.IntType):
            return _COUNT
        if isinstance(kind, msgspec.inspect.FloatType):
            return _NUMBER
    return _TEXT  # words of a closed list, and lists of words, too


def _flat(value: object) -> object:
    """A value for a cell: lists joined, and what is left out missing."""
    if isinstance(value, tuple):
        return _SEPARATOR.join(map(str, value)) or None
    return None if value is msgspec.UNSET else value
