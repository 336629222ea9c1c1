"""Input that is read ahead in a thread, so that nobody waits for a slow producer."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")

_MOST_ITEMS = 64
_MOST_CHARACTERS = 4_000_000
_PATIENCE_SECONDS = 0.3  # for a reader to end; one that waits for standard input never does


class Source(Protocol[T]):
    """Where the items of a run come from, in their order."""

    @property
    def is_done(self) -> bool:
        """Whether there is no more to come."""

    def take(self, most: int, *, waits: bool = True) -> list[T]:
        """Give up to so many items: what there is by now.

        Args:
            most: how many at most.
            waits: for the first one where there is none yet.

        Returns:
            Items; none at the end, and where none is there and nobody waits.
        """

    def on_arrival(self, wake: Callable[[], None]) -> None:
        """Have this called, from any thread, when there is something to take, or the end."""

    def close(self) -> None:
        """Read no more."""


class Plain(Generic[T]):
    """A source over what is at hand, or is made when it is asked for; no thread."""

    def __init__(self, items: Iterable[T]) -> None:
        self._items = iter(items)
        self.is_done = False

    def take(self, most: int, *, waits: bool = True) -> list[T]:
        """Give the next items; it asks for them, so that it always waits."""
        del waits
        found: list[T] = []
        while len(found) < most and not self.is_done:
            try:
                found.append(next(self._items))
            except StopIteration:
                self.is_done = True
        return found

    def on_arrival(self, wake: Callable[[], None]) -> None:
        """Nothing arrives by itself."""

    def close(self) -> None:
        """Read no more."""
        self.is_done = True


class _ClosedError(Exception):
    """Ends the reading of a source that was closed."""


class Ahead(Generic[T]):
    """A source that a thread fills while the items before are worked on.

    A batch can then hold what has come, without waiting for what has not.

    Args:
        produce: reads, and calls its argument with each item; runs in the thread.
        size: of an item, so that few large ones are held; in characters.
    """

    def __init__(
        self, produce: Callable[[Callable[[T], None]], None], *, size: Callable[[T], int]
    ) -> None:
        self._produce = produce
        self._size = size
        self._items: deque[T] = deque()
        self._held = 0  # characters
        self._changed = threading.Condition()
        self._has_ended = False
        self._is_closed = False
        self._error: BaseException | None = None
        self._wake: Callable[[], None] = lambda: None
        # a thread that waits for standard input must not keep the program from ending
        self._thread = threading.Thread(target=self._run, name="reader", daemon=True)
        self._thread.start()

    @property
    def is_done(self) -> bool:
        """Whether all was taken."""
        return self._is_closed or (self._has_ended and not self._items and self._error is None)

    def take(self, most: int, *, waits: bool = True) -> list[T]:
        """Give what has been read by now.

        Raises:
            Exception: what the reading failed with, after all that was read before.
        """
        with self._changed:
            while waits and not (self._items or self._has_ended or self._is_closed):
                self._changed.wait()
            found = [self._items.popleft() for _ in range(min(most, len(self._items)))]
            self._held -= sum(map(self._size, found))
            self._changed.notify_all()
            if not found and self._error is not None:
                error, self._error = self._error, None
                raise error
        return found

    def on_arrival(self, wake: Callable[[], None]) -> None:
        """Have this called when there is something to take."""
        self._wake = wake
        wake()

    def close(self) -> None:
        """Read no more; the reader ends with the item that it is at."""
        with self._changed:
            self._is_closed = True
            self._items.clear()
            self._changed.notify_all()
        self._thread.join(_PATIENCE_SECONDS)

    def _run(self) -> None:
        try:
            self._produce(self._put)
        except _ClosedError:
            pass
        except BaseException as exc:  # noqa: BLE001 - is raised where the items are taken
            self._error = exc
        with self._changed:
            self._has_ended = True
            self._changed.notify_all()
        self._wake()

    def _put(self, item: T) -> None:
        size = self._size(item)
        with self._changed:
            while not self._is_closed and self._is_full(size):
                self._changed.wait()
            if self._is_closed:
                raise _ClosedError
            self._items.append(item)
            self._held += size
            self._changed.notify_all()
        self._wake()

    def _is_full(self, size: int) -> bool:
        if not self._items:
            return False
        return len(self._items) >= _MOST_ITEMS or self._held + size > _MOST_CHARACTERS
