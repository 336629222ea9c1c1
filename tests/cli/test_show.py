"""`incidents show`: filters in any spelling, and tables that fit."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]

CLASH, RECALLED, ABDUCTION = "al-Tay", "Goma", "Tell Zarifa"


@pytest.fixture
def shown(run: Run, articles: Path) -> Callable[..., tuple[list[str], str]]:
    """Show with filters; gives the place of each incident, and stderr."""
    assert run("extract", str(articles))[0] == 0

    def call(*args: str) -> tuple[list[str], str]:
        code, out, err = run("show", "--json", *args)
        assert code == 0
        return [each["places"][0]["name"] for each in json.loads(out)], err

    return call


NOTHING = "No incident in incidents.db matches.\n"
UNDATED = "Left out: 1 without a date (--since, --until).\n"


@pytest.mark.parametrize(
    ("options", "places", "err"),
    [
        # no filter
        ((), [RECALLED, CLASH, ABDUCTION], ""),
        (("--no-background",), [CLASH, ABDUCTION], ""),
        # places: any spelling, and everything inside
        (("--place", "Qamishli"), [CLASH], ""),
        (("--place", "QAMISHLO"), [CLASH], ""),
        (("--place", "Zalin"), [CLASH], ""),
        (("--place", "Hasakah"), [CLASH], ""),
        (("--place", "tell zarifa"), [ABDUCTION], ""),
        (("--place", "Zarîfa"), [ABDUCTION], ""),
        (("--place", "Qamishlo, Syria"), [CLASH], ""),
        (("--place", "al-Tay, Zalin, Hasakah"), [CLASH], ""),
        (("--place", "Tay"), [CLASH], ""),
        (("--place", "Paris"), [], NOTHING),
        (("--place", "Paris, France"), [], NOTHING),
        # and what lies near: a town where nothing happened, and one with all that is in it
        (("--place", "Amude"), [], NOTHING),
        (("--place", "Amude", "--within-km", "30"), [CLASH], ""),
        (("--place", "Amude", "--within-km", "20"), [], NOTHING),
        (("--place", "Hasakah", "--within-km", "0.5"), [CLASH], ""),
        (("--place", "Goma", "--within-km", "1e4"), [RECALLED, CLASH], ""),
        # actors: id, spelling, words
        (("--actor", "sy-isf"), [RECALLED, CLASH], ""),
        (("--actor", "asayish"), [RECALLED, CLASH], ""),
        (("--actor", "Gunmen"), [ABDUCTION], ""),
        (("--actor", "Taliban"), [], NOTHING),
        # kinds of actors, whole or in part
        (("--kind", "political militia"), [RECALLED, CLASH], ""),
        (("--kind", "Militia", "--no-background"), [CLASH], ""),
        (("--kind", "rioters"), [], NOTHING),
        # deaths by the lowest number, sources by outlet or by the article that has none
        (("--min-killed", "0"), [RECALLED, CLASH, ABDUCTION], ""),
        (("--min-killed", "1"), [CLASH], ""),
        (("--min-killed", "2"), [], NOTHING),
        (("--source", "a1"), [RECALLED, CLASH], ""),
        (("--source", "b2", "--type", "abduction"), [ABDUCTION], ""),
        # types: whole or in part, in any case
        (("--type", "clash"), [RECALLED, CLASH], ""),
        (("--type", "violence against civilians"), [ABDUCTION], ""),
        (("--type", "armed CLASH"), [RECALLED, CLASH], ""),
        (("--type", "air strike"), [], NOTHING),
        # days: an incident whose range touches the period
        (("--since", "2021-04-20"), [CLASH], UNDATED),
        (("--since", "2021-04-21"), [], NOTHING + UNDATED),
        (("--until", "2016-06-01"), [RECALLED], UNDATED),
        (("--since", "2016", "--until", "2016"), [RECALLED], UNDATED),
        (("--since", "2021-04", "--until", "2021-04"), [CLASH], UNDATED),
        # together
        (("--place", "Hasakah", "--actor", "NDF", "--type", "battles"), [CLASH], ""),
        (("--place", "Goma", "--no-background"), [], NOTHING),
    ],
)
def test_show_filters(
    shown: Callable[..., tuple[list[str], str]],
    options: tuple[str, ...],
    places: list[str],
    err: str,
) -> None:
    """Each filter keeps its incidents, and says on stderr what it leaves out."""
    assert shown(*options) == (places, err)


def test_show_finds_outlets_and_domains(run: Run, articles: Path) -> None:
    """--source takes words of an outlet, a domain, or a whole address."""
    text = (articles / "b2.txt").read_text(encoding="utf-8")
    told = {
        "id": "c3",
        "text": text,
        "publisher": "Harbour Times",
        "url": "https://www.ht.example/1",
    }
    (articles / "c3.json").write_text(json.dumps(told), encoding="utf-8")
    run("extract", str(articles))

    for source in ("harbour", "ht.example", "https://ht.example/2", " Harbour  times "):
        found = json.loads(run("show", "--json", "--source", source)[1])
        assert [each["publisher"] for item in found for each in item["sources"]] == [
            "Harbour Times"
        ]


def test_show_distance_needs_coordinates(run: Run, articles: Path) -> None:
    """A place that only an article names lies nowhere: one line says what to do."""
    run("extract", str(articles))

    assert run("show", "--place", "Tell Zarifa", "--within-km", "10") == (
        1,
        "",
        (
            "Error: 'Tell Zarifa': no coordinates are known; name a town near it, leave out "
            "--within-km, or add the place with `incidents gazetteer add`\n"
        ),
    )


def test_show_unknown_source_is_one_line(run: Run, articles: Path) -> None:
    """A source that no article is from is misspelt."""
    run("extract", str(articles))

    assert run("show", "--source", "Xyzzy") == (
        1,
        "",
        (
            "Error: no source called 'Xyzzy'; write an outlet as `incidents show` has it, or a "
            "domain\n"
        ),
    )


@pytest.mark.parametrize("more", [(), ("--within-km", "10")], ids=" ".join)
@pytest.mark.parametrize(
    ("what", "name"),
    [("place", "Xyzzy"), ("place", "Qamishli, France"), ("actor", "Xyzzy")],
)
def test_show_unknown_name_is_one_line(
    run: Run, articles: Path, what: str, name: str, more: tuple[str, ...]
) -> None:
    """A name that neither the gazetteer nor the database knows is an error."""
    run("extract", str(articles))

    code, out, err = run("show", f"--{what}", name, *(more if what == "place" else ()))

    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(f"Error: no {what} called {name!r}; ")


def test_show_without_database_says_what_to_do(run: Run) -> None:
    """Without a database, show ends with 1 and makes none."""
    assert run("show") == (
        1,
        "",
        (
            "Error: incidents.db: no such database; run `incidents extract PATH` first or name "
            "one with --db\n"
        ),
    )
    assert not Path("incidents.db").exists()


def test_show_takes_the_database_from_the_environment(
    run: Run, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """INCIDENTS_DB names the database where --db does not."""
    monkeypatch.setenv("INCIDENTS_DB", "other.db")
    run("extract", str(articles))

    assert Path("other.db").exists()
    assert not Path("incidents.db").exists()
    assert run("show", "--format", "jsonl")[1].count("\n") == 3


@pytest.mark.parametrize("columns", [80, 100, 160])
def test_show_table_fits_its_width(
    run: Run, articles: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    """No line is longer than the terminal, and no date, count or id is broken."""
    run("extract", str(articles))
    monkeypatch.setenv("COLUMNS", str(columns))

    _, out, _ = run("show")

    assert max(map(len, out.splitlines())) <= columns
    for whole in ("2021-04-20", "ISF 1", "NDF ≥3", "NDF → ISF", "(background)", "Abduction"):
        assert whole in out
    ids = [each["id"] for each in json.loads(run("show", "--json")[1])]
    assert all(id_[:12] in out for id_ in ids)


@pytest.mark.parametrize("columns", [30, 40, 75])
def test_show_narrow_window_gets_lines_instead_of_a_table(
    run: Run, articles: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    """Where columns would break words, each incident takes some lines."""
    run("extract", str(articles))
    monkeypatch.setenv("COLUMNS", str(columns))

    _, out, _ = run("show", "--actor", "ISF", "--no-background")

    assert max(map(len, out.splitlines())) <= columns
    assert [line.strip() for line in out.splitlines()][-5:-2] == [
        "Armed clash · NDF → ISF",
        "killed ISF 1",
        "wounded NDF ≥3",
    ]
    assert out.startswith("2021-04-20 · ")
    assert out.endswith("\n  a1\n")


def test_show_says_which_reports_are_not_linked(run: Run, articles: Path) -> None:
    """Reports that a killed run left unlinked are mentioned on stderr."""
    run("extract", str(articles))
    with sqlite3.connect("incidents.db") as db:
        db.execute("DELETE FROM incident_report WHERE report_id = 'rep-b23'")

    _, _, err = run("show")

    assert err == "Not shown: 1 report not linked yet; run `incidents link`.\n"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--since", "2021-13"), "'2021-13' is not a date; write 2021-04-20, 2021-04 or 2021"),
        (("--until", "2021-4"), "'2021-4' is not a date; write 2021-04-20, 2021-04 or 2021"),
        (("--since", ""), "'' is not a date; write 2021-04-20, 2021-04 or 2021"),
        (("--since", "2022", "--until", "2021"), "2022-01-01 is after --until, 2021-12-31"),
        (("--type", "bombing"), "no type is called 'bombing'; write a part of one, such as"),
        (
            ("--within-km", "-5", "--place", "Goma"),
            "'-5' is no distance; write kilometres, a number",
        ),
        (("--within-km", "0", "--place", "Goma"), "'0' is no distance; write kilometres, a number"),
        (("--within-km", "nan", "--place", "Goma"), "'nan' is no distance; write kilometres"),
        (("--within-km", "5 km", "--place", "Goma"), "'5 km' is no distance; write kilometres"),
        (("--within-km", "5"), "--within-km 5: of which place? name it with --place"),
        (("--min-killed", "-1"), "'-1' is no number of people; write a whole number, 0 or more"),
        (("--min-killed", "few"), "'few' is no number of people; write a whole number, 0 or more"),
        (("--source", " "), "name an outlet or a domain, as rudaw.net"),
        (
            ("--kind", "army"),
            "no kind of actor is called 'army'; write a part of one: state forces,",
        ),
        (("--type", "%"), "no type is called '%'; write a part of one, such as"),
    ],
)
def test_show_wrong_usage_exits_2(run: Run, options: tuple[str, ...], message: str) -> None:
    """What no incident could match is wrong usage, and the message says what to write."""
    code, out, err = run("show", *options)

    assert (code, out) == (2, "")
    assert message in " ".join(err.replace("│", " ").split())


def test_show_quiet_leaves_the_notes_out(run: Run, articles: Path) -> None:
    """--quiet says nothing of what is left out."""
    run("extract", str(articles))

    assert run("show", "--type", "grenade", "--since", "2016", "--quiet") == (0, "", "")


@pytest.mark.parametrize("command", [("show",), ("show", "--since", "2021"), ("export", "csv")])
def test_show_says_that_nothing_is_there_yet(run: Run, command: tuple[str, ...]) -> None:
    """Who has extracted nothing yet is told what to run, not to look for another filter."""
    Path("calm.txt").write_text("The council of Goma met on Tuesday.", encoding="utf-8")
    run("extract", "calm.txt")

    code, _, err = run(*command)

    told = "No incident in incidents.db yet; read articles: `incidents extract PATH`.\n"
    assert (code, err) == (0, told)


def test_show_verbose_says_what_a_name_means(run: Run, articles: Path) -> None:
    """--verbose names the ids that a spelling was taken for, and how many match."""
    run("extract", str(articles))

    _, _, err = run(
        "show", "--place", "Zalin", "--within-km", "5", "--actor", "Gunmen", "--verbose"
    )

    assert err == (
        "--place Zalin: g:qamishli, or the words 'Zalin'\n"
        "--within-km 5: of 37.0000 41.2000\n"
        "--actor Gunmen: the words 'Gunmen'\n"
        "0 of 3 incidents in incidents.db match.\n"
        "No incident in incidents.db matches.\n"
    )
