"""Read PDFs in a process of their own: a crash there is an error here, and time has a bound."""

from __future__ import annotations

import atexit
import contextlib
import os
import select
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import msgspec

from mahdar import errors
from mahdar.errors import DamagedFile, InputError, TooLarge
from mahdar.sources.page import Page
from mahdar.sources.pdf.limits import Limits, Request

_CHUNK = 1 << 16
_MOMENT = 2.0
_lock = threading.Lock()
_worker: _Worker | None = None


class _Worker:
    """One running process; it is thrown away after a crash, a time-out or other limits."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._process = subprocess.Popen(
            [sys.executable, "-m", "mahdar.sources.pdf.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        self._buffer = bytearray()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: Request) -> None:
        stdin = self._pipe(self._process.stdin)
        stdin.write(msgspec.json.encode(request) + b"\n")
        stdin.flush()

    def frame(self, until: float) -> bytes | None:
        """Return the next frame, or None where the process ended or time ran out."""
        head = self._take(4, until)
        return None if head is None else self._take(struct.unpack(">I", head)[0], until)

    def close(self, *, ending: bool = False) -> int | None:
        """End the process and return its exit status if it had ended by itself."""
        status: int | None = None
        if ending:  # its output ended: it is about to be gone
            with contextlib.suppress(subprocess.TimeoutExpired):
                status = self._process.wait(_MOMENT)
        status = self._process.poll() if status is None else status
        if status is None:
            self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        return status

    def _take(self, count: int, until: float) -> bytes | None:
        stdout = self._pipe(self._process.stdout)
        while len(self._buffer) < count:
            left = until - time.monotonic()
            if left <= 0 or not select.select([stdout], [], [], left)[0]:
                return None
            chunk = os.read(stdout.fileno(), max(_CHUNK, count - len(self._buffer)))
            if not chunk:
                return None
            self._buffer += chunk
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        return taken

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None
        return pipe


def read_isolated(path: str | Path, limits: Limits | None = None) -> Iterator[Page]:
    """Yield the pages of a PDF, read in another process.

    Args:
        path: the file.
        limits: what it may take, in pages, seconds and memory.

    Raises:
        InputError: as :func:`mahdar.sources.pdf.document.read_pages`; also
            TooLarge where time or memory ran out, DamagedFile where the library crashed.
    """
    limits = limits or Limits()
    with _lock:
        worker = _ready(limits)
        until = time.monotonic() + limits.seconds
        done = False
        try:
            worker.ask(Request(str(path), limits))
            while True:
                frame = worker.frame(until)
                if frame is None:
                    raise _failure(path, limits, worker, until)
                kind, rest = _parts(frame)
                if kind == "end":
                    done = True
                    return
                if kind == "page":
                    yield msgspec.msgpack.decode(rest[0], type=Page)
                    continue
                done = True
                name, problem = (msgspec.msgpack.decode(part, type=str) for part in rest)
                raise getattr(errors, name)(problem, source=path)
        except BrokenPipeError:
            raise _failure(path, limits, worker, until) from None
        finally:
            if not done:  # a caller who stopped in the middle, or a failure
                _stop()


def _parts(frame: bytes) -> tuple[str, list[msgspec.Raw]]:
    kind, *rest = msgspec.msgpack.decode(frame, type=list[msgspec.Raw])
    return msgspec.msgpack.decode(kind, type=str), rest


def _ready(limits: Limits) -> _Worker:
    global _worker  # noqa: PLW0603  # one process serves all files
    if _worker is None or not _worker.alive or _worker.limits.mebibytes != limits.mebibytes:
        _stop()
        _worker = _Worker(limits)
    return _worker


def _stop() -> None:
    global _worker  # noqa: PLW0603  # see above
    if _worker is not None:
        _worker.close()
        _worker = None


def _failure(path: str | Path, limits: Limits, worker: _Worker, until: float) -> InputError:
    if time.monotonic() >= until:
        return TooLarge(
            f"reading it takes more than {limits.seconds:g} seconds (change it with --seconds)",
            source=path,
        )
    status = worker.close(ending=True)
    why = f"ended by signal {-status}" if status is not None and status < 0 else "ended"
    return DamagedFile(
        f"the program that reads PDFs {why} over this file, which is damaged or made to do"
        f" harm, or takes more than {limits.mebibytes} MiB of memory (change it with --mebibytes)",
        source=path,
    )


atexit.register(_stop)
