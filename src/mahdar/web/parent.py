"""The process of `mahdar serve` as those it starts know it: they end when it is gone."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import signal
import subprocess
import threading
import time

_NAME = "MAHDAR_SERVES"
_PAUSE, _GRACE = 1.0, 5.0
# Seconds to finish answers in, once told to end; and until one that did not even hear it is killed.
ANSWERING, HEARING = 10, 30
_log = logging.getLogger("mahdar.serving")


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
        signal.set_wakeup_fd(-1)  # what this one is told does not concern its parent
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
    """Let a signal that ends the site come again until it has ended; called in the main thread.

    Python handles signals there, and does not wake it where another thread was given one, or where
    it came just before it fell asleep. The server is told as often as one likes in this process.
    Those that answer and did not end for long are killed: they did not even hear it.
    """
    heard, told = os.pipe()
    for end in (heard, told):
        os.set_blocking(end, end == heard)
    signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    main = threading.get_ident()
    threading.Thread(target=_insist, args=(heard, main), daemon=True).start()


def _insist(heard: int, main: int) -> None:
    while not {signal.SIGINT, signal.SIGTERM} & set(os.read(heard, 64)):
        pass
    end = time.monotonic() + HEARING
    # Where the server has no handlers yet the process ends by itself, and where it is done as well.
    while started_by() == os.getpid() and callable(signal.getsignal(signal.SIGTERM)):
        signal.pthread_kill(main, signal.SIGTERM)
        time.sleep(_PAUSE)
        if time.monotonic() > end:
            _kill_children()


def _kill_children() -> None:
    for process in multiprocessing.active_children():
        _log.warning("process %s did not hear that it is to end: killed", process.pid)
        process.kill()


def end_when_told() -> None:
    """Let one thread hear the signal that ends this process; called in the main thread, first.

    The handler of the server is called once, however often the signal comes. Called by Python it
    would run in the main thread, which may have fallen asleep before; and where it runs again
    before the server is done, it waits for ever and holds the interpreter meanwhile.
    """
    # Threads that start later have it from this one: none of them takes the signal away.
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
    threading.Thread(target=_hear, daemon=True).start()


def _hear() -> None:
    signal.sigwait([signal.SIGTERM])
    tell_server = signal.getsignal(signal.SIGTERM)
    if not callable(tell_server):  # it does not serve yet: nobody waits for an answer
        os._exit(0)
    # What is being answered is finished, if it does not take too long. The kernel ends the process
    # then: it needs no turn of an interpreter that may be stuck.
    signal.setitimer(signal.ITIMER_REAL, ANSWERING)
    tell_server(signal.SIGTERM, None)


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
