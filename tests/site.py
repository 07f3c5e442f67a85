"""The site to test with: asked within this process, or running as `mahdar serve` starts it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
from django.test import Client

KEY = "S/PV.99902"
PASSWORD = "a lamp on Coco Island"
_PATIENCE = 90.0


class Page:
    """An answer of the site, and how to look things up in it."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.status: int = answer.status_code
        self.text: str = answer.content.decode()
        self.tree = lxml.html.fromstring(self.text) if self.text.strip() else None

    def all(self, selector: str) -> list[str]:
        """Return the words of all elements that a path (XPath) finds, blanks made single."""
        assert self.tree is not None
        found = self.tree.xpath(selector)
        return [
            " ".join((each if isinstance(each, str) else each.text_content()).split())
            for each in found
        ]

    def one(self, selector: str) -> str:
        """Return the words of the one element that a path finds."""
        (found,) = self.all(selector)
        return found


def reader(language: str = "en", **more: Any) -> Client:
    """Return somebody who reads the site in a language."""
    return Client(HTTP_ACCEPT_LANGUAGE=language, HTTP_HOST="localhost", **more)


def page(address: str, language: str = "en", *, client: Client | None = None) -> Page:
    """Return the page at an address."""
    asked = (client or reader(language)).get(address)
    return Page(asked)


def streamed(answer: Any) -> bytes:
    """Return the bytes of an answer that is sent piece by piece."""
    return b"".join(answer.streaming_content)


def prepare_site() -> None:
    """Put the invented meetings into this process's archive, and collect the files of the site."""
    from mahdar.web.serving import prepare

    prepare(lambda _text: None)


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def serving(archive: Path, *options: str, **environment: str) -> Iterator[str]:
    """Run `mahdar serve` on an archive, and yield its address."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "mahdar", "serve", "--port", str(port), "--workers", "1",
         "--archive", str(archive), *options],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        env={**os.environ, "MAHDAR_RATE": "100000", **environment},
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + _PATIENCE
        while True:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{address}/alive", timeout=5).close()
                break
            assert process.poll() is None, process.stderr and process.stderr.read()
            assert time.monotonic() < end, "the site does not answer"
            time.sleep(0.1)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
