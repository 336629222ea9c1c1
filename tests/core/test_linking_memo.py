"""What is remembered by identity: once worked out, never mixed up, and not for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.linking import memo

if TYPE_CHECKING:
    import pytest


def test_memo_works_once_for_each_object() -> None:
    """The same object is worked on once, an equal one for itself."""
    asked: list[list[int]] = []

    @memo.by_identity
    def total(numbers: list[int]) -> int:
        """Add numbers."""
        asked.append(numbers)
        return sum(numbers)

    one, equal = [1, 2], [1, 2]
    assert [total(one), total(one), total(equal), total([4])] == [3, 3, 3, 4]
    assert len(asked) == 3
    assert asked[0] is one
    assert total.__doc__ == "Add numbers."


def test_memo_forgets_before_it_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """At its limit it begins anew, and what it forgot is worked out again."""
    monkeypatch.setattr(memo, "_LIMIT", 3)
    asked = 0

    @memo.by_identity
    def count(_thing: object) -> int:
        nonlocal asked
        asked += 1
        return asked

    things = [object() for _ in range(4)]
    first = [count(thing) for thing in things]
    assert first == [1, 2, 3, 4]
    assert count(things[3]) == 4, "the last is still known"
    assert count(things[0]) == 5, "the first was forgotten"
    assert count(things[1]) == 6
    assert count(things[3]) == 4, "three are held"
