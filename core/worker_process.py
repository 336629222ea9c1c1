"""What a worker process runs: articles in, reports out. `incidents.workers` starts it.

python -P -m incidents.worker_process
"""

from __future__ import annotations

import gc
import importlib
import os
import queue
import signal
import threading
from typing import IO, TYPE_CHECKING

import msgspec

from incidents.attempts import attempt
from incidents.model import Article, Report
from incidents.time_limit import spare_process
from incidents.workers import ANSWER, FAILED, READY, read_frame, write_frame

if TYPE_CHECKING:
    from incidents.attempts import ReportSource


class Start(msgspec.Struct):
    """What a worker needs to begin.

    Attributes:
        factory: what makes the extractor, as `module:name`.
        options: its keyword arguments.
        seconds: computing time that an article may take; None for no limit.
    """

    factory: str
    options: dict[str, str | bool]
    seconds: float | None = None


class Outcome(msgspec.Struct, omit_defaults=True):
    """What came of an article.

    Attributes:
        reports: of the article.
        failure: one line on why it has none.
    """

    reports: list[Report] = []
    failure: str | None = None


def main() -> None:
    """Answer batches until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that gives the work
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    answers = _take_stdout()
    batches: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(batches,), daemon=True).start()
    try:
        _work(batches, answers)
    except BrokenPipeError:  # nobody wants to know
        os._exit(1)


def _take_stdout() -> IO[bytes]:
    """Keep standard output for answers; what a library prints goes to stderr."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _receive(batches: queue.SimpleQueue[bytes]) -> None:
    """Take what comes, and end the process when the one that sends it has ended.

    This thread also keeps the sender from having to wait.
    """
    with os.fdopen(os.dup(0), "rb") as stream:
        while (frame := read_frame(stream)) is not None:
            batches.put(frame)
    os._exit(0)


def _work(batches: queue.SimpleQueue[bytes], answers: IO[bytes]) -> None:
    start = msgspec.msgpack.decode(batches.get(), type=Start)
    try:
        extractor = _make_extractor(start)
    except Exception as exc:  # noqa: BLE001 - told by the process that gives the work
        error = msgspec.msgpack.encode((type(exc).__name__, str(exc)))
        write_frame(answers, FAILED + error)
        return
    spare_process()
    gc.collect()
    gc.freeze()  # model and gazetteer stay: no need to look through them for garbage
    write_frame(answers, READY)
    decode = msgspec.msgpack.Decoder(list[bytes]).decode
    decode_article = msgspec.msgpack.Decoder(Article).decode
    while True:
        articles = [decode_article(content) for content in decode(batches.get())]
        for found in attempt(extractor, articles, seconds=start.seconds):
            outcome = Outcome(failure=found) if isinstance(found, str) else Outcome(reports=found)
            write_frame(answers, ANSWER + msgspec.msgpack.encode(outcome))


def _make_extractor(start: Start) -> ReportSource:
    module, _, name = start.factory.partition(":")
    extractor: ReportSource = getattr(importlib.import_module(module), name)(**start.options)
    return extractor


if __name__ == "__main__":
    main()
