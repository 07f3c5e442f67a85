"""Search, concordance, profiles, the Index to Proceedings."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router
from ninja.params.functions import Query

from mahdar.organs import organ_codes
from mahdar.study.concordance import Order, concordance
from mahdar.study.proceedings import proceedings
from mahdar.study.profiles import What, profile
from mahdar.web.api import schemas
from mahdar.web.api.answering import listed, plain, unchanged
from mahdar.web.api.archive import Cursor, with_errors
from mahdar.web.api.paging import cursor_of, read_cursor
from mahdar.web.opened import archive, searcher
from mahdar.web.people import other_codes

OrganCode = StrEnum("OrganCode", {code: code for code in organ_codes()})  # type: ignore[misc]
router = Router(tags=["questions"])
Code = Literal["ar", "zh", "en", "fr", "ru", "es"]
Once = Query(
    "en",
    description="Count each speech once: in this language where its meeting is there in several."
    " no: each language of it is counted.",
)
_DEEPEST = 10_000


def _page(cursor: str, size: int) -> int:
    page = int(read_cursor(cursor, int)) if cursor else 1
    return max(1, min(page, _DEEPEST // size))


@router.get("/search", response=with_errors(schemas.SearchAnswer, 400), summary="Search")
@unchanged
def search(
    request: HttpRequest,
    q: str = Query(..., min_length=1, max_length=2000, description="In the query language."),
    mode: Literal["words", "meaning", "both"] = "words",
    sort: Literal["relevance", "newest", "oldest"] = "relevance",
    limit: int = Query(10, ge=1, le=100),
    cursor: str = Cursor,
) -> HttpResponse:
    """Answer a question by words or by meaning, with marked passages and facets."""
    page = _page(cursor, limit)
    answer = searcher().search(q, mode=mode, page=page, size=limit, sort=sort)
    more = page < answer.pages and (page + 1) * limit <= _DEEPEST
    return listed(
        request, answer.hits, cursor_of(page + 1) if more else None, query=answer.query,
        mode=answer.mode, total=answer.total, milliseconds=answer.milliseconds,
        facets=answer.facets,
    )  # fmt: skip


@router.get("/concordance", response=with_errors(schemas.Lines, 400), summary="Concordance")
@unchanged
def lines(
    request: HttpRequest,
    word: str = Query(..., min_length=1, max_length=200, description="=word as written, word* all"
                      " that begins so."),
    where: str = Query("", max_length=2000, description="Only in speeches that meet it."),
    language: Code | None = None,
    order: Order = "date",
    limit: int = Query(40, ge=1, le=200),
    cursor: str = Cursor,
) -> HttpResponse:  # fmt: skip
    """Give each place where a word stands, with what is around it."""
    page = int(read_cursor(cursor, int)) if cursor else 1
    table = concordance(
        archive(), word, where=where, language=language, order=order, page=max(1, page), size=limit
    )
    hits, words = (int(table.schema.metadata[name]) for name in (b"hits", b"words"))
    after = cursor_of(page + 1) if page * limit < hits else None
    return listed(request, table.to_pylist(), after, word=word, hits=hits, words=words)


@router.get(
    "/profiles/{what}/{path:code}", response=with_errors(schemas.ProfileAnswer, 400, 404),
    summary="What the archive has of somebody or something",
)  # fmt: skip
@unchanged
def one_profile(
    request: HttpRequest, what: What, code: str,
    once: Code | Literal["no"] = Once,
) -> HttpResponse:  # fmt: skip
    """Count what a State, organisation or person said, or what was said on a topic or document."""
    del request
    code, language = code[:250], "" if once == "no" else once
    also = other_codes(code) if what == "person" else ()
    return plain(profile(archive(), searcher(), what, code, also, once=language))


@router.get(
    "/proceedings/{year}", response=with_errors(schemas.ProceedingsDocument, 404),
    summary="Index to Proceedings",
)  # fmt: skip
@unchanged
def index(
    request: HttpRequest,
    year: int,
    organ: OrganCode | None = None,
    language: Code = "en",
) -> HttpResponse:
    """Give the index of a year."""
    del request
    from mahdar.archive.tables import models

    table = models.Record.objects.using(archive().alias).filter(current=True)
    if not 1900 <= year <= 2200 or not table.filter(year=year, **({"organ": organ} if organ else {})
                                                    ).exists():  # fmt: skip
        raise Http404(f"there is no meeting of {year} in the archive")
    return plain(proceedings(archive(), year, organ=organ, language=language))
