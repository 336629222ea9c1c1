"""The commands of `incidents gazetteer` on a user's own entries."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from incidents.cli import app
from incidents.gazetteer.user import VARIABLE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Invoke = Callable[..., tuple[int, str, str]]


@pytest.fixture
def invoke(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check_json: Callable[..., None]
) -> Invoke:
    """Return a function that runs `incidents gazetteer` with an empty user gazetteer."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "own.sqlite"))

    def run(*arguments: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(app, ["gazetteer", *arguments])
        if "--json" in arguments and result.exit_code == 0:
            check_json(result.stdout, "match")
        return result.exit_code, result.stdout, result.stderr

    return run


@pytest.mark.parametrize("option", ["--source", "--alias", "--within"])
def test_add_refuses_what_is_no_utf8(invoke: Invoke, option: str) -> None:
    """Bytes of another character set, as a shell passes them on, are told in words."""
    code, out, err = invoke(
        "add", "X", "-c", "sy", "--lat", "1", "--lon", "1", option, "Ka\udcefro"
    )

    assert (2, "") == (code, out)
    assert "is no UTF-8; write it in that character set" in err


def test_add_makes_a_place_that_lookup_finds(invoke: Invoke) -> None:
    """A place is added with its spellings and found by each."""
    place = ("add", "Tell Quux", "--lat", "36.9", "--lon", "41", "-c", "sy", "--kind", "village")
    assert (0, "", "Added user:sy-tell-quux.\n") == invoke(*place, "--alias", "Tal Quux")
    code, out, _ = invoke("lookup", "Tal Quux", "--json")
    assert (0, "user:sy-tell-quux") == (code, json.loads(out)[0]["place"]["id"])


def test_add_makes_an_actor(invoke: Invoke) -> None:
    """Without coordinates the entry is an actor; its kind is checked."""
    actor = ("add", "Front of Quux", "-c", "SY", "--kind", "rebel group", "--alias", "FOQX")
    assert invoke(*actor)[0] == 0
    assert "user-front-of-quux" in invoke("lookup", "FOQX")[1]
    code, _, err = invoke("add", "Quux", "-c", "SY", "--kind", "village")
    assert code == 1
    assert "give --lat and --lon" in err


def test_add_wants_both_coordinates(invoke: Invoke) -> None:
    """One coordinate alone is wrong usage."""
    assert invoke("add", "X", "-c", "SY", "--lat", "1")[0] == 2


def test_import_list_check_export(invoke: Invoke, tmp_path: Path) -> None:
    """A CSV comes in, is listed, checked and written out again; a faulty one changes nothing."""
    header = "name,lat,lon,country\n"
    (tmp_path / "good.csv").write_text(f"{header}Quuxtown,36.9,41,SY\n", encoding="utf-8")
    (tmp_path / "bad.csv").write_text(f"{header}Quuxburgh,36.9,x,SY\n", encoding="utf-8")
    assert "1 place, 0 further spellings" in invoke("import", str(tmp_path / "good.csv"))[2]
    code, _, err = invoke("import", str(tmp_path / "bad.csv"))
    assert code == 1
    assert "bad.csv, row 2: lon 'x' is no number" in err
    assert "Quuxtown" in invoke("list")[1]
    assert invoke("check") == (0, "", "No mistakes in your own entries.\n")
    assert "user:sy-quuxtown,Quuxtown,city,36.9,41.0,SY" in invoke("export")[1]
    assert json.loads(invoke("export", "--format", "geojson")[1])["features"][0]["properties"]


def test_import_names_columns_that_it_does_not_use(invoke: Invoke, tmp_path: Path) -> None:
    """Spellings under another heading would be lost in silence."""
    rows = "name,lat,lon,country,aliases\nQuuxtown,36.9,41,SY,Quuxville\n"
    (tmp_path / "places.csv").write_text(rows, encoding="utf-8")
    code, _, err = invoke("import", str(tmp_path / "places.csv"))
    assert code == 0
    assert "places.csv: columns not used: aliases" in err


def test_check_fails_on_a_doubtful_entry(invoke: Invoke) -> None:
    """A point in another country is named on stdout, with exit code 1."""
    invoke("add", "Quuxabad", "--lat", "10", "--lon", "10", "-c", "SY")
    code, out, _ = invoke("check")
    assert (1, "user:sy-quuxabad: 10.0, 10.0 lies in NG\n") == (code, out)


def test_list_sources_names_licences(invoke: Invoke) -> None:
    """Every data file stands there with its licence."""
    out = invoke("list", "--sources")[1]
    assert "GeoNames" in out
    assert "CC BY 4.0" in out
    assert "places_airports.tsv.gz" in out


def test_lookup_tries_similar_spellings(invoke: Invoke) -> None:
    """A spelling that nothing lists is answered within the country, with the reason."""
    out = invoke("lookup", "Kamishlyy", "--country", "SY")[1]
    assert "geonames:173377" in out
    assert "similar spelling" in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["--kind", "vilage", "--lat", "1", "--lon", "1"],
            "no place is a 'vilage'; write one of: ",
        ),
        (["--kind", "vilage"], "no actor is a 'vilage'; write --kind as one of: civilians, "),
        ([], "for a place give --lat and --lon"),
    ],
)
def test_add_refuses_a_kind_that_nothing_has(
    invoke: Invoke, words: list[str], message: str
) -> None:
    """A slip in the kind would make an entry that no word ever asks for."""
    code, out, err = invoke("add", "Tell Quux", "-c", "sy", *words)

    assert (code > 0, out) == (True, "")
    assert message in err
    assert "Quux" not in invoke("list")[1]


def test_add_passes_over_empty_spellings(invoke: Invoke) -> None:
    """An empty --alias names nothing."""
    invoke("add", "Tell Quux", "-c", "sy", "--lat", "36", "--lon", "41", "--alias", " ")

    assert ",Tell Quux,city,36.0,41.0,SY,0,," in invoke("export")[1]


def test_import_says_what_a_folder_and_an_empty_file_are(invoke: Invoke, tmp_path: Path) -> None:
    """Neither is missing, and neither has columns."""
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")

    assert "is a folder; name the files in it" in invoke("import", str(tmp_path))[2]
    assert "empty.txt: no table; give a GeoNames dump" in invoke("import", str(empty))[2]
