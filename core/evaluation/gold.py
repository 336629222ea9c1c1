"""Annotated articles: their format, and the reader that names what is wrong and in which row.

docs/evaluation.md tells how to annotate. A row is one JSON object: the fields of an article, as
every other JSON Lines file has them, and `incidents`. Unknown keys of the article are passed over,
as everywhere; unknown keys of an incident are errors, since a misspelt key would lower the figures
in silence.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - msgspec reads the annotations at run time
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from incidents.articles.decode import (
    MAX_JSON_BYTES,
    decode_text,
    open_bytes,
    read_bytes,
    unify_line_ends,
)
from incidents.articles.fields import make_article
from incidents.articles.line_records import BLANK, opens_document, take_first_line
from incidents.articles.source import Origin
from incidents.errors import InputError
from incidents.model import EVENT_TYPE_OF, CasualtyKind, DatePrecision, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from incidents.model import Article


_MOST_NORTH, _MOST_EAST = 90, 180  # degrees


class _Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Common options: immutable, unknown JSON fields refused."""


class GoldActor(_Struct, frozen=True, kw_only=True):
    """A side of an annotated incident.

    Attributes:
        name: canonical name, or the words for people without a name ("gunmen").
        role: what it did.
        mentions: its names as the article writes them.
    """

    name: str
    role: Role
    mentions: tuple[str, ...] = ()


class GoldCasualty(_Struct, frozen=True, kw_only=True):
    """People harmed, by kind and group; `min` and `max` as in a report."""

    kind: CasualtyKind
    min: int | None = None
    max: int | None = None
    group: str = "unknown"
    names: tuple[str, ...] = ()
    mention: str | None = None

    def __post_init__(self) -> None:
        if min(self.min or 0, self.max or 0) < 0:
            msg = f"min {self.min} or max {self.max} is below 0"
            raise ValueError(msg)
        if self.min is not None and self.max is not None and self.min > self.max:
            msg = f"min {self.min} is above max {self.max}"
            raise ValueError(msg)


class GoldIncident(_Struct, frozen=True, kw_only=True):
    """What an annotator reads of one incident in one article.

    Attributes:
        primary: False for an earlier event that the article recalls.
        event_type: of ACLED.
        sub_event_type: of ACLED.
        date_start: first day, None where nothing resolves it.
        date_end: last day; the first day where it is left out.
        date_precision: how much of the date is known.
        date_mention: the words that give it.
        place: canonical name of the most specific place.
        place_mentions: its names as the article writes them.
        place_also: names of what contains it, as written.
        country: English short name.
        lat: degrees north of the place, where the annotator is sure to about 25 km.
        lon: degrees east.
        actors: the sides.
        casualties: people harmed.
    """

    primary: bool = True
    event_type: str
    sub_event_type: str
    date_start: dt.date | None = None
    date_end: dt.date | None = None
    date_precision: DatePrecision = "none"
    date_mention: str | None = None
    place: str | None = None
    place_mentions: tuple[str, ...] = ()
    place_also: tuple[str, ...] = ()
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    actors: tuple[GoldActor, ...] = ()
    casualties: tuple[GoldCasualty, ...] = ()

    def __post_init__(self) -> None:
        if EVENT_TYPE_OF.get(self.sub_event_type) != self.event_type:
            msg = f"{self.sub_event_type!r} is no sub-event type of {self.event_type!r}"
            raise ValueError(msg)
        if self.date_start is None and self.date_end is not None:
            msg = "date_end stands without date_start"
            raise ValueError(msg)
        if self.date_start and self.date_end and self.date_start > self.date_end:
            msg = f"date_start {self.date_start} is after date_end {self.date_end}"
            raise ValueError(msg)
        if (self.lat is None) != (self.lon is None):
            msg = "lat and lon are both set or both null"
            raise ValueError(msg)
        # so written NaN is refused too
        if not (abs(self.lat or 0) <= _MOST_NORTH and abs(self.lon or 0) <= _MOST_EAST):
            msg = f"lat {self.lat} or lon {self.lon} is no place on Earth; write degrees"
            raise ValueError(msg)

    @property
    def last_day(self) -> dt.date | None:
        """The last day, which is the first where no other is given."""
        return self.date_end or self.date_start

    @property
    def names(self) -> list[str]:
        """Canonical name and mentions of the place."""
        return [name for name in (self.place, *self.place_mentions) if name]


