"""What holds for every answer: headers, the language of the interface, the rate of the API."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from mahdar.errors import (
    ArchiveError,
    MahdarError,
    NothingToPublish,
    QueryError,
    ToolMissing,
)
from mahdar.web.api.problems import problem
from mahdar.web.bodies import Places
from mahdar.web.costs import FREE_OF_COUNT, cost_of
from mahdar.web.making import NotMadeYet
from mahdar.web.networks import network_of
from mahdar.web.options import site_options
from mahdar.web.rates import Rates

Answerer = Callable[[HttpRequest], HttpResponse]

_CONTENT = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""For files that others made or that carry styles of their own: nothing in them may act."""
_AT_ONCE = 3
"""Dear answers of one network that each process gives at once: one of its threads stays free."""
_POWERS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def safety_headers(answer: Answerer) -> Answerer:
    """Set the headers that keep what a record holds from being run."""

    def wrapped(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        file = response.get("Content-Disposition", "").startswith("attachment")
        response["Content-Security-Policy"] = _SANDBOX if file else _CONTENT
        response["Permissions-Policy"] = _POWERS
        response.setdefault("X-Frame-Options", "DENY")  # for files that other layers answer
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if getattr(request, "may_be_shared", False):
            # Reading is open to all, and no cookie is looked at.
            response["Access-Control-Allow-Origin"] = "*"
            response["Cross-Origin-Resource-Policy"] = "cross-origin"
            response["Access-Control-Expose-Headers"] = "ETag, Link, RateLimit-Limit, Retry-After"
        return response

    return wrapped


def interface_language(answer: Answerer) -> Answerer:
    """Choose the language of the interface: the reader's choice, else what the browser asks for.

    It is independent of the language of a record.
    """

    def wrapped(request: HttpRequest) -> HttpResponse:
        code = translation.get_language_from_request(request)
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = answer(request)
        if not response.headers.get("Cache-Control", "").startswith("public"):
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.setdefault("Content-Language", code[:2])
        return response

    return wrapped


def client(request: HttpRequest) -> str:
    """Return the address of whoever asks."""
    return address_of(request.META)


def address_of(environ: Mapping[str, object]) -> str:
    """Return the address of whoever asks, by what the server tells of a request."""
    if site_options().behind_proxy:
        # The last that was added is the one that our own proxy saw.
        passed = str(environ.get("HTTP_X_FORWARDED_FOR", "")).split(",")[-1].strip()
        if passed:
            return passed
    return str(environ.get("REMOTE_ADDR", ""))


def rate_limit(answer: Answerer) -> Answerer:
    """Hold one network to so much a minute of what is dear, and to so many of it at once."""
    options = site_options()
    rates = Rates(options.folder / "rates", options.rate)
    at_once = Places(1 << 30, _AT_ONCE)

    def wrapped(request: HttpRequest) -> HttpResponse:
        cost = cost_of(str(request.method), request.path)
        if not cost:
            return answer(request)
        if request.path.startswith("/api/"):
            request.may_be_shared = True  # type: ignore[attr-defined]
        network = network_of(client(request))
        wait = rates.take(network, cost)
        if wait:
            response = _too_many(request, f"more than {options.rate} requests a minute", wait)
        elif FREE_OF_COUNT.search(request.path):
            response = answer(request)
        elif at_once.take(network):
            try:
                response = answer(request)
            finally:
                at_once.give_back(network)
        else:
            response = _too_many(request, f"more than {_AT_ONCE} requests at once", 1)
        response["RateLimit-Limit"] = str(options.rate)
        return response

    return wrapped


def _too_many(request: HttpRequest, what: str, wait: int) -> HttpResponse:
    said = f"{what}; wait {wait} s"
    if request.accepts("text/html") and not request.path.startswith("/api/"):
        response = HttpResponse(f"429: {said}\n", "text/plain", 429)
    else:
        response = problem(429, said)
    response["Retry-After"] = str(wait)
    return response


class clear_errors:  # noqa: N801  (named like the others)
    """Turn Mahdar's own errors into pages that say what was expected."""

    def __init__(self, answer: Answerer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; errors come to :meth:`process_exception`."""
        return self._answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page for an error of Mahdar's; others are for the log."""
        from mahdar.web.pages.errors import later, page_of_error

        if settings.DEBUG or not isinstance(error, MahdarError):
            return None
        if isinstance(error, NotMadeYet):
            return later(request, error)
        kinds = ((ToolMissing, 501), (NothingToPublish, 409), (ArchiveError, 503))
        status = next((status for kind, status in kinds if isinstance(error, kind)), 400)
        if status == 503:
            logging.getLogger("mahdar.safety").error("the archive does not answer: %s", error)
            return page_of_error(request, status)
        return page_of_error(request, status, error.problem if isinstance(error, QueryError)
                             else str(error))  # fmt: skip
