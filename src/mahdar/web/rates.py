"""Count the requests of each address, for all processes of the site together."""

from __future__ import annotations

import hashlib
import mmap
import struct
import time
from collections.abc import Callable
from pathlib import Path

_SLOTS = 1 << 14
_SLOT = struct.Struct("<dd")
_WINDOW = 60.0


class Rates:
    """Buckets that leak: each request fills the bucket of its address, time empties it.

    They lie in a small file that all processes map. Two addresses may share a bucket, which
    then is too strict; two processes that write at the very same moment may lose one request,
    which then is not counted.

    Args:
        path: of the file; made where there is none.
        most: requests in a minute.
        clock: seconds, which never go back while the machine runs; the same in all processes.

    >>> import tempfile
    >>> now = [0.0]
    >>> rates = Rates(Path(tempfile.mkdtemp()) / "rates", 2, lambda: now[0])
    >>> [rates.take("a"), rates.take("a"), rates.take("a"), rates.take("b")]
    [0, 0, 30, 0]
    >>> now[0] = 30.0
    >>> rates.take("a")
    0
    """

    def __init__(self, path: Path, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        size = _SLOTS * _SLOT.size
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            if file.tell() < size:
                file.truncate(size)
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), size)

    def take(self, address: str, cost: int = 1) -> int:
        """Count a request; return 0 where it may be answered, else how many seconds to wait.

        Args:
            address: of whoever asks, or of the network.
            cost: what it takes of the bucket.
        """
        digest = hashlib.blake2b(address.encode(), digest_size=8).digest()
        at = int.from_bytes(digest, "little") % _SLOTS * _SLOT.size
        before, since = _SLOT.unpack_from(self._map, at)
        now = self._clock()
        # The clock begins anew when the machine does: what was written before is of no account.
        spent = now - since if since <= now else _WINDOW
        level: float = max(0.0, before - spent * self._most / _WINDOW)
        cost = min(cost, self._most)
        if level + cost > self._most + 1e-9:
            return max(1, round((level + cost - self._most) * _WINDOW / self._most))
        _SLOT.pack_into(self._map, at, level + cost, now)
        return 0
