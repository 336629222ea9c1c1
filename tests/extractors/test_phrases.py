"""Longest-match search over token keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.extractors.phrases import PhraseTrie

PHRASES = ["open fire", "fire", "open fire on", "take to street", "street battle"]


@pytest.fixture
def trie() -> PhraseTrie[str]:
    """Return a trie of a few phrases that share beginnings and ends."""
    trie: PhraseTrie[str] = PhraseTrie()
    for phrase in PHRASES:
        trie.add(phrase.split(), phrase)
    return trie


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("they open fire on police", [(1, 4, ["open fire on"])]),
        ("they open fire", [(1, 3, ["open fire"])]),
        ("the fire burns", [(1, 2, ["fire"])]),
        ("open the fire", [(2, 3, ["fire"])]),
        ("take to street battle", [(0, 3, ["take to street"])]),
        ("take to the street battle", [(3, 5, ["street battle"])]),
        ("open fire open fire on", [(0, 2, ["open fire"]), (2, 5, ["open fire on"])]),
        ("fires", []),
        ("", []),
    ],
)
def test_find_takes_the_longest_phrase_from_left_to_right(
    trie: PhraseTrie[str], text: str, expected: list[tuple[int, int, list[str]]]
) -> None:
    """Of the phrases at a word the longest wins, and matches do not overlap."""
    assert expected == list(trie.find(text.split()))


def test_longest_needs_the_phrase_at_the_start(trie: PhraseTrie[str]) -> None:
    """A phrase further on does not count."""
    assert trie.longest(["we", "open", "fire"], 0) is None
    assert trie.longest(["we", "open", "fire"], 1) == (3, ["open fire"])


def test_phrase_keeps_each_value_once_in_order() -> None:
    """A phrase with two meanings gives both, and adding one again changes nothing."""
    trie: PhraseTrie[str] = PhraseTrie()
    for value in ("b", "a", "b"):
        trie.add(["is"], value)

    assert list(trie.find(["is"])) == [(0, 1, ["b", "a"])]


def test_empty_phrase_never_matches_a_word() -> None:
    """A phrase without words does not match everywhere."""
    trie: PhraseTrie[str] = PhraseTrie()
    trie.add([], "nothing")

    assert list(trie.find(["a", "b"])) == []


@given(st.lists(st.sampled_from("open fire on take to street battle x".split()), max_size=30))
def test_find_yields_phrases_that_stand_there(words: list[str]) -> None:
    """Whatever the words, each match is one of the phrases, and none overlaps the next."""
    trie: PhraseTrie[str] = PhraseTrie()
    for phrase in PHRASES:
        trie.add(phrase.split(), phrase)

    end = 0
    for first, last, values in trie.find(words):
        assert first >= end
        assert [" ".join(words[first:last])] == values
        end = last
