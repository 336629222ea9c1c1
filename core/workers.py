"""Worker processes: batches of work in, an answer for each piece out, whatever befalls a worker.

A worker is a fresh interpreter that runs a module, and not a fork of this process: progress lines
and readers are threads here, which a fork would cut in two, and SQLite connections must not be
carried over one. It does not import the user's script a second time either, as `multiprocessing`
does. It talks over its standard input and output:

    to it    a frame with what it needs to start, then frames with a batch each
    from it  `READY`, then an `ANSWER` for each piece of a batch, in order; or `FAILED` at the start

A frame is its length, in 4 bytes, and so many bytes. A worker ends when its input does, so that
none is left when this process is killed.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections import Counter, deque
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

import msgspec

from incidents.errors import GazetteerError, ModelMissingError, StoreError, WorkerError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from incidents.errors import IncidentsError

READY, ANSWER, FAILED = b"r", b"a", b"f"

_QUEUED_BATCHES = 2  # for a worker: the one it is at, and the next, so that it need not wait
_MOST_DEATHS = 2  # of workers over one piece of work, and of workers that start, one after another
# what ends a worker that goes on beyond `incidents.time_limit`
_LAST_LIMITS = {getattr(signal, name, None) for name in ("SIGPROF", "SIGALRM")}
_LENGTH = struct.Struct(">I")


class Piece(NamedTuple):
    """A piece of work.

    Attributes:
        number: told back with the answer.
        content: what the worker gets.
    """

    number: int
    content: bytes


class Answer(NamedTuple):
    """What came of a piece of work.

    Attributes:
        number: of the piece.
        content: what the worker gave; None where it ended over it, and the next worker too.
        end: how the last worker ended, in words.
    """

    number: int
    content: bytes | None
    end: str = ""


class WorkerPool:
    """Some worker processes, started when there is work for them; close it at the end.

    Args:
        module: what the workers run, as `python -m` does.
        start: the first frame that each gets.
        jobs: most workers at a time.
    """

    def __init__(self, module: str, start: bytes, jobs: int) -> None:
        self._module = module
        self._start = start
        self._jobs = jobs
        self._workers: list[_Worker] = []
        self._waiting: deque[list[Piece]] = deque()
        self._deaths: Counter[int] = Counter()
        self._start_deaths = 0
        self._inbox: _Inbox = queue.SimpleQueue()

    @property
    def has_room(self) -> bool:
        """Whether a further batch would go to a worker at once."""
        if self._waiting:
            return False
        return len(self._workers) < self._jobs or any(each.has_room for each in self._workers)

    def submit(self, batch: Sequence[Piece]) -> None:
        """Have a batch worked on by one worker.

        Raises:
            WorkerError: no process can be started.
        """
        self._waiting.append(list(batch))
        self._hand_out()

    def wake(self) -> None:
        """Let `wait` return; can be called from any thread."""
        self._inbox.put(None)

    def wait(self) -> list[Answer]:
        """Wait until something has come.

        Returns:
            What was answered, in no order; nothing where it was woken.

        Raises:
            WorkerError: workers end while they start.
            IncidentsError: what a worker could not start for.
        """
        message = self._inbox.get()
        return [] if message is None else self._read(message)

    def close(self) -> None:
        """End the workers, whatever they are at."""
        for worker in self._workers:
            worker.kill()
        for worker in self._workers:
            worker.wait()
        self._workers.clear()

    def _read(self, message: _Message) -> list[Answer]:
        worker, frame = message
        if frame is None:
            return self._bury(worker)
        kind, content = frame[:1], frame[1:]
        if kind == FAILED:
            raise _remake_error(content)
        if kind == READY:
            worker.has_started = True
            self._start_deaths = 0
            return []
        piece = worker.answered()
        self._deaths.pop(piece.number, None)
        self._hand_out()
        return [Answer(piece.number, content)]

    def _bury(self, worker: _Worker) -> list[Answer]:
        """Take the work of a worker that has ended; what it was at is tried piece by piece."""
        if worker not in self._workers:
            return []
        self._workers.remove(worker)
        worker.kill()
        end = worker.wait()
        if not worker.has_started:
            self._start_deaths += 1
            if self._start_deaths >= _MOST_DEATHS * self._jobs:
                msg = f"worker processes end while they start ({end}); use fewer --jobs"
                raise WorkerError(msg)
            self._waiting.extendleft(reversed(worker.batches))
            self._hand_out()
            return []
        current, *others = worker.batches or [[]]
        self._waiting.extendleft(reversed(others))
        lost = []
        for piece in reversed(current):
            self._deaths[piece.number] += 1
            if self._deaths[piece.number] >= _MOST_DEATHS:
                lost.append(Answer(piece.number, None, end))
            else:
                self._waiting.appendleft([piece])
        self._hand_out()
        return lost

    def _hand_out(self) -> None:
        while self._waiting and (worker := self._choose()) is not None:
            worker.send(self._waiting.popleft())

    def _choose(self) -> _Worker | None:
        """The worker for the next batch: an idle one, a new one, or the one with least to do."""
        for worker in self._workers:
            if worker.has_started and not worker.batches:
                return worker
        if len(self._workers) < self._jobs:
            self._workers.append(_Worker(self._module, self._start, self._inbox))
            return self._workers[-1]
        least = min(self._workers, key=lambda each: len(each.batches))
        return least if least.has_room else None


class _Worker:
    """A worker process.

    Attributes:
        batches: what it was given and has not answered.
        has_started: it is ready, or was.
    """

    def __init__(self, module: str, start: bytes, inbox: _Inbox) -> None:
        self.batches: deque[list[Piece]] = deque()
        self.has_started = False
        self._process = _start_process(module)
        self._thread = threading.Thread(
            target=_receive, args=(self, self._process.stdout, inbox), name="worker", daemon=True
        )
        self._thread.start()
        self._write(start)

    @property
    def has_room(self) -> bool:
        """Whether it can be given one more batch."""
        return len(self.batches) < _QUEUED_BATCHES

    def send(self, batch: list[Piece]) -> None:
        """Give it a batch."""
        self.batches.append(batch)
        self._write(msgspec.msgpack.encode([piece.content for piece in batch]))

    def answered(self) -> Piece:
        """Take the piece off that an answer is to."""
        piece = self.batches[0].pop(0)
        if not self.batches[0]:
            self.batches.popleft()
        return piece

    def kill(self) -> None:
        """End it at once; it keeps nothing that could be lost."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    def wait(self) -> str:
        """Wait until it has ended, so that no zombie stays; says how it ended."""
        code = self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # what was not sent any more
                if stream is not None:
                    stream.close()
        return _explain_end(code)

    def _write(self, content: bytes) -> None:
        stream = self._process.stdin
        # one that has ended is met where its answers are read
        with contextlib.suppress(BrokenPipeError):
            if stream is not None:
                write_frame(stream, content)


