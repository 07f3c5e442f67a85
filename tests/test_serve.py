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


def start(archive: Path, port: int) -> subprocess.Popen[bytes]:
    """Start the site in a group of its own, as a shell does, and wait until it answers."""
    process = subprocess.Popen(
        [sys.executable, "-m", "mahdar", "serve", "--port", str(port), "--workers", "2",
         "--no-vectors", "--archive", str(archive)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    end = time.monotonic() + 90
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
            return process
        time.sleep(0.1)
    process.kill()
    raise AssertionError("the site does not answer")


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
    begun = time.monotonic()
    if how == "keyboard":
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.terminate()
    said, told = process.communicate(timeout=30)
    assert process.returncode == 0
    assert time.monotonic() - begun < 8, "one of its processes had to be killed"
    assert b"Traceback" not in told
    assert b"WARNING" not in said + told
    assert b"Mahdar is at http://127.0.0.1:" in told
    assert gone(family)


def test_nothing_is_left_where_it_is_killed(archive: Path) -> None:
    process = start(archive, free_port())
    family = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.communicate(timeout=10)
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
