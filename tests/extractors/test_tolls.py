"""Casualty claims of one incident: duplicates, parts, totals, updates and contradictions."""

from __future__ import annotations

import dataclasses
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.extractors.tolls import Toll, merge_tolls
from incidents.model import Casualty

Claim = tuple[str, int | None, int | None]


def toll(n: int | None, high: int | None = -1, group: str = "unknown", **facts: Any) -> Toll:  # noqa: ANN401 - fields of two classes
    """Return a toll of `n` dead, or of the range up to `high`."""
    fields = {f.name for f in dataclasses.fields(Toll)} - {"casualty"}
    of_toll = {k: facts.pop(k) for k in fields & set(facts)}
    facts.setdefault("kind", "killed")
    casualty = Casualty(min=n, max=n if high == -1 else high, group=group, **facts)
    return Toll(casualty, **of_toll)


def counts(tolls: list[Toll]) -> list[Claim]:
    """Return group, fewest and most of the merged claims."""
    return [(c.group, c.min, c.max) for c in merge_tolls(tolls)]


ROWS: list[tuple[str, list[Toll], list[Claim]]] = [
    ("nothing", [], []),
    ("one claim stays", [toll(4)], [("unknown", 4, 4)]),
    ("the same count again is the same people",
     [toll(4), toll(4, sentence=2)], [("unknown", 4, 4)]),
    ("the headline is silent where the body speaks",
     [toll(5, in_title=True), toll(4, sentence=1)], [("unknown", 4, 4)]),
    ("the headline counts where the body is silent",
     [toll(5, in_title=True)], [("unknown", 5, 5)]),
    ("groups stay apart",
     [toll(4, group="civilians"), toll(2, group="Army")], [("civilians", 4, 4), ("Army", 2, 2)]),
    ("a count without a side that a side has is the side's",
     [toll(4), toll(4, group="Army", sentence=1)], [("Army", 4, 4)]),
    ("a count without a side that is the sum is the total",
     [toll(6), toll(4, group="civilians"), toll(2, group="Army")],
     [("civilians", 4, 4), ("Army", 2, 2)]),
    ("a smaller count without a side is a part of a side's",
     [toll(3), toll(4, group="Army", sentence=1)], [("Army", 4, 4)]),
    ("a far larger count without a side takes in the parts",
     [toll(30), toll(4, group="civilians"), toll(2, group="Army")], [("unknown", 30, 30)]),
    ("a larger count without a side leaves the attackers out",
     [toll(9), toll(1, group="attacker", own_side=True), toll(4, group="civilians")],
     [("unknown", 9, 9), ("attacker", 1, 1)]),
    ("a toll is no part of what it sums up",
     [toll(5, sentence=1), toll(12, whole=True, sentence=1)], [("unknown", 5, 5)]),
    ("what came before and what came to it make the toll",
     [toll(11), toll(2, sentence=2), toll(13, whole=True, sentence=2)], [("unknown", 13, 13)]),
    ("a speaker's toll within a range says nothing new",
     [toll(2, 25), toll(10, whole=True, sentence=1, claimed_by="a mayor")], [("unknown", 2, 25)]),
    ("a named victim and one member are the same death",
     [toll(1, group="Army"), toll(1, group="Army", names=("Aron Beck",), sentence=1)],
     [("Army", 1, 1)]),
    ("a victim named again is the same death",
     [toll(1, names=("Aron Beck",)), toll(1, names=("Beck",), sentence=0)], [("unknown", 1, 1)]),
    ("two victims named in one sentence are two",
     [toll(1, names=("Aron Beck",)), toll(1, names=("Ida Holm",))], [("unknown", 2, 2)]),
    ("three victims named in one sentence are three",
     [toll(1, names=(n,)) for n in ("Aron Beck", "Ida Holm", "Ole Lund")], [("unknown", 3, 3)]),
    ("a victim named among several is one of them",
     [toll(5), toll(1, names=("Ida Holm",), sentence=2)], [("unknown", 5, 5)]),
    ("a later smaller count of a group is a part",
     [toll(7, group="civilians"), toll(3, group="civilians", sentence=2)], [("civilians", 7, 7)]),
    ("a later larger count of a group replaces",
     [toll(3, group="civilians"), toll(7, group="civilians", sentence=2)], [("civilians", 7, 7)]),
    ("a toll so far replaces",
     [toll(3), toll(12, whole=True, sentence=1)], [("unknown", 12, 12)]),
    ("two more in one sentence add up",
     [toll(3, group="Army"), toll(2, group="Army", more=True)], [("Army", 5, 5)]),
    ("counts of one cue add up before they are compared",
     [toll(1, cue=3, claimed_by="police"), toll(5, cue=3, claimed_by="police"),
      toll(1, cue=9, sentence=1, claimed_by="a nurse"),
      toll(4, cue=9, sentence=1, claimed_by="a nurse")], [("unknown", 5, 6)]),
    ("people of no side told in one breath with a side's are others",
     [toll(2, cue=3), toll(1, cue=3, group="Army")], [("Army", 1, 1), ("unknown", 2, 2)]),
    ("they are in the total too",
     [toll(30, None), toll(12, cue=3, group="civilians", sentence=1),
      toll(10, cue=3, group="Army", sentence=1), toll(9, cue=3, sentence=1)],
     [("civilians", 12, 12), ("Army", 10, 10), ("unknown", 9, 9)]),
    ("the wounded beside a side's dead are the side's",
     [toll(7, group="Army"), toll(7, sentence=1), toll(20, kind="wounded", sentence=1, bare=True)],
     [("Army", 7, 7), ("Army", 20, 20)]),
    ("wounded people beside a side's dead may be anybody",
     [toll(7, group="Army"), toll(20, kind="wounded")], [("Army", 7, 7), ("unknown", 20, 20)]),
    ("victims named one by one are several",
     [toll(1, names=("Aron Beck",)), toll(1, names=("Ida Holm",), sentence=3)],
     [("unknown", 2, 2)]),
    ("a range takes in the counts between",
     [toll(2, 25), toll(12, sentence=1, claimed_by="police")], [("unknown", 2, 25)]),
    ("a range closes a vague count",
     [toll(3, None), toll(2, 25, sentence=1)], [("unknown", 2, 25)]),
    ("two speakers of whom one leaves it open differ too",
     [toll(1001, None, claimed_by="a monitor"), toll(500, sentence=1, claimed_by="police")],
     [("unknown", 500, None)]),
    ("a small count beside an open one is a part",
     [toll(20, None, claimed_by="a monitor"), toll(2, sentence=1, claimed_by="police")],
     [("unknown", 20, None)]),
    ("two more of an open count stay open",
     [toll(3, None, group="Army"), toll(2, group="Army", more=True)], [("Army", 5, None)]),
    ("an exact count closes an open one",
     [toll(3, None), toll(4, sentence=1)], [("unknown", 4, 4)]),
    ("two speakers that differ give a range",
     [toll(8, claimed_by="police"), toll(5, claimed_by="a doctor", sentence=1)],
     [("unknown", 5, 8)]),
    ("two speakers that agree give one count",
     [toll(8, claimed_by="police"), toll(8, claimed_by="a doctor", sentence=1)],
     [("unknown", 8, 8)]),
    ("kinds stay apart",
     [toll(8), toll(8, kind="wounded")], [("unknown", 8, 8), ("unknown", 8, 8)]),
]  # fmt: skip


