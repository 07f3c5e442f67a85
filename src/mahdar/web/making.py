"""Files that take time are made once, by processes of their own; no answer waits long for them."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import queue
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from mahdar.errors import MahdarError
from mahdar.web.children import run_module

WAIT = 1.0
"""Seconds that an answer waits for a file to be made."""
_WAITING, _EACH = 24, 8
"""Files that may wait to be made, in each process of the site, and those of one network."""
_PATIENT = 2
"""Threads that wait for a file at once: those that answer others stay free."""
_SECONDS = 60.0
_NOT_AGAIN = 3600.0
"""Seconds for which it is remembered that a file cannot be made."""
_LOCKS = 16
_FORGOTTEN = 86400.0


class NotMadeYet(MahdarError):
    """A file is being made; whoever wants it comes again in ``wait`` seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"this file is being made; try again in {wait} seconds")
        self.wait = wait


class _Job:
    def __init__(
        self, target: Path, module: str, arguments: tuple[str, ...], asker: str
    ) -> None:  # fmt: skip
        self.target, self.module, self.arguments = target, module, arguments
        self.asker = asker
        self.done = threading.Event()


class Maker:
    """One thread that lets processes make files, one after another."""

    def __init__(self) -> None:
        self._jobs: dict[Path, _Job] = {}
        self._queue: queue.Queue[_Job] = queue.Queue()
        self._lock = threading.Lock()
        self._patient = threading.Semaphore(_PATIENT)
        self._thread: threading.Thread | None = None

    def make(
        self, target: Path, module: str, *arguments: str, wait: float | None = None, asker: str = ""
    ) -> Path | None:
        """Return a file that is kept, or made by running a module.

        Args:
            target: the file, whose name says all that it depends on.
            module: is run as a program; it writes the target whole, and ends with 0, or with
                another status where there is nothing to be made.
            arguments: of the program.
            wait: seconds to wait for it, ``WAIT`` where it is not given.
            asker: the network of whoever wants it: nobody fills all the places.

        Returns:
            The target; None where it cannot be made, which is remembered for an hour.

        Raises:
            NotMadeYet: it takes longer, or too many others wait.
        """
        if target.is_file():
            with contextlib.suppress(OSError):
                os.utime(target)  # what was asked for last is cleared last
            return target
        if _is_refused(target):
            return None
        job = self._job(target, module, arguments, asker)
        if not self._patient.acquire(blocking=False):
            raise NotMadeYet(2)
        try:
            if not job.done.wait(WAIT if wait is None else wait):
                raise NotMadeYet(2)
        finally:
            self._patient.release()
        return target if target.is_file() else None

    def _job(
        self, target: Path, module: str, arguments: tuple[str, ...], asker: str
    ) -> _Job:  # fmt: skip
        with self._lock:
            job = self._jobs.get(target)
            if job is not None:
                return job
            own = sum(each.asker == asker for each in self._jobs.values())
            if len(self._jobs) >= _WAITING or own >= _EACH:
                raise NotMadeYet(5)
            job = self._jobs[target] = _Job(target, module, arguments, asker)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()
        self._queue.put(job)
        return job

    def _work(self) -> None:
        while True:
            job = self._queue.get()
            try:
                _run(job)
            finally:
                with self._lock:
                    del self._jobs[job.target]
                job.done.set()


def _run(job: _Job) -> None:
    job.target.parent.mkdir(parents=True, exist_ok=True)
    with _alone(job.target):
        if job.target.is_file():  # by another process of the site
            return
        status = run_module(job.module, *job.arguments, seconds=_SECONDS)
        if status != 0 or not job.target.is_file():
            _refused(job.target).touch()


@contextlib.contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Let one process of the site make a file, the others wait for it."""
    number = hashlib.blake2b(os.fsencode(target), digest_size=1).digest()[0] % _LOCKS
    with (target.parent.parent / f".making-{number}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _refused(target: Path) -> Path:
    return target.with_name(f"{target.name}.none")


def _is_refused(target: Path) -> bool:
    with contextlib.suppress(OSError):
        return time.time() - _refused(target).stat().st_mtime < _NOT_AGAIN
    return False


def clear_old(folder: Path, most: int) -> int:
    """Clear files that were made, those first that nobody asked for, and return how many.

    Args:
        folder: that they are under.
        most: bytes that may stay.
    """
    held = []
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            told = path.stat()
            if not path.is_file():
                continue
            if path.name.startswith("."):  # locks, and what somebody was stopped in the middle of
                if told.st_size and time.time() - told.st_mtime > _FORGOTTEN:
                    path.unlink()
            else:
                held.append((told.st_mtime, told.st_size, path))
    total, cleared = sum(size for _, size, _ in held), 0
    for _, size, path in sorted(held):
        if total <= most:
            break
        with contextlib.suppress(OSError):
            path.unlink()
            total, cleared = total - size, cleared + 1
    return cleared


MAKER = Maker()
"""The one of this process."""
