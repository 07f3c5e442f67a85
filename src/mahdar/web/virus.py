"""Have a file looked at for viruses by ClamAV's daemon, where whoever runs the site names one.

The daemon is asked by its own protocol (INSTREAM, as in clamd(8)): the file goes to it in pieces,
it answers with one line. Nothing of ClamAV is installed with Mahdar.
"""

from __future__ import annotations

import contextlib
import socket
import struct
from pathlib import Path
from urllib.parse import urlsplit

from mahdar.errors import ArchiveError

_PIECE = 1 << 16
_PATIENCE = 120.0
_LONGEST = 4096


class ScannerAway(ArchiveError):
    """The scanner does not answer: a file can only wait."""


def find_virus(file: Path, scanner: str) -> str | None:
    """Return the name of the virus that a file holds, None where none is known in it.

    Args:
        file: to look at.
        scanner: where the daemon listens: ``unix:/run/clamav/clamd.ctl`` or ``tcp://host:3310``.

    Raises:
        ScannerAway: the daemon does not answer.
        ArchiveError: it does not take the file, as one that is larger than it was told to take.
    """
    try:
        asked = _connected(scanner)
    except OSError as error:
        raise ScannerAway(
            f"{scanner}: the scanner for viruses does not answer ({error}); files wait for it"
        ) from None
    with asked:
        try:
            with contextlib.suppress(ConnectionError):  # it may answer before it has all
                _send(asked, file)
            answer = _line(asked)
        except TimeoutError:
            raise ScannerAway(f"{scanner}: the scanner for viruses does not answer") from None
        except ConnectionError as error:
            answer = f"nothing ({error.strerror})"
    if answer == "stream: OK":
        return None
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer[len("stream: ") : -len(" FOUND")]
    raise ArchiveError(f"the scanner for viruses does not take the file; it says: {answer[:200]}")


def _send(asked: socket.socket, file: Path) -> None:
    asked.sendall(b"zINSTREAM\0")
    with file.open("rb") as data:
        while piece := data.read(_PIECE):
            asked.sendall(struct.pack("!I", len(piece)) + piece)
    asked.sendall(struct.pack("!I", 0))


def _connected(scanner: str) -> socket.socket:
    if scanner.startswith("unix:"):
        made = socket.socket(socket.AF_UNIX)
        made.settimeout(_PATIENCE)
        made.connect(scanner.removeprefix("unix:"))
        return made
    parts = urlsplit(scanner)
    return socket.create_connection((parts.hostname or "", parts.port or 3310), _PATIENCE)


def _line(asked: socket.socket) -> str:
    out = b""
    while b"\0" not in out and len(out) < _LONGEST and (piece := asked.recv(_LONGEST)):
        out += piece
    return out.partition(b"\0")[0].decode(errors="replace").strip()
