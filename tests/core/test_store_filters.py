"""Filters on distance, deaths, sources and kinds of actors: what they let through."""

from __future__ import annotations

import math
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from incidents.distance import km_between
from incidents.errors import NotFoundError
from incidents.gazetteer import Place, PlaceMatch
from incidents.linking.merge import merge_reports
from incidents.model import ActorRef, Article, ArticleRef, Fatalities, PlaceRef
from incidents.store import Circle, IncidentFilter, Store, open_store
from incidents.store.domains import domain_of
from incidents.store.lookup import check_source, resolve_circles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from incidents.model import Report

    Put = Callable[..., None]

# name to degrees, ACLED's geo_precision
POINTS: dict[str, tuple[float | None, float | None, int | None]] = {
    "centre": (10.0, 20.0, 1),
    "near": (10.05, 20.0, None),  # 5.6 km
    "corner": (10.08, 20.08, 2),  # 12.5 km, in the box around 10 km
    "far": (10.0, 21.0, 1),
    "province": (10.0, 20.0, 3),
    "nowhere": (None, None, None),
    "west of the date line": (-17.0, 179.95, 1),
    "east of the date line": (-17.0, -179.95, 1),
    "pole": (89.9, 0.0, 1),
    "beyond the pole": (89.9, 180.0, 1),
}


class NoContainers:
    """A gazetteer in which nothing lies in anything."""

    def place(self, _id: str, /) -> None:
        """Nothing is known."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give an empty store."""
    with open_store(tmp_path / "incidents.db") as opened:
        yield opened


@pytest.fixture
def put(store: Store, build_report: Callable[..., Report]) -> Put:
    """Store articles with a report each, and an incident a report; the fields are by article id."""

    def call(**each: dict[str, Any]) -> None:
        incidents = []
        for id_, fields in each.items():
            about = {key: fields.pop(key, None) for key in ("publisher", "url")}
            made = msgspec.structs.replace(
                build_report(f"{id_}.a"), article=ArticleRef(id=id_, **about)
            )
            store.put_article(Article(id=id_, text="Text", **about), [made])
            changed = msgspec.structs.replace(merge_reports([made]), **fields)
            incidents.append(msgspec.structs.replace(changed, id=f"inc-{id_}"))
        store.put_incidents(incidents, gazetteer=NoContainers())

    return call


def found(store: Store, **conditions: Any) -> set[str]:  # noqa: ANN401 - whatever a filter holds
    """The articles of the incidents that a filter lets through."""
    where = IncidentFilter(**conditions)
    return {incident.sources[0].article for incident in store.incidents(where)}


def put_points(put: Put, *names: str) -> None:
    """Store an incident at each point, in an article called like it."""
    each = {}
    for name in names:
        lat, lon, precision = POINTS[name]
        place = PlaceRef(id=f"p:{name}", name=name, mention=name, lat=lat, lon=lon)
        each[name] = {"places": (place,), "geo_precision": precision}
    put(**each)


@pytest.mark.parametrize(
    ("circle", "names"),
    [
        pytest.param(Circle(10, 20, 10), {"centre", "near"}, id="a circle, not the box around it"),
        pytest.param(Circle(10, 20, 5), {"centre"}, id="smaller"),
        pytest.param(Circle(10, 20, 13), {"centre", "near", "corner"}, id="larger"),
        pytest.param(
            Circle(10, 20, 200), {"centre", "near", "corner", "far"}, id="without the province"
        ),
        pytest.param(
            Circle(-17, 180, 20),
            {"west of the date line", "east of the date line"},
            id="on the date line",
        ),
        pytest.param(
            Circle(-17, -179.9, 30),
            {"west of the date line", "east of the date line"},
            id="over the date line to the west",
        ),
        pytest.param(Circle(89.95, 90, 30), {"pole", "beyond the pole"}, id="around the pole"),
        pytest.param(
            Circle(0, 0, 30_000), set(POINTS) - {"province", "nowhere"}, id="all the earth"
        ),
    ],
)
def test_filters_near(store: Store, put: Put, circle: Circle, names: set[str]) -> None:
    """Within the distance; nothing without coordinates, or of a province's middle."""
    put_points(put, *POINTS)

    assert found(store, near=(circle,)) == names


