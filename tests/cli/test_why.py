"""`incidents why`: every value with its sentence, its rule and its speaker."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from incidents.model import Article
from incidents.store import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from incidents.model import Report

    Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def stored(run: Run, articles: Path) -> None:
    """Fill the database."""
    assert run("extract", str(articles))[0] == 0


def test_why_report_gives_sentence_rule_and_speaker(run: Run) -> None:
    """Each value stands with its sentence on one line, the mention marked, the rule below."""
    code, out, err = run("why", "rep-a11")

    lines = [line.split(maxsplit=1) for line in out.splitlines()]
    text = [" ".join(line) for line in lines]
    assert (code, err) == (0, "")
    assert text[0] == "rep-a11 a1 · Clashes in Qamishli"
    assert text[1:6] == [
        "event Battles / Armed clash",
        "NDF shot at Asayish in Qamishlo on Tuesday, killing one [bold]member [31m.",
        "rule event:verb “shoot”",
        "date 2021-04-20 (explicit)",
        "NDF shot at Asayish in Qamishlo on «Tuesday», killing one [bold]member [31m.",
    ]
    at = text.index("casualty killed: Internal Security Forces 1")
    assert text[at + 1 : at + 3] == [
        "NDF shot at Asayish in Qamishlo on Tuesday, «killing one [bold]member» [31m.",
        "rule casualties:participle · says local sources",
    ]
    assert "\x1b" not in out


def test_why_incident_goes_report_by_report(run: Run) -> None:
    """An incident shows what linking made of it, then each report; an id's beginning is enough."""
    incident = json.loads(run("show", "--place", "Qamishli", "--json")[1])[0]

    code, out, _ = run("why", incident["id"][:10])

    assert code == 0
    assert out.startswith(f"{incident['id']}  Battles / Armed clash\n")
    assert "deaths" in out
    assert "\nrep-a11  a1" in out
    assert "rep-b23" not in out


def test_why_tells_what_waits_to_be_linked(run: Run) -> None:
    """An article that is extracted anew, and not linked yet, costs the others no word."""
    merged = [each["id"] for each in json.loads(run("show", "--json")[1])]
    run("link", "--merge", *merged)
    [incident] = json.loads(run("show", "--json")[1])
    with open_store("incidents.db") as store:
        store.delete_articles(["a1"], {}, [])

    code, out, err = run("why", incident["id"])

    assert (code, "\nrep-a1" in out, "\nrep-b2" in out) == (0, False, True)
    lost = sum(report.startswith("rep-a1") for report in incident["reports"])
    told = f"Not shown: {lost} reports that its articles do not give any more; "
    assert err == f"{told}run `incidents link`.\n"
    assert run("export", "html")[0] == run("export", "ged")[0] == 0

    with open_store("incidents.db") as store:
        store.delete_articles(["b2"], {}, [])
    code, out, err = run("why", incident["id"])
    assert (code, out) == (1, "")
    assert err.endswith("its articles have changed since it was linked; run `incidents link`\n")


def test_why_is_of_one_moment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An article that is replaced meanwhile does not lend its words to the old reports."""
    before = run("why", "rep-a11")
    find = Store.report

    def find_and_change(store: Store, report_id: str) -> Report:
        found = find(store, report_id)
        with open_store(store.path) as other:
            other.put_article(Article(id="a1", text="Quite other words stand here." * 9), [])
        return found

    monkeypatch.setattr(Store, "report", find_and_change)

    assert run("why", "rep-a11") == before


def test_why_takes_ids_as_people_copy_them(run: Run) -> None:
    """Capitals, blanks and a missing `inc-` do not matter."""
    id_ = json.loads(run("show", "--place", "Qamishli", "--json")[1])[0]["id"]
    answer = run("why", id_)

    assert answer[0] == 0
    for asked in (id_.upper(), f" {id_} ", id_.removeprefix("inc-"), id_[4:10]):
        assert run("why", asked) == answer


def test_why_json_has_offsets_of_the_mention(run: Run) -> None:
    """--json prints one object; start and end point at the mention in the sentence."""
    answer = json.loads(run("why", "rep-a11", "--json")[1])

    reasons = answer["reports"][0]["reasons"]
    dated = next(reason for reason in reasons if reason["field"] == "date")
    assert answer["incident"] is None
    assert answer["reports"][0]["report"]["id"] == "rep-a11"
    assert dated["sentence"][dated["start"] : dated["end"]] == "Tuesday"


def test_why_without_evidence_takes_the_sentence_from_the_article(run: Run) -> None:
    """A mention that no evidence covers is found in the article's text."""
    answer = json.loads(run("why", "rep-b23", "--json")[1])

    found = {reason["field"]: reason["sentence"] for reason in answer["reports"][0]["reasons"]}
    assert found["actor"] == "Gunmen kidnapped two men in Tell Zarîfa."
    assert found["date"] is None


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("rep-zz", "incidents.db: no report called 'rep-zz'; `incidents show` lists the ids"),
        ("inc-zz", "incidents.db: no incident called 'inc-zz'; `incidents show` lists the ids"),
        ("zz", "incidents.db: no incident or report called 'zz'; `incidents show` lists the ids"),
        (
            "rep-a1",
            "rep-a1: several reports begin with this: rep-a11, rep-a12; add a character",
        ),
        ("", "incidents.db: no incident or report called ''; `incidents show` lists the ids"),
    ],
)
def test_why_unknown_id_is_one_line(run: Run, asked: str, message: str) -> None:
    """An id that is unknown or stands for several ends with 1 and says what to do."""
    assert run("why", asked) == (1, "", f"Error: {message}\n")
