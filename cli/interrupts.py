"""Ctrl-C that waits while results are written, so that what is printed is whole."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import FrameType, TracebackType


class Interrupts:
    """Ctrl-C from when it is entered to when it is left.

    Attributes:
        is_waiting: Ctrl-C came while it was held.
    """

    def __init__(self) -> None:
        self.is_waiting = False
        self._is_held = False

    def __enter__(self) -> Self:
        self._before = signal.signal(signal.SIGINT, self._handle)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        signal.signal(signal.SIGINT, self._before)

    def hold(self) -> None:
        """Let Ctrl-C wait from now on."""
        self._is_held = True

    def release(self) -> None:
        """Let Ctrl-C through again.

        Raises:
            KeyboardInterrupt: it came meanwhile.
        """
        self._is_held = False
        if self.is_waiting:
            raise KeyboardInterrupt

    def _handle(self, _number: int, _frame: FrameType | None) -> None:
        # the second time it is meant for the writing itself, to a reader that has stopped
        if not self._is_held or self.is_waiting:
            raise KeyboardInterrupt
        self.is_waiting = True
