"""Names as the store holds them: which ids occur, and which names hold some words.

Names repeat: 100,000 incidents lie in a few thousand places, and few outlets tell of them. So words
are looked for in each distinct name once, and the names that hold them lead to the incidents by an
index.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from incidents.gazetteer.names import fold_name
from incidents.store.database import fetch_all
from incidents.store.domains import domain_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from incidents.store.database import Connection

    What = Literal["place", "actor"]

_COLUMNS = ("name", "mention")


def names_with_words(table: str, column: str) -> str:
    """SQL for those distinct names in a column with an index that hold the words of `?`.

    SQLite would read a whole index for `SELECT DISTINCT`; this leaps from a name to the next one.
    """
    return f"""WITH RECURSIVE each_name (found) AS (
        SELECT min({column}) FROM {table} WHERE {column} IS NOT NULL
        UNION ALL
        SELECT (SELECT min({column}) FROM {table} WHERE {column} > each_name.found)
        FROM each_name WHERE each_name.found IS NOT NULL)
        SELECT found FROM each_name WHERE has_words(each_name.found, ?)"""  # noqa: S608 - names are ours


def rows_with_words(what: What, wanted: str, condition: str = "1") -> str:
    """SQL for the rows of table `incident_<what>` whose name or mention holds some words.

    Args:
        what: places or actors.
        wanted: the column to select.
        condition: what else must hold of a row.

    Returns:
        A compound SELECT that binds the words twice.
    """
    table = f"incident_{what}"
    return " UNION ALL ".join(
        f"SELECT {wanted} FROM {table}"  # noqa: S608 - names are ours, values are bound
        f" WHERE {condition} AND {column} IN ({names_with_words(table, column)})"
        for column in _COLUMNS
    )


def is_source(text: str) -> tuple[tuple[str, ...], list[list[Any]]]:
    """Conditions on table `article`, any of which says that an article is of a source.

    Args:
        text: words of an outlet's name, in any spelling; a domain or words of one, also as a whole
            address; or the beginning of the id of an article whose outlet is not known, which
            tables then show in its place.

    Returns:
        The conditions in SQL, and the values that each binds.
    """
    tests = (
        f"publisher IN ({names_with_words('article', 'publisher')})",
        f"domain IN ({names_with_words('article', 'domain')})",
        "article.id >= ? AND article.id < ? AND +publisher IS NULL",
    )
    end = text + "\U0010ffff" if text else ""
    return tests, [[text], [domain_of(text) or text], [text, end]]


def articles_of_source(text: str) -> tuple[str, list[Any]]:
    """SELECT the ids of the articles of a source, each test by its own index; as `is_source`."""
    tests, values = is_source(text)
    sql = " UNION ALL ".join(f"SELECT article.id FROM article WHERE {test}" for test in tests)  # noqa: S608 - names are ours, values are bound
    return sql, [value for bound in values for value in bound]


class Names:
    """The names in a store; `Store.names` opens them."""

    def __init__(self, db: Connection, path: Path) -> None:
        self._db = db
        self._path = path
        db.create_function("has_words", 2, _has_words, deterministic=True)

    def known(self, what: What, ids: Collection[str]) -> set[str]:
        """Those of the ids that some incident lies in, or in which they take part."""
        sql = f"SELECT 1 FROM incident_{what} WHERE {what}_id = ? LIMIT 1"  # noqa: S608 - table names are ours, the id is bound
        return {id_ for id_ in ids if self._all(sql, id_)}

    def has_words(self, what: What, words: str) -> bool:
        """Whether the name or mention of some place or actor holds the words."""
        return bool(self._all(f"{rows_with_words(what, '1')} LIMIT 1", words, words))

    def ids_with_words(self, what: What, words: str) -> tuple[str, ...]:
        """Ids of the places or actors whose name or mention holds the words."""
        column = f"{what}_id"
        sql = rows_with_words(what, column, f"{column} IS NOT NULL")
        return tuple(sorted({row[0] for row in self._all(sql, words, words)}))

    def has_source(self, text: str) -> bool:
        """Whether some article is of a source, as `is_source` reads its name."""
        sql, values = articles_of_source(text)
        return bool(self._all(f"{sql} LIMIT 1", *values))

    def _all(self, sql: str, *values: str) -> list[tuple[str, ...]]:
        return fetch_all(self._db, self._path, sql, values)


def _has_words(text: str | None, words: str) -> bool:
    """Whether the words stand in a text one after the other, however they are spelled."""
    wanted = _folded(words)
    return bool(text and wanted) and f" {wanted} " in f" {fold_name(text or '')} "


@lru_cache(maxsize=8)  # the same words for every name
def _folded(words: str) -> str:
    return fold_name(words)
