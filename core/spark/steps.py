"""Steps of a run: each a folder of Parquet that is written once, whole or not at all.

Spark puts a file `_SUCCESS` into a folder when all of it is written. A step whose folder has one
is done and never done again; without one it is begun anew, over whatever a killed run has left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyspark.sql import DataFrame, SparkSession

    from incidents.spark.files import Files

WORK = "_work"
"""Folder of what is only needed until the run is done; Spark passes such names over."""


@dataclass(frozen=True)
class Steps:
    """The folders of an output.

    Attributes:
        spark: the session.
        files: looks up and deletes.
        output: the folder of the run.
        tell: gets a line on what goes on.
    """

    spark: SparkSession
    files: Files
    output: str
    tell: Callable[[str], None]

    def is_done(self, name: str) -> bool:
        """Whether a step was written whole."""
        return self.files.exists(f"{self.output}/{name}/_SUCCESS")

    def once(
        self,
        name: str,
        make: Callable[[], DataFrame],
        *,
        partition_by: Sequence[str] = (),
        columns: str | None = None,
        rows_a_file: int = 0,
        about: str | None = None,
    ) -> DataFrame:
        """Write a table if that was not done yet, and read it.

        Args:
            name: its folder in the output.
            make: makes the table.
            partition_by: columns whose values become folders.
            columns: those of the table as Spark writes them, where it may have no rows: without
                a file in a folder nothing else would tell them.
            rows_a_file: most rows in a file; 0 for any number.
            about: what is told before it is done.
        """
        if not self.is_done(name):
            if about:
                self.tell(about)
            writer = make().write.mode("overwrite").option("maxRecordsPerFile", rows_a_file)
            if partition_by:
                writer = writer.partitionBy(*partition_by)
            writer.parquet(f"{self.output}/{name}")
        if columns:
            return self.spark.read.schema(columns).parquet(f"{self.output}/{name}")
        return self.read(name)

    def read(self, *names: str) -> DataFrame:
        """Read tables of the same columns."""
        return self.spark.read.parquet(*(f"{self.output}/{name}" for name in names))
