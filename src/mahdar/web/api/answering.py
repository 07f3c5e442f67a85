"""How operations of the API answer: as JSON that any site may read, with an ETag."""

from __future__ import annotations

import functools
import hashlib
import inspect
from collections.abc import Callable
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from mahdar._version import __version__
from mahdar.archive.tables import models
from mahdar.model import FORMAT
from mahdar.web import addresses
from mahdar.web.opened import archive, stamp

Operation = TypeVar("Operation", bound=Callable[..., HttpResponse])


def state_of_archive() -> str:
    """Return what differs whenever an answer of the API could."""
    clock = models.Clock.objects.using(archive().alias).first()
    return f"{clock.serial if clock else 0}-{stamp()}"


def unchanged(operation: Operation) -> Operation:
    """Answer that nothing changed where that is so, before anything is looked up."""

    @functools.wraps(operation)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        whole = f"{__version__}|{state_of_archive()}|{request.get_full_path()}"
        etag = quote_etag(hashlib.sha256(whole.encode()).hexdigest()[:32])
        early = get_conditional_response(request, etag=etag)
        response = operation(request, *args, **kwargs) if early is None else early
        if response.status_code in (200, 304):
            response["ETag"] = etag
            response["Cache-Control"] = "public, max-age=0, must-revalidate"
        return response

    # The API reads the types of parameters here, where their names mean nothing.
    wrapped.__signature__ = inspect.signature(operation, eval_str=True)  # type: ignore[attr-defined]
    return cast(Operation, wrapped)


def listed(request: HttpRequest, items: Any, following: str | None, **more: Any) -> HttpResponse:
    """Return a page of a list; a Link header leads to the next one (RFC 8288).

    Args:
        request: that is answered.
        items: of this page.
        following: the cursor of the next page.
        more: what else there is to tell.
    """
    body = {"format": FORMAT, **more, "items": items, "next": following}
    response = HttpResponse(msgspec.json.encode(body) + b"\n", content_type="application/json")
    if following:
        held = {**request.GET.dict(), "cursor": following}
        response["Link"] = f'<{request.path}?{urlencode(held)}>; rel="next"'
    return response


def plain(data: Any) -> HttpResponse:
    """Return data as JSON."""
    return HttpResponse(msgspec.json.encode(data) + b"\n", content_type="application/json")


def found(address: str) -> addresses.Found:
    """Return the record that an address names.

    Raises:
        Http404: there is none.
    """
    held = addresses.find(address, "en")
    if held is None:
        known = addresses.known_as(address)
        held = addresses.find(known, "en") if known else None
    if held is None:
        raise Http404(f"the archive has no record {address[:200]}")
    return held