_Message = tuple[_Worker, bytes | None]
_Inbox = queue.SimpleQueue[_Message | None]


def _explain_end(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    if -code in _LAST_LIMITS:
        return "over its limit of time"
    return (signal.strsignal(-code) or f"signal {-code}").lower()


def write_frame(stream: IO[bytes], content: bytes) -> None:
    """Write a frame."""
    stream.write(_LENGTH.pack(len(content)) + content)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """Read a frame; None at the end, also inside of one."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    [length] = _LENGTH.unpack(head)
    content = stream.read(length)
    return content if len(content) == length else None


def _receive(worker: _Worker, stream: IO[bytes], inbox: _Inbox) -> None:
    """Pass on what a worker says, until it ends."""
    with contextlib.suppress(OSError, ValueError):  # closed meanwhile
        while (frame := read_frame(stream)) is not None:
            inbox.put((worker, frame))
    inbox.put((worker, None))


def _start_process(module: str) -> subprocess.Popen[bytes]:
    path = os.pathsep.join(each or str(Path.cwd()) for each in sys.path)
    # every worker has a core of its own; threads of number crunching would stand in their way
    threads = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
    environment = {**threads, **os.environ, "PYTHONPATH": path}
    with _held_interrupts():
        try:
            # -P: a file of the current folder is never imported by chance
            return subprocess.Popen(  # noqa: S603 - this interpreter, and a module of ours
                [sys.executable, "-P", "-m", module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment,
            )
        except OSError as exc:
            msg = f"worker processes cannot be started ({exc.strerror}); use fewer --jobs"
            raise WorkerError(msg) from exc


@contextlib.contextmanager
def _held_interrupts() -> Iterator[None]:
    """Start what is started here without Ctrl-C, which a terminal sends to all its processes.

    The worker ignores it from its first line on, and this process gets it right after.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _remake_error(content: bytes) -> IncidentsError:
    """The error that a worker could not start for."""
    kind, message = msgspec.msgpack.decode(content, type=tuple[str, str])
    known = {each.__name__: each for each in (GazetteerError, ModelMissingError, StoreError)}
    if kind in known:
        return known[kind](message)
    return WorkerError(f"worker processes cannot start ({kind}: {message}); use --jobs 1")
