"""How much of a run over files is done, by the size of the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.articles.expand import expand_path
from incidents.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import Self

    from incidents.model import Article


class Workload:
    """The bytes of the files of a run, and how many of them are behind.

    Files are read in order: an article says that all files before its own are done. Inside a file
    of many articles, the length of their texts tells how far it is; that is exact enough for a
    bar, and costs no second reading.

    Attributes:
        total: bytes of all files.
        done: bytes that are behind.
    """

    def __init__(self, sizes: dict[str, int]) -> None:
        """Begin with nothing done.

        Args:
            sizes: bytes of each file, in the order of reading.
        """
        self.total = sum(sizes.values())
        self.done = 0
        self._sizes = sizes
        self._before: dict[str, int] = {}
        behind = 0
        for path, size in sizes.items():
            self._before[path] = behind
            behind += size
        self._path = ""
        self._inside = 0

    @classmethod
    def measure(cls, paths: Iterable[str | Path]) -> Self | None:
        """Look up the sizes of what a user named; None where nobody can know them.

        Args:
            paths: files, folders, globs; standard input and pipes have no size.
        """
        sizes: dict[str, int] = {}
        for path in paths:
            for file in expand_path(path):
                if isinstance(file, InputError):
                    continue  # the reader names it
                if not file.is_file():
                    return None
                sizes[str(file)] = file.stat().st_size
        return cls(sizes) if sizes else None

    def advance(self, article: Article) -> int:
        """Count an article that is done; returns the bytes that are behind."""
        path = next((known for known in _prefixes(article.path or "") if known in self._sizes), "")
        if path:
            if path != self._path:
                self._path, self._inside = path, 0
            self._inside += len(article.text.encode("utf-8", "replace"))
            inside = min(self._inside, self._sizes[path])
            self.done = max(self.done, self._before[path] + inside)
        return self.done


def _prefixes(path: str) -> Iterable[str]:
    """A path, and all that it may be inside of.

    `news.jsonl:12` is in `news.jsonl`, and `news.zip/2021/a.html` in `news.zip`.
    """
    while path:
        yield path
        path = path[: max(path.rfind(":"), path.rfind("/"), 0)]
