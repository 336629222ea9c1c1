"""Ids of articles: one id, one article, over a run and against what is stored."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from incidents.articles.source import name_by_text, stem_of
from incidents.errors import MendedInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from incidents.model import Article


class Names:
    """The ids that articles have, in this run and from earlier ones.

    Args:
        find_stored: gives the article that an earlier run has stored under an id.
        has_text: whether the article that is stored under an id had the same text; asked where it
            is stored without.
        on_mended: called for an article that states an id which another one of this run has.
    """

    def __init__(
        self,
        find_stored: Callable[[str], Article | None],
        has_text: Callable[[Article], bool],
        on_mended: Callable[[MendedInputError], None],
    ) -> None:
        self._find_stored = find_stored
        self._has_text = has_text
        self._on_mended = on_mended
        self._read: dict[str, str] = {}  # id -> where its article was read
        self._texts: set[tuple[str, int]] = set()  # id as stated, hash of the text
        self._numbers: dict[str, int] = {}  # id -> how many texts of one file state it

    def check(self, article: Article) -> Article | None:
        """Pass an article under an id of its own.

        Returns:
            The article, renamed where another one has its id: after its file and its folders, then
            by numbers; None for a copy of one that this run has read.
        """
        told = article.id, hash(article.text)
        if told in self._texts:
            return None
        self._texts.add(told)
        here = article.path or "stdin"
        holder = self._read.get(article.id)
        id_ = next(each for each in self._candidates(article) if self._is_free(each, article))
        self._read[id_] = here
        is_stated = not _is_called_by_file(article)
        if holder and is_stated and (holder == here or not _is_local(article)):
            self._on_mended(_renamed(article, holder, id_))
        return msgspec.structs.replace(article, id=id_)

    def _candidates(self, article: Article) -> Iterator[str]:
        """The id, the same with its file and one folder after the other, then with numbers."""
        yield article.id
        id_ = article.id
        if article.path is None:
            yield name_by_text(article.text)
        elif not _is_called_by_file(article):
            id_ = f"{stem_of(article.path)}-{id_}"
            yield id_
        own = id_
        for folder in reversed(_folders(article)):
            if self._read.get(id_) == article.path:
                break  # two rows of one file state one id; no folder tells them apart
            id_ = f"{folder}/{id_}"
            yield id_
        for number in count(self._numbers.get(own, 1) + 1):
            self._numbers[own] = number
            yield f"{own}-{number}"

    def _is_free(self, id_: str, article: Article) -> bool:
        """Whether an id is new, or the stored article of that id is this one, changed perhaps."""
        if id_ in self._read:
            return False
        stored = self._find_stored(id_)
        if stored is None or stored.text == article.text:
            return True
        if not stored.text and self._has_text(msgspec.structs.replace(article, id=id_)):
            return True
        if id_ != article.id or _is_called_by_file(article):
            return _is_same_file(stored.path, article.path)
        return not _is_local(article) or _is_same_article(stored, article)


def _renamed(article: Article, holder: str, id_: str) -> MendedInputError:
    return MendedInputError(
        f"{article.path or 'stdin'}: its id {article.id!r} is that of another article in {holder};"
        f" it is kept as {id_!r}"
    )


def _folders(article: Article) -> tuple[str, ...]:
    return Path(article.path).absolute().parent.parts[1:] if article.path is not None else ()


def _is_called_by_file(article: Article) -> bool:
    """Whether an article has the name of its file, with a number where the file holds many."""
    if article.path is None:
        return False
    rest = article.id.removeprefix(stem_of(article.path))
    is_numbered = rest.startswith("-") and rest[1:].isdecimal()
    return rest == "" or (rest != article.id and is_numbered)


def _is_local(article: Article) -> bool:
    """Whether the id is a mere number, as of a row: the first rows of two tables are both 1."""
    return article.id.isdecimal()


def _is_same_article(stored: Article, article: Article) -> bool:
    """Whether the stored article is this one with other words: of the same address or file."""
    if stored.url is not None and article.url is not None:
        return stored.url == article.url
    return _is_same_file(stored.path, article.path)


def _is_same_file(one: str | None, two: str | None) -> bool:
    return None not in (one, two) and os.path.realpath(str(one)) == os.path.realpath(str(two))