@pytest.mark.parametrize("lat", [-89.9, -60.0, 0.0, 33.3, 75.0])
@pytest.mark.parametrize("km", [0.5, 50.0, 1500.0, 12_000.0])
def test_box_leaves_no_point_of_the_circle_out(lat: float, km: float) -> None:
    """Points just inside of the circle, in all directions, lie in one of its boxes."""
    circle = Circle(lat, 170.0, km)
    boxes = [values[:4] for _, values in circle.selects()]
    reach = km * 0.999999 / 6371.0
    for degrees in range(0, 360, 5):
        turn, phi = math.radians(degrees), math.radians(lat)
        sine = math.sin(phi) * math.cos(reach) + math.cos(phi) * math.sin(reach) * math.cos(turn)
        north = math.asin(max(-1.0, min(1.0, sine)))
        east = math.atan2(
            math.sin(turn) * math.sin(reach) * math.cos(phi),
            math.cos(reach) - math.sin(phi) * math.sin(north),
        )
        there = math.degrees(north), (170 + math.degrees(east) + 180) % 360 - 180
        assert km_between(lat, 170.0, *there) == pytest.approx(km, rel=1e-4)
        assert any(s <= there[0] <= n and w <= there[1] <= e for s, n, w, e in boxes), degrees


def test_filters_near_comes_beside_the_place(store: Store, put: Put) -> None:
    """What lies in the place stays, however far from its middle it is."""
    put_points(put, "centre", "near", "far", "nowhere")
    circle = (Circle(10, 20, 1),)

    assert found(store, place_ids=("p:far",)) == {"far"}
    assert found(store, place_ids=("p:far",), near=circle) == {"far", "centre"}
    assert found(store, place_text="nowhere", near=circle) == {"nowhere", "centre"}
    assert found(store, near=(*circle, Circle(10, 21, 1))) == {"far", "centre"}


class Places:
    """A gazetteer of two places of one name, a place without coordinates, and one not in store."""

    FOUND = (("p:centre", 0.9), ("p:twin", 0.8), ("p:sound", 0.3))

    def find_places(self, name: str, /, *, limit: int = 10) -> list[PlaceMatch]:
        """Give all three for `Town`, and the one without coordinates for `Blank`."""
        found = {"Town": self.FOUND, "Blank": (("p:blank", 0.9),)}.get(name, ())
        matches = [(self.place(id_), score) for id_, score in found]
        return [PlaceMatch(place, score, "exact") for place, score in matches[:limit]]

    def place(self, place_id: str, /) -> Place:
        """Give a place of any id."""
        points = {"p:centre": (10.0, 20.0), "p:twin": (50.0, 5.0), "p:sound": (60.0, 6.0)}
        lat, lon = points.get(place_id, (None, None))
        return Place(place_id, "Town", "city", lat, lon, "Land", "LA")


def test_circles_are_around_what_a_name_means(store: Store, put: Put) -> None:
    """The place that occurs in the store; where none does, all that are likely."""
    assert resolve_circles(store, "Town", Places(), km=5) == (
        Circle(10.0, 20.0, 5),
        Circle(50.0, 5.0, 5),
    )
    put_points(put, "centre")
    assert resolve_circles(store, "Town", Places(), km=5) == (Circle(10.0, 20.0, 5),)
    # "Centre" is no name that the gazetteer knows, and a word of a place that has coordinates
    assert resolve_circles(store, "Centre", Places(), km=5) == (Circle(10.0, 20.0, 5),)
    for name in ("Blank", "Elsewhere"):
        with pytest.raises(NotFoundError, match=f"'{name}': no coordinates are known; name a town"):
            resolve_circles(store, name, Places(), km=5)


def test_filters_min_killed(store: Store, put: Put) -> None:
    """The lower bound counts, not the best number."""
    put(
        none={},
        few={"fatalities": Fatalities(low=2, best=9, high=40)},
        many={"fatalities": Fatalities(low=9, best=9, high=9)},
    )

    assert found(store) == found(store, min_killed=0) == {"none", "few", "many"}
    assert found(store, min_killed=2) == {"few", "many"}
    assert found(store, min_killed=3) == {"many"}
    assert found(store, min_killed=10) == set()


