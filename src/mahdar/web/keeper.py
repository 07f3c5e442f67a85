"""The housekeeper as `mahdar serve` keeps it: started again when it has ended by itself."""

from __future__ import annotations

import logging
import subprocess
import threading
import time
from collections.abc import Sequence

from mahdar.web.parent import end_group

_log = logging.getLogger("mahdar.serving")
_FIRST, _LONGEST = 1.0, 60.0
"""Seconds until it is started again: twice as long each time, until it has worked for long."""


class Keeper:
    """A process that leads a group of its own, started again until it is to end.

    Args:
        command: that starts it.
        first: seconds until it is started again for the first time.
    """

    def __init__(self, command: Sequence[str], first: float = _FIRST) -> None:
        self._command, self._first = command, first
        self._ending = threading.Event()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """Its number as long as it runs."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def start(self) -> None:
        """Start it, and a thread that looks after it."""
        self._begin()
        threading.Thread(target=self._look_after, daemon=True).start()

    def end(self) -> None:
        """End it and all of its group; it is not started again."""
        self._ending.set()
        with self._lock:
            process = self._process
        if process is not None:
            end_group(process)

    def _begin(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if not self._ending.is_set():
                self._process = subprocess.Popen(self._command, process_group=0)
            return self._process

    def _look_after(self) -> None:
        pause = self._first
        process = self._process
        while process is not None:
            begun = time.monotonic()
            status = process.wait()
            if self._ending.is_set():
                return
            if time.monotonic() - begun > _LONGEST:
                pause = self._first
            if status:  # with 0 it ends where another one keeps this archive
                _log.warning("the housekeeper ended (%s): it is started again", status)
            if self._ending.wait(pause if status else _LONGEST):
                return
            pause = min(2 * pause, _LONGEST)
            process = self._begin()
