"""The tables of runs: what each run of `extract` used, and what it found in each article."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import msgspec

from incidents.errors import NotFoundError
from incidents.runs import Outcome, Run, Tools, decode_facts, encode_facts, hash_input
from incidents.store.database import fetch_all
from incidents.store.transactions import transaction

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from incidents.model import Article, Report
    from incidents.runs import Facts
    from incidents.store.database import Connection

_TOOLS = Tools.__struct_fields__
# A run that did not end has no counts of its own.
_RUNS = f"""SELECT id, started, ended, outcome, {", ".join(_TOOLS)}, options,
    coalesce(articles, (SELECT count(*) FROM run_article WHERE run_id = run.id)),
    coalesce(reports, (SELECT sum(run_result.reports) FROM run_article
        JOIN run_result USING (article_id, result) WHERE run_id = run.id), 0),
    failures FROM run"""  # noqa: S608 - the columns are ours


class RunPair(msgspec.Struct, frozen=True):
    """What two runs share.

    Attributes:
        both: how many articles were in both, and were the same.
        other_input: ids of articles whose text or metadata changed in between.
        only_first: ids of articles that only the first run read.
        only_second: ids of articles that only the second run read.
    """

    both: int
    other_input: list[str]
    only_first: list[str]
    only_second: list[str]


class Runs:
    """The tables of runs; `Store.runs` opens them."""

    def __init__(self, db: Connection, path: Path) -> None:
        self._db = db
        self._path = path

    def begin(self, tools: Tools, options: Mapping[str, str | bool]) -> int:
        """Note that a run starts.

        Returns:
            Its number.
        """
        row = (_now(), *msgspec.structs.astuple(tools), msgspec.json.encode(options).decode())
        names = ", ".join(("started", *_TOOLS, "options"))
        sql = f"INSERT INTO run ({names}) VALUES ({', '.join('?' * len(row))})"  # noqa: S608 - the columns are ours, values are bound
        with transaction(self._db, self._path):
            number = self._db.execute(sql, row).lastrowid
        return int(number or 0)

    def note(self, run: int, article: Article, reports: Sequence[Report]) -> None:
        """Note what a run found in an article; call it inside a transaction."""
        result, facts = encode_facts(reports)
        self._db.execute(
            "INSERT OR IGNORE INTO run_result VALUES (?, ?, ?, ?)",
            (article.id, result, len(reports), facts),
        )
        self._db.execute(
            "INSERT OR REPLACE INTO run_article VALUES (?, ?, ?, ?)",
            (run, article.id, hash_input(article), result),
        )

    def end(self, run: int, outcome: Outcome, *, failures: int) -> None:
        """Note how a run ended; its counts are kept, also of articles that are forgotten later."""
        sql = (
            "UPDATE run SET (ended, outcome, failures, articles, reports) ="
            " (SELECT ?2, ?3, ?4, count(*), coalesce(sum(run_result.reports), 0)"
            " FROM run_article JOIN run_result USING (article_id, result) WHERE run_id = ?1)"
            " WHERE id = ?1"
        )
        with transaction(self._db, self._path):
            self._db.execute(sql, (run, _now(), outcome, failures))

    def all(self) -> list[Run]:
        """All runs, oldest first."""
        return [_run(row) for row in self._all(f"{_RUNS} ORDER BY id")]

    def get(self, number: int) -> Run:
        """The run of a number.

        Raises:
            NotFoundError: there is none.
        """
        found = self._all(f"{_RUNS} WHERE id = ?", number)
        if not found:
            msg = f"{self._path}: no run {number}; `incidents runs` lists them"
            raise NotFoundError(msg)
        return _run(found[0])

    def compare(self, first: int, second: int) -> RunPair:
        """Which articles two runs share."""
        same = (
            "SELECT count(*) FROM run_article AS one JOIN run_article AS two"
            " ON two.run_id = ?2 AND two.article_id = one.article_id AND two.input = one.input"
            " WHERE one.run_id = ?1"
        )
        return RunPair(
            both=int(self._all(same, first, second)[0][0]),
            other_input=self._ids(
                "JOIN run_article AS two ON two.run_id = ?2 AND two.article_id = one.article_id"
                " AND two.input != one.input WHERE one.run_id = ?1",
                (first, second),
            ),
            only_first=self._only(first, second),
            only_second=self._only(second, first),
        )

    def changed(self, first: int, second: int) -> Iterator[tuple[str, list[Facts], list[Facts]]]:
        """Articles that were the same in two runs and gave something else, with both results."""
        sql = (
            "SELECT one.article_id, old.facts, new.facts"
            " FROM run_article AS one JOIN run_article AS two"
            " ON two.run_id = ?2 AND two.article_id = one.article_id AND two.input = one.input"
            " JOIN run_result AS old"
            " ON old.article_id = one.article_id AND old.result = one.result"
            " JOIN run_result AS new"
            " ON new.article_id = two.article_id AND new.result = two.result"
            " WHERE one.run_id = ?1 AND one.result != two.result ORDER BY one.article_id"
        )
        for article_id, before, after in self._all(sql, first, second):
            yield article_id, decode_facts(before), decode_facts(after)

    def forget(self, article_id: str) -> None:
        """Take out what all runs found in an article; call it inside a transaction."""
        self._db.execute("DELETE FROM run_article WHERE article_id = ?", (article_id,))
        self._db.execute("DELETE FROM run_result WHERE article_id = ?", (article_id,))

    def _only(self, run: int, other: int) -> list[str]:
        condition = (
            "WHERE run_id = ?1 AND NOT EXISTS (SELECT 1 FROM run_article AS two"
            " WHERE two.run_id = ?2 AND two.article_id = one.article_id)"
        )
        return self._ids(condition, (run, other))

    def _ids(self, condition: str, values: tuple[int, int]) -> list[str]:
        sql = f"SELECT one.article_id FROM run_article AS one {condition} ORDER BY one.article_id"  # noqa: S608 - the conditions are ours
        return [row[0] for row in self._all(sql, *values)]

    def _all(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return fetch_all(self._db, self._path, sql, values)


def _now() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _run(row: tuple[Any, ...]) -> Run:
    number, started, ended, outcome, *rest = row
    tools, [options, articles, reports, failures] = rest[: len(_TOOLS)], rest[len(_TOOLS) :]
    return Run(
        id=number,
        started=started,
        ended=ended,
        outcome=outcome,
        tools=Tools(**dict(zip(_TOOLS, tools, strict=True))),
        options=msgspec.json.decode(options),
        articles=articles,
        reports=reports,
        failures=failures,
    )
