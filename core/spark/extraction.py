"""Articles into reports, chunk by chunk: a chunk that is written is never extracted again."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from pyspark.sql import functions as sql

from incidents.spark.arrow import to_ddl
from incidents.spark.steps import WORK
from incidents.spark.worker_extract import EXTRACTED, extract_articles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pyspark.sql import DataFrame

    from incidents.spark.steps import Steps

ROWS_A_FILE = 1000
"""Most articles in a file of what was read; a chunk is a number of such files."""

_ARTICLES_A_TASK = 20  # a few seconds, so that the last task of a chunk is not waited for long


def extract_chunks(
    steps: Steps, read: Sequence[str], named: DataFrame, *, model: str, articles_a_chunk: int
) -> list[str]:
    """Extract all articles that were read.

    Args:
        steps: where the tables are kept.
        read: names of the tables of `READ`.
        named: rows of `NAMED`: what articles are called whose ids clash.
        model: the spaCy pipeline.
        articles_a_chunk: about how many articles are extracted between two marks of progress.

    Returns:
        The names of the tables of `EXTRACTED`.
    """
    chunks = list(_chunks(_count(steps, read), articles_a_chunk))
    changes = named.select("file", "number", "new_id", sql.lit(True).alias("is_named"))  # noqa: FBT003 - Spark's signature
    names = []
    for number, chunk in enumerate(chunks):
        name = f"{WORK}/extract-{number:05}"

        def make(chunk: Mapping[str, int] = chunk) -> DataFrame:
            articles = steps.read(*chunk).where("article IS NOT NULL")
            articles = articles.join(sql.broadcast(changes), ["file", "number"], "left")
            kept = articles.where("is_named IS NULL OR new_id IS NOT NULL")
            cores = steps.spark.sparkContext.defaultParallelism
            tasks = max(cores, sum(chunk.values()) // _ARTICLES_A_TASK)
            return (
                kept.select("file", "number", "new_id", "article")
                .repartition(tasks)
                .mapInArrow(lambda batches: extract_articles(batches, model), to_ddl(EXTRACTED))
                .coalesce(cores)
            )

        steps.once(name, make, about=f"Extracting, part {number + 1} of {len(chunks)}")
        names.append(name)
    return names


def _count(steps: Steps, read: Sequence[str]) -> dict[str, int]:
    """The files of what was read, and how many rows each has."""
    found: dict[str, int] = {}
    for name in read:
        table = steps.read(name).groupBy(sql.col("_metadata.file_path").alias("path")).count()
        for path, count in table.collect():
            found[f"{name}/{PurePath(path).name}"] = count
    return dict(sorted(found.items()))


def _chunks(files: Mapping[str, int], articles: int) -> Iterator[dict[str, int]]:
    """Share files out into chunks of about as many articles."""
    chunk: dict[str, int] = {}
    for name, count in files.items():
        if chunk and sum(chunk.values()) + count > articles:
            yield chunk
            chunk = {}
        chunk[name] = count
    if chunk:
        yield chunk
