"""The process of `mahdar serve` as those it starts know it: they end when it is gone."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time

_NAME = "MAHDAR_SERVES"
_PAUSE, _GRACE = 1.0, 5.0


def tell_children() -> None:
    """Let the processes that are started from now on know who started them.

    Told, not asked: whoever asks for its parent after that one was killed gets another's number.
    """
    os.environ[_NAME] = str(os.getpid())
    # A fork has the handlers of its parent, which would only write down that it is to end, and
    # forgets what came before it was ready. Until the server sets its own handlers there is nothing
    # to bring to an end: the signal waits until it can take the process at once.
    os.register_at_fork(before=_hold, after_in_parent=_release, after_in_child=_begin)


def _hold() -> None:
    if started_by() == os.getpid():
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])


def _release() -> None:
    if started_by() == os.getpid():
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])


def _begin() -> None:
    if started_by() == os.getppid():
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])


def forget_children() -> None:
    """Undo :func:`tell_children`: what is started from now on goes its own way."""
    os.environ.pop(_NAME, None)


def started_by() -> int | None:
    """Return the number of the process of `mahdar serve` that started this one.

    >>> started_by() is None
    True
    """
    told = os.environ.get(_NAME, "")
    return int(told) if told.isdecimal() else None


def is_gone(parent: int) -> bool:
    """Tell whether the process that started this one has ended.

    >>> is_gone(os.getppid())
    False
    """
    return os.getppid() != parent


def end_with(parent: int) -> None:
    """Wait until the process that started this one has ended, then end this one as well.

    Those of its group end with it: what it runs apart would go on for nobody.

    Args:
        parent: number of the process.
    """
    while not is_gone(parent):
        time.sleep(_PAUSE)
    os.killpg(os.getpgrp(), signal.SIGTERM)
    time.sleep(_GRACE)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def insist_on_ending() -> None:
    """Let a signal that ends this process come again until it does; called in the main thread.

    A server forgets one that comes after its handlers are set and before it begins to serve.
    """
    heard, told = os.pipe()
    for end in (heard, told):
        os.set_blocking(end, end == heard)
    signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    threading.Thread(target=_insist, args=(heard,), daemon=True).start()


def _insist(heard: int) -> None:
    while signal.SIGTERM not in os.read(heard, 64):
        pass
    while True:
        time.sleep(_PAUSE)
        os.kill(os.getpid(), signal.SIGTERM)


def end_group(leader: subprocess.Popen[bytes]) -> None:
    """End a process that leads a group, and those of its group with it.

    Args:
        leader: started with ``process_group=0``.
    """
    for how, patience in ((signal.SIGTERM, _GRACE), (signal.SIGKILL, None)):
        with contextlib.suppress(ProcessLookupError):  # all of them are gone
            os.killpg(leader.pid, how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            leader.wait(patience)
