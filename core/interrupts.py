"""Ctrl-C that waits while something is done that must be whole: a transaction, lines of output."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType, TracebackType


class Interrupts:
    """Ctrl-C from when it is entered to when it is left; it waits where it is held.

    Python raises `KeyboardInterrupt` between any two steps, also between the end of a `with` block
    and the first step of its `__exit__`: what must be undone there has to hold it first. What was
    done about Ctrl-C before is done about one that did not wait, or waits no longer; where it was
    ignored, or did not reach Python, nothing changes, nor in other threads than the main one.

    Attributes:
        is_waiting: Ctrl-C came while it was held. A second one does not wait.
    """

    def __init__(self, *, is_held: bool = False) -> None:
        self.is_waiting = False
        self._is_held = is_held
        self._is_due = False
        self._before: Callable[[int, FrameType | None], object] | None = None

    def __enter__(self) -> Self:
        before = signal.getsignal(signal.SIGINT)
        # SIG_IGN and SIG_DFL are numbers
        if callable(before) and threading.current_thread() is threading.main_thread():
            self._before = before  # first: a signal may come with the next step
            signal.signal(signal.SIGINT, self._handle)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def hold(self) -> None:
        """Let Ctrl-C wait from now on."""
        self._is_held = True

    def release(self) -> None:
        """Let Ctrl-C through again.

        Raises:
            KeyboardInterrupt: it came meanwhile, and this is what was done about it before.
        """
        self._is_held = False
        if self._is_due and self._before is not None:
            self._is_due = False
            self._before(signal.SIGINT, None)

    def _handle(self, number: int, frame: FrameType | None) -> None:
        if self._before is not None and (not self._is_held or self.is_waiting):
            self._before(number, frame)
            return
        self.is_waiting = self._is_due = True
