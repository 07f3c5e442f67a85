"""`mahdar serve` as it is started and ended at a terminal."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from tests.served import PATIENCE, gone, killed, start, start_barely
from tests.site import free_port


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served") / "archive"


def told_until(words: bytes, process: subprocess.Popen[bytes]) -> bytes:
    """Return what a process told up to the line that has the words."""
    assert process.stderr is not None
    watch = threading.Timer(PATIENCE, process.kill)
    watch.start()
    told = b""
    while words not in told and (line := process.stderr.readline()):
        told += line
    watch.cancel()
    return told


@pytest.mark.parametrize("how", ["keyboard", "terminate"])
def test_it_ends_at_once_and_says_nothing(archive: Path, how: str) -> None:
    process = start(archive, free_port())
    family = psutil.Process(process.pid).children(recursive=True)
    assert len(family) >= 3  # two that answer, the housekeeper
    before = told_until(b"Mahdar is at", process)
    if how == "keyboard":
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.terminate()
    said, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert b"Traceback" not in told
    assert not killed(said + told)
    assert b"WARNING" not in said + before + told
    assert b"Mahdar is at http://127.0.0.1:" in before
    assert gone(family)


def test_nothing_is_left_where_it_is_killed(archive: Path) -> None:
    process = start(archive, free_port())
    family = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.communicate(timeout=PATIENCE)
    assert gone(family)


@pytest.mark.parametrize("pause", [0, 0.05, 0.2, 0.5])
def test_nothing_is_left_where_it_is_killed_as_it_starts(archive: Path, pause: float) -> None:
    """A process that asks who started it after that one is gone would wait for another's end."""
    process, family = start_barely(archive, free_port())
    time.sleep(pause)
    process.kill()
    process.communicate(timeout=PATIENCE)
    assert gone(family)


@pytest.mark.parametrize("pause", [0, 0.05, 0.2, 0.5])
def test_it_ends_at_once_as_it_starts(archive: Path, pause: float) -> None:
    """A process that has the handlers of the one that started it would not know it is to end."""
    process, family = start_barely(archive, free_port())
    time.sleep(pause)
    process.terminate()
    said, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert not killed(said + told)
    assert gone(family)


WORKS_APART = """
import subprocess, sys, threading
from mahdar.web.parent import end_with, started_by
threading.Thread(target=end_with, args=(started_by(),), daemon=True).start()
subprocess.run([sys.executable, "-c", "import time; time.sleep(60)"])
"""
STARTS_IT = """
import subprocess, sys, time
from mahdar.web.parent import end_group, tell_children
tell_children()
keeper = subprocess.Popen([sys.executable, "-c", sys.argv[1]], process_group=0)
sys.stdin.read()
end_group(keeper)
"""


@pytest.mark.parametrize("killed", [True, False])
def test_what_is_being_read_ends_with_the_site(killed: bool) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", STARTS_IT, WORKS_APART], stdin=subprocess.PIPE
    )
    family: list[psutil.Process] = []
    end = time.monotonic() + PATIENCE
    while len(family) < 2 and time.monotonic() < end:
        family = psutil.Process(process.pid).children(recursive=True)
        time.sleep(0.05)
    assert len(family) == 2  # the one beside the site, and the one that reads for it
    if killed:
        process.kill()
    process.communicate(timeout=PATIENCE)
    assert gone(family)


FORGETS_THE_FIRST = """
import signal, sys, threading
from mahdar.web.parent import insist_on_ending, tell_children
tell_children()
insist_on_ending()
heard, done = [], threading.Event()
def hear(*_):
    heard.append(1)
    if len(heard) > 1:
        done.set()
signal.signal(signal.SIGTERM, hear)
print("ready", flush=True)
sys.exit(0 if done.wait(90) else 3)
"""


def test_a_signal_that_was_forgotten_comes_again() -> None:
    """As where it comes just before the main thread falls asleep."""
    with subprocess.Popen([sys.executable, "-c", FORGETS_THE_FIRST], stdout=subprocess.PIPE) as one:
        assert one.stdout is not None
        assert one.stdout.readline() == b"ready\n"
        one.terminate()
        assert one.wait(PATIENCE) == 0


def test_a_signal_that_another_thread_is_given_ends_the_site(archive: Path) -> None:
    """The main thread is deaf as it starts a process; then the kernel gives it to another."""
    process = start(archive, free_port())
    family = psutil.Process(process.pid).children(recursive=True)
    others = [one.id for one in psutil.Process(process.pid).threads() if one.id != process.pid]
    assert ctypes.CDLL(None).tgkill(process.pid, others[-1], signal.SIGTERM) == 0
    _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert not killed(told)
    assert gone(family)


def test_a_port_that_is_taken_is_told(archive: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "mahdar", "serve", "--port", port, "--archive", str(archive)],
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
    assert done.returncode == 2
    assert f"127.0.0.1:{port} cannot be listened at" in done.stderr
    assert "--port" in done.stderr
