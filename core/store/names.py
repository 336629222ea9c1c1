"""Names of places and actors as the store holds them: which ids occur, which hold some words.

Names repeat: 100,000 incidents lie in a few thousand places. So words are looked for in each
distinct name once, and the names that hold them lead to the incidents by an index.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from incidents.gazetteer.names import fold_name
from incidents.store.database import sqlite_errors

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from incidents.store.database import Connection

    What = Literal["place", "actor"]

_COLUMNS = ("name", "mention")


def _sql_of_names(what: What, column: str) -> str:
    """SQL for those distinct names in table `incident_<what>` that hold the words of `?`.

    SQLite would read a whole index for `SELECT DISTINCT`; this leaps from a name to the next one.
    """
    table = f"incident_{what}"
    return f"""WITH RECURSIVE each (text) AS (
        SELECT min({column}) FROM {table} WHERE {column} IS NOT NULL
        UNION ALL
        SELECT (SELECT min({column}) FROM {table} WHERE {column} > text)
        FROM each WHERE text IS NOT NULL)
        SELECT text FROM each WHERE has_words(text, ?)"""  # noqa: S608 - names are ours


def rows_with_words(what: What, wanted: str, condition: str = "1") -> str:
    """SQL for the rows of table `incident_<what>` whose name or mention holds some words.

    Args:
        what: places or actors.
        wanted: the column to select.
        condition: what else must hold of a row.

    Returns:
        A compound SELECT that binds the words twice.
    """
    return " UNION ALL ".join(
        f"SELECT {wanted} FROM incident_{what}"  # noqa: S608 - names are ours, values are bound
        f" WHERE {condition} AND {column} IN ({_sql_of_names(what, column)})"
        for column in _COLUMNS
    )


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

    def _all(self, sql: str, *values: str) -> list[tuple[str, ...]]:
        with sqlite_errors(self._path):
            return self._db.execute(sql, values).fetchall()


def _has_words(text: str | None, words: str) -> bool:
    """Whether the words stand in a text one after the other, however they are spelled."""
    wanted = _folded(words)
    return bool(text and wanted) and f" {wanted} " in f" {fold_name(text or '')} "


@lru_cache(maxsize=8)  # the same words for every name
def _folded(words: str) -> str:
    return fold_name(words)
