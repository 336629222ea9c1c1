"""Ids of incidents: who keeps which, and where the old ones lead."""

from __future__ import annotations

import pytest

from incidents.linking.identity import incident_id, name_groups


@pytest.mark.parametrize(
    ("parts", "before", "names", "former"),
    [
        pytest.param([["a", "b"]], {"A": ["a"]}, ["A"], [], id="grown"),
        pytest.param(
            [["a", "b", "c"]],
            {"A": ["a"], "B": ["b", "c"]},
            ["B"],
            [("A", "B", "merged")],
            id="merged",
        ),
        pytest.param(
            [["a"], ["b", "c"]],
            {"A": ["a", "b", "c"]},
            [incident_id("a"), "A"],
            [("A", incident_id("a"), "split")],
            id="split",
        ),
        pytest.param(
            [["a", "b"]], {"B": ["b"], "A": ["a"]}, ["A"], [("B", "A", "merged")], id="as many"
        ),
        pytest.param(
            [["a", "x", "y"], ["b", "u", "v"]],
            {"A": ["a", "b"], "U": ["u", "v"], "X": ["x", "y"]},
            ["X", "U"],
            [("A", "X", "merged"), ("A", "U", "split")],
            id="merged into two",
        ),
        pytest.param([["a"]], {}, [incident_id("a")], [], id="new"),
        pytest.param([["a"]], {"A": ["z"]}, [incident_id("a")], [], id="gone"),
    ],
)
def test_name_groups_follows_the_most_reports(
    parts: list[list[str]],
    before: dict[str, list[str]],
    names: list[str],
    former: list[tuple[str, str, str]],
) -> None:
    """An id stays with most of its reports."""
    assert name_groups(parts, before, lambda _: False) == (names, former)


def test_name_groups_takes_no_id_that_was_used() -> None:
    """An id that once was another incident's is not given again."""
    [name], _ = name_groups([["a"]], {}, lambda name: name == incident_id("a"))

    assert name != incident_id("a")


def test_name_groups_always_finds_another_id() -> None:
    """However often a report has left an incident and come back, it can leave once more."""
    used = {incident_id("a" + "+" * again) for again in range(50)}
    [name], _ = name_groups([["a"]], {}, used.__contains__)

    assert name not in used


def test_name_groups_takes_the_next_report_where_an_id_is_used() -> None:
    """The id after the second report stands in for that after the first."""
    [name], _ = name_groups([["a", "b"]], {}, lambda name: name == incident_id("a"))

    assert name == incident_id("b")
