"""Take the bodies of requests: so many at once, within a time, at a least rate.

The server's own `read` waits for the sender as long as he likes. So a thread of its own reads each
body, a little at a time, and whoever waits for it waits no longer than the body may take.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from tempfile import SpooledTemporaryFile
from typing import IO, Protocol

import msgspec

_FIRST, _LARGEST = 64, 1 << 16
"""Bytes that are asked for at once: `read` waits until it has all of them, so that of a slow sender
little is asked, or the thread would not hear for long that nobody waits any more."""
_QUICK, _SLOW = 0.05, 0.5
_IN_MEMORY = 1 << 18


class Input(Protocol):
    """What a server gives to read a body from."""

    def read(self, size: int, /) -> bytes:
        """Return so many bytes, fewer at the end."""


class Pace(msgspec.Struct, frozen=True):
    """How slow a body may come: ``grace`` seconds, and then one for each ``rate`` bytes of it."""

    grace: float = 10.0
    rate: int = 50_000

    def seconds(self, length: int) -> float:
        """Return how long a body of so many bytes may take.

        >>> Pace(10.0, 1000).seconds(5000)
        15.0
        """
        return self.grace + length / self.rate


class TooSlow(Exception):
    """A body did not come in time."""


class CutShort(Exception):
    """A body ended before its length."""


class Places:
    """So many bodies at once, and so many of one sender.

    >>> places = Places(most=2, each=1)
    >>> places.take("a"), places.take("a"), places.take("b"), places.take("c")
    (True, False, True, False)
    >>> places.give_back("a"); places.take("c")
    True
    """

    def __init__(self, most: int, each: int) -> None:
        self._most, self._each = most, each
        self._held: dict[str, int] = {}
        self._lock = threading.Lock()

    def take(self, sender: str) -> bool:
        """Take a place for a sender; return whether there was one."""
        with self._lock:
            held = self._held.get(sender, 0)
            if held >= self._each or sum(self._held.values()) >= self._most:
                return False
            self._held[sender] = held + 1
            return True

    def give_back(self, sender: str) -> None:
        """Give a place back."""
        with self._lock:
            self._held[sender] -= 1
            if not self._held[sender]:
                del self._held[sender]


def take_body(
    source: Input,
    length: int,
    pace: Pace,
    done: Callable[[], None],
) -> IO[bytes]:
    """Return a body, read by a thread of its own.

    Args:
        source: to read from.
        length: how many bytes there are to be.
        pace: how slow they may come.
        done: is called when the thread has ended, which may be later: one whose sender is silent
            waits for him, or for the end of the connection.

    Raises:
        TooSlow: it did not come in time.
        CutShort: it ended before its length.

    >>> import io
    >>> take_body(io.BytesIO(b"abcdef"), 6, Pace(), lambda: None).read()
    b'abcdef'
    """
    reading = _Reading(source, length, done)
    threading.Thread(target=reading.run, daemon=True).start()
    reading.wait(pace.seconds(length))
    return reading.body


class _Reading:
    def __init__(self, source: Input, length: int, done: Callable[[], None]) -> None:
        self.body: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        self._source, self._length, self._done = source, length, done
        self._ended = threading.Event()
        self._given_up = False
        self._error: BaseException | None = None

    def run(self) -> None:
        """Read to the end, or until nobody waits any more."""
        left, step = self._length, _FIRST
        try:
            while left and not self._given_up:
                begun = time.monotonic()
                piece = self._source.read(min(step, left))
                if not piece:
                    raise CutShort
                left -= len(piece)
                self.body.write(piece)
                spent = time.monotonic() - begun
                if spent < _QUICK:
                    step = min(2 * step, _LARGEST)
                elif spent > _SLOW:
                    step = max(1, step // 8)
        except BaseException as error:  # told to whoever waits: nobody else would hear of it
            self._error = error
        finally:
            self._ended.set()
            if self._given_up:
                self.body.close()
            self._done()

    def wait(self, seconds: float) -> None:
        """Wait for the end of the body."""
        begun = time.monotonic()
        if not self._ended.wait(seconds):
            self._given_up = True
            raise TooSlow(f"{time.monotonic() - begun:.0f} s")
        if self._error is not None:
            self.body.close()
            raise self._error
        self.body.seek(0)
