"""Longest-match search for phrases over a sequence of token keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

V = TypeVar("V")


@dataclass(slots=True)
class _Node(Generic[V]):
    children: dict[str, _Node[V]] = field(default_factory=dict)
    values: list[V] = field(default_factory=list)


class PhraseTrie(Generic[V]):
    """Phrases, each a tuple of token keys, with the values that they stand for.

    >>> trie = PhraseTrie()
    >>> trie.add(("open", "fire"), "attack")
    >>> list(trie.find(["they", "open", "fire"]))
    [(1, 3, ['attack'])]
    """

    def __init__(self) -> None:
        """Start without phrases."""
        self._root: _Node[V] = _Node()

    def add(self, keys: Sequence[str], value: V) -> None:
        """Add one phrase; a phrase may stand for several values."""
        node = self._root
        for key in keys:
            node = node.children.setdefault(key, _Node())
        if value not in node.values:
            node.values.append(value)

    def first_words(self) -> frozenset[str]:
        """The words that phrases of two words and more begin with."""
        return frozenset(key for key, node in self._root.children.items() if node.children)

    def longest(self, keys: Sequence[str], start: int) -> tuple[int, list[V]] | None:
        """The longest phrase that begins at `start`: its end and its values."""
        node, best = self._root, None
        for i in range(start, len(keys)):
            following = node.children.get(keys[i])
            if following is None:
                break
            node = following
            if node.values:
                best = (i + 1, node.values)
        return best

    def begin_at(self, keys: Sequence[str]) -> list[int]:
        """Where phrases can begin: most words begin none."""
        first_words = self._root.children
        return [i for i, key in enumerate(keys) if key in first_words]

    def find(self, keys: Sequence[str]) -> Iterator[tuple[int, int, list[V]]]:
        """Non-overlapping matches from left to right as `(start, end, values)`."""
        i, first_words = 0, self._root.children
        while i < len(keys):
            match = self.longest(keys, i) if keys[i] in first_words else None
            if match is None:
                i += 1
            else:
                yield i, match[0], match[1]
                i = match[0]
