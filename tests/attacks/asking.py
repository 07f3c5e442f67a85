"""Ask a site over a socket of one's own, from an address that one chooses."""

from __future__ import annotations

import http.client
import socket
import time
from typing import NamedTuple
from urllib.parse import urlsplit

PATIENCE = 60.0


class Answer(NamedTuple):
    """What came: the status (0 where nothing did), the seconds it took, and the beginning of it."""

    status: int
    seconds: float
    body: bytes = b""


class Site:
    """A site to ask.

    Args:
        address: such as ``http://127.0.0.1:8000``; only this machine's may be attacked.
    """

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.host, self.port = parts.hostname or "127.0.0.1", parts.port or 80
        if not self.host.startswith("127."):
            raise SystemExit(f"{address}: only a site on this machine (127.0.0.1) is attacked")

    def connect(self, sender: str) -> socket.socket:
        """Return a connection that comes from an address of this machine."""
        return socket.create_connection((self.host, self.port), PATIENCE, (sender, 0))

    def get(self, path: str, sender: str) -> Answer:
        """Ask for a page."""
        begun = time.monotonic()
        asked = http.client.HTTPConnection(
            self.host, self.port, timeout=PATIENCE, source_address=(sender, 0)
        )
        try:
            asked.request("GET", path, headers={"Host": "localhost", "Accept-Language": "en"})
            told = asked.getresponse()
            return Answer(told.status, time.monotonic() - begun, told.read())
        except (OSError, http.client.HTTPException):
            return Answer(0, time.monotonic() - begun)
        finally:
            asked.close()

    def send(self, head: str, sender: str) -> socket.socket | None:
        """Send the head of a request; return the open connection, None where it was refused."""
        try:
            made = self.connect(sender)
            made.sendall(f"{head}\r\nHost: localhost\r\n\r\n".encode())
        except OSError:
            return None
        return made


def percentile(values: list[float], share: float) -> float:
    """Return the value below which so large a share lies.

    >>> percentile([1.0, 2.0, 3.0, 4.0], 0.95), percentile([], 0.5)
    (4.0, 0.0)
    """
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
