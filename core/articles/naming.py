"""Ids of articles: one id, one article, over a run and against what is stored."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from incidents.articles.source import stem_of
from incidents.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from incidents.model import Article


class Names:
    """The ids that articles have, in this run and from earlier ones."""

    def __init__(
        self,
        find_stored: Callable[[str], Article | None],
        has_text: Callable[[Article], bool],
    ) -> None:
        self._find_stored = find_stored
        self._has_text = has_text
        self._read: dict[str, tuple[int, str]] = {}  # id -> hash of the text, where it was read

    def check(self, article: Article) -> Article | InputError | None:
        """Pass an article under an id of its own.

        Returns:
            The article, renamed where its file's name or its number is taken by another file; None
            for a copy of one that this run has read; an error where the id that its source states
            is taken.
        """
        text = hash(article.text)
        holder = "the database"
        for id_ in _candidates(article):
            if id_ in self._read:
                read, holder = self._read[id_]
                if read == text:
                    return None
                if holder == article.path and _is_local(article):
                    break  # two rows of one table with one number
            elif self._is_free(id_, article):
                self._read[id_] = text, article.path or "stdin"
                return msgspec.structs.replace(article, id=id_)
        return InputError(
            f"{article.path or 'stdin'}: its id {article.id!r} is that of another article in"
            f" {holder}; give it an 'id' of its own"
        )

    def _is_free(self, id_: str, article: Article) -> bool:
        """Whether an id is new, or the stored article of that id is this one, changed perhaps."""
        stored = self._find_stored(id_)
        if stored is None or stored.text == article.text:
            return True
        if not stored.text and self._has_text(msgspec.structs.replace(article, id=id_)):
            return True
        if _is_called_by_file(article):
            return _is_same_file(stored.path, article.path)
        return not _is_local(article) or _is_same_article(stored, article)


def _candidates(article: Article) -> Iterator[str]:
    """The id, and for one of its file alone the same with that and one folder after the other."""
    yield article.id
    if _is_called_by_file(article) or _is_local(article):
        id_ = article.id
        if _is_local(article):
            id_ = f"{stem_of(article.path or '')}-{id_}"
            yield id_
        for folder in reversed(Path(article.path or "").absolute().parent.parts[1:]):
            id_ = f"{folder}/{id_}"
            yield id_


def _is_called_by_file(article: Article) -> bool:
    """Whether an article has the name of its file, with a number where the file holds many."""
    if article.path is None:
        return False
    return re.fullmatch(rf"{re.escape(stem_of(article.path))}(-\d+)?", article.id) is not None


def _is_local(article: Article) -> bool:
    """Whether the id is a mere number, as of a row: the first rows of two tables are both 1."""
    return article.path is not None and article.id.isdecimal()


def _is_same_article(stored: Article, article: Article) -> bool:
    """Whether the stored article is this one with other words: of the same address or file."""
    if stored.url is not None and article.url is not None:
        return stored.url == article.url
    return _is_same_file(stored.path, article.path)


def _is_same_file(one: str | None, two: str | None) -> bool:
    return None not in (one, two) and os.path.realpath(str(one)) == os.path.realpath(str(two))
