"""How the processes that answer end: as they start, while they answer, told once or often.

What takes its time is planted in them: it waits for the test, not for the clock.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from mahdar.web.children import run_module
from tests.served import PATIENCE, begin, gone, killed, start
from tests.site import free_port

PLANTED = """
import os, time
from pathlib import Path
import mahdar.web.parent

HERE = Path(__file__).parent
mahdar.web.parent.ANSWERING, mahdar.web.parent.HEARING = {answering}, {hearing}

def wait():
    (HERE / f"begun-{{os.getpid()}}").touch()
    while not (HERE / "may-go-on").exists():
        time.sleep(0.05)
"""
SLOW_TO_START = """
import django.core.wsgi
django.core.wsgi.get_wsgi_application = wait
"""
# The server has its handlers already, and does not serve yet.
SLOW_TO_SERVE = """
import granian.server.mp as server
made = server.WSGIWorker
def make(*given):
    wait()
    return made(*given)
server.WSGIWorker = make
"""
SLOW_TO_ANSWER = """
import django.core.wsgi
made = django.core.wsgi.get_wsgi_application
def make():
    site = made()
    def answer(environ, start):
        if environ["PATH_INFO"] != "/slow":
            return site(environ, start)
        wait()
        start("200 OK", [("Content-Type", "text/plain")])
        return [b"answered"]
    return answer
django.core.wsgi.get_wsgi_application = make
"""
# It holds the interpreter, as what is stuck in a library does: no thread of it gets a turn.
DEAF = (
    """
import ctypes
def wait():
    (HERE / f"begun-{os.getpid()}").touch()
    ctypes.PyDLL(None).sleep(600)
"""
    + SLOW_TO_ANSWER
)
# Who waits for a process learns late that it has ended, and everybody else cannot ask any more.
LATE_TO_LEARN = """
import sys, threading
asked = os.waitpid
def ask(number, how):
    if threading.current_thread() is threading.main_thread():
        time.sleep(0.5)
        return asked(number, how)
    found = asked(number, how)
    time.sleep(5)
    return found
if "serve" in sys.orig_argv:
    os.waitpid = ask
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ending") / "archive"


def plant(folder: Path, what: str, *, answering: int = 600, hearing: int = 600) -> Path:
    """Plant something in the processes of a site, and give them these seconds to end in."""
    planted = PLANTED.format(answering=answering, hearing=hearing)
    (folder / "sitecustomize.py").write_text(planted + what)
    return folder


def begun(folder: Path, count: int) -> list[int]:
    """Return the numbers of the processes that wait for the test, once they are so many."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = [int(path.name.removeprefix("begun-")) for path in folder.glob("begun-*")]
        if len(found) >= count:
            return found
        time.sleep(0.05)
    raise AssertionError("nothing waits")


def tell_often(process: subprocess.Popen[bytes], numbers: list[int]) -> None:
    """End the site, and tell those that answer four times more, as a manager of services may."""
    process.terminate()
    for _ in range(4):
        time.sleep(1)  # signals of a kind that come together are one
        for number in numbers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGTERM)


def ended_well(process: subprocess.Popen[bytes], family: list[psutil.Process]) -> bool:
    said, told = process.communicate(timeout=PATIENCE)
    return process.returncode == 0 and not killed(said + told) and gone(family)


def asked_slowly(port: int) -> tuple[threading.Thread, list[bytes]]:
    """Ask for what takes its time; the answer is in the list when the thread has ended."""
    answers: list[bytes] = []

    def ask() -> None:
        with contextlib.suppress(OSError):  # it was cut off
            address = f"http://127.0.0.1:{port}/slow"
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                answers.append(answer.read())

    asking = threading.Thread(target=ask)
    asking.start()
    return asking, answers


def test_one_that_never_gets_ready_ends(archive: Path, tmp_path: Path) -> None:
    process = begin(archive, free_port(), plant(tmp_path, SLOW_TO_START))
    begun(tmp_path, 2)
    family = psutil.Process(process.pid).children(recursive=True)
    process.terminate()
    assert ended_well(process, family)


def test_one_that_is_told_before_it_serves_ends(archive: Path, tmp_path: Path) -> None:
    """Told twice there, the server's handler would hold the interpreter for ever."""
    process = begin(archive, free_port(), plant(tmp_path, SLOW_TO_SERVE))
    numbers = begun(tmp_path, 2)
    family = psutil.Process(process.pid).children(recursive=True)
    tell_often(process, numbers)
    (tmp_path / "may-go-on").touch()
    assert ended_well(process, family)


