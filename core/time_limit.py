"""A limit on the computing time of one piece of work.

Computing time, and not time of the clock: what a busy machine takes longer for must not fail.
"""

from __future__ import annotations

import math
import signal
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from incidents.errors import OverTimeError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_AGAIN_SECONDS = 1.0  # an error that a library has swallowed is raised anew
_LAST_SHARE, _LAST_SECONDS = 1.2, 1.0  # beyond the limit, when the process is ended
_CLOCK_SHARE = 20.0  # times that, by the clock: for what waits forever and computes nothing


class _Process:
    """What holds for all limits of this process."""

    can_be_spared = False


def spare_process() -> None:
    """Let the system end this process where a limit does not stop what it is at.

    Code in C can go on without looking at signals; then only another process can tell what
    happened, which is why workers call this.
    """
    _Process.can_be_spared = True


@contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """Let a block compute for so long only.

    Signals reach the main thread alone, and Windows has none of this kind: there is no limit in
    other threads and there.

    Args:
        seconds: computing time of this thread; None or 0 for no limit.

    Raises:
        OverTimeError: inside the block, when the time is over.
    """
    if not seconds or not can_limit():
        yield
        return
    end = time.thread_time() + seconds

    def stop(_number: int, _frame: FrameType | None) -> None:
        if math.isinf(end):  # the signal came while the limit was taken away
            return
        left = end - time.thread_time()
        if left > 0:  # other threads have used some of it
            signal.setitimer(signal.ITIMER_VIRTUAL, max(left, 0.01), _AGAIN_SECONDS)
            return
        raise OverTimeError(seconds)

    before = signal.signal(signal.SIGVTALRM, stop)
    try:
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN_SECONDS)
            _set_last_limits(seconds)
            yield
        finally:
            # the time can be over right here; what follows is then still done
            end = math.inf
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        _set_last_limits(0)
        signal.signal(signal.SIGVTALRM, before)


def _set_last_limits(seconds: float) -> None:
    if _Process.can_be_spared:  # their signals end a process that does not handle them
        last = seconds and seconds * _LAST_SHARE + _LAST_SECONDS
        signal.setitimer(signal.ITIMER_PROF, last)
        signal.setitimer(signal.ITIMER_REAL, last * _CLOCK_SHARE)


def can_limit() -> bool:
    """Whether a limit can be set here: in the main thread, on a system with such signals."""
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
