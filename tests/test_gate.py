"""The gate before the site: what a request brings is looked at before it is taken."""

from __future__ import annotations

import io
import json
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from mahdar.web import bodies
from mahdar.web.bodies import Pace
from mahdar.web.gate import Bounds, Environ, Gate
from tests.served import PATIENCE, gone, start
from tests.site import free_port

Told = tuple[int, dict[str, str], bytes]


class Silent:
    """A body that never comes, until its connection ends."""

    def __init__(self) -> None:
        self.ended = threading.Event()

    def read(self, size: int) -> bytes:
        del size
        self.ended.wait(PATIENCE)
        return b""


class Untouched:
    """A body that nobody may ask for."""

    def read(self, size: int) -> bytes:
        raise AssertionError(f"{size} bytes were asked for")


def echo(environ: Environ, start: Callable[..., Any]) -> list[bytes]:
    """Answer with the body of the request."""
    start("200 OK", [("Content-Type", "text/plain")])
    return [environ["wsgi.input"].read()]


def held_up() -> tuple[Any, threading.Event, threading.Semaphore]:
    """Return an application that answers when it may go on, and tells of each that it began."""
    going, held = threading.Event(), threading.Semaphore(0)

    def slow(environ: Environ, start: Callable[..., Any]) -> list[bytes]:
        held.release()
        going.wait(PATIENCE)
        return echo(environ, start)

    return slow, going, held


def gate(application: Any = echo, **bounds: Any) -> Gate:
    return Gate(application, Bounds(**bounds), lambda environ: str(environ["REMOTE_ADDR"]))


def ask(
    gated: Gate, body: object = None, *, method: str = "POST", path: str = "/", **named: str
) -> Told:
    told: list[Any] = []
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "REMOTE_ADDR": "192.0.2.1",
        "wsgi.input": body if body is not None else Untouched(), **named,
    }  # fmt: skip
    answer = b"".join(gated(environ, lambda *given: told.extend(given)))
    return int(told[0].split()[0]), dict(told[1]), answer


def test_a_body_comes_whole() -> None:
    data = bytes(range(256)) * 3000
    status, headers, answer = ask(gate(), io.BytesIO(data), CONTENT_LENGTH=str(len(data)))
    assert (status, answer) == (200, data)
    assert headers["Server"] == ""


@pytest.mark.parametrize(
    ("status", "named"),
    [
        (413, {"CONTENT_LENGTH": "1572864000"}),
        (413, {"CONTENT_LENGTH": "9" * 5000}),
        (413, {"CONTENT_LENGTH": "2000000", "path": "/search"}),
        (400, {"CONTENT_LENGTH": "-5"}),
        (400, {"CONTENT_LENGTH": "12x"}),
        (400, {"CONTENT_LENGTH": "١٢"}),
        (411, {"HTTP_TRANSFER_ENCODING": "chunked"}),
        (403, {"CONTENT_LENGTH": "5000", "path": "/uploads"}),
        (413, {"CONTENT_LENGTH": "1572864000", "path": "/uploads", "HTTP_COOKIE": "session=x"}),
    ],
)
def test_what_may_not_come_is_refused_before_a_byte_is_taken(
    status: int, named: dict[str, str]
) -> None:
    answered, headers, answer = ask(gate(), **named)
    assert answered == status
    assert headers["Connection"] == "close"
    assert str(status).encode() in answer


def test_a_question_has_no_body() -> None:
    assert ask(gate(), method="GET", CONTENT_LENGTH="1572864000")[0] == 200


def test_programs_are_told_in_their_own_form() -> None:
    _, headers, answer = ask(gate(), path="/api/v2/records", CONTENT_LENGTH="99999999")
    assert headers["Content-Type"] == "application/problem+json"
    assert json.loads(answer)["status"] == 413


def test_a_slow_body_is_given_up() -> None:
    body = Silent()
    status, headers, _ = ask(gate(pace=Pace(0.05, 10**9)), body, CONTENT_LENGTH="1000")
    body.ended.set()
    assert (status, headers["Connection"]) == (408, "close")


def test_a_body_that_ends_early_is_refused() -> None:
    assert ask(gate(), io.BytesIO(b"abc"), CONTENT_LENGTH="1000")[0] == 400


def test_little_is_asked_of_a_slow_sender(monkeypatch: pytest.MonkeyPatch) -> None:
    """`read` waits for all that it is asked for: a byte now and then held the thread for an hour."""
    asked: list[int] = []
    clock = iter(range(10**6))
    monkeypatch.setattr(bodies, "time", SimpleNamespace(monotonic=lambda: float(next(clock))))

    class Trickling:
        def read(self, size: int) -> bytes:
            asked.append(size)
            return b"x" * size

    assert ask(gate(), Trickling(), CONTENT_LENGTH="200")[0] == 200
    assert asked[:4] == [64, 8, 1, 1]


