"""What is costly to count, kept in memory until the archive changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

_T = TypeVar("_T")


class Remembered:
    """The last results of some work, by what they were made from.

    Args:
        most: how many are kept; those that were not asked for longest go first.

    >>> kept = Remembered(2)
    >>> [kept.get(key, lambda key=key: key.upper()) for key in "aba"], len(kept)
    (['A', 'B', 'A'], 2)
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._held)

    def get(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """Return what was made for a key, making it where it is not kept.

        Two who ask at once may both make it: neither waits for the other.
        """
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                value: _T = self._held[key]
                return value
        value = make()
        with self._lock:
            self._held[key] = value
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return value
