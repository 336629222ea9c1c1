"""Reports to weighed pairs: those that share a key in which one of them leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import functions as sql

from incidents.spark.arrow import to_ddl
from incidents.spark.steps import WORK
from incidents.spark.worker_link import EDGES, KEYS, list_keys, weigh_pairs

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from incidents.spark.steps import Steps


def weigh_all(steps: Steps, reports: DataFrame) -> DataFrame:
    """Find the pairs to compare and weigh each once.

    Only ids go through the join by key, which Spark splits where a key is hot; the reports are
    joined to the pairs afterwards.

    Args:
        steps: where the table is kept.
        reports: rows of `LIGHT`.

    Returns:
        Rows of `EDGES` with `one_sure` and `two_sure`.
    """
    known = reports.select("id", "sure", "light")
    edges = steps.once(
        f"{WORK}/edges",
        lambda: _with_reports(_find_pairs(known), known).mapInArrow(weigh_pairs, to_ddl(EDGES)),
        about="Comparing reports",
    )
    for side in ("one", "two"):
        sure = known.select(sql.col("id").alias(side), sql.col("sure").alias(f"{side}_sure"))
        edges = edges.join(sure, side)
    return edges


def _find_pairs(reports: DataFrame) -> DataFrame:
    """The pairs to compare, the smaller id first, each once."""
    keys = reports.select("id", "light").mapInArrow(list_keys, to_ddl(KEYS))
    leading = keys.where("leads").select("key", sql.col("id").alias("leader"))
    pairs = leading.join(keys, "key").where("leader != id")
    return pairs.select(
        sql.least("leader", "id").alias("one"), sql.greatest("leader", "id").alias("two")
    ).distinct()


def _with_reports(pairs: DataFrame, reports: DataFrame) -> DataFrame:
    """Pairs with both their reports."""
    for side in ("one", "two"):
        names = [sql.col(name).alias(f"{side}_{name}") for name in ("sure", "light")]
        pairs = pairs.join(reports.select(sql.col("id").alias(side), *names), side)
    return pairs
