"""A command line with a stand-in for the language model and a gazetteer of a few names."""

from __future__ import annotations

import contextlib
import datetime as dt
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from incidents.cli import app
from incidents.gazetteer import Actor, ActorMatch, Gazetteer, Place, PlaceMatch, fold_name
from incidents.model import (
    EVENT_TYPE_OF,
    ActorRef,
    ArticleRef,
    Casualty,
    EventDate,
    Evidence,
    Fatalities,
    PlaceRef,
    Report,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from incidents.model import Article
    from incidents.schema import Kind

PROGRAM = (sys.executable, str(Path(__file__).with_name("fake_program.py")))

HASAKAH = (("Al-Hasakah", "g:hasakah"), ("Syria", "g:syria"))
# name, id, kind, what contains it, other spellings
PLACES = (
    ("al-Tay", "g:tay", "neighbourhood", (("Qamishli", "g:qamishli"), *HASAKAH), ()),
    ("Qamishli", "g:qamishli", "city", HASAKAH, ("Qamishlo", "Zalin")),
    ("Al-Hasakah", "g:hasakah", "admin1", HASAKAH[1:], ("Hasakah",)),
    ("Paris", "g:paris", "city", (("France", "g:france"),), ()),
    ("Goma", "g:goma", "city", (("DR Congo", "g:congo"),), ()),
    ("Amuda", "g:amuda", "city", HASAKAH, ("Amude",)),
)
# degrees north and east; of the others, those of Qamishli
POINTS = {"g:paris": (48.9, 2.3), "g:goma": (-1.7, 29.2), "g:amuda": (37.0, 40.9)}
ACTORS = (
    ("Internal Security Forces", "sy-isf", ("ISF", "Asayish")),
    ("National Defence Forces", "sy-ndf", ("NDF",)),
    ("Taliban", "af-taliban", ()),
)


# Commands that print JSON, with the kind that `incidents schema` calls it; None where it says so.
PRINTS: dict[tuple[str, ...], Kind | None] = {
    ("extract",): None,
    ("show",): None,
    ("link",): None,
    ("why",): "explanation",
    ("eval",): "evaluation",
    ("runs",): "run",
    ("diff",): "comparison",
    ("doctor",): "check",
    ("gazetteer", "lookup"): "match",
}


class FakeGazetteer:
    """Answers from the tables above."""

    def place(self, place_id: str) -> Place | None:
        """Give the place of an id."""
        for name, id_, kind, within, _ in PLACES:
            if id_ == place_id:
                names, ids = zip(*within, strict=True)
                lat, lon = POINTS.get(id_, (37.0, 41.2))
                return Place(id_, name, kind, lat, lon, within[-1][0], "SY", None, 0, names, ids)
        return None

    def find_places(self, name: str, **_options: object) -> list[PlaceMatch]:
        """Give the places of a spelling."""
        found = [
            self.place(id_)
            for own, id_, _, _, others in PLACES
            if fold_name(name) in map(fold_name, (own, *others))
        ]
        return [PlaceMatch(place, 0.9, "exact") for place in found if place]

    def largest_within(self, *_asked: object) -> list[tuple[str, float, float]]:
        """Give the one place that every box holds."""
        return [("Qamishli", 37.05, 41.22)]

    def actor(self, actor_id: str) -> Actor | None:
        """Give the actor of an id."""
        for name, id_, aliases in ACTORS:
            if id_ == actor_id:
                return Actor(id_, name, "rebel group", None, ("SY",), aliases)
        return None

    def find_actors(self, name: str, **_options: object) -> list[ActorMatch]:
        """Give the actors of a spelling."""
        found = [
            self.actor(id_)
            for own, id_, others in ACTORS
            if fold_name(name) in map(fold_name, (own, *others))
        ]
        return [ActorMatch(actor, 0.97, "spelling") for actor in found if actor]


def build_report(article: Article, number: int, **fields: Any) -> Report:  # noqa: ANN401
    """Make a report of an article; the fields replace those of a clash in Qamishli."""
    sub_event_type = fields.pop("sub_event_type", "Armed clash")
    day = dt.date(2021, 4, 20)
    known = {
        "date": EventDate(start=day, end=day, precision="day", mention="Tuesday", basis="explicit"),
        "places": (make_place("Qamishli", "Qamishlo"),),
        "actors": (
            ActorRef(
                id="sy-ndf",
                name=ACTORS[1][0],
                mention="NDF",
                role="initiator",
                kind="political militia",
            ),
            ActorRef(id="sy-isf", name=ACTORS[0][0], mention="Asayish", role="target"),
        ),
    } | fields
    return Report(
        id=f"rep-{article.id}{number}",
        article=ArticleRef(
            id=article.id,
            title=article.title,
            published=article.published,
            publisher=article.publisher,
            url=article.url,
        ),
        event_type=EVENT_TYPE_OF[sub_event_type],
        sub_event_type=sub_event_type,
        **known,
    )


def make_place(name: str, mention: str) -> PlaceRef:
    """Make a place of the table, or an unresolved one."""
    for own, id_, kind, within, _ in PLACES:
        if own == name:
            lat, lon = POINTS.get(id_, (37.0, 41.2))
            return PlaceRef(
                id=id_,
                name=own,
                mention=mention,
                kind=kind,
                lat=lat,
                lon=lon,
                country=within[-1][0],
                within=tuple(around for around, _ in within),
            )
    return PlaceRef(name=name, mention=mention)


CLASH = "NDF shot at Asayish in Qamishlo on Tuesday, killing one [bold]member\x1b[31m."


class FakeExtractor:
    """Reports by the words of the article, without a model."""

    def __init__(self, model: str, gazetteer: object, *, triage: bool = True) -> None:
        self.model = model
        self.triage = triage
        self.gazetteer = gazetteer

    def extract(self, article: Article) -> list[Report]:
        """Give a report for each word that it knows."""
        if "boom" in article.text:
            msg = "odd tree"
            raise ValueError(msg)
        if "ctrl-c" in article.text:
            raise KeyboardInterrupt
        while "spinning" in article.text:
            pass
        if "sleeping" in article.text:
            time.sleep(1.2)  # until progress is drawn, with a rate
        found = []
        if CLASH in article.text:
            found.append(build_report(article, 1, **_clash_fields(article)))
        if "2016" in article.text:
            year = EventDate(start=dt.date(2016, 1, 1), end=dt.date(2016, 12, 31), precision="year")
            goma = (make_place("Goma", "Goma"),)
            found.append(build_report(article, 2, date=year, places=goma, background=True))
        if "kidnapped" in article.text:
            hamlet = (make_place("Tell Zarifa", "Tell Zarîfa"),)
            gunmen = (ActorRef(name="gunmen", mention="Gunmen", role="initiator"),)
            fields = {"date": EventDate(weekday="Tuesday", mention="Tuesday"), "places": hamlet}
            kind = "Abduction/forced disappearance"
            found.append(build_report(article, 3, sub_event_type=kind, actors=gunmen, **fields))
        return found


def _clash_fields(article: Article) -> dict[str, Any]:
    """What the sentence CLASH says, with its evidence."""
    start = article.text.index(CLASH)
    mention = "killing one [bold]member"
    at = article.text.index(mention)
    end = start + len(CLASH)
    return {
        "places": (make_place("al-Tay", "Qamishlo"), make_place("Qamishli", "Qamishlo")),
        "casualties": (
            Casualty(
                kind="killed",
                min=1,
                max=1,
                group=ACTORS[0][0],
                claimed_by="local\nsources",
                mention=mention,
                start=at,
                end=at + len(mention),
            ),
            Casualty(kind="wounded", min=3, group=ACTORS[1][0]),
        ),
        "fatalities": Fatalities(low=1, best=1, high=1),
        "evidence": tuple(
            Evidence(start=start, end=end, text=CLASH, rule=rule)
            for rule in ("event:verb “shoot”", "date:weekday", "casualties:participle")
        ),
    }


@pytest.fixture(autouse=True)
def fakes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Put the stand-ins in place, and the working folder and database into a fresh folder."""
    pipeline = ModuleType("incidents.extractors.pipeline")
    pipeline.Extractor = FakeExtractor  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "incidents.extractors.pipeline", pipeline)
    monkeypatch.setattr(Gazetteer, "open", staticmethod(lambda **_: FakeGazetteer()))
    monkeypatch.chdir(tmp_path)
    for name in ("INCIDENTS_DB", "COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(check_json: Callable[..., None]) -> Callable[..., tuple[int, str, str]]:
    """Run the program in-process; gives exit code, stdout and stderr.

    What it prints as JSON is as the schema says.
    """

    def call(*args: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(app, list(args))
        # a bug shows its own traceback instead of a failed comparison
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        for command, kind in PRINTS.items():
            if args[: len(command)] == command and result.stdout.startswith(("[", "{")):
                check_json(result.stdout, kind)
        return result.exit_code, result.stdout, result.stderr

    return call


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Give a folder with two articles: a clash and a recalled one, and an abduction."""
    folder = tmp_path / "news"
    folder.mkdir()
    text = f"Clashes in Qamishli\n\n{CLASH} In 2016 they fought in Goma."
    (folder / "a1.txt").write_text(text, encoding="utf-8")
    text = "Two kidnapped\n\nGunmen kidnapped two men in Tell Zarîfa."
    (folder / "b2.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start the program with pipes; what still runs after the test is ended."""
    started = []

    def call(*args: str, **streams: int) -> subprocess.Popen[str]:
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE) | streams
        process = subprocess.Popen([*PROGRAM, *args], text=True, encoding="utf-8", **pipes)  # type: ignore[call-overload]
        started.append(process)
        return process

    yield call
    for process in started:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            with contextlib.suppress(BrokenPipeError):
                stream.close()
