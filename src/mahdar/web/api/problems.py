"""Errors of the API as problem+json (RFC 9457)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError

from mahdar.errors import ArchiveError, MahdarError, NothingToPublish, QueryError, ToolMissing
from mahdar.web.making import NotMadeYet

KIND = "application/problem+json"
_TITLES = {
    400: "Bad Request", 404: "Not Found", 409: "Conflict", 410: "Gone",
    422: "Unprocessable Content", 429: "Too Many Requests",
    501: "Not Implemented", 503: "Service Unavailable",
}  # fmt: skip


class Problem(Schema):
    """What is wrong with a request (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    at: int | None = None
    query: str | None = None
    errors: list[dict[str, Any]] | None = None


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """Return a problem as an answer.

    Args:
        status: of HTTP.
        detail: what is wrong and what to do.
        more: further fields.
    """
    body = Problem(title=_TITLES.get(status, "Error"), status=status, detail=detail, **more)
    data = body.model_dump_json(exclude_none=True)
    return HttpResponse(data + "\n", status=status, content_type=KIND)


def handle_problems(api: NinjaAPI) -> None:
    """Let an API answer its errors so."""

    @api.exception_handler(ValidationError)
    def invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = [
            {"where": ".".join(map(str, each["loc"])), "message": each["msg"]}
            for each in error.errors
        ]
        said = "; ".join(f"{each['where']}: {each['message']}" for each in errors)
        return problem(422, said, errors=errors)

    @api.exception_handler(Http404)
    def missing(_request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(404, str(error) or "there is nothing of that name here")

    @api.exception_handler(HttpError)
    def failed(_request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, str(error))

    @api.exception_handler(MahdarError)
    def known(_request: HttpRequest, error: MahdarError) -> HttpResponse:
        if isinstance(error, NotMadeYet):
            later = problem(503, str(error))
            later["Retry-After"], later["Cache-Control"] = str(error.wait), "no-store"
            later._has_been_logged = True  # type: ignore[attr-defined]  # nothing went wrong
            return later
        if isinstance(error, QueryError):
            return problem(400, error.problem, at=error.at, query=error.query)
        if isinstance(error, NothingToPublish):
            return problem(409, str(error))
        if isinstance(error, ToolMissing):
            return problem(501, str(error))
        if isinstance(error, ArchiveError):
            return problem(503, "the archive does not answer; try again later")
        return problem(422, str(error))
