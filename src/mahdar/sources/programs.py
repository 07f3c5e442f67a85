"""Run another program over a file, with bounds on its time and memory."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator, Sequence

_ROOM = 8 << 30
"""Address space of a program that maps far more than it uses, as office suites do."""


def run_program(command: Sequence[str], seconds: float) -> int | None:
    """Run a program; what it prints is thrown away, and it ends with all that it started.

    Args:
        command: its path and arguments.
        seconds: how long it may take.

    Returns:
        Its exit status, None where it took too long.

    >>> run_program(["true"], 60.0)
    0
    """
    with _room_of_its_own():
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextlib.contextmanager
def _room_of_its_own() -> Iterator[None]:
    """Let what is started now have more memory than this process, whose bound it would inherit."""
    try:
        import resource
    except ImportError:  # a system without such bounds
        yield
        return
    own, most = resource.getrlimit(resource.RLIMIT_AS)
    wider = _ROOM if most == resource.RLIM_INFINITY else min(_ROOM, most)
    if own == resource.RLIM_INFINITY:
        yield
        return
    resource.setrlimit(resource.RLIMIT_AS, (wider, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (own, most))
