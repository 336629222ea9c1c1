"""The user's own gazetteer: import, override, check, export."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import msgspec
import pytest

from incidents.errors import GazetteerError
from incidents.gazetteer import Gazetteer
from incidents.gazetteer.checking import check_user
from incidents.gazetteer.data_files import ActorRow
from incidents.gazetteer.importing import read_import
from incidents.gazetteer.sources import list_sources, write_csv, write_geojson
from incidents.gazetteer.user import VARIABLE, UserGazetteer, UserPlace

if TYPE_CHECKING:
    from pathlib import Path

CSV = """name,lat,lon,country,kind,names,within,source
Tell Foo,36.9,41.0,SY,village,Tal Foo|تل فو,geonames:173813,field visit
"""
DUMP = (
    "173377\tQamishli\tQamishli\tQamishlooo,KAC\t37.05\t41.22\tP\tPPL\tSY\t\t03\t\t\t\t999\t\t455"
    "\tAsia/Damascus\t2020-01-01\n"
    "999999\tTell Baz\tTell Baz\t\t36.5\t41\tP\tPPL\tSY\t\t03\t\t\t\t0\t\t455\tx\t2020-01-01\n"
    "999998\tBaz River\tBaz River\t\t36.5\t41\tH\tSTM\tSY\t\t03\t\t\t\t0\t\t455\tx\t2020-01-01\n"
)
NAMES = "1\t999999\tar\tتل باز\t\t\t\t\t\t\n2\t999999\tlink\thttp://example.org\t\t\t\t\t\t\n"
GEOJSON = """{"type": "FeatureCollection", "features": [{"type": "Feature",
 "geometry": {"type": "Polygon", "coordinates": [[[41, 37], [41.2, 37], [41.1, 37.3]]]},
 "properties": {"name": "Camp Bar", "country": "SY", "kind": "camp"}}]}"""

FAULTY = [
    # file name, content, complaint
    ("a.csv", CSV.replace("36.9", "96.9"), r"a\.csv, row 2: lat 96\.9 lies outside"),
    ("a.csv", CSV.replace("36.9", "north"), r"a\.csv, row 2: lat 'north' is no number"),
    ("a.csv", CSV.replace(",SY,", ",XX,"), r"a\.csv, row 2: country 'XX'"),
    ("a.csv", CSV.replace("Tell Foo", " "), r"a\.csv, row 2: the name is empty"),
    ("a.csv", CSV.replace("geonames:173813", "no:1"), r"a\.csv, row 2: within 'no:1'"),
    ("a.csv", "name,lat\nx,1\n", r"a\.csv, row 1: the header lacks country, lon"),
    ("a.geojson", "{}", r"a\.geojson: no GeoJSON"),
    ("a.geojson", GEOJSON.replace('"coordinates"', '"x"'), r"a\.geojson, row 1: the feature"),
    ("a.txt", DUMP + "x\ty\n", r"a\.txt, row 4: 2 columns"),
    ("a.txt", "x\ty\n", r"a\.txt: 2 columns; give a GeoNames dump"),
    ("b.txt", NAMES + "x\ty\tz\tw\t\t\t\t\t\t\n", r"b\.txt, row 3: no alternate name"),
]


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UserGazetteer:
    """Return an empty user gazetteer that `Gazetteer.open` finds."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "own.sqlite"))
    return UserGazetteer()


def load(user: UserGazetteer, path: Path) -> tuple[int, int]:
    """Import a file as the command does."""
    found = read_import(path, Gazetteer.open().number)
    return user.add_places(found.places), user.add_names(found.names)


def first(name: str, *countries: str) -> str:
    """Return the id of the best answer, with the user's gazetteer opened anew."""
    return Gazetteer.open().find_places(name, countries=countries)[0].place.id


def test_import_csv(user: UserGazetteer, tmp_path: Path) -> None:
    """A place of a CSV answers to each spelling, within its container."""
    (tmp_path / "a.csv").write_text(CSV, encoding="utf-8")
    assert (1, 0) == load(user, tmp_path / "a.csv")
    assert first("Tal Foo") == first("تل فو") == first("tell foo") == "user:sy-tell-foo"
    place = Gazetteer.open().place("user:sy-tell-foo")
    assert place is not None
    assert place.within == ("Al-Hasakah", "Syria")


