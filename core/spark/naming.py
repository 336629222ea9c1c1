"""One id, one article, over all files: where ids clash, they are told apart as on one machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import functions as sql

from incidents.spark.arrow import to_ddl
from incidents.spark.steps import WORK
from incidents.spark.worker_extract import NAMED, name_articles

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from incidents.spark.steps import Steps


def name_apart(steps: Steps, read: DataFrame) -> DataFrame:
    """Find the articles whose id is another's, too, and what they are called instead.

    Articles of one id are named in the order of the files by the code that one machine uses. A
    new id can be that of articles elsewhere; those are then named together with these, until no
    two groups meet.

    Args:
        steps: where the tables are kept.
        read: rows of `READ`.

    Returns:
        Rows of `NAMED`: those of ids that come more than once.
    """
    slim = read.where("article IS NOT NULL").select("file", "number", "id", "path", "digest")
    often = slim.groupBy("id").count().where("count > 1").select("id")
    root: dict[str, str] = {}  # id to the key under which it is named
    number = 0
    while True:
        named = _name(steps, slim, often, root, number)
        meetings = _find_meetings(slim, named)
        if not meetings:
            return named
        for one, two in meetings:
            _unite(root, one, two)
        number += 1


def _name(
    steps: Steps, slim: DataFrame, often: DataFrame, root: dict[str, str], number: int
) -> DataFrame:
    """Name the articles of each key."""

    def make() -> DataFrame:
        ids = often.withColumn("key", sql.col("id"))
        if root:
            moved = [(id_, _find(root, id_)) for id_ in root]
            table = steps.spark.createDataFrame(moved, "id string, key string")
            ids = often.join(table, "id", "left_anti").withColumn("key", sql.col("id"))
            ids = ids.unionByName(table)
        rows = slim.join(ids, "id").repartition("key")
        ordered = rows.sortWithinPartitions("key", "file", "number")
        return ordered.mapInArrow(name_articles, to_ddl(NAMED))

    return steps.once(f"{WORK}/names-{number}", make, about="Telling articles apart")


def _find_meetings(slim: DataFrame, named: DataFrame) -> list[tuple[str, str]]:
    """Keys whose articles have come to one id."""
    renamed = named.where("new_id != id").select("key", sql.col("new_id").alias("id"))
    keys = named.select("id", "key").distinct()
    others = slim.select("id").distinct().join(keys, "id", "left")
    others = others.select("id", sql.coalesce("key", "id").alias("other"))
    met = renamed.join(others, "id").where("key != other").select("key", "other")
    twins = renamed.withColumnRenamed("key", "other")
    met = met.union(renamed.join(twins, "id").where("key < other").select("key", "other"))
    return [(row[0], row[1]) for row in met.distinct().collect()]


def _find(root: dict[str, str], id_: str) -> str:
    while root.get(id_, id_) != id_:
        id_ = root[id_]
    return id_


def _unite(root: dict[str, str], one: str, two: str) -> None:
    first, second = sorted((_find(root, one), _find(root, two)))
    root.setdefault(one, first)
    root.setdefault(two, first)
    root[first] = root[second] = first
