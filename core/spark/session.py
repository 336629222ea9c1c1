"""The Spark session, and one line where Spark or Java is missing."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import threading
import warnings
from importlib.util import find_spec
from typing import TYPE_CHECKING

from incidents.errors import IncidentsError, PackageMissingError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyspark.sql import SparkSession

LOOPBACK = "127.0.0.1"

# What one run wants of Spark; `--conf` and spark-submit outweigh it.
_WANTED = {
    "spark.app.name": "incidents",
    "spark.log.level": "ERROR",  # what Spark warns of is nothing that a reader of news can mend
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.adaptive.enabled": "true",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "1000",
    # a model is loaded once a process: those that have it are kept
    "spark.python.worker.reuse": "true",
}
_LOCAL = {"spark.driver.bindAddress": LOOPBACK, "spark.driver.host": LOOPBACK}


def require_spark() -> None:
    """See that Spark can be used.

    Raises:
        PackageMissingError: it is not installed, or there is no Java.
    """
    if find_spec("pyspark") is None:
        msg = "Spark is not installed; install incidents[spark]"
        raise PackageMissingError(msg)
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java") is None and not (home and shutil.which("java", path=f"{home}/bin")):
        msg = "Spark needs Java 17 or later, and there is none; install one or set JAVA_HOME"
        raise PackageMissingError(msg)


def open_session(
    master: str | None, settings: Mapping[str, str], *, is_heard: bool = False
) -> SparkSession:
    """Start Spark, or take the session that spark-submit has started.

    Args:
        master: address of the cluster, `local[2]` for two processes of this machine; None for
            what spark-submit says, and without it all cores of this machine.
        settings: Spark's own, which outweigh those of this module.
        is_heard: whether what Spark says of itself goes to stderr.

    Raises:
        PackageMissingError: Spark or Java is missing.
        IncidentsError: Spark cannot be started or reached.
    """
    require_spark()
    # the nodes have the same environment at the same path, unless the user says otherwise
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    # Spark's own tests warn of pandas 3, of which nothing is used here
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
    warnings.filterwarnings("ignore", message="Unable to cleanly shutdown Spark JVM")
    with contextlib.nullcontext() if is_heard else _hushed():
        return _start(master, settings)


def _start(master: str | None, settings: Mapping[str, str]) -> SparkSession:
    from py4j.protocol import Py4JError  # noqa: PLC0415 - an extra, and slow to load
    from pyspark import SparkContext  # noqa: PLC0415
    from pyspark.errors import PySparkException  # noqa: PLC0415
    from pyspark.sql import SparkSession  # noqa: PLC0415

    builder = SparkSession.builder
    try:
        for key, value in _settings(master, settings, given=_given()).items():
            builder = builder.config(key, value)
        session = builder.getOrCreate()
    except (PySparkException, Py4JError) as exc:
        SparkContext._active_spark_context = None  # noqa: SLF001 - half a one would be taken next
        reason = str(exc).strip().splitlines()[0]
        msg = f"{master or 'Spark'}: cannot be started ({reason}); check --master and --conf"
        raise IncidentsError(msg) from exc
    if threading.current_thread() is threading.main_thread():
        # PySpark's own handler calls Java in the midst of another call, which then fails;
        # stopping the session ends its jobs as well
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return session


def _given() -> dict[str, str]:
    """The settings that spark-submit or a file of defaults gives."""
    from pyspark import SparkConf  # noqa: PLC0415 - an extra

    return dict(SparkConf().getAll())


def _settings(
    master: str | None, settings: Mapping[str, str], *, given: Mapping[str, str]
) -> dict[str, str]:
    """What a session is started with beside what is given."""
    wanted = {key: value for key, value in _WANTED.items() if key not in given}
    used = master or given.get("spark.master", "local[*]")
    wanted["spark.master"] = used
    if used.startswith(("local", f"spark://{LOOPBACK}:", "spark://localhost:")):
        wanted |= _LOCAL  # nothing of it is for other machines to reach
    return {**wanted, **settings}


@contextlib.contextmanager
def _hushed() -> Iterator[None]:
    """Keep what Java says at its start, and all that it says later, off stderr."""
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
