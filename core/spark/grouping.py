"""Weighed pairs into groups, as `linking/group.py` does it, and groups into incidents.

Anchored reports are grouped within their components. Every loose one chooses among the groups
near it, for itself; of those of one article that chose one group, the weightiest joins. What
joined none is grouped within components of its own. A component is thus of anchored reports or of
loose ones, and stays small: over both kinds together loose reports would tie everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import functions as sql

from incidents.spark.arrow import to_ddl
from incidents.spark.components import find_components
from incidents.spark.steps import WORK
from incidents.spark.worker_link import (
    MEMBERS,
    choose_groups,
    cluster_components,
    settle_siblings,
)

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from incidents.spark.steps import Steps


def group_reports(steps: Steps, reports: DataFrame, edges: DataFrame) -> DataFrame:
    """Group reports of the same event.

    Args:
        steps: where the tables are kept.
        reports: rows of `LIGHT`.
        edges: rows of `EDGES` with `one_sure` and `two_sure`.

    Returns:
        Rows of `MEMBERS`, one a report.
    """
    firm = reports.where("sure")
    tied = _cluster(steps, "firm", firm, edges.where("one_sure AND two_sure"), is_sure=True)
    groups = _with_singles(firm, tied)
    attached = _attach(steps, reports, edges, groups)
    rest = reports.where("NOT sure").join(attached, "id", "left_anti")
    between = edges.where("NOT one_sure AND NOT two_sure")
    for side in ("one", "two"):
        between = between.join(rest.select(sql.col("id").alias(side)), side, "left_semi")
    others = _with_singles(rest, _cluster(steps, "rest", rest, between, is_sure=False))
    return groups.union(attached).union(others)


def _with_singles(reports: DataFrame, tied: DataFrame) -> DataFrame:
    """The groups of reports; one that no pair holds is a group of its own."""
    found = reports.select("id").join(tied, "id", "left")
    return found.select("id", sql.coalesce("group", "id").alias("group"))


def _cluster(
    steps: Steps, name: str, reports: DataFrame, edges: DataFrame, *, is_sure: bool
) -> DataFrame:
    """Group the reports that edges hold together."""

    def make() -> DataFrame:
        labels = find_components(steps, name, edges.select("one", "two"))
        near = edges.groupBy("one").agg(sql.collect_list(sql.struct("two", "weight")).alias("near"))
        rows = (
            labels.join(reports.select("id", "light"), "id")
            .join(near.withColumnRenamed("one", "id"), "id", "left")
            .repartition("component")
            .sortWithinPartitions("component", "id")
        )
        return rows.mapInArrow(
            lambda batches: cluster_components(batches, is_sure=is_sure), to_ddl(MEMBERS)
        )

    return steps.once(f"{WORK}/{name}", make, about="Grouping reports")


def _attach(steps: Steps, reports: DataFrame, edges: DataFrame, groups: DataFrame) -> DataFrame:
    """The loose reports that join a group of anchored ones."""
    known = reports.select("id", "article_id", "light")
    chosen = steps.once(
        f"{WORK}/chosen",
        lambda: _ordered(_near(edges, groups), groups, known, by="loose").mapInArrow(
            choose_groups, to_ddl(MEMBERS)
        ),
        about="Attaching reports without day or town",
    )
    wishes = chosen.join(known.select("id", "article_id"), "id")
    siblings = wishes.groupBy("group", "article_id").count().where("count > 1")
    pairs = wishes.join(siblings, ["group", "article_id"]).select(
        sql.col("id").alias("loose"), "group", "article_id"
    )

    def settle() -> DataFrame:
        held = _ordered(pairs.select("loose", "group"), groups, known, by="group")
        won = held.mapInArrow(settle_siblings, to_ddl(MEMBERS))
        free = chosen.join(pairs.select(sql.col("loose").alias("id")), "id", "left_anti")
        return free.select("id", "group").union(won.select("id", "group"))

    return steps.once(f"{WORK}/attached", settle)


def _near(edges: DataFrame, groups: DataFrame) -> DataFrame:
    """Loose reports and the groups that hold a report which they share a pair with."""
    mixed = edges.where("one_sure != two_sure").select(
        sql.expr("IF(one_sure, two, one)").alias("loose"),
        sql.expr("IF(one_sure, one, two)").alias("id"),
    )
    return mixed.join(groups, "id").select("loose", "group").distinct()


def _ordered(near: DataFrame, groups: DataFrame, known: DataFrame, *, by: str) -> DataFrame:
    """Loose reports with the reports of groups, all that belongs together in a row."""
    members = groups.select(sql.col("id").alias("member"), "group")
    loose = known.select(sql.col("id").alias("loose"), sql.col("light").alias("loose_light"))
    rows = (
        near.join(members, "group")
        .join(known.select(sql.col("id").alias("member"), "light"), "member")
        .join(loose, "loose")
    )
    return rows.repartition(by).sortWithinPartitions(by, "loose", "group", "member")