OUTLETS = {
    "plain": {"publisher": "Harbour Times"},
    "accent": {"publisher": "Le Courrier d’Été", "url": "https://www.ete.example.fr/a?b=harbour"},
    "domain": {"url": "http://en.harbour-times.example/2021"},
    "unnamed-7": {},
    "odd": {"url": "http://[::1"},
}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Harbour Times", {"plain", "domain"}),
        ("HARBOUR", {"plain", "domain"}),
        ("arbour", set()),
        ("harbour-times.example", {"plain", "domain"} - {"plain"}),
        ("en.harbour-times.example", {"domain"}),
        ("https://www.ete.example.fr/other", {"accent"}),
        ("courrier d'ete", {"accent"}),
        ("example", {"accent", "domain"}),
        ("unnamed", {"unnamed-7"}),
        ("unnamed-7", {"unnamed-7"}),
        ("plain", set()),  # its outlet is known
        ("", set()),
        ("%", set()),
        ("x' OR '1'='1", set()),
    ],
)
def test_filters_source(store: Store, put: Put, text: str, names: set[str]) -> None:
    """Words of an outlet or of a domain; the id of an article that has no outlet."""
    put(**{id_: dict(fields) for id_, fields in OUTLETS.items()})

    assert found(store, source_text=text) == names
    # all incidents have this actor: the articles of each are then looked at
    assert found(store, source_text=text, actor_ids=("sy-ndf",)) == names
    if names:
        check_source(store, text)
    else:
        with pytest.raises(NotFoundError, match="no source called "):
            check_source(store, text)


def test_filters_source_any_article_of_the_incident(
    store: Store, build_report: Callable[..., Report]
) -> None:
    """One of several articles is enough, and the incident comes once."""
    reports = [build_report(f"a{number}.a") for number in range(3)]
    for report in reports:
        name = report.article.publisher
        store.put_article(Article(id=report.article.id, text="Text", publisher=name), [report])
    store.put_incidents([merge_reports(reports)], gazetteer=NoContainers())

    for text in ("Outlet a0", "Outlet a2", "Outlet"):
        assert len(store.incidents(IncidentFilter(source_text=text))) == 1
        assert len(store.incidents(IncidentFilter(source_text=text, actor_text="NDF"))) == 1


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.Example.ORG:8080/a", "example.org"),
        ("//cdn.example.org/a", "cdn.example.org"),
        ("example.org/a", "example.org"),
        ("http://user@example.org", "example.org"),
        ("example.org.", "example.org"),
        ("http://[::1", None),
        ("javascript:alert(1)", None),
        ("words, and more", None),
        ("", None),
        (None, None),
    ],
)
def test_domain_of(url: str | None, domain: str | None) -> None:
    """The host of an address without www., port and user; None for what is none."""
    assert domain_of(url) == domain


def test_filters_kind(store: Store, put: Put) -> None:
    """A kind of actors or a part of its name, in any role."""

    def actors(*kinds: Any) -> dict[str, Any]:  # noqa: ANN401 - of the closed list
        return {
            "actors": tuple(ActorRef(name="x", mention="x", role="target", kind=k) for k in kinds)
        }

    put(
        war=actors("state forces", "rebel group"),
        feud=actors("identity militia", "political militia"),
        crime=actors(None, "civilians"),
    )

    assert found(store, kind_text="State forces") == {"war"}
    assert found(store, kind_text="militia") == {"feud"}
    assert found(store, kind_text="civil") == {"crime"}
    assert found(store, kind_text="rioters") == found(store, kind_text="?") == set()


def test_filters_hold_together(store: Store, put: Put) -> None:
    """All conditions must be met."""
    lat, lon, _ = POINTS["centre"]
    place = (PlaceRef(id="p:1", name="Town", mention="Town", lat=lat, lon=lon),)
    one = {"places": place, "publisher": "Harbour Times"}
    put(
        both={**one, "fatalities": Fatalities(low=3, best=3, high=3)},
        other={**one, "fatalities": Fatalities(low=1, best=3, high=3)},
    )
    where = {"near": (Circle(10, 20, 1),), "source_text": "harbour", "kind_text": "militia"}

    assert found(store, **where) == {"both", "other"}
    assert found(store, **where, min_killed=3, type_text="clash") == {"both"}
    assert found(store, **where, min_killed=3, type_text="grenade") == set()


def test_domains_are_put_into_an_old_database(tmp_path: Path) -> None:
    """An article of before has its domain too, and storing it again changes nothing."""
    path = tmp_path / "old.db"
    article = Article(id="a", text="Text", url="https://www.example.org/1")
    with open_store(path) as store:
        store.put_article(article, [])
    with closing(sqlite3.connect(path)) as db, db:
        for kind, name in db.execute(
            "SELECT type, name FROM sqlite_schema WHERE name IN ('article_by_publisher', "
            "'article_by_domain', 'incident_by_position', 'incident_by_deaths', "
            "'incident_actor_by_kind')"
        ).fetchall():
            db.execute(f"DROP {kind} {name}")
        db.execute("ALTER TABLE article DROP COLUMN domain")
        db.execute("PRAGMA user_version = 5")

    with open_store(path) as store:
        assert store.put_article(article, []) == "unchanged"
        check_source(store, "example.org")
