"""The site as `mahdar serve` runs it: started, started barely, and gone."""

from __future__ import annotations

import atexit
import contextlib
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil

# Seconds until what does not happen is taken for something that never will.
PATIENCE = 300.0


def killed(told: bytes) -> bool:
    """Tell whether the site, or the server in it, says that it killed one of its processes."""
    return b"refused to gracefully stop" in told or b"did not hear" in told


def begin(archive: Path, port: int, planted: Path | None = None) -> subprocess.Popen[bytes]:
    """Start the site in a group of its own, as a shell does.

    Args:
        archive: place of the archive.
        port: to listen at.
        planted: folder of a ``sitecustomize.py`` that each of its processes runs first.
    """
    paths = [str(planted)] if planted else []
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([*paths, os.environ.get("PYTHONPATH", "")])}
    process = subprocess.Popen(
        [sys.executable, "-m", "mahdar", "serve", "--port", str(port), "--workers", "2",
         "--no-vectors", "--archive", str(archive)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        env=env if planted else None, bufsize=0,
    )  # fmt: skip
    atexit.register(process.kill)  # where a test failed before it ended
    return process


def start(archive: Path, port: int, planted: Path | None = None) -> subprocess.Popen[bytes]:
    """Start the site and wait until it answers."""
    process = begin(archive, port, planted)
    end = time.monotonic() + PATIENCE
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
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        family = psutil.Process(process.pid).children(recursive=True)
        if len(family) >= 3:  # two that answer, the housekeeper
            return process, family
        time.sleep(0.002)
    process.kill()
    raise AssertionError("the site has no processes")


def gone(processes: list[psutil.Process]) -> bool:
    """Tell whether processes have ended, or end yet."""
    _, alive = psutil.wait_procs(processes, timeout=PATIENCE)
    return not alive
