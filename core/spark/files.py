"""Files of the systems that Spark reads and writes: a disk, HDFS, an object store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incidents.errors import IncidentsError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

UNNAMED = ".new"
"""Ending of a file that was not written whole yet, or has not got its name yet."""


class Files:
    """Small files, looked up, read and written from the driver; the tables are Spark's."""

    def __init__(self, spark: SparkSession) -> None:
        context: Any = spark.sparkContext
        self._hadoop = context._jvm.org.apache.hadoop  # noqa: SLF001 - PySpark has no other way
        self._settings = context._jsc.hadoopConfiguration()  # noqa: SLF001

    def qualify(self, path: str) -> str:
        """The whole address of a path: `file:/data/out` for `out`."""
        system, found = self._open(path)
        return str(system.makeQualified(found).toString()).rstrip("/")

    def exists(self, path: str) -> bool:
        """Whether there is a file or folder."""
        system, found = self._open(path)
        return bool(system.exists(found))

    def names(self, folder: str) -> list[str]:
        """The names in a folder, sorted; none where there is no folder."""
        system, found = self._open(folder)
        if not system.exists(found):
            return []
        return sorted(str(entry.getPath().getName()) for entry in system.listStatus(found))

    def read(self, path: str) -> bytes:
        """The bytes of a small file."""
        system, found = self._open(path)
        stream = system.open(found)
        try:
            return bytes(stream.readAllBytes())
        finally:
            stream.close()

    def head(self, path: str, size: int) -> bytes:
        """The first bytes of a file, so many or as many as it has."""
        system, found = self._open(path)
        stream = system.open(found)
        try:
            return bytes(stream.readNBytes(size))
        finally:
            stream.close()

    def write(self, path: str, data: bytes) -> None:
        """Write a small file, whole: it takes its name when it is written.

        A kill leaves the old file, or the new one under another name: `settle` ends that.

        Raises:
            IncidentsError: the file does not get its name.
        """
        system, found = self._open(path)
        _, new = self._open(path + UNNAMED)
        stream = system.create(new, True)  # noqa: FBT003 - Java's signature
        try:
            stream.write(data)
        finally:
            stream.close()
        system.delete(found, False)  # noqa: FBT003 - likewise; HDFS renames onto nothing
        self._rename(path + UNNAMED, path)

    def settle(self, path: str) -> None:
        """Give a file its name that `write` was killed before it did.

        Raises:
            IncidentsError: the file does not get its name.
        """
        if not self.exists(path) and self.exists(path + UNNAMED):
            self._rename(path + UNNAMED, path)

    def _rename(self, old: str, new: str) -> None:
        system, found = self._open(old)
        _, wanted = self._open(new)
        if not system.rename(found, wanted):  # Hadoop's way to say that it failed
            msg = f"{new}: cannot be written; see that the folder can be, and run the same again"
            raise IncidentsError(msg)

    def delete(self, path: str) -> None:
        """Delete a file, or a folder with all that is in it."""
        system, found = self._open(path)
        system.delete(found, True)  # noqa: FBT003 - Java's signature

    def _open(self, path: str) -> tuple[Any, Any]:
        found = self._hadoop.fs.Path(path)
        return found.getFileSystem(self._settings), found