def test_slow_bodies_of_one_sender_keep_nobody_else_out() -> None:
    gated = gate(bodies=3, bodies_each=2, pace=Pace(0.01, 10**9))
    silent = [Silent() for _ in range(4)]
    answers = [ask(gated, body, CONTENT_LENGTH="10")[0] for body in silent]
    assert answers == [408, 408, 503, 503]  # the threads of two wait for what never comes
    data = io.BytesIO(b"0123456789")
    assert ask(gated, data, CONTENT_LENGTH="10", REMOTE_ADDR="192.0.2.2")[0] == 200
    for body in silent:
        body.ended.set()


def test_requests_of_one_network_hold_only_so_many_threads() -> None:
    slow, going, held = held_up()
    gated = gate(slow, requests_each=2, answering=3)
    askers = [
        threading.Thread(target=ask, args=(gated,),
                         kwargs={"method": "GET", "REMOTE_ADDR": f"2001:db8::{k}"})
        for k in range(2)
    ]  # fmt: skip
    for asker in askers:
        asker.start()
        held.acquire()
    status, headers, _ = ask(gated, method="GET", REMOTE_ADDR="2001:db8::9")
    assert (status, headers["Retry-After"]) == (429, "1")
    going.set()
    assert ask(gated, method="GET", REMOTE_ADDR="2001:db8:0:1::9")[0] == 200
    for asker in askers:
        asker.join()
    assert ask(gated, method="GET", REMOTE_ADDR="2001:db8::9")[0] == 200


def test_whoever_waits_too_long_is_told_to_come_again() -> None:
    slow, going, held = held_up()
    gated = gate(slow, answering=1, patience=0.05)
    first = threading.Thread(target=ask, args=(gated,), kwargs={"method": "GET"})
    first.start()
    held.acquire()
    status, headers, _ = ask(gated, method="GET")
    assert (status, headers["Retry-After"]) == (503, "2")
    going.set()
    first.join()


def test_a_stream_counts_until_it_ends() -> None:
    class Stream:
        streaming = True

        def __iter__(self) -> Iterator[bytes]:
            return iter([b"a", b"b"])

    def streamed(environ: Environ, start: Callable[..., Any]) -> Stream:
        del environ
        start("200 OK", [])
        return Stream()

    gated = gate(streamed, requests_each=1)
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "REMOTE_ADDR": "192.0.2.1"}
    answer = gated(dict(environ), lambda *_: None)
    assert ask(gated, method="GET")[0] == 429
    assert b"".join(answer) == b"ab"
    answer.close()  # type: ignore[attr-defined]
    assert ask(gated, method="GET")[0] == 200


def send(port: int, head: str, sender: str = "127.0.0.1") -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port), PATIENCE, (sender, 0))
    made.sendall(head.replace("\n", "\r\n").encode())
    return made


def told(made: socket.socket) -> bytes:
    with made:
        return made.recv(1 << 16)


def test_the_site_as_it_is_served(tmp_path: Path) -> None:
    """Twenty bodies that never come, a gigabyte and a half that is told of, and a reader."""
    port = free_port()
    site = start(tmp_path / "archive", port)
    family = psutil.Process(site.pid).children(recursive=True)
    try:
        head = "POST /sign-in HTTP/1.1\nHost: localhost\nContent-Length: {}\n\nabc"
        slow = [send(port, head.format(500), "127.0.0.9") for _ in range(20)]
        large = told(send(port, head.format(1572864000), "127.0.0.9"))
        assert large.startswith(b"HTTP/1.1 429") or large.startswith(b"HTTP/1.1 413")
        page = told(send(port, "GET / HTTP/1.1\nHost: localhost\n\n"))
        assert page.startswith(b"HTTP/1.1 200")
        assert b"granian" not in page.lower()
        assert told(send(port, head.format(1572864000))).startswith(b"HTTP/1.1 413")
        for made in slow:
            made.close()
    finally:
        site.terminate()
        site.wait(PATIENCE)
        assert gone(family)


def test_who_listens_to_other_machines_is_told_what_a_proxy_must_do(tmp_path: Path) -> None:
    port = free_port()
    site = subprocess.Popen(
        [sys.executable, "-m", "mahdar", "serve", "--host", "0.0.0.0", "--port", str(port),
         "--no-vectors", "--workers", "1", "--archive", str(tmp_path)],
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert site.stderr is not None
    said = "".join(line for _, line in zip(range(6), site.stderr, strict=False))
    site.terminate()
    site.communicate(timeout=PATIENCE)
    for word in ("reverse proxy", "X-Forwarded-For", "MAHDAR_PROXY=1", "HTTPS"):
        assert word in said
