"""Records, turns, paragraphs, mentions, votes, findings, exports."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Literal

from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.errors import HttpError
from ninja.params.functions import Query

from mahdar.archive.descent import Version
from mahdar.archive.rows import locus_of
from mahdar.archive.store import Entry
from mahdar.archive.tables import models
from mahdar.model.address import Address, Locus, short_form
from mahdar.publishing.forms import Form
from mahdar.search.fetching import for_whom
from mahdar.web import links
from mahdar.web.api import schemas
from mahdar.web.api.answering import found, listed, unchanged
from mahdar.web.api.document import schema_bytes
from mahdar.web.api.paging import cursor_of, read_cursor
from mahdar.web.api.problems import Problem
from mahdar.web.opened import archive
from mahdar.web.pages.downloads import ENDINGS, published
from mahdar.web.reader.findings import noted
from mahdar.web.reader.page import record_of

router = Router(tags=["records"])
ERRORS: dict[int, Any] = {400: Problem, 404: Problem, 422: Problem, 429: Problem, 503: Problem}
_MOST = 200
Limit = Query(50, ge=1, le=_MOST, description="How many at most.")
Cursor = Query(
    "", max_length=2000, description="Where the list goes on: `next` of the page before."
)
Named = Query(..., min_length=1, max_length=300, description="A record, such as S/PV.7050/ar.")
Year = Query(None, ge=1900, le=2200)


def with_errors(good: Any, *statuses: int) -> dict[int, Any]:
    """Return what an operation answers with: what is good, and the problems there may be."""
    return {200: good, **{status: ERRORS[status] for status in (*statuses, 422, 429, 503)}}


@router.get("/records", response=with_errors(schemas.Versions, 400), summary="List records")
@unchanged
def list_records(
    request: HttpRequest,
    symbol: str = Query("", max_length=200, description="How symbols begin."),
    language: str | None = Query(None, pattern="^[a-z]{2}$"),
    organ: str | None = Query(None, pattern="^[A-Z]{2,8}$"),
    year: int | None = Year,
    versions: bool = Query(False, description="Superseded versions too."),
    limit: int = Limit,
    cursor: str = Cursor,
) -> HttpResponse:
    """List versions of records, by symbol, language and version."""
    table = models.Record.objects.using(archive().alias).filter(key__startswith=symbol)
    table = table if versions else table.filter(current=True)
    wanted = {"language": language, "organ": organ, "year": year}
    table = table.filter(**{name: value for name, value in wanted.items() if value is not None})
    if cursor:
        key, code, version = read_cursor(cursor, tuple[str, str, int])
        table = table.filter(
            Q(key__gt=key) | Q(key=key, language__gt=code)
            | Q(key=key, language=code, version__gt=version)
        )  # fmt: skip
    names = Entry.__struct_fields__
    rows = list(table.order_by("key", "language", "version").values(*names)[: limit + 1])
    items = [
        {
            "symbol": row["key"],
            "url": links.to_record(row["key"], row["language"], row["version"]) + ".json",
            **{name: row[name] for name in names if name not in ("pk", "key")},
        }
        for row in rows[:limit]
    ]  # fmt: skip
    last = rows[limit - 1] if len(rows) > limit else None
    after = cursor_of([last["key"], last["language"], last["version"]]) if last else None
    return listed(request, items, after)


@router.get(
    "/records/{path:address}", response=with_errors(schemas.RecordDocument, 404),
    summary="A record whole",
)  # fmt: skip
@unchanged
def one_record(request: HttpRequest, address: str) -> HttpResponse:
    """Return a record as `mahdar read --format json` prints it."""
    return published(request, found(address), "json")


@router.get(
    "/versions", response=with_errors(schemas.Descent, 404),
    summary="Versions of a record and their descent",
)  # fmt: skip
@unchanged
def list_versions(request: HttpRequest, record: str = Named) -> HttpResponse:
    """List all versions of a record in a language: where each comes from, which is current."""
    entry = found(record).entry
    names = set(schemas.DescendedVersion.model_fields) & set(Version.__struct_fields__)
    items = [
        {
            "symbol": version.key,
            "url": links.to_record(version.key, version.language, version.version) + ".json",
            **{name: getattr(version, name) for name in names},
        }
        for version in archive().descent(entry.key, entry.language)
    ]
    return listed(request, items, None)


@router.get("/schema", response=with_errors(dict[str, Any]), summary="The schema of a record")
@unchanged
def record_schema(request: HttpRequest) -> HttpResponse:
    """Return the JSON Schema (2020-12) of a record."""
    del request
    return HttpResponse(schema_bytes(), content_type="application/json")


def _after(cursor: str) -> int:
    return int(read_cursor(cursor, int)) if cursor else 0


_SPEECH = (
    "pk", "kind", "number", "turn_number", "part_number", "label", "person__name", "person__code",
    "affiliation", "state", "group", "capacity", "language", "interpreted", "purpose", "words",
)  # fmt: skip


@router.get("/turns", response=with_errors(schemas.TurnRows, 400, 404), summary="Turns of a record")
@unchanged
def list_turns(
    request: HttpRequest, record: str = Named, limit: int = Limit, cursor: str = Cursor
) -> HttpResponse:
    """List the turns of a record; one with parts is a row for each."""
    entry = found(record).entry
    table = models.Element.objects.using(archive().alias).filter(
        record_id=entry.pk, kind="turn", number__gte=_after(cursor)
    )  # fmt: skip
    rows = list(table.order_by("number").values(*_SPEECH)[: limit + 1])
    pks = [row["pk"] for row in rows]
    pages = dict(
        models.Paragraph.objects.using(archive().alias).filter(element_id__in=pks)
        .order_by("-paragraph_number").values_list("element_id", "page")
    )  # fmt: skip
    topics: dict[int, set[str]] = defaultdict(set)
    given = models.Subject.objects.using(archive().alias).filter(element_id__in=pks)
    for pk, topic in given.values_list("element_id", "topic"):
        topics[pk].add(topic)
    items = []
    for row in rows[:limit]:
        items.append(
            {
                "turn_number": row["turn_number"], "part_number": row["part_number"],
                "speaker": row["person__name"],
                "person": row["person__code"], "topics": sorted(topics[row["pk"]]),
                "cited": short_form(entry.key, pages.get(row["pk"]), for_whom(row)),
                "address": str(entry.address.to(locus_of(row))),
                **{name: row[name] for name in (
                    "label", "affiliation", "state", "group", "capacity", "language",
                    "interpreted", "purpose", "words")},
            }
        )  # fmt: skip
    after = cursor_of(rows[limit]["number"]) if len(rows) > limit else None
    return listed(request, items, after)


@router.get(
    "/paragraphs", response=with_errors(schemas.ParagraphRows, 400, 404),
    summary="Paragraphs of a record",
)  # fmt: skip
@unchanged
def list_paragraphs(
    request: HttpRequest,
    record: str = Named,
    turn_number: int | None = Query(
        None, ge=1, le=100_000, description="Only of this turn, from 1."
    ),
    limit: int = Limit,
    cursor: str = Cursor,
) -> HttpResponse:
    """List the paragraphs of the turns of a record."""
    entry = found(record).entry
    table = models.Paragraph.objects.using(archive().alias).filter(
        element__record_id=entry.pk, element__kind="turn"
    )  # fmt: skip
    if turn_number is not None:
        table = table.filter(element__turn_number=turn_number)
    if cursor:
        at, number = read_cursor(cursor, tuple[int, int])
        table = table.filter(
            Q(element__turn_number__gt=at) | Q(element__turn_number=at, paragraph_number__gt=number)
        )
    rows = list(
        table.order_by("element__turn_number", "paragraph_number")
        .values("paragraph_number", "page", "text", turn_number=F("element__turn_number"))
        [: limit + 1]
    )  # fmt: skip
    items = [
        {
            "turn_number": row["turn_number"],
            **row,
            "address": str(
                entry.address.to(Locus("t", row["turn_number"], row["paragraph_number"]))
            ),
        }
        for row in rows[:limit]
    ]  # fmt: skip
    last = rows[limit - 1] if len(rows) > limit else None
    after = cursor_of([last["turn_number"], last["paragraph_number"]]) if last else None
    return listed(request, items, after)


@router.get(
    "/mentions", response=with_errors(schemas.MentionRows, 400, 404),
    summary="What is named and cited",
)  # fmt: skip
@unchanged
def list_mentions(
    request: HttpRequest,
    record: str = Query("", max_length=300, description="Only in this record."),
    target: str = Query("", max_length=250, description="Only this: S/RES/1325(2000), TCD."),
    kind: str | None = Query(None, pattern="^[a-z]{2,16}$"),
    limit: int = Limit,
    cursor: str = Cursor,
) -> HttpResponse:
    """List what is named and cited in a record, or who names and cites something."""
    if not record and not target:
        raise HttpError(400, "say which record, or which target")
    table = models.Mention.objects.using(archive().alias).filter(
        element__record__current=True, pk__gt=_after(cursor)
    )  # fmt: skip
    if record:
        table = models.Mention.objects.using(archive().alias).filter(
            element__record_id=found(record).entry.pk, pk__gt=_after(cursor)
        )  # fmt: skip
    table = table.filter(target=target) if target else table
    table = table.filter(kind=kind) if kind else table
    rows = list(
        table.order_by("pk").values(
            "pk", "kind", "target", "times", "paragraph_number", "element__label", "element__state",
            "element__record__key", "element__record__language", "element__record__version",
            "element__record__date", number=F("element__number"),
            turn_number=F("element__turn_number"),
        )[: limit + 1]
    )  # fmt: skip
    items = [
        {
            "kind": row["kind"], "target": row["target"], "times": row["times"],
            "speaker": row["element__label"], "state": row["element__state"],
            "symbol": row["element__record__key"], "language": row["element__record__language"],
            "date": row["element__record__date"],
            "address": str(Address(
                row["element__record__key"], row["element__record__language"],
                row["element__record__version"], locus_of(row, row["paragraph_number"]),
            )),
        }
        for row in rows[:limit]
    ]  # fmt: skip
    after = cursor_of(rows[limit - 1]["pk"]) if len(rows) > limit else None
    return listed(request, items, after)


@router.get("/votes", response=with_errors(schemas.VoteRows, 400, 404), summary="Votes")
@unchanged
def list_votes(
    request: HttpRequest,
    record: str = Query("", max_length=300, description="Only in this record."),
    draft: str = Query("", max_length=250, description="Only on this draft."),
    state: str | None = Query(
        None, pattern="^[A-Z]{3}$", description="Only where this State voted."
    ),
    year: int | None = Year,
    limit: int = Limit,
    cursor: str = Cursor,
) -> HttpResponse:
    """List votes that name States, each with how every State voted."""
    table = models.Vote.objects.using(archive().alias).filter(pk__gt=_after(cursor))
    if record:
        table = table.filter(record_id=found(record).entry.pk)
    else:
        table = table.filter(record__current=True)
    table = table.filter(draft=draft) if draft else table
    table = table.filter(record__year=year) if year else table
    table = table.filter(casts__state=state).distinct() if state else table
    rows = list(table.order_by("pk").select_related("record").defer("record__contents")
                .prefetch_related("casts")[: limit + 1])  # fmt: skip
    items = [
        {
            "symbol": vote.record.key, "language": vote.record.language, "date": vote.record.date,
            "vote_number": vote.vote_number,
            **{name: getattr(vote, name) for name in (
                "method", "draft", "resolution", "outcome", "in_favour", "against", "abstaining")},
            "casts": {cast.state: cast.choice for cast in vote.casts.all()},
        }
        for vote in rows[:limit]
    ]  # fmt: skip
    after = cursor_of(rows[limit - 1].pk) if len(rows) > limit else None
    return listed(request, items, after)


@router.get("/findings", response=with_errors(schemas.FindingRows, 404), summary="Doubtful places")
@unchanged
def list_findings(request: HttpRequest, record: str = Named) -> HttpResponse:
    """List what is doubtful in a record, with its place and how sure that is."""
    items = [
        {
            "code": each.finding.code, "message": each.finding.message,
            "case": each.finding.case, "facts": each.finding.facts,
            "score": each.finding.score, "proposed": each.finding.proposed,
            "readings": [reading.text for reading in each.finding.readings],
            "locus": each.finding.anchor.locus if each.finding.anchor else None,
            "id": each.finding.id,
        }
        for each in noted(record_of(found(record).entry))
    ]  # fmt: skip
    return listed(request, items, None)


FormWanted = Query("pdf", description="The form; tables is five CSV files.")
_FILE = {
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
}


@router.get(
    "/exports", response=with_errors(None, 404), summary="A record in another form",
    openapi_extra={"responses": {200: {"description": "The file.", **_FILE}}},
)  # fmt: skip
@unchanged
def export(
    request: HttpRequest,
    record: str = Named,
    form: Form | Literal["tables"] = FormWanted,
) -> HttpResponse:
    """Give a record in any form that Mahdar publishes."""
    ending = "csv.zip" if form == "tables" else ENDINGS[form]
    return published(request, found(record), ending)
