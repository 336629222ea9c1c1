"""`incidents link`: people decide; `show` and `why` tell what came of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import CLASH

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def told_twice(run: Run, articles: Path) -> None:
    """Two articles tell of one clash; one of them recalls another, and a third an abduction."""
    text = f"Fighting\n\n{CLASH} Nothing else is known."
    (articles / "c3.txt").write_text(text, encoding="utf-8")
    assert run("extract", str(articles), "-q")[0] == 0


def shown(run: Run, *args: str) -> list[dict[str, object]]:
    """The incidents that `show` prints."""
    found: list[dict[str, object]] = json.loads(run("show", "--json", *args)[1])
    return found


def clash_id(run: Run) -> str:
    """The id of the clash that two articles tell."""
    [clash] = [each for each in shown(run) if each["reports"] == ["rep-a11", "rep-c31"]]
    return str(clash["id"])


@pytest.mark.usefixtures("told_twice")
def test_link_again_changes_nothing(run: Run) -> None:
    """Without options all is linked anew, to the same end."""
    before = shown(run)

    assert run("link") == (0, "", "4 reports in 3 incidents.\n")
    assert run("link", "--json")[:2] == (0, "[]\n")  # a program that reads JSON gets some
    assert shown(run) == before


@pytest.mark.usefixtures("told_twice")
def test_link_split_and_forget(run: Run) -> None:
    """What is split stays so until the decision is forgotten; the old id lasts."""
    id_ = clash_id(run)

    code, out, err = run("link", "--split", id_[:9], "c31", "--json")

    assert (code, err) == (0, "4 reports in 4 incidents.\n")
    assert [each["reports"] for each in json.loads(out)] == [["rep-a11"], ["rep-c31"]]
    assert run("link", "--decisions")[1].splitlines()[1] == (
        "1       split     rep-c31 (c3) from rep-a11 (a1)"
    )
    (told,) = json.loads(run("link", "--decisions", "--json")[1])
    assert (told["id"], told["kind"], told["first"][0]["report"]) == (1, "split", "rep-c31")
    assert run("link")[2] == "4 reports in 4 incidents.\n"
    assert run("link", "--forget", "1")[2] == "4 reports in 3 incidents.\n"
    assert run("link", "--decisions") == (0, "", "Nothing was merged or split by hand.\n")
    assert run("link", "--decisions", "--json") == (0, "[]\n", "")
    assert clash_id(run) == id_


@pytest.mark.usefixtures("told_twice")
def test_link_merge_redirects(run: Run) -> None:
    """Both ids lead to what was merged, and `why` tells of it."""
    first, second = clash_id(run), str(shown(run, "--type", "abduction")[0]["id"])

    assert run("link", "--merge", first, second)[0] == 0

    assert run("why", second) == run("why", first)
    assert f"formerly     {second} (merged)" in run("why", first)[1]


@pytest.mark.usefixtures("told_twice")
def test_link_threshold_is_kept(run: Run) -> None:
    """A threshold of 1 links nothing, in later runs too, until it is changed."""
    assert run("link", "--threshold", "1")[2] == "4 reports in 4 incidents.\n"
    assert run("link")[2] == "4 reports in 4 incidents.\n"
    assert run("link", "--threshold", "0.85")[2] == "4 reports in 3 incidents.\n"


@pytest.mark.usefixtures("told_twice")
@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (("--merge", "inc-1"), 2, "name another incident to merge with"),
        (("--split", "inc-1"), 2, "name the reports to split off"),
        (("rep-a11",), 2, "say what to do with it"),
        (("--merge", "a", "--split", "b", "c"), 2, "go one at a time"),
        (("--decisions", "--threshold", "0.5"), 2, "go one at a time"),
        (("--decisions", "--format", "csv"), 2, "choose json or jsonl"),
        (("--threshold", "2"), 2, "2 is no probability"),
        (("--threshold", "low"), 2, "'low' is not a number"),
        (("--merge", "", "inc-1"), 2, "an id is empty"),
        (("--split", "inc-1", " "), 2, "an id is empty"),
        (("--forget", "3"), 1, "Error: incidents.db: no decision 3"),
        (("--merge", "inc-zz", "inc-yy"), 1, "no incident called 'inc-zz'"),
    ],
)
def test_link_refuses(run: Run, args: tuple[str, ...], code: int, message: str) -> None:
    """What contradicts itself or is not there is told in words."""
    got, out, err = run("link", *args)

    assert (got, out) == (code, "")
    assert message in " ".join(err.replace("│", " ").split())


@pytest.mark.usefixtures("told_twice")
@pytest.mark.parametrize(
    ("options", "count"),
    [
        (("--sources", "1"), 3),
        (("--sources", "2"), 0),  # both articles print one text
        (("--grade", "weak"), 3),
        (("--grade", "fair"), 0),
        (("--grade", "fair", "--grade", "weak"), 3),
        (("--disputed",), 0),
    ],
)
def test_show_filters_by_foundation(run: Run, options: tuple[str, ...], count: int) -> None:
    """--sources, --grade and --disputed choose by how well an incident is founded."""
    assert len(shown(run, *options)) == count


@pytest.mark.usefixtures("told_twice")
def test_why_incident_sets_claims_side_by_side(run: Run) -> None:
    """The claims of the sources, how the reports agree, and what came nearest."""
    out = run("why", clash_id(run))[1]
    lines = [" ".join(line.split()) for line in out.splitlines()]

    assert "field claim source published sentence" in lines
    assert [line for line in lines if ": local sources NDF" in line] == [
        "casualty killed: Internal Security Forces 1 a1: local sources NDF shot at Asayish in "
        "Qamishlo on Tuesday, «killing one [bold]member» [31m.",
        "casualty killed: Internal Security Forces 1 c3: local sources NDF shot at Asayish in "
        "Qamishlo on Tuesday, «killing one [bold]member» [31m.",
    ]
    assert "grade weak (1 independent source)" in lines
    assert any(
        line.startswith("rep-a11 (a1) rep-c31 (c3) +11.0 (100%) place spot +7, date same +5,")
        for line in lines
    )


@pytest.mark.usefixtures("told_twice")
def test_why_json_tells_how_reports_agree(run: Run) -> None:
    """--json has the weights of each feature."""
    answer = json.loads(run("why", clash_id(run), "--json")[1])

    assert [tie["other"] for tie in answer["ties"]] == ["rep-c31", "rep-a11"]
    weights = answer["ties"][0]["weights"]
    assert sum(weights.values()) == answer["ties"][0]["weight"]
    assert weights["prior"] == -8.0
    assert answer["former"] == []
