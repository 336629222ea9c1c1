"""The program in real pipes and on a terminal: streams, ends early, shows progress."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]
    Start = Callable[..., subprocess.Popen[str]]

PROGRAM = (sys.executable, str(Path(__file__).with_name("fake_program.py")))
STREAM = ("extract", "-", "--reports", "--format", "jsonl")
SECONDS = 60  # the machine may be busy; a test that waits that long has failed


def article(number: int, text: str = "Gunmen kidnapped two men.") -> str:
    """Give an article as a line of JSON."""
    return json.dumps({"id": f"n{number}", "text": text}) + "\n"


def send(process: subprocess.Popen[str], text: str) -> None:
    """Write to the program's standard input."""
    assert process.stdin is not None
    process.stdin.write(text)
    process.stdin.flush()


def read_line(stream: IO[str] | None) -> str:
    """Read a line that must come by itself; to wait for more input would be a failure."""
    assert stream is not None
    assert select.select([stream], [], [], SECONDS)[0], "nothing came"
    return stream.readline()


def finish(process: subprocess.Popen[str]) -> str:
    """Send the end of input, and give what is still printed, read ahead or not."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    out = process.stdout.read()
    process.wait(SECONDS)
    return out


def stored(*args: str) -> list[str]:
    """The articles whose incidents are in the database, and nothing left to link."""
    done = subprocess.run(
        [*PROGRAM, "show", "--json", *args], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return sorted(each["sources"][0]["article"] for each in json.loads(done.stdout))


def test_extract_streams_each_article_as_it_comes(start: Start) -> None:
    """The reports of one article are out before the next one is sent."""
    process = start(*STREAM)
    for number in range(3):
        send(process, article(number))
        found = json.loads(read_line(process.stdout))
        assert (found["id"], found["article"]["id"]) == (f"rep-n{number}3", f"n{number}")

    assert (finish(process), process.returncode) == ("", 0)
    assert process.stderr is not None
    assert process.stderr.read() == ""
    assert stored() == ["n0", "n1", "n2"]


@pytest.mark.parametrize(
    ("format_", "head"), [("json", "[\n"), ("csv", "id,date_start"), ("jsonl", '{"id"')]
)
def test_extract_streams_every_format(start: Start, format_: str, head: str) -> None:
    """JSON and CSV begin with the first article too, and are whole at the end."""
    process = start("extract", "-", "--reports", "--format", format_)
    send(process, article(1))
    first = read_line(process.stdout)
    send(process, article(2))
    out = first + finish(process)

    assert first.startswith(head)
    if format_ == "json":
        assert [each["article"]["id"] for each in json.loads(out)] == ["n1", "n2"]
    else:
        assert len(out.splitlines()) == 2 + (format_ == "csv")


def test_extract_prints_incidents_when_all_are_linked(start: Start) -> None:
    """Without --reports nothing is printed before the end: an article can still join."""
    process = start("extract", "-", "--format", "jsonl", "--verbose")
    send(process, article(1))
    assert process.stderr is not None
    # several lines can come at once, so that `read_line` would wait for what it holds already
    watch = threading.Timer(SECONDS, process.kill)
    watch.start()
    assert any("n1" in line for line in process.stderr), "the article was not done"
    watch.cancel()
    assert process.stdout is not None
    assert select.select([process.stdout], [], [], 0.2)[0] == []

    assert [json.loads(line)["id"][:4] for line in finish(process).splitlines()] == ["inc-"]


def test_extract_ends_quietly_when_nobody_reads_on(start: Start) -> None:
    """`| head -1`: no word on stderr, and all that was read is stored and linked."""
    process = start(*STREAM)
    send(process, article(1))
    read_line(process.stdout)
    assert process.stdout is not None
    process.stdout.close()
    send(process, article(2))

    assert process.wait(SECONDS) == 141
    assert process.stderr is not None
    assert process.stderr.read() == ""
    assert stored() == ["n1", "n2"]


@pytest.mark.parametrize(
    "args",
    [
        pytest.param(("extract", "many.jsonl", "--reports", "--format", "jsonl"), id="reports"),
        pytest.param(("extract", "many.jsonl", "--reports", "--format", "csv"), id="csv"),
        pytest.param(("extract", "many.jsonl", "--json"), id="incidents"),
        pytest.param(("show", "--json"), id="show"),
        pytest.param(("schema",), id="schema"),
    ],
)
def test_program_before_head(run: Run, args: tuple[str, ...]) -> None:
    """A shell pipe into head gets its line, and nothing on stderr."""
    texts = [article(n, f"Gunmen kidnapped {n} men. {'Word. ' * 50}") for n in range(400)]
    Path("many.jsonl").write_text("".join(texts), encoding="utf-8")
    if args[0] == "show":
        run("extract", "many.jsonl", "--quiet", "--reports", "--format", "jsonl")
    # head -c ends while the program has more to print than a pipe holds
    command = f"{' '.join((*PROGRAM, *args))} | head -c 4; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command],  # noqa: S607 - any bash will do
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert len(done.stdout[:4]) == 4
    assert done.stdout[4:] in {"141\n", "0\n"}
    if args[0] != "schema":
        assert done.stdout[4:] == "141\n"
        assert stored()


@pytest.mark.parametrize("format_", ["jsonl", "json"])
def test_extract_interrupted_while_streaming(start: Start, format_: str) -> None:
    """Ctrl-C: what is printed is whole, what is done is stored, and one line says so."""
    process = start("extract", "-", "--reports", "--format", format_)
    send(process, article(1))
    first = read_line(process.stdout)
    process.send_signal(signal.SIGINT)
    assert process.stdout is not None
    out = first + process.stdout.read()
    assert process.stderr is not None

    assert process.wait(SECONDS) == 130
    assert process.stderr.read() == (
        "Interrupted: 1 article stored in incidents.db; the rest was not read.\n"
    )
    assert "n1" in str(json.loads(out))
    assert stored() == ["n1"]


def on_terminal(*args: str, has_stdout: bool = False, columns: int = 80) -> tuple[str, str]:
    """Run with stderr, and stdout if wanted, on a terminal; gives what came there, and stdout."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [*PROGRAM, *args],
        stdin=subprocess.DEVNULL,
        stdout=slave if has_stdout else subprocess.PIPE,
        stderr=slave,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": str(columns)},
    )
    os.close(slave)
    shown = b""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            piece = os.read(master, 4096)
        except OSError:  # the program has closed its end
            break
        if not piece:
            break
        shown += piece
    out, _ = process.communicate(timeout=SECONDS)
    os.close(master)
    return shown.decode("utf-8"), (out or b"").decode("utf-8")


