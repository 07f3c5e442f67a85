"""The gate before the site: what a request may bring and take is looked at before it is answered.

What is told of a body is looked at before a byte of it is taken, each is taken within a time and
at a least rate, and only so many requests are answered at once, so that those of one sender
never hold all the threads. Django sees requests whose bodies have come.
"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from http import HTTPStatus
from typing import Any, NamedTuple

import msgspec

from mahdar.web.bodies import CutShort, Pace, Places, TooSlow, take_body
from mahdar.web.networks import network_of

Environ = dict[str, Any]
Start = Callable[[str, list[tuple[str, str]]], object]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
_log = logging.getLogger("mahdar.safety")
_BODILESS = ("GET", "HEAD", "OPTIONS", "TRACE")
_UPLOADS = "/uploads"
_NO_BANNER = ("Server", "")
"""Else the server would write its own name there."""


class Bounds(msgspec.Struct, frozen=True):
    """What one process of the site takes at once.

    ``body`` is the most bytes of a body at any address but that of uploads, ``upload`` at that one.
    ``bodies`` may come at once, ``bodies_each`` from one network; ``requests_each`` requests of one
    network may be there at once; ``answering`` are answered at once, the others wait for at most
    ``patience`` seconds.
    """

    body: int = 1 << 20
    upload: int = 65 << 20
    pace: Pace = Pace()
    bodies: int = 64
    bodies_each: int = 4
    requests_each: int = 12
    answering: int = 4
    patience: float = 10.0


THREADS = 32
"""Threads of the server in each process: most wait, for bodies, and for one that answers."""


class _Answer(NamedTuple):
    status: str
    headers: list[tuple[str, str]]
    chunks: Iterable[bytes]


class Gate:
    """A WSGI application before another.

    Args:
        application: that answers.
        bounds: what it takes.
        sender_of: the address of whoever asks.
        session: how the cookie is called that those have who have signed in.
    """

    def __init__(
        self, application: Application, bounds: Bounds, sender_of: Callable[[Environ], str],
        session: str = "session",
    ) -> None:  # fmt: skip
        self._application, self._bounds = application, bounds
        self._sender_of, self._session = sender_of, session
        self._bodies = Places(bounds.bodies, bounds.bodies_each)
        self._requests = Places(1 << 30, bounds.requests_each)
        self._pool = ThreadPoolExecutor(bounds.answering, "answering")

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Answer a request."""
        if refusal := self._refusal(environ):
            return self._refuse(environ, start, refusal)
        sender = network_of(self._sender_of(environ))
        if not self._requests.take(sender):
            refusal = _Refusal(429, "too many requests of yours are being answered", wait=1)
            return self._refuse(environ, start, refusal)
        try:
            answer = self._answer(environ, sender)
        except BaseException:
            self._requests.give_back(sender)
            raise
        if isinstance(answer, _Refusal):
            self._requests.give_back(sender)
            return self._refuse(environ, start, answer)
        start(answer.status, [*answer.headers, _NO_BANNER])
        if isinstance(answer.chunks, list):
            self._requests.give_back(sender)
            return answer.chunks
        return _Held(answer.chunks, lambda: self._requests.give_back(sender))

    def _refusal(self, environ: Environ) -> _Refusal | None:
        """Return why a body is not taken, None where it may come."""
        told = environ.get("CONTENT_LENGTH") or ""
        if environ["REQUEST_METHOD"] in _BODILESS:
            environ["CONTENT_LENGTH"], environ["wsgi.input"] = "", io.BytesIO()
            return None
        if environ.get("HTTP_TRANSFER_ENCODING"):
            return _Refusal(411, "send the length of the body (Content-Length)")
        if told and not (told.isascii() and told.isdecimal()):
            return _Refusal(400, "the length of the body is no number")
        is_upload = environ.get("PATH_INFO", "") == _UPLOADS
        most = self._bounds.upload if is_upload else self._bounds.body
        if len(told) > len(str(most)) or int(told or 0) > most:
            return _Refusal(413, f"a body here may have at most {most:,} bytes")
        if is_upload and f"{self._session}=" not in environ.get("HTTP_COOKIE", ""):
            return _Refusal(403, "sign in before you give a file")
        return None

    def _answer(self, environ: Environ, sender: str) -> _Answer | _Refusal:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if not length:
            environ["wsgi.input"] = io.BytesIO()
            return self._handled(environ)
        if not self._bodies.take(sender):
            return _Refusal(503, "too many bodies are coming at once", wait=2)
        try:
            body = take_body(
                environ["wsgi.input"], length, self._bounds.pace,
                lambda: self._bodies.give_back(sender),
            )  # fmt: skip
        except TooSlow as slow:
            _log.warning("a body of %s bytes did not come in %s", length, slow)
            return _Refusal(408, "the body did not come in time")
        except CutShort:
            return _Refusal(400, "the body ended before its length")
        with body:
            return self._handled({**environ, "wsgi.input": body})

    def _handled(self, environ: Environ) -> _Answer | _Refusal:
        """Let one of the few threads answer; do not wait for it for ever."""
        answering: Future[_Answer] = self._pool.submit(self._run, environ)
        try:
            return answering.result(self._bounds.patience)
        except TimeoutError:
            if answering.cancel():
                return _Refusal(503, "too many requests wait for an answer", wait=2)
            return answering.result()  # it is being answered

    def _run(self, environ: Environ) -> _Answer:
        told: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            del exc_info
            told[:] = [(status, headers)]

        response = self._application(environ, start)
        if not getattr(response, "streaming", False):
            try:
                chunks = [b"".join(response)]
            finally:
                _close(response)
            return _Answer(*told[0], chunks)
        return _Answer(*told[0], response)

    def _refuse(self, environ: Environ, start: Start, refusal: _Refusal) -> list[bytes]:
        code = refusal.status
        status = f"{code} {HTTPStatus(code).phrase}"
        headers = [("Connection", "close"), ("Cache-Control", "no-store"), _NO_BANNER]
        if refusal.wait:
            headers.append(("Retry-After", str(refusal.wait)))
        if environ.get("PATH_INFO", "").startswith("/api/"):
            problem = {
                "type": "about:blank", "title": HTTPStatus(code).phrase, "status": code,
                "detail": refusal.why,
            }  # fmt: skip
            start(status, [*headers, ("Content-Type", "application/problem+json")])
            return [json.dumps(problem).encode()]
        start(status, [*headers, ("Content-Type", "text/plain; charset=utf-8"),
                       ("X-Content-Type-Options", "nosniff")])  # fmt: skip
        return [f"{code}: {refusal.why}\n".encode()]


class _Refusal(NamedTuple):
    """Why a request is not answered; ``wait`` seconds until it may be tried again."""

    status: int
    why: str
    wait: int = 0


class _Held:
    """A stream that says when it ends, however it ends."""

    def __init__(self, chunks: Iterable[bytes], done: Callable[[], None]) -> None:
        self._chunks, self._done = chunks, done
        self._iterator = iter(chunks)

    def __iter__(self) -> Iterator[bytes]:
        return self._iterator

    def close(self) -> None:
        """End the stream."""
        done, self._done = self._done, lambda: None
        try:
            _close(self._chunks)
        finally:
            done()


def _close(response: Iterable[bytes]) -> None:
    close = getattr(response, "close", None)
    if close is not None:
        close()