def test_what_is_being_answered_is_finished(archive: Path, tmp_path: Path) -> None:
    """Told three times while it answers, the server's handler would hold the interpreter."""
    port = free_port()
    process = start(archive, port, plant(tmp_path, SLOW_TO_ANSWER))
    family = psutil.Process(process.pid).children(recursive=True)
    asking, answers = asked_slowly(port)
    tell_often(process, begun(tmp_path, 1))
    (tmp_path / "may-go-on").touch()
    assert ended_well(process, family)
    asking.join()
    assert answers == [b"answered"]


def test_an_answer_that_never_ends_does_not_keep_the_site(archive: Path, tmp_path: Path) -> None:
    port = free_port()
    process = start(archive, port, plant(tmp_path, SLOW_TO_ANSWER, answering=1))
    family = psutil.Process(process.pid).children(recursive=True)
    asking, answers = asked_slowly(port)
    begun(tmp_path, 1)
    process.terminate()
    assert ended_well(process, family)
    asking.join()
    assert answers == []


def test_one_that_does_not_even_hear_is_killed(archive: Path, tmp_path: Path) -> None:
    port = free_port()
    process = start(archive, port, plant(tmp_path, DEAF, hearing=2))
    family = psutil.Process(process.pid).children(recursive=True)
    asking, answers = asked_slowly(port)
    (number,) = begun(tmp_path, 1)
    process.terminate()
    _, told = process.communicate(timeout=PATIENCE)
    assert f"process {number} did not hear that it is to end: killed" in told.decode()
    assert process.returncode == 0
    assert gone(family)
    asking.join()
    assert answers == []


def test_one_that_has_just_ended_is_not_told_to_be_killed(archive: Path, tmp_path: Path) -> None:
    """On a busy machine the server takes it for one that refuses to end."""
    process = start(archive, free_port(), plant(tmp_path, LATE_TO_LEARN))
    family = psutil.Process(process.pid).children(recursive=True)
    process.terminate()
    assert ended_well(process, family)


# A mutex that is taken already: no signal wakes who waits for it, as none wakes a main thread for
# which it comes just before it falls asleep.
SLEEPS_DEEPLY = """
import ctypes, os, signal
from mahdar.web.parent import end_when_told
end_when_told()
signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
libc, mutex = ctypes.CDLL(None), ctypes.create_string_buffer(64)
libc.pthread_mutex_lock(mutex)
print("ready", flush=True)
libc.pthread_mutex_lock(mutex)
"""


def test_a_signal_is_heard_though_the_main_thread_sleeps() -> None:
    with subprocess.Popen([sys.executable, "-c", SLEEPS_DEEPLY], stdout=subprocess.PIPE) as one:
        assert one.stdout is not None
        assert one.stdout.readline() == b"ready\n"
        watch = threading.Timer(PATIENCE, one.kill)
        watch.start()
        one.terminate()
        assert one.wait() == 0
        watch.cancel()


def deaf(work: Callable[[], int | None]) -> int | None:
    """Work as the threads of the site do, to which the signal does not come."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
    try:
        return work()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def test_what_the_site_starts_can_be_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ends_itself.py").write_text("import os, signal\nos.kill(os.getpid(), 15)\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert deaf(lambda: run_module("ends_itself", seconds=PATIENCE)) == -signal.SIGTERM