def test_progress_on_a_terminal_only(articles: Path) -> None:
    """Stderr on a terminal shows stage and count; stdout, in a pipe, gets data alone."""
    for name in ("a0.txt", "b3.txt"):
        (articles / name).write_text("Quiet\n\nThe town was sleeping.", encoding="utf-8")

    shown, out = on_terminal("extract", str(articles), "--json")

    assert re.search(r"3 articles · \d\.\d a second · 0:00:0\d left", shown)
    assert "Linking reports" in shown
    assert "\x1b[2K" in shown  # drawn anew, and gone at the end
    assert len(json.loads(out)) == 3


@pytest.mark.parametrize("option", ["--quiet", "-q"])
def test_progress_is_not_shown_to_who_wants_quiet(articles: Path, option: str) -> None:
    """--quiet leaves the terminal empty."""
    shown, out = on_terminal("extract", str(articles), "--json", option)

    assert shown == ""
    assert len(json.loads(out)) == 3


def test_progress_does_not_stand_between_results(articles: Path) -> None:
    """Reports that are printed on the terminal as they come are not mixed with a bar."""
    shown, _ = on_terminal(
        *("extract", str(articles), "--reports", "--format", "jsonl"), has_stdout=True
    )

    assert [json.loads(line)["id"] for line in shown.splitlines()] == [
        *("rep-a11", "rep-a12", "rep-b23")
    ]


def test_table_in_colour_on_a_terminal_only(articles: Path) -> None:
    """A summary has colours on a terminal and none in a pipe."""
    subprocess.run([*PROGRAM, "extract", str(articles)], check=True, capture_output=True)

    shown, _ = on_terminal("show", "--summary", has_stdout=True)
    _, out = on_terminal("show", "--summary")

    assert "\x1b[36m█" in shown
    assert "█" in out
    assert "\x1b" not in out
