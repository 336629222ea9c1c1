"""Connected components by the smallest label, round by round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import functions as sql

from incidents.spark.steps import WORK

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from incidents.spark.steps import Steps


def find_components(steps: Steps, name: str, edges: DataFrame) -> DataFrame:
    """Label the nodes of edges with the smallest node that they are connected with.

    Each round a node takes the smallest label of its neighbours, and then that label's own. So
    the rounds grow with the logarithm of the longest chain. Each is written, so that neither a
    machine that is lost nor a killed run has to begin again.

    Args:
        steps: where the rounds are kept.
        name: what their tables are called.
        edges: `one` and `two`, each pair once.

    Returns:
        `id` and `component`: the nodes that some edge has.
    """
    both = edges.select(sql.col("one").alias("id"), sql.col("two").alias("other"))
    both = both.union(edges.select("two", "one"))
    labels = steps.once(
        f"{WORK}/{name}-000",
        lambda: both.groupBy("id").agg(sql.least("id", sql.min("other")).alias("label")),
    )
    number = 0
    while True:
        number += 1
        labels = steps.once(
            f"{WORK}/{name}-{number:03}",
            lambda labels=labels: _round(both, labels),  # type: ignore[misc]
        )
        if labels.where("label != was").isEmpty():
            return labels.select("id", sql.col("label").alias("component"))


def _round(both: DataFrame, labels: DataFrame) -> DataFrame:
    """One round: the labels after it, and those before it as `was`."""
    own = labels.select("id", "label")
    around = both.join(own.withColumnRenamed("id", "other"), "other").groupBy("id")
    least = around.agg(sql.min("label").alias("near"))
    new = own.join(least, "id").select(
        "id", sql.col("label").alias("was"), sql.least("label", "near").alias("via")
    )
    onward = own.select(sql.col("id").alias("via"), sql.col("label").alias("onward"))
    return new.join(onward, "via").select("id", "was", sql.least("via", "onward").alias("label"))
