"""Linking: which pairs matter for the groups, and who may never meet in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incidents.linking.group import Decisions, Weights, find_edges, keep_apart

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidents.model import Report

    Build = Callable[..., Report]


@pytest.mark.parametrize(
    ("sure", "weight", "kept"),
    [
        ("ab", 10.0, True),
        ("ab", 9.9, False),
        ("a", 6.0, True),
        ("b", 6.0, True),
        ("a", 5.9, False),
        ("", 9.9, False),
    ],
)
def test_find_edges_keeps_rivals(
    monkeypatch: pytest.MonkeyPatch, sure: str, weight: float, *, kept: bool
) -> None:
    """Between a sure and a loose report four bits below what is asked still make a rival."""
    monkeypatch.setattr(Weights, "look", lambda *_: weight)
    weights = Weights({}, None, Decisions())

    found = find_edges([("a", "b")], set(sure), weights, min_weight=10.0)

    assert found == ({("a", "b"): weight} if kept else {})


def test_keep_apart_minds_articles_and_decisions(build_report: Build) -> None:
    """Reports of one article never meet, nor do two that people took apart; others may."""
    reports = {report.id: report for report in map(build_report, ("a.1", "a.2", "b.1", "c.1"))}
    apart = keep_apart(Weights(reports, None, Decisions(apart=frozenset({("rep-a.1", "rep-b.1")}))))

    assert apart("rep-a.1", "rep-a.2")
    assert apart("rep-a.1", "rep-b.1")
    assert apart("rep-b.1", "rep-a.1")
    assert not apart("rep-a.1", "rep-c.1")
