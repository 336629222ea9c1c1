"""Data files: whole, and refused with file and row where they are not."""

import msgspec
import pytest

from incidents.errors import GazetteerError
from incidents.gazetteer.data_files import (
    ActorRow,
    OutletRow,
    PlaceRow,
    check_actors,
    check_places,
    parse_rows,
    read_admin1,
    read_outlets,
    read_places,
)
from incidents.gazetteer.data_folder import place_files

_HEAD = b'{"source": "s", "licence": "l", "retrieved": "2026-11-21", "language": "en", '


def _place(**changes: object) -> PlaceRow:
    good: dict[str, object] = {"id": "incidents:x", "name": "X", "kind": "street", "names": ("Y",)}
    good |= {"lat": 37.0, "lon": 41.2, "country": "SY", "within": "geonames:173377"}
    return PlaceRow(**(good | changes))  # type: ignore[arg-type] - the test breaks the schema


def _actor(**changes: object) -> ActorRow:
    good: dict[str, object] = {"id": "x", "name": "X", "kind": "rebel group", "aliases": ()}
    good |= {"countries": ("SY",), "source": "s"}
    return ActorRow(**(good | changes))  # type: ignore[arg-type] - the test breaks the schema


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"{", "f.json: "),
        (b'{"rows": []}', "missing required field `source`"),
        (_HEAD.replace(b'"s"', b'" "') + b'"rows": []}', "header field 'source' is empty"),
        (_HEAD + b'"rows": [{"name": "A", "kind": "k"}]}', "f.json, row 1: "),
        (_HEAD + b'"rows": [{"name": "A", "kind": "k", "aliases": [], "x": 1}]}', "field `x`"),
    ],
)
def test_parse_rows_names_file_and_row(content: bytes, complaint: str) -> None:
    """Broken JSON, a header without source and a row off the schema are refused by name."""
    with pytest.raises(GazetteerError) as caught:
        parse_rows("f.json", content, OutletRow)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ([_place(), _place()], "row 2: 'incidents:x' stands there twice"),
        ([_place(lat=91.0)], "lies at 91.0, 41.2"),
        ([_place(lat=None)], "needs lat, lon, country and within"),
        ([_place(within="incidents:none")], "within 'incidents:none', which no row has"),
        ([_place(names=("Y", "Y"))], "lists a spelling twice"),
        ([_place(name=" ")], "has an empty name"),
    ],
)
def test_check_places_refuses(rows: list[PlaceRow], complaint: str) -> None:
    """Duplicates, odd coordinates, unknown containers and empty names are refused."""
    with pytest.raises(GazetteerError, match=r"f\.json, row") as caught:
        check_places("f.json", rows)
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ([_actor(), _actor()], "stands there twice"),
        ([_actor(source="")], "has no source"),
        ([_actor(parent="y")], "has parent 'y', which no row has"),
        ([_actor(parent="y"), _actor(id="y", parent="x")], "is its own ancestor"),
        ([_actor(countries=("ZZ",))], "no ISO 3166-1 code"),
        ([_actor(aliases=("A", "A"))], "lists an alias twice"),
        ([_actor(active_from=2020, active_to=2010)], "ends in 2010, before it begins"),
        ([_actor(countries=(), templates=("army",))], "no country to fill them"),
    ],
)
def test_check_actors_refuses(rows: list[ActorRow], complaint: str) -> None:
    """Duplicates, missing sources, unknown parents, circles and odd years are refused."""
    with pytest.raises(GazetteerError, match=r"f\.json, row") as caught:
        check_actors("f.json", rows)
    assert complaint in str(caught.value)


def test_actor_kind_is_acled() -> None:
    """A kind that ACLED does not have is refused."""
    with pytest.raises(msgspec.ValidationError, match="kind"):
        msgspec.convert(msgspec.to_builtins(_actor()) | {"kind": "police"}, ActorRow)


@pytest.mark.parametrize("file", place_files())
def test_own_places_lie_in_or_by_their_country(file: str) -> None:
    """Every own place of Syria lies in Syria's box: latitude and longitude are not swapped."""
    strays = [
        row.id
        for row in read_places(file)
        if row.country == "SY" and not (32 < (row.lat or 0) < 38 and 35 < (row.lon or 0) < 43)
    ]
    assert strays == []


def test_admin1_is_worldwide() -> None:
    """There are divisions for nearly every country, Syria's fourteen among them."""
    rows = read_admin1()
    assert len({row.code.partition(".")[0] for row in rows}) > 190
    assert len([row for row in rows if row.code.startswith("SY.")]) == 14


def test_outlets_have_known_kinds() -> None:
    """Kinds of outlets are a closed list."""
    kinds = {"agency", "outlet", "monitor", "claim-channel", "media office"}
    assert {row.kind for row in read_outlets()} <= kinds
