"""`extract --jobs`: the same output, and no process that outlives its run."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Start = Callable[..., subprocess.Popen[str]]

PROGRAM = (sys.executable, str(Path(__file__).with_name("fake_program.py")))
REPORTS = ("--reports", "--format", "jsonl")
SECONDS = 60  # the machine may be busy; a test that waits that long has failed

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads Linux's /proc")


def run(*args: str) -> subprocess.CompletedProcess[str]:
    """Run the program to its end."""
    return subprocess.run(
        [*PROGRAM, *args], capture_output=True, text=True, check=False, timeout=SECONDS
    )


def write(name: str, *texts: str) -> None:
    """Write articles as lines of JSON."""
    lines = [json.dumps({"id": f"n{n}", "text": text}) for n, text in enumerate(texts)]
    Path(name).write_text("\n".join(lines), encoding="utf-8")


def workers_of(pid: int) -> list[int]:
    """The processes that a process has started and that are still there, zombies included."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        files = Path(f"/proc/{pid}/task").glob("*/children")
        return [int(child) for file in files for child in file.read_text().split()]
    return []


def until(holds: Callable[[], bool]) -> bool:
    """Wait until something holds."""
    end = time.monotonic() + SECONDS
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    return holds()


def is_dead(pid: int) -> bool:
    """Whether a process has ended; nobody may have waited for it."""
    try:
        return ") Z " in Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True


TEXTS = ["Gunmen kidnapped two men.", "Nothing.", "boom", "In 2016 they fought in Goma."] * 12


@pytest.mark.parametrize("format_", [REPORTS, ("--json",)])
def test_jobs_print_and_store_the_same(format_: tuple[str, ...]) -> None:
    """Whatever the number of jobs: stdout, stderr, exit code and what is stored."""
    write("many.jsonl", *TEXTS)
    Path("empty.txt").touch()
    paths = ("empty.txt", "many.jsonl", "none.txt")

    one, two = (
        run("extract", *paths, *format_, "--jobs", jobs, "--db", f"{jobs}.db")
        for jobs in ("1", "2")
    )

    assert one.returncode == two.returncode == 3
    assert one.stdout == two.stdout != ""
    assert one.stderr == two.stderr
    assert one.stderr.count("(ValueError, conftest.py:") == 12
    shown = [run("show", "--json", "--db", f"{jobs}.db").stdout for jobs in (1, 2)]
    assert shown[0] == shown[1]


def test_jobs_hand_over_each_article_as_it_comes(start: Start) -> None:
    """A live pipe with two workers: no article waits for the next one."""
    process = start("extract", "-", *REPORTS, "--jobs", "2")
    assert process.stdin is not None
    assert process.stdout is not None
    for number in range(4):
        process.stdin.write(json.dumps({"id": f"n{number}", "text": TEXTS[0]}) + "\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["article"]["id"] == f"n{number}"
    process.stdin.close()

    assert (process.stdout.read(), process.wait(SECONDS)) == ("", 0)


@pytest.mark.parametrize("times", [1, 2])
def test_jobs_end_with_ctrl_c(start: Start, times: int) -> None:
    """What is done is stored and linked; one line says so; no worker is left."""
    process = start("extract", "-", *REPORTS, "--jobs", "2")
    assert process.stdin is not None
    assert process.stdout is not None
    # the second sleeps long enough to be interrupted in
    texts = [TEXTS[0], "sleeping " * 3]
    process.stdin.write("".join(json.dumps({"id": t[:4], "text": t}) + "\n" for t in texts))
    process.stdin.flush()
    first = process.stdout.readline()
    workers = workers_of(process.pid)
    for pid in (*workers, process.pid):  # as a terminal does: to all of them
        for _ in range(times):
            os.kill(pid, signal.SIGINT)
    out = first + process.stdout.read()
    code = process.wait(SECONDS)

    assert process.stderr is not None
    assert code == 130
    assert process.stderr.read() == (
        "Interrupted: 1 article stored in incidents.db; the rest was not read.\n"
    )
    assert [json.loads(line)["article"]["id"] for line in out.splitlines()] == ["Gunm"]
    assert workers != []
    assert until(lambda: all(map(is_dead, workers)))  # a second one may cut the waiting short
    assert len(json.loads(run("show", "--json").stdout)) == 1


def test_jobs_leave_no_worker_of_a_killed_run(start: Start) -> None:
    """Workers end by themselves when the program is killed, busy or not."""
    process = start("extract", "-", *REPORTS, "--jobs", "2")
    assert process.stdin is not None
    for text in (TEXTS[0], "sleeping"):
        process.stdin.write(json.dumps({"id": text[:4], "text": text}) + "\n")
        process.stdin.flush()
    assert until(lambda: bool(workers_of(process.pid)))
    workers = workers_of(process.pid)
    process.kill()
    process.wait(SECONDS)

    assert until(lambda: all(map(is_dead, workers)))


def test_jobs_go_on_when_a_worker_is_killed(start: Start) -> None:
    """A worker that something ends is replaced, and nothing is missing."""
    process = start("extract", "-", *REPORTS, "--jobs", "2")
    assert process.stdin is not None
    assert process.stdout is not None
    ids = []
    for number in range(3):
        process.stdin.write(json.dumps({"id": f"n{number}", "text": TEXTS[0]}) + "\n")
        process.stdin.flush()
        ids.append(json.loads(process.stdout.readline())["article"]["id"])
        for pid in workers_of(process.pid):
            os.kill(pid, signal.SIGKILL)
    process.stdin.close()

    assert ids == ["n0", "n1", "n2"]
    assert process.wait(SECONDS) == 0
    assert process.stderr is not None
    assert process.stderr.read() == ""


def test_jobs_of_nothing_start_nothing() -> None:
    """Where no article can be read, no worker has to start."""
    done = run("extract", "none.txt", "--jobs", "2")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1


def test_time_limit_names_the_article() -> None:
    """An article that takes too long is one line, and the rest is done."""
    write("few.jsonl", TEXTS[0], "spinning", TEXTS[0] + " Again.")

    for jobs in ("1", "2"):
        done = run(
            *("extract", "few.jsonl", *REPORTS, "--time-limit", "0.5", "--jobs", jobs),
            *("--db", f"{jobs}.db"),
        )

        ids = [json.loads(line)["article"]["id"] for line in done.stdout.splitlines()]
        assert (done.returncode, ids) == (3, ["n0", "n2"])
        assert done.stderr == (
            "Error: few.jsonl: n1: not done within 0.5 s of computing time (8 characters); "
            "split it, or allow more with --time-limit\n"
        )
