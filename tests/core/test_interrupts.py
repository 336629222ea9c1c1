"""Ctrl-C between any two steps of the interpreter: whole or nothing, and never swallowed."""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import closing
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from incidents.errors import StoreError
from incidents.interrupts import Interrupts
from incidents.store.connect import connect
from incidents.store.transactions import snapshot, transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from incidents.store.database import Connection

WRITE, READ = "INSERT INTO written VALUES (1)", "SELECT count(*) FROM written"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Connection]:
    """Give an empty store's connection, with the handler of Ctrl-C that Python starts with."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with closing(connect(tmp_path / "store.db", create=True, timeout=1)) as db:
        db.execute("CREATE TABLE written (number)")
        yield db
    signal.signal(signal.SIGINT, before)


def rows(db: Connection) -> int:
    """Count what was written."""
    return int(db.execute(READ).fetchone()[0])


def interrupt_at(step: int, work: Callable[[], object]) -> bool:
    """Do work with a Ctrl-C before one step of its bytecode; tells whether it had so many."""
    left = step

    def trace(frame: Any, event: str, _arg: object) -> Any:  # noqa: ANN401 - as Python calls it
        nonlocal left
        frame.f_trace_opcodes = True
        if event == "opcode":
            left -= 1
            if left == 0:
                signal.raise_signal(signal.SIGINT)
        return trace

    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(None)
    return left <= 0


def write(db: Connection) -> None:
    """Write two rows, which belong together."""
    with transaction(db, db.path):
        db.execute(WRITE)
        db.execute(WRITE)


def read(db: Connection) -> None:
    """Read two things of one moment."""
    with snapshot(db, db.path):
        db.execute(READ).fetchone()
        db.execute(READ).fetchone()


@pytest.mark.parametrize("work", [write, read])
def test_interrupted_before_any_step(db: Connection, work: Callable[[Connection], None]) -> None:
    """All is written or nothing, no transaction stays open, the handler is the old one again."""
    interrupted = 0
    for step in count(1):
        try:
            reached = interrupt_at(step, lambda: work(db))
        except KeyboardInterrupt:
            reached = True
            interrupted += 1
        assert not db.in_transaction, step
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler, step
        assert rows(db) in ((0, 2) if work is write else (0,)), step
        db.execute("DELETE FROM written")
        if not reached:
            break
        assert interrupted == step, "Ctrl-C was swallowed"
    assert interrupted > 100


def test_a_second_one_does_not_wait(db: Connection) -> None:
    """Who presses Ctrl-C twice wants the end now: what is open is rolled back."""

    def write_on() -> None:
        with transaction(db, db.path):
            db.execute(WRITE)
            signal.raise_signal(signal.SIGINT)
            assert rows(db) == 1  # it waits
            signal.raise_signal(signal.SIGINT)
            pytest.fail("went on")

    with pytest.raises(KeyboardInterrupt):
        write_on()
    assert not db.in_transaction
    assert rows(db) == 0


def test_one_that_waits_outlives_an_error(db: Connection) -> None:
    """A transaction that fails after Ctrl-C ends as one that was interrupted."""

    def fail() -> None:
        with transaction(db, db.path):
            signal.raise_signal(signal.SIGINT)
            db.execute("SELECT nothing")

    with pytest.raises(KeyboardInterrupt) as caught:
        fail()
    assert isinstance(caught.value.__context__, StoreError)
    assert not db.in_transaction


def test_heard_while_another_process_writes(db: Connection) -> None:
    """To wait for a lock is no transaction: Ctrl-C ends it."""
    db.patience = 60
    with closing(connect(db.path, create=True, timeout=1)) as other:
        other.execute("BEGIN IMMEDIATE")
        timer = threading.Timer(0.1, signal.raise_signal, [signal.SIGINT])
        timer.start()
        with pytest.raises(KeyboardInterrupt), transaction(db, db.path):
            pytest.fail("was let in")
        timer.join()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ignored_where_it_was_ignored(db: Connection) -> None:
    """`nohup` and shells start programs that are not to hear Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with transaction(db, db.path):
        signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        db.execute(WRITE)
    assert rows(db) == 1


def test_the_outer_one_decides(db: Connection) -> None:
    """What a transaction lets through waits on where results are being written."""
    with Interrupts() as outer:
        outer.hold()
        with transaction(db, db.path):
            signal.raise_signal(signal.SIGINT)
            assert not outer.is_waiting
        assert outer.is_waiting
        with pytest.raises(KeyboardInterrupt):
            outer.release()


def test_other_threads_hold_nothing(db: Connection) -> None:
    """Only the main thread hears Ctrl-C, and only it may set what is done about it."""
    failed: list[BaseException] = []

    def work() -> None:
        try:
            with closing(connect(db.path, create=False, timeout=1)) as own:
                write(own)
        except BaseException as exc:  # noqa: BLE001 - a thread's errors are lost otherwise
            failed.append(exc)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert not failed
    assert rows(db) == 2