def test_import_geojson_takes_the_middle(user: UserGazetteer, tmp_path: Path) -> None:
    """An area becomes a point in its middle."""
    (tmp_path / "a.geojson").write_text(GEOJSON, encoding="utf-8")
    load(user, tmp_path / "a.geojson")
    place = next(user.places())
    assert (round(place.lat or 0, 2), round(place.lon or 0, 2)) == (37.1, 41.1)


@pytest.mark.parametrize("zipped", [False, True])
def test_import_geonames(user: UserGazetteer, tmp_path: Path, *, zipped: bool) -> None:
    """A dump overrides shipped places and adds others; rivers and codes stay out."""
    path = tmp_path / "SY.txt"
    path.write_text(DUMP, encoding="utf-8")
    if zipped:
        with zipfile.ZipFile(tmp_path / "SY.zip", "w") as archive:
            archive.write(path, "SY.txt")
        path = tmp_path / "SY.zip"
    names = tmp_path / "alternateNamesV2.txt"
    names.write_text(NAMES, encoding="utf-8")
    assert ((2, 0), (0, 1)) == (load(user, path), load(user, names))
    gazetteer = Gazetteer.open()
    qamishli = gazetteer.find_places("Qamishlooo")[0].place
    assert (qamishli.id, qamishli.population) == ("geonames:173377", 999)
    assert gazetteer.find_places("Zalin")[0].place == qamishli
    assert gazetteer.find_places("تل باز", countries=("SY",))[0].place.id == "geonames:999999"
    assert not gazetteer.find_places("Baz River", countries=("SY",))


@pytest.mark.parametrize(("name", "content", "complaint"), FAULTY)
def test_import_refuses_and_changes_nothing(
    user: UserGazetteer, tmp_path: Path, name: str, content: str, complaint: str
) -> None:
    """A faulty row is named with its file, and nothing of the file is kept."""
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(GazetteerError, match=complaint):
        load(user, tmp_path / name)
    assert not list(user.places())
    assert not user.connection.execute("SELECT * FROM names").fetchall()


def test_own_place_comes_first(user: UserGazetteer) -> None:
    """Among places of one name the user's own answers."""
    user.add_places([UserPlace("user:homs", "Homs", "village", 37.0, 41.0, "SY", "me")])
    assert first("Homs", "SY") == "user:homs"


def test_own_actor_overrides_and_adds(user: UserGazetteer) -> None:
    """An actor with a shipped id stands in for it; another one is found besides."""
    common = {"kind": "rebel group", "countries": ("SY",), "source": "x"}
    ndf = msgspec.convert(
        {"id": "sy-ndf", "name": "NDF of mine", "aliases": (), **common}, ActorRow
    )
    fob = msgspec.convert(
        {"id": "user-fob", "name": "Front of Baz", "aliases": ("FOBZ",), **common}, ActorRow
    )
    user.add_actors([ndf, fob])
    gazetteer = Gazetteer.open()
    actor = gazetteer.actor("sy-ndf")
    assert actor is not None
    assert actor.name == "NDF of mine"
    assert gazetteer.find_actors("FOBZ")[0].actor.id == "user-fob"


def test_own_actor_needs_a_known_parent(user: UserGazetteer) -> None:
    """An actor of an unknown parent is refused, and not kept."""
    row = ActorRow(
        id="a", name="A", kind="rebel group", countries=("SY",), aliases=(), source="x", parent="no"
    )
    with pytest.raises(GazetteerError, match="parent 'no'"):
        user.add_actors([row])
    assert user.actors() == ()


def test_check_user_complains(user: UserGazetteer) -> None:
    """Duplicates, clashes, points abroad and missing sources are named; sound entries are not."""
    user.add_places(
        [
            UserPlace("user:a", "Tell Quux", "village", 36.9, 41.0, "SY", "me"),
            UserPlace("user:b", "Tell Quux", "village", 36.9001, 41.0, "SY", " "),
            UserPlace("user:c", "Quuxabad", "village", 10.0, 10.0, "SY", "me"),
            UserPlace("user:d", "Manbij", "village", 36.5, 38.0, "SY", "me"),
            UserPlace("user:e", "Sound Quuxtown", "village", 36.5, 38.0, "SY", "me"),
        ]
    )
    complaints = "\n".join(check_user(user, Gazetteer.open()))
    assert "user:b: the same place as user:a" in complaints
    assert "user:b: has no source" in complaints
    assert "user:c: 10.0, 10.0 lies in NG" in complaints
    assert "user:d: 'Manbij' is also Manbij (city" in complaints
    assert "user:e" not in complaints


