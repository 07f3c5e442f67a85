"""Files that take time are made once, by processes of their own; no answer waits long for them."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import logging
import os
import queue
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from mahdar import errors
from mahdar.errors import CannotBeSet, MahdarError
from mahdar.web.children import run_module

_log = logging.getLogger("mahdar.safety")
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
        self, target: Path, module: str, arguments: tuple[str, ...], given: bytes | None, asker: str
    ) -> None:
        self.target, self.module, self.arguments = target, module, arguments
        self.given, self.asker = given, asker
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
        self,
        target: Path,
        module: str,
        *arguments: str,
        given: Callable[[], bytes] | None = None,
        wait: float | None = None,
        asker: str = "",
    ) -> Path | None:
        """Return a file that is kept, or made by running a module.

        Args:
            target: the file, whose name says all that it depends on.
            module: is run as a program; it writes the target whole, and ends with 0, or with
                another status where there is nothing to be made.
            arguments: of the program.
            given: returns what it reads on standard input; called where it is to be started.
            wait: seconds to wait for it, ``WAIT`` where it is not given.
            asker: the network of whoever wants it: nobody fills all the places.

        Returns:
            The target; None where it cannot be made, which is remembered for an hour; then
            :func:`why_not` tells the reason.

        Raises:
            NotMadeYet: it takes longer, or too many others wait.
        """
        if target.is_file():
            with contextlib.suppress(OSError):
                os.utime(target)  # what was asked for last is cleared last
            return target
        if _is_refused(target):
            return None
        job = self._jobs.get(target)
        if job is None:
            job = self._add(_Job(target, module, arguments, given() if given else None, asker))
        if not self._patient.acquire(blocking=False):
            raise NotMadeYet(2)
        try:
            if not job.done.wait(WAIT if wait is None else wait):
                raise NotMadeYet(2)
        finally:
            self._patient.release()
        return target if target.is_file() else None

    def _add(self, job: _Job) -> _Job:
        """Let a job wait for its turn; return the one of that target that waits already."""
        with self._lock:
            held = self._jobs.get(job.target)
            if held is not None:
                return held
            own = sum(each.asker == job.asker for each in self._jobs.values())
            if len(self._jobs) >= _WAITING or own >= _EACH:
                raise NotMadeYet(5)
            self._jobs[job.target] = job
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
            except Exception:  # a full disk: the next one may go better
                _log.exception("making a file")
            finally:
                with self._lock:
                    del self._jobs[job.target]
                job.done.set()


def _run(job: _Job) -> None:
    job.target.parent.mkdir(parents=True, exist_ok=True)
    with _alone(job.target):
        if job.target.is_file():  # by another process of the site
            return
        status = run_module(job.module, *job.arguments, seconds=_SECONDS, given=job.given)
        if status != 0 or not job.target.is_file():
            _refused(job.target).touch()  # what the program wrote there stays


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


def tell_why_not(target: Path, error: MahdarError) -> None:
    """Write down why a file cannot be made, for :func:`why_not`.

    Args:
        target: the file.
        error: the reason.
    """
    _refused(target).write_text(f"{type(error).__name__}\n{error}", encoding="utf-8")


def why_not(target: Path) -> MahdarError:
    """Return the reason why a file cannot be made, as far as the program told one.

    >>> import tempfile
    >>> target = Path(tempfile.mkdtemp()) / "a.pdf"
    >>> why_not(target)
    CannotBeSet('this file cannot be made from this record')
    >>> tell_why_not(target, errors.NothingToPublish("it has no body"))
    >>> why_not(target)
    NothingToPublish('it has no body')
    """
    told = ""
    with contextlib.suppress(OSError):
        told = _refused(target).read_text(encoding="utf-8")
    name, _, text = told.partition("\n")
    kind = getattr(errors, name, None) if text else None
    if kind is None:
        return CannotBeSet("this file cannot be made from this record")
    error: MahdarError = kind(text)
    return error


def write_whole(target: Path, data: bytes) -> None:
    """Write a file beside its place and move it there when it is whole.

    Args:
        target: the file.
        data: all of it.
    """
    new = target.with_name(f".{target.name}-{os.getpid()}")
    new.write_bytes(data)
    new.replace(target)


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
