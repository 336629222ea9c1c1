"""Read and check the data files of the gazetteer.

Every file is JSON with a header (`source`, `licence`, `retrieved`, `language`) and `rows`. The
schema of a row is a msgspec struct that refuses unknown fields; what a schema cannot say
(duplicates, unknown parents, coordinates) is checked here as well. An error names file and row.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeVar

import msgspec

from incidents.errors import GazetteerError
from incidents.gazetteer.data_folder import ACTORS, data_bytes
from incidents.gazetteer.model import Branch  # noqa: TC001 - msgspec reads the annotations
from incidents.model import ActorKind  # noqa: TC001 - msgspec reads the annotations at run time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MAX_LATITUDE, MAX_LONGITUDE = 90, 180


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Common options: immutable, unknown JSON fields refused."""


class CountryRow(_Row, frozen=True):
    """A country: ISO 3166-1 alpha-2 code, English short name, other names, demonyms."""

    code: str
    name: str
    geonameid: int
    population: int
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    romanised: bool


class Admin1Row(_Row, frozen=True):
    """A first-order division; `id` is the geonameid, `code` the GeoNames admin1 code."""

    id: int
    code: str
    name: str
    lat: float | None
    lon: float | None
    population: int
    kind: str | None
    names: tuple[str, ...]


class PlaceRow(_Row, frozen=True):
    """A place of the project's own, or (id `geonames:…`) names for one that GeoNames has."""

    id: str
    name: str
    kind: str
    names: tuple[str, ...]
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    within: str | None = None
    note: str | None = None


class ActorRow(_Row, frozen=True):
    """An armed actor, as `incidents.gazetteer.model.Actor` describes it.

    `local` spellings mean the actor only where one of its countries is spoken of.
    """

    id: str
    name: str
    kind: ActorKind
    countries: tuple[str, ...]
    aliases: tuple[str, ...]
    source: str
    local: tuple[str, ...] = ()
    parent: str | None = None
    active_from: int | None = None
    active_to: int | None = None
    templates: tuple[Branch, ...] = ()
    note: str | None = None


class ActorNamesRow(_Row, frozen=True):
    """Further spellings of an actor of actors.json."""

    id: str
    aliases: tuple[str, ...]
    local: tuple[str, ...]
    source: str


class TemplateRow(_Row, frozen=True):
    """Name patterns for the armies, police or governments of all countries."""

    template: Branch
    name: str
    names: tuple[str, ...]


class OutletRow(_Row, frozen=True):
    """A source of news."""

    name: str
    kind: str
    aliases: tuple[str, ...]
    country: str | None = None


class ScriptRow(_Row, frozen=True):
    """A script: its range of code points, and how its letters are written in Latin ones."""

    script: str
    abjad: bool
    first: str
    last: str
    letters: dict[str, str]
    note: str


class KindRow(_Row, frozen=True):
    """Words that say what a place is."""

    words: tuple[str, ...]
    kinds: tuple[str, ...]
    otherwise: float


class NeedsWord(_Row, frozen=True):
    """A kind of place that answers only with its word, or near a known place."""

    kind: str
    near: bool


RowT = TypeVar("RowT", bound=_Row)


class _File(msgspec.Struct, frozen=True, kw_only=True):
    source: str
    licence: str
    retrieved: str
    language: str


class _Rows(_File, frozen=True, kw_only=True):
    rows: tuple[msgspec.Raw, ...]


class KindFile(_File, frozen=True, kw_only=True):
    """place_kinds.json."""

    entry_needs_word: tuple[NeedsWord, ...]
    rows: tuple[KindRow, ...]


class RomanisationFile(_File, frozen=True, kw_only=True):
    """romanisation.json without its rows: sounds of several letters, and classes of sounds."""

    note: str
    graphemes: dict[str, str]
    coarse: dict[str, str]
    articles: frozenset[str]
    empty_words: frozenset[str]
    same_words: dict[str, str]


class OddsTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Log odds of a group of languages, each list in the order of the signs."""

    pairs: dict[str, tuple[float, ...]]
    gaps: tuple[float, ...]
    extra: tuple[float, ...]


class OddsFile(_File, frozen=True, kw_only=True):
    """spelling_odds.json: groups of countries, their tables, and the weights of features."""

    note: str
    groups: dict[str, tuple[str, ...]]
    tables: dict[str, OddsTable]
    answer: dict[str, float]
    nothing: dict[str, float]


class GivenNames(_File, frozen=True, kw_only=True):
    """given_names.json: words that people's names begin with."""

    note: str
    names: tuple[str, ...]


class StopFile(_File, frozen=True, kw_only=True):
    """place_stopwords.json: `never` places, `doubtful` ones, and names of `people`."""

    never: tuple[str, ...]
    doubtful: tuple[str, ...]
    people: tuple[str, ...]


FileT = TypeVar("FileT", bound=_File)


def read_file(name: str, schema: type[FileT]) -> FileT:
    """Read a data file of the package that has a schema of its own."""
    try:
        return msgspec.json.decode(data_bytes(name), type=schema)
    except msgspec.DecodeError as exc:
        raise GazetteerError(_complaint(name, None, str(exc))) from exc


