"""Read files in a process of their own: a crash there is an error here; time and memory end."""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import select
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Literal

import msgspec

from mahdar import errors
from mahdar.errors import DamagedFile, InputError, MahdarError, TooLarge
from mahdar.model import Record
from mahdar.model.cleaning import clean
from mahdar.reading.read import ReadFile, read_opened
from mahdar.sources.files import open_bytes
from mahdar.sources.options import DEFAULT, Options

_CHUNK = 1 << 16
_MOMENT = 2.0
_lock = threading.Lock()
_worker: _Worker | None = None
Wanted = Literal["record", "stages"]


class Request(msgspec.Struct):
    """What the reading process is asked for; the bytes of the file follow, ``size`` of them."""

    name: str
    size: int
    want: Wanted
    options: Options


def read_bounded(data: bytes, name: str | Path, options: Options = DEFAULT) -> Record:
    """Read the bytes of a file to a record, in another process with bounds on what it takes.

    Args:
        data: all of the file.
        name: what messages call it.
        options: how to read it, and what it may take. Where they say so it is read in this process,
            which is for those that are themselves bounded.

    Raises:
        InputError: the file cannot be read, or is no record; TooLarge where time or memory ran
            out, DamagedFile where a library crashed.
        ToolMissing: a program that this file needs is not installed.
        LanguageDataError: the language that was asked for is not at hand.

    >>> from mahdar.publishing.text import publish_text
    >>> from mahdar.specimens.build import specimen
    >>> read_bounded(publish_text(specimen("fr")).encode(), "a.txt").symbol
    'S/PV.99902'
    """
    if not options.isolated:
        return read_opened(open_bytes(data, name, options), options).record
    return msgspec.msgpack.decode(_ask(data, str(name), options, "record"), type=Record)


def read_stages_bounded(data: bytes, name: str | Path, options: Options = DEFAULT) -> ReadFile:
    """Read a file and keep every stage; see :func:`read_bounded`."""
    if not options.isolated:
        return read_opened(open_bytes(data, name, options), options)
    packed = msgspec.msgpack.decode(_ask(data, str(name), options, "stages"), type=bytes)
    stages = pickle.loads(packed)
    assert isinstance(stages, ReadFile)
    return stages


class _Worker:
    """One running process; it is thrown away after a crash, a time-out or other limits."""

    def __init__(self, mebibytes: int) -> None:
        self.mebibytes = mebibytes
        self.owner = os.getpid()
        self.used = False
        self._process = subprocess.Popen(
            [sys.executable, "-m", "mahdar.reading.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        self._buffer = bytearray()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: Request, data: bytes) -> None:
        stdin = self._pipe(self._process.stdin)
        stdin.write(msgspec.json.encode(request) + b"\n")
        stdin.write(data)
        stdin.flush()

    def frame(self, until: float) -> bytes | None:
        """Return the next frame, or None where the process ended or time ran out."""
        head = self._take(8, until)
        return None if head is None else self._take(struct.unpack(">Q", head)[0], until)

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
            with contextlib.suppress(OSError):  # what was not yet sent has no reader
                self._pipe(pipe).close()
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


class _Exhausted(Exception):
    """The process had no memory left, but had read other files before."""


def _ask(data: bytes, name: str, options: Options, want: Wanted) -> bytes:
    # A name need not be text for the system; for whoever reads a message it is.
    request = Request(clean(name), len(data), want, options)
    with _lock:
        try:
            return _answer(request, data)
        except _Exhausted:  # what others left there is no fault of this file
            return _answer(request, data)


def _answer(request: Request, data: bytes) -> bytes:
    limits = request.options.limits
    worker = _ready(limits.mebibytes)
    until = time.monotonic() + limits.seconds
    with _stopped_unless_done() as done:
        try:
            worker.ask(request, data)
            frame = worker.frame(until)
        except BrokenPipeError:
            frame = None
        if frame is None:
            raise _failure(request, worker, until)
        kind, rest = _parts(frame)
        if kind == "memory" and worker.used:
            raise _Exhausted
        worker.used = True
        done()
    if kind == "done":
        return bytes(rest[0])
    if kind == "memory":
        raise _too_much_memory(request)
    error, problem = (msgspec.msgpack.decode(part, type=str) for part in rest)
    made: type[MahdarError] = getattr(errors, error)
    if issubclass(made, InputError):
        raise made(problem, source=request.name)
    raise made(problem)


@contextlib.contextmanager
def _stopped_unless_done() -> Iterator[Callable[[], None]]:
    """Stop the process where an answer was not waited for: it would come to the next file."""
    finished = False

    def done() -> None:
        nonlocal finished
        finished = True

    try:
        yield done
    finally:
        if not finished:
            _stop()


def _parts(frame: bytes) -> tuple[str, list[msgspec.Raw]]:
    kind, *rest = msgspec.msgpack.decode(frame, type=list[msgspec.Raw])
    return msgspec.msgpack.decode(kind, type=str), rest


def _ready(mebibytes: int) -> _Worker:
    global _worker  # noqa: PLW0603  # one process serves all files
    if _worker is not None and _worker.owner != os.getpid():  # this process is a fork
        _worker = None
    if _worker is None or not _worker.alive or _worker.mebibytes != mebibytes:
        _stop()
        _worker = _Worker(mebibytes)
    return _worker


def _stop() -> None:
    global _worker  # noqa: PLW0603  # see above
    if _worker is not None and _worker.owner == os.getpid():
        _worker.close()
    _worker = None


def _failure(request: Request, worker: _Worker, until: float) -> InputError:
    limits = request.options.limits
    if time.monotonic() >= until:
        return TooLarge(
            f"reading it takes more than {limits.seconds:g} seconds (change it with --seconds)",
            source=request.name,
        )
    status = worker.close(ending=True)
    why = f"ended by signal {-status}" if status is not None and status < 0 else "ended"
    return DamagedFile(
        f"the program that reads files {why} over this one, which is damaged or made to do"
        f" harm, or takes more than {limits.mebibytes} MiB of memory (change it with --mebibytes)",
        source=request.name,
    )


def _too_much_memory(request: Request) -> TooLarge:
    return TooLarge(
        f"reading it takes more than {request.options.limits.mebibytes} MiB of memory"
        " (change it with --mebibytes)",
        source=request.name,
    )


atexit.register(_stop)
