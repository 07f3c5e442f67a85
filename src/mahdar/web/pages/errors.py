"""Pages that say what went wrong, and what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext

from mahdar.web.making import NotMadeYet

_DATA = (".json", ".csv", ".parquet", ".bib", ".ris")


def page_of_error(request: HttpRequest, status: int, problem: str = "") -> HttpResponse:
    """Return the page for an error, or problem+json (RFC 9457) where data was asked for.

    Args:
        request: that could not be answered.
        status: of HTTP.
        problem: what is wrong, in English, as Mahdar says it everywhere.
    """
    title = {
        400: gettext("This cannot be understood"),
        403: gettext("This is not allowed"),
        404: gettext("There is no such page"),
        409: gettext("This is not ready yet"),
        413: gettext("The file is too large"),
        429: gettext("Too many tries"),
        501: gettext("A program that this needs is not installed"),
        503: gettext("The archive does not answer"),
    }.get(status, gettext("Something went wrong here"))
    if request.path.startswith("/api/") or request.path.endswith(_DATA):
        request.may_be_shared = True  # type: ignore[attr-defined]
        return JsonResponse(
            {"type": "about:blank", "title": title, "status": status, "detail": problem or title},
            status=status, content_type="application/problem+json",
        )  # fmt: skip
    context = {"title": title, "problem": problem, "status": status}
    return render(request, "mahdar/error.html", context, status=status)


def later(request: HttpRequest, error: NotMadeYet) -> HttpResponse:
    """Answer where a file is being made: come again."""
    context = {"title": gettext("This file is being made: please try again in a few seconds"),
               "problem": "", "status": 503, "again": error.wait}  # fmt: skip
    if request.path.endswith(".png"):
        response = HttpResponse(status=503, content_type="text/plain")
    else:
        response = render(request, "mahdar/error.html", context, status=503)
    response["Retry-After"] = str(error.wait)
    response["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # nothing went wrong
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer where there is nothing."""
    del exception
    return page_of_error(request, 404)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer where somebody may not do this."""
    del exception
    return page_of_error(request, 403)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer where the site came to grief; what happened is in the log, not in the page."""
    return page_of_error(request, 500)


def bad(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer where the request is malformed."""
    del exception
    return page_of_error(request, 400)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer where a form does not come from the site's own page."""
    del reason
    return page_of_error(request, 403, gettext("Open the page again and send the form from there."))