@pytest.mark.parametrize("km", [0.9, 1.2])
@pytest.mark.parametrize("way", ["north", "east"])
def test_check_user_knows_places_of_one_name_apart(
    user: UserGazetteer, way: str, km: float
) -> None:
    """Two villages of one name are two when more than a kilometre lies between them, any way."""
    degrees = km / 111.2
    lat, lon = (60.0 + degrees, 10.0) if way == "north" else (60.0, 10.0 + degrees / 0.5)
    user.add_places(
        [
            UserPlace("user:a", "Tell Quux", "village", 60.0, 10.0, "NO", "me"),
            UserPlace("user:b", "Tell Quux", "village", lat, lon, "NO", "me"),
        ]
    )
    complaints = "\n".join(check_user(user, Gazetteer.open()))
    assert ("user:b: the same place as user:a" in complaints) == (km < 1)


def test_check_user_names_places_without_coordinates(user: UserGazetteer) -> None:
    """What lies nowhere is named for that, and is not taken for another of its name."""
    user.add_places(
        [
            UserPlace("user:a", "Quuxabad", "village", 36.9, 41.0, "SY", "me"),
            UserPlace("user:b", "Quuxabad", "village", None, None, "SY", "me"),
        ]
    )
    complaints = check_user(user, Gazetteer.open())
    assert "user:b: has no coordinates" in complaints
    assert not any("the same place" in complaint for complaint in complaints)


def test_check_user_names_shared_aliases_of_actors(user: UserGazetteer) -> None:
    """An alias that another actor of the country bears is named; one of another country is not."""
    common = {"kind": "rebel group", "source": "x"}
    rows = [
        {"id": "user-fob", "name": "Front of Baz", "countries": ("SY",), "aliases": ("NDF",)},
        {"id": "user-foc", "name": "Front of Caz", "countries": ("NO",), "aliases": ("SDF",)},
    ]
    user.add_actors([msgspec.convert({**row, **common}, ActorRow) for row in rows])
    complaints = check_user(user, Gazetteer.open())
    assert "user-fob: 'NDF' is also National Defence Forces (sy-ndf)" in complaints
    assert not any(complaint.startswith("user-foc") for complaint in complaints)


def test_keys_are_made_anew_after_an_upgrade(user: UserGazetteer) -> None:
    """Entries survive a version that folds names in another way."""
    user.add_places([UserPlace("user:a", "Tell Quux", "village", 36.9, 41.0, "SY", "me")])
    with user.connection:
        user.connection.execute("UPDATE about SET value='old'")
        user.connection.execute("DELETE FROM keys")
    assert first("Tell Quux") == "user:a"


@pytest.mark.usefixtures("user")
def test_export_is_what_import_reads(tmp_path: Path) -> None:
    """CSV and GeoJSON of the user's places come back the same."""
    place = UserPlace("user:a", "Tell Quux", "camp", 36.9, 41.0, "SY", "me", 7, 173813, ("Tal Q",))
    for name, write in (("a.csv", write_csv), ("a.geojson", write_geojson)):
        out = io.StringIO()
        write([place], out)
        (tmp_path / name).write_text(out.getvalue(), encoding="utf-8")
        assert [place] == list(read_import(tmp_path / name, Gazetteer.open().number).places)


def test_broken_user_gazetteer_is_named(tmp_path: Path) -> None:
    """A file that is no database is an error that says what to do."""
    (tmp_path / "x.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(GazetteerError, match=VARIABLE):
        UserGazetteer(tmp_path / "x.sqlite")


def test_sources_name_every_licence() -> None:
    """Each data file is listed with a licence and a source."""
    rows = list(list_sources())
    assert {"cities500", "actors.json", "places_villages.tsv.gz"} <= {name for name, _, _ in rows}
    assert all(licence.strip() and source.strip() for _, licence, source in rows)