@pytest.mark.parametrize(("tolls", "expected"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS])
def test_merge_tolls_follows_its_rules(tolls: list[Toll], expected: list[Claim]) -> None:
    """Each rule of merging, by an example; the id is the rule."""
    assert expected == counts(tolls)


def test_merge_tolls_keeps_the_names_of_both_claims() -> None:
    """A named victim lends the name to the claim that lacked it."""
    (merged,) = merge_tolls([toll(1, group="Army"), toll(1, group="Army", names=("Ida Holm",))])

    assert merged.names == ("Ida Holm",)


def test_merge_tolls_takes_words_and_offsets_of_the_claim_that_won() -> None:
    """The evidence of a replaced claim is that of the claim that replaced it."""
    old, new = toll(3, mention="three died", start=0, end=10), toll(
        12, whole=True, sentence=1, mention="the toll rose to 12", start=40, end=59)  # fmt: skip

    (merged,) = merge_tolls([old, new])

    assert (merged.mention, merged.start, merged.end) == ("the toll rose to 12", 40, 59)


@given(st.permutations([
    toll(4, claimed_by="police", sentence=0),
    toll(4, claimed_by="a doctor", sentence=1),
    toll(4, sentence=2),
]))  # fmt: skip
def test_merge_tolls_of_identical_counts_is_one_count_in_any_order(tolls: list[Toll]) -> None:
    """The same count is the same people whoever says so first."""
    assert counts(tolls) == [("unknown", 4, 4)]


@pytest.mark.parametrize(
    "order", list(itertools.permutations(range(3))), ids=lambda o: "".join(map(str, o))
)
def test_merge_tolls_groups_in_any_order(order: tuple[int, ...]) -> None:
    """A total and its sides give the sides, in whatever order they are told."""
    tolls = [toll(6), toll(4, group="civilians"), toll(2, group="Army")]

    assert sorted(counts([tolls[i] for i in order])) == [("Army", 2, 2), ("civilians", 4, 4)]


@given(st.lists(st.tuples(
    st.integers(1, 30), st.booleans(), st.sampled_from(["unknown", "civilians", "Army"]),
    st.booleans(), st.booleans(), st.integers(0, 3), st.sampled_from([None, "police", "a doctor"]),
), max_size=6))  # fmt: skip
def test_merge_tolls_gives_ordered_ranges_and_one_claim_a_group(
    rows: list[tuple[int, bool, str, bool, bool, int, str | None]],
) -> None:
    """Whatever is told, a kind and group has one claim, and no range is upside down."""
    merged = merge_tolls([
        toll(n, None if is_open else n, group, whole=whole, more=more, sentence=i, claimed_by=who)
        for n, is_open, group, whole, more, i, who in rows
    ])  # fmt: skip

    keys = [(c.kind, c.group) for c in merged]
    assert len(keys) == len(set(keys))
    assert bool(merged) == bool(rows)
    assert all(c.max is None or (c.min or 0) <= c.max for c in merged)