def parse_rows(name: str, content: bytes, schema: type[RowT]) -> tuple[RowT, ...]:
    """Decode the rows of a data file, one by one so that an error can name its row.

    Args:
        name: file name, for messages.
        content: the file's bytes.
        schema: struct of a row.

    Raises:
        GazetteerError: broken JSON, a header without source or licence, a row off the schema.

    """
    try:
        head = msgspec.json.decode(content, type=_Rows)
    except msgspec.DecodeError as exc:
        raise GazetteerError(_complaint(name, None, str(exc))) from exc
    for field in ("source", "licence", "retrieved", "language"):
        if not getattr(head, field).strip():
            raise GazetteerError(_complaint(name, None, f"header field {field!r} is empty"))
    rows: list[RowT] = []
    for number, raw in enumerate(head.rows, 1):
        try:
            rows.append(msgspec.json.decode(raw, type=schema))
        except msgspec.DecodeError as exc:
            raise GazetteerError(_complaint(name, number, str(exc))) from exc
    return tuple(rows)


@cache
def read_countries() -> tuple[CountryRow, ...]:
    """Read countries.json."""
    return _read_unique("countries.json", CountryRow, lambda row: row.code)


def read_admin1() -> tuple[Admin1Row, ...]:
    """Read admin1.json."""
    return _read_unique("admin1.json", Admin1Row, lambda row: row.code)


def read_places(name: str) -> tuple[PlaceRow, ...]:
    """Read and check one of the project's own place files."""
    rows = parse_rows(name, data_bytes(name), PlaceRow)
    check_places(name, rows)
    return rows


def check_places(name: str, rows: Iterable[PlaceRow]) -> None:
    """Check own places: unique ids, names, coordinates, and a container that exists.

    A container with a `geonames:` id is checked when the index is built.
    """
    rows = tuple(rows)
    _check_unique(name, (row.id for row in rows))
    known = {row.id for row in rows}
    for number, row in enumerate(rows, 1):
        complaint = _place_complaint(row, known)
        if complaint:
            raise GazetteerError(_complaint(name, number, complaint))


def _place_complaint(row: PlaceRow, known: set[str]) -> str | None:
    complaint = None
    if not row.name.strip() or not all(spelling.strip() for spelling in row.names):
        complaint = f"{row.id!r} has an empty name; write one or drop the row"
    elif len(set(row.names)) != len(row.names):
        complaint = f"{row.id!r} lists a spelling twice; drop one"
    elif not row.id.startswith("geonames:"):
        complaint = _own_place_complaint(row, known)
    return complaint


def _own_place_complaint(row: PlaceRow, known: set[str]) -> str | None:
    if row.lat is None or row.lon is None or row.country is None or row.within is None:
        return f"{row.id!r} needs lat, lon, country and within"
    if abs(row.lat) > MAX_LATITUDE or abs(row.lon) > MAX_LONGITUDE:
        return f"{row.id!r} lies at {row.lat}, {row.lon}; write degrees north, degrees east"
    if not row.within.startswith("geonames:") and row.within not in known:
        return f"{row.id!r} is within {row.within!r}, which no row has"
    return None


def read_actors(name: str = ACTORS) -> tuple[ActorRow, ...]:
    """Read and check a file of actors."""
    rows = parse_rows(name, data_bytes(name), ActorRow)
    check_actors(name, rows)
    return rows


def read_actor_names(name: str) -> tuple[ActorNamesRow, ...]:
    """Read further spellings of actors."""
    return _read_unique(name, ActorNamesRow, lambda row: row.id)


def check_actors(name: str, rows: Iterable[ActorRow]) -> None:
    """Check actors: unique ids, known parents without circles, sources, countries, years."""
    rows = tuple(rows)
    _check_unique(name, (row.id for row in rows))
    parents = {row.id: row.parent for row in rows}
    codes = {row.code for row in read_countries()}
    for number, row in enumerate(rows, 1):
        complaint = _actor_complaint(row, parents, codes)
        if complaint:
            raise GazetteerError(_complaint(name, number, complaint))


def _actor_complaint(row: ActorRow, parents: dict[str, str | None], codes: set[str]) -> str | None:
    unknown = [code for code in row.countries if code not in codes]
    seen = {row.id}
    parent = row.parent
    complaint = None
    if not row.source.strip():
        complaint = f"{row.id!r} has no source"
    elif unknown:
        complaint = f"{row.id!r} names {unknown[0]!r}, which is no ISO 3166-1 code"
    elif row.templates and not row.countries:
        complaint = f"{row.id!r} has templates but no country to fill them with"
    elif len({*row.aliases, *row.local}) != len(row.aliases) + len(row.local):
        complaint = f"{row.id!r} lists an alias twice; drop one"
    elif row.active_from and row.active_to and row.active_from > row.active_to:
        complaint = f"{row.id!r} ends in {row.active_to}, before it begins"
    while parent is not None and complaint is None:
        if parent not in parents:
            complaint = f"{row.id!r} has parent {parent!r}, which no row has"
        elif parent in seen:
            complaint = f"{row.id!r} is its own ancestor by way of {parent!r}"
        else:
            seen.add(parent)
            parent = parents[parent]
    return complaint


def read_templates() -> tuple[TemplateRow, ...]:
    """Read state_forces.json."""
    return _read_unique("state_forces.json", TemplateRow, lambda row: row.template)


def read_outlets() -> tuple[OutletRow, ...]:
    """Read outlets.json."""
    return _read_unique("outlets.json", OutletRow, lambda row: row.name)


def _read_unique(name: str, schema: type[RowT], key: Callable[[RowT], str]) -> tuple[RowT, ...]:
    rows = parse_rows(name, data_bytes(name), schema)
    _check_unique(name, map(key, rows))
    return rows


def _check_unique(name: str, keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for number, key in enumerate(keys, 1):
        if key in seen:
            raise GazetteerError(_complaint(name, number, f"{key!r} stands there twice; drop one"))
        seen.add(key)


def _complaint(name: str, row: int | None, what: str) -> str:
    where = name if row is None else f"{name}, row {row}"
    return f"{where}: {what}"
