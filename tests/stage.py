"""Run the program with stand-ins many times over, and end it at any moment; see `stage`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_TESTS = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Result:
    """How a process ended.

    Attributes:
        code: exit code, or minus the signal that killed it.
        out: what it printed.
        err: what it said on stderr.
        seconds: how long it was waited for.
    """

    code: int
    out: str
    err: str
    seconds: float


class Stage:
    """Starts processes of the program; their extractor and gazetteer are stand-ins."""

    def __init__(self, server: subprocess.Popen[str]) -> None:
        self._server = server
        self._began: dict[int, float] = {}

    def start(self, *args: str | Path, **how: Any) -> int:  # noqa: ANN401 - JSON
        """Start `incidents` with arguments; gives the process id.

        Args:
            args: of the program.
            how: `seconds` that an article takes; at `at_article`, the file `db` is deleted or
                becomes a copy of `replace_by`; `max_bytes` that a file may have; `max_pages` that
                the database may have; `is_nobody`: permissions count, for root as well;
                `kill_at_write`: the process kills itself before so many statements of linking;
                `kill_at`: before the first statement that begins so.
        """
        pid: int = self._ask(args=[str(each) for each in args], how=how)["pid"]
        self._began[pid] = time.monotonic()
        return pid

    def wait(self, pid: int) -> Result:
        """Wait until a process has ended."""
        answer = self._ask(pid=pid)
        return Result(**answer, seconds=time.monotonic() - self._began.pop(pid))

    def run(self, *args: str | Path, **how: Any) -> Result:  # noqa: ANN401 - JSON
        """Start a process and wait until it has ended."""
        return self.wait(self.start(*args, **how))

    def run_until(self, seconds: float, number: int, *args: str | Path) -> Result:
        """Start a process and send it a signal after some time."""
        pid = self.start(*args)
        time.sleep(seconds)
        os.kill(pid, number)  # it is not reaped before it is waited for
        return self.wait(pid)

    def _ask(self, **asked: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(json.dumps(asked) + "\n")
        self._server.stdin.flush()
        answer: dict[str, Any] = json.loads(self._server.stdout.readline())
        return answer


@contextmanager
def open_stage(folder: Path) -> Iterator[Stage]:
    """Open a stage whose processes work in a folder."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    with subprocess.Popen(
        [sys.executable, _TESTS / "stage_program.py"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=folder,
        env={**keep, "PYTHONPATH": str(_TESTS / "cli")},
    ) as server:
        yield Stage(server)
        assert server.stdin is not None
        server.stdin.close()
        server.send_signal(signal.SIGTERM)
