"""`mahdar serve` as it is started and ended at a terminal."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from tests.site import free_port

# What the server says, after ten seconds, of a process that it has to kill.
KILLED = b"refused to gracefully stop"


def begin(archive: Path, port: int) -> subprocess.Popen[bytes]:
    """Start the site in a group of its own, as a shell does."""
    return subprocess.Popen(
        [sys.executable, "-m", "mahdar", "serve", "--port", str(port), "--workers", "2",
         "--no-vectors", "--archive", str(archive)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def start(archive: Path, port: int) -> subprocess.Popen[bytes]:
    """Start the site and wait until it answers."""
    process = begin(archive, port)
    end = time.monotonic() + 90
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
            return process
        time.sleep(0.1)
    process.kill()
    raise AssertionError("the site does not answer")


def start_barely(archive: Path, port: int) -> tuple[subprocess.Popen[bytes], list[psutil.Process]]:
    """Start the site and wait until its processes are there, before they can answer."""
    process = begin(archive, port)
    end = time.monotonic() + 90
    while time.monotonic() < end:
        family = psutil.Process(process.pid).children(recursive=True)
        if len(family) >= 3:  # two that answer, the housekeeper
            return process, family
        time.sleep(0.002)
    process.kill()
    raise AssertionError("the site has no processes")


def gone(processes: list[psutil.Process]) -> bool:
    _, alive = psutil.wait_procs(processes, timeout=15)
    return not alive


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served") / "archive"


@pytest.mark.parametrize("how", ["keyboard", "terminate"])
def test_it_ends_at_once_and_says_nothing(archive: Path, how: str) -> None:
    process = start(archive, free_port())
    family = psutil.Process(process.pid).children(recursive=True)
    assert len(family) >= 3  # two that answer, the housekeeper
    if how == "keyboard":
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.terminate()
    said, told = process.communicate(timeout=30)
    assert process.returncode == 0
    assert b"Traceback" not in told
    assert KILLED not in said + told
    assert b"WARNING" not in said + told
    assert b"Mahdar is at http://127.0.0.1:" in told
    assert gone(family)


def test_nothing_is_left_where_it_is_killed(archive: Path) -> None:
    process = start(archive, free_port())
    family = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.communicate(timeout=20)
    assert gone(family)


@pytest.mark.parametrize("pause", [0, 0.05, 0.2, 0.5])
def test_nothing_is_left_where_it_is_killed_as_it_starts(archive: Path, pause: float) -> None:
    """A process that asks who started it after that one is gone would wait for another's end."""
    process, family = start_barely(archive, free_port())
    time.sleep(pause)
    process.kill()
    process.communicate(timeout=20)
    assert gone(family)


@pytest.mark.parametrize("pause", [0, 0.05, 0.2, 0.5])
def test_it_ends_at_once_as_it_starts(archive: Path, pause: float) -> None:
    """A process that has the handlers of the one that started it would not know it is to end."""
    process, family = start_barely(archive, free_port())
    time.sleep(pause)
    process.terminate()
    said, told = process.communicate(timeout=30)
    assert process.returncode == 0
    assert KILLED not in said + told
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
    end = time.monotonic() + 30
    while len(family) < 2 and time.monotonic() < end:
        family = psutil.Process(process.pid).children(recursive=True)
        time.sleep(0.05)
    assert len(family) == 2  # the one beside the site, and the one that reads for it
    if killed:
        process.kill()
    process.communicate(timeout=20)
    assert gone(family)


FORGETS_THE_FIRST = """
import signal, sys, threading
from mahdar.web.parent import insist_on_ending
insist_on_ending()
heard, done = [], threading.Event()
def hear(*_):
    heard.append(1)
    if len(heard) > 1:
        done.set()
signal.signal(signal.SIGTERM, hear)
print("ready", flush=True)
sys.exit(0 if done.wait(20) else 3)
"""


def test_a_signal_that_was_forgotten_comes_again() -> None:
    """As where it comes between the server's handlers and its first request."""
    with subprocess.Popen([sys.executable, "-c", FORGETS_THE_FIRST], stdout=subprocess.PIPE) as one:
        assert one.stdout is not None
        assert one.stdout.readline() == b"ready\n"
        one.terminate()
        assert one.wait(30) == 0


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
