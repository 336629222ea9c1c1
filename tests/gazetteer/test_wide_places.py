"""Villages, districts and airports of the wide layers."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from incidents.errors import GazetteerError
from incidents.gazetteer import wide_places
from incidents.gazetteer.data_folder import wide_files
from incidents.gazetteer.numbers import number_in
from incidents.gazetteer.wide_places import read_wide

if TYPE_CHECKING:
    from incidents.gazetteer import Gazetteer

FOUND = [
    # name, countries in scope, id of the place
    ("Silgadji", ("BF",), "geonames:2355597"),
    ("Harouf", ("LB",), "geonames:274333"),
    ("al-Dhaher district", ("YE",), "wof:1091925365"),
    ("Ben Gurion International Airport", ("IL",), "iata:TLV"),
    ("Ben Gurion International Airport", (), "iata:TLV"),
]
NOT_FOUND = [
    ("Silgadji", ()),
    ("Silgadji", ("ML",)),
    ("QAT", ("YE",)),
    ("Ben Gurion", ("IL",)),
]


@pytest.mark.parametrize("name", wide_files())
def test_wide_files_are_sound(name: str) -> None:
    """Each file names source and licence; ids are unique, points on earth, countries codes."""
    head, rows = read_wide(name)
    assert head["source"]
    assert head["licence"]
    places = list(rows)
    assert len({place.id for place in places}) == len(places)
    for place in places:
        assert abs(place.lat) <= 90, place
        assert abs(place.lon) <= 180, place
        assert len(place.country) == 2, place
        assert place.name.strip(), place
        assert number_in(place.id) is not None, place


@pytest.mark.parametrize(("name", "countries", "expected"), FOUND)
def test_wide_places_answer_in_their_country(
    gaz: Gazetteer, name: str, countries: tuple[str, ...], expected: str
) -> None:
    """A village answers where its country is in scope, an airport with its word."""
    assert expected == gaz.find_places(name, countries=countries)[0].place.id


@pytest.mark.parametrize(("name", "countries"), NOT_FOUND)
def test_wide_places_keep_silent(gaz: Gazetteer, name: str, countries: tuple[str, ...]) -> None:
    """No village answers elsewhere or to three capitals, no airport without its word."""
    kinds = {match.place.kind for match in gaz.find_places(name, countries=countries)}
    assert not kinds & {"village", "airport"}


def test_wide_places_stand_behind_towns(gaz: Gazetteer) -> None:
    """A city in another spelling comes before the village of the very spelling."""
    places = [m.place for m in gaz.find_places("Nassiriya", countries=("IQ",))]
    assert places[0].id == "geonames:98854"
    assert "village" in {place.kind for place in places[1:]}


def test_wide_place_has_its_containers(gaz: Gazetteer) -> None:
    """A village is read back by id, within its province and country."""
    place = gaz.place("geonames:274333")
    assert place is not None
    assert place.within[-1] == "Lebanon"
    airport = gaz.place("iata:DAM")
    assert airport is not None
    assert "geonames:163843" in airport.within_ids


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("# source: x\nid\tcountry\n", "header lacks"),
        ("# source: a\n# licence: b\n# retrieved: c\n# language: d\nid\n", "header lacks"),
    ],
)
def test_read_wide_refuses(monkeypatch: pytest.MonkeyPatch, text: str, complaint: str) -> None:
    """A file without source and licence, or with other columns, is refused by name."""
    monkeypatch.setattr(wide_places, "data_bytes", lambda _: gzip.compress(text.encode()))
    with pytest.raises(GazetteerError, match=complaint):
        read_wide("f.tsv.gz")


def test_read_wide_names_the_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row with a column too few is named by its line."""
    head = "# source: a\n# licence: b\n# retrieved: c\n# language: d\n"
    text = head + "id\tcountry\tkind\tname\tlat\tlon\tadmin1\tnames\nx\ty\n"
    monkeypatch.setattr(wide_places, "data_bytes", lambda _: gzip.compress(text.encode()))
    with pytest.raises(GazetteerError, match=r"f\.tsv\.gz, row 6"):
        list(read_wide("f.tsv.gz")[1])