class _Row(msgspec.Struct):
    """The part of a row that an annotator adds to an article."""

    incidents: tuple[GoldIncident, ...]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article and the incidents that it truly reports; none for one that reports none."""

    article: Article
    incidents: tuple[GoldIncident, ...]


def _raise(error: InputError) -> None:
    raise error


def read_gold(
    path: str | Path, *, on_error: Callable[[InputError], None] = _raise
) -> Iterator[GoldArticle]:
    """Read annotated articles, one a row; a broken row is reported and the rest goes on.

    Args:
        path: a file of JSON Lines or one JSON list, or `-` for standard input.
        on_error: gets an error for each row that cannot be used; it names file and row.
            Left out, the first one is raised.

    Raises:
        InputError: the file cannot be read, or is empty; or a row, where nothing gets the error.
    """
    file = Path(path)
    label = "stdin" if str(path) == "-" else str(file)
    with open_bytes(file, label) as stream:
        data = read_bytes(stream, label, limit=MAX_JSON_BYTES)
    rows_of: dict[str, int] = {}
    for number, row in _rows(data, label):
        try:
            found = _read_row(row, _origin(file, label, number, on_error))
            first = rows_of.setdefault(found.article.id, number)
            if first != number:
                on_error(_same_id(f"{label}:{number}", found.article.id, first))
                continue
        except InputError as error:
            on_error(error)
            continue
        yield found


def _rows(data: bytes, label: str) -> Iterator[tuple[int, object]]:
    """The rows with their numbers: lines that are not empty, or the items of one list.

    Raises:
        InputError: it is one document of JSON, and broken or no list.
    """
    if not opens_document(take_first_line(io.BytesIO(data))[1]):
        for number, line in enumerate(data.splitlines(), start=1):
            if line.strip(BLANK):
                yield number, line
        return
    try:
        document = json.loads(decode_text(data, label))
    except (ValueError, RecursionError) as error:
        msg = f"{label}: broken JSON; write one object a row, or a list of objects"
        raise InputError(msg) from error
    yield from enumerate(document if isinstance(document, list) else [document], start=1)


def _same_id(label: str, article_id: str, first: int) -> InputError:
    return InputError(f"{label}: the id {article_id!r} stands in row {first} too; give it another")


def _origin(file: Path, label: str, number: int, on_mended: Callable[[InputError], None]) -> Origin:
    return Origin(f"{label}:{number}", f"{file.stem}-{number}", label, on_mended=on_mended)


def _read_row(row: object, origin: Origin) -> GoldArticle:
    """Make an annotated article of a line, or of what a list holds."""
    label = origin.label
    values = _parse(row, label) if isinstance(row, bytes) else row
    try:
        annotated = msgspec.convert(values, _Row)
    except msgspec.ValidationError as error:
        msg = f"{label}: {error}; see docs/evaluation.md"
        raise InputError(msg) from error
    assert isinstance(values, dict)  # noqa: S101 - or it would not be converted
    words = values.get("text")
    if not isinstance(words, str):
        msg = f"{label}: no 'text'; give the article's words as \"text\""
        raise InputError(msg)
    article = make_article(values, unify_line_ends(words.removeprefix("\ufeff")), origin)
    return GoldArticle(article, annotated.incidents)


def _parse(line: bytes, label: str) -> object:
    text = decode_text(line.removeprefix(b"\xef\xbb\xbf"), label)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        msg = f"{label}: broken JSON ({error.msg}, column {error.colno}); write one object a row"
        raise InputError(msg) from error
    except (ValueError, RecursionError) as error:
        msg = f"{label}: JSON that cannot be read; mend or remove the row"
        raise InputError(msg) from error
