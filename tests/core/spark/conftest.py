"""A cluster on the loopback: a master and two workers, each a process of its own.

The sockets are those of the processes that are started; the tests themselves open none.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")

LOOPBACK = "127.0.0.1"
START_SECONDS = 90  # of a machine that has much else to do
RUN_SECONDS = 400
STAND_IN = Path(__file__).parent / "stand_in"

# no processor time for what pays off after minutes
JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
DAEMON = f"{JAVA} -Dspark.master.rest.enabled=false"  # it would listen on a fixed port
SETTINGS = {
    "spark.executor.memory": "512m",
    "spark.driver.memory": "512m",
    "spark.cores.max": "2",
    "spark.executor.cores": "1",
    # a few rows need no hundreds of tasks, and no code that is made and compiled for them
    "spark.sql.shuffle.partitions": "2",
    "spark.default.parallelism": "2",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.extraJavaOptions": JAVA,
    "spark.executor.extraJavaOptions": JAVA,
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs Spark, and say so, where there is none or no Java."""
    if find_spec("pyspark") is None:
        reason = "pyspark is not installed: pip install 'incidents[spark]'"
    elif shutil.which("java") is None:
        reason = "no Java: apt-get install default-jre-headless"
    else:
        return
    for item in items:
        if "cluster" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.skip(reason=reason))


class Cluster:
    """The processes of a cluster, and its address."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        self.master = self._start(
            "master.Master", pattern=rb"Starting Spark master at (spark://\S+)"
        ).decode()
        self.workers: list[subprocess.Popen[bytes]] = []

    def add_worker(self) -> None:
        """Start a worker of one core, in a process group of its own with what it starts."""
        number = len(self._processes)
        options = ("--cores", "1", "--memory", "1g", "-d", str(self._folder / f"work{number}"))
        self._start(
            "worker.Worker",
            *options,
            self.master,
            pattern=rb"Successfully registered with master (\S+)",
        )
        self.workers.append(self._processes[-1])

    def kill_worker(self) -> None:
        """Take a machine away: the worker, its executor and the Python processes of that."""
        worker = self.workers.pop()
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def stop(self) -> None:
        """End all that was started."""
        for process in reversed(self._processes):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def extract(
        self, source: Path, output: Path, *options: str, settings: dict[str, str] | None = None
    ) -> subprocess.Popen[str]:
        """Start `incidents spark-extract` on the cluster."""
        pairs = (SETTINGS | (settings or {})).items()
        conf = [word for pair in pairs for word in ("--conf", "=".join(pair))]
        program = [str(Path(sys.executable).with_name("incidents")), "spark-extract"]
        return subprocess.Popen(
            [*program, str(source), str(output), "--master", self.master, *options, *conf],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    @staticmethod
    def finish(driver: subprocess.Popen[str]) -> tuple[int, list[str]]:
        """Wait for the end of a run; its exit code and its lines on stderr."""
        try:
            out, err = driver.communicate(timeout=RUN_SECONDS)
        except subprocess.TimeoutExpired:
            Cluster.kill(driver)
            raise
        assert out == ""
        return driver.returncode, err.splitlines()

    @staticmethod
    def kill(driver: subprocess.Popen[str]) -> None:
        """End a run as a lost machine ends it."""
        os.killpg(driver.pid, signal.SIGKILL)
        driver.communicate()

    @staticmethod
    def wait_for(look: Callable[[], T]) -> T:
        """What is looked for, as soon as it is there."""
        return wait_for(look, RUN_SECONDS)

    @staticmethod
    def stand_in(reports: Path, seconds: float) -> dict[str, str]:
        """Settings by which workers have a stand-in for the model, called `stand-in`."""
        return {
            "spark.executorEnv.PYTHONPATH": str(STAND_IN),
            "spark.executorEnv.STAND_IN_REPORTS": str(reports),
            "spark.executorEnv.STAND_IN_SECONDS": str(seconds),
        }

    def _start(self, role: str, *options: str, pattern: bytes) -> bytes:
        """Start a part of Spark; returns what it says about itself when it is ready."""
        spec = find_spec("pyspark")
        assert spec is not None
        assert spec.origin is not None
        home = Path(spec.origin).parent
        log = self._folder / f"{role}-{len(self._processes)}.log"
        command = [str(home / "bin/spark-class"), f"org.apache.spark.deploy.{role}"]
        ports = ("--host", LOOPBACK, "--port", "0", "--webui-port", "0")
        environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": LOOPBACK}
        with log.open("wb") as stream:
            process = subprocess.Popen(
                [*command, *ports, *options],
                stdout=stream,
                stderr=subprocess.STDOUT,
                env=environment | {"SPARK_DAEMON_MEMORY": "256m", "SPARK_DAEMON_JAVA_OPTS": DAEMON},
                start_new_session=True,
            )
        self._processes.append(process)
        found = wait_for(lambda: re.search(pattern, log.read_bytes()), START_SECONDS)
        assert found, log.read_text(errors="replace")
        return found[1]


def wait_for(look: Callable[[], T], seconds: float) -> T:
    """What is looked for, as soon as it is there; the last look when the time is up."""
    end = time.monotonic() + seconds
    while not (found := look()) and time.monotonic() < end:
        time.sleep(0.1)
    return found


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster with two workers."""
    found = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        found.add_worker()
        found.add_worker()
        yield found
    finally:
        found.stop()
