"""The authority: what names mean, States, organisations, people, topics."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.params.functions import Query

from mahdar.archive.tables import models
from mahdar.authority.tables import names as names_in
from mahdar.authority.who import who
from mahdar.languages import language_codes
from mahdar.search.resolving import speakers, state_name
from mahdar.topics import topics as all_topics
from mahdar.web.api import schemas
from mahdar.web.api.answering import listed, unchanged
from mahdar.web.api.archive import Cursor, Limit, with_errors
from mahdar.web.api.paging import cursor_of, read_cursor
from mahdar.web.api.questions import Code
from mahdar.web.opened import archive

router = Router(tags=["authority"])


@router.get(
    "/authority/names", response=with_errors(schemas.NameAnswers), summary="What a name means"
)
@unchanged
def resolve(
    request: HttpRequest,
    name: str = Query(..., min_length=1, max_length=200, description="As printed."),
    language: Code | None = None,
) -> HttpResponse:
    """Say which State, body, group or office a printed name means, and how that was found."""
    items = [
        {field: getattr(answer, field) for field in answer.__struct_fields__}
        for answer in who(name, language)
    ]
    return listed(request, items, None)


def _named(files: tuple[str, ...]) -> list[dict[str, object]]:
    codes = sorted({code for file in files for code in names_in(file, "en")})
    return [
        {"code": code, "names": {lang: state_name(code, lang) for lang in language_codes()}}
        for code in codes
    ]


@router.get("/authority/states", response=with_errors(schemas.NamedRows), summary="States")
@unchanged
def states(request: HttpRequest) -> HttpResponse:
    """List the States that Mahdar knows, with their names in the six languages."""
    return listed(request, _named(("states.tsv", "states_other.tsv")), None)


@router.get(
    "/authority/organisations", response=with_errors(schemas.NamedRows), summary="Organisations"
)
@unchanged
def organisations(request: HttpRequest) -> HttpResponse:
    """List the organisations and groups that Mahdar knows."""
    return listed(request, _named(("organisations.tsv",)), None)


@router.get("/authority/people", response=with_errors(schemas.PersonRows, 400), summary="People")
@unchanged
def people(
    request: HttpRequest,
    name: str = Query("", max_length=200, description="Alike or sounding like it, in any script."),
    affiliation: str | None = Query(None, max_length=200),
    limit: int = Limit,
    cursor: str = Cursor,
) -> HttpResponse:
    """List the people who speak in the archive."""
    table = models.Person.objects.using(archive().alias).all()
    if name:
        table = table.filter(pk__in=[int(pk) for pk in speakers(archive().alias, name)][:900])
    table = table.filter(affiliation=affiliation) if affiliation else table
    if cursor:
        table = table.filter(code__gt=read_cursor(cursor, str))
    rows = list(table.order_by("code").values("code", "name", "affiliation", "latin")[: limit + 1])
    after = cursor_of(rows[limit - 1]["code"]) if len(rows) > limit else None
    return listed(request, rows[:limit], after)


@router.get("/topics", response=with_errors(schemas.NamedRows), summary="Topics")
@unchanged
def topics(request: HttpRequest) -> HttpResponse:
    """List the topics, with their names in the six languages."""
    items = [{"code": topic.code, "names": topic.names} for topic in all_topics().values()]
    return listed(request, items, None)
