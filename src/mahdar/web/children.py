"""Run work that may go wrong in a process of its own, which knows nothing of the site."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys

# The threads of the site leave the signal that ends it to one of them (see `end_when_told`); what
# they start would have that from them, and could not be ended.
_HEARS = """
import runpy, signal, sys
signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
"""


def hold_to(mebibytes: int, seconds: int) -> None:
    """Bound the memory and the time of this process, and let those who answer go first.

    Args:
        mebibytes: of address space.
        seconds: of the processor.
    """
    os.nice(10)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (mebibytes << 20, mebibytes << 20))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def run_module(
    module: str, *arguments: str, seconds: float, given: bytes | None = None
) -> int | None:
    """Run a module as a program; what it prints is thrown away.

    Args:
        module: its name.
        arguments: of the program.
        seconds: how long it may take; then it is ended.
        given: what it reads on standard input.

    Returns:
        Its exit status, None where it took too long.

    >>> run_module("this", seconds=60)
    0
    """
    # Passwords of the database and the mail server are in the site's environment.
    known = {name: value for name, value in os.environ.items() if not name.startswith("MAHDAR_")}
    try:
        return subprocess.run(
            [sys.executable, "-c", _HEARS, module, *arguments], timeout=seconds, check=False,
            input=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**known, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        ).returncode  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
