"""Lists of States, organisations, people, topics and documents, and how much there is of each."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mahdar.archive.once import left_out
from mahdar.archive.tables import models
from mahdar.search.resolving import speakers
from mahdar.study.profiles import most_cited
from mahdar.topics import topics
from mahdar.web import links, names
from mahdar.web.answers import answer
from mahdar.web.opened import archive, searcher, stamp
from mahdar.web.pages.profiles import speakers_by
from mahdar.web.people import merged, people_called, without_marks
from mahdar.web.pictures import bars
from mahdar.web.remembered import Remembered

_EVERY = 400
_SIZE, _MOST = 60, 6000
_COLUMNS = ("code", "name", "speeches")
_kept = Remembered(32)
_KINDS = ("resolution", "document", "decision", "meeting", "article", "chapter", "rule", "text")


def _listed(
    request: HttpRequest, form: str | None, title: str, rows: list[tuple[str, str, str, int]],
    *, name: str, more: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """Answer with a list: link, code, name, number of speeches."""
    table = [
        {"code": code, "name": without_marks(called), "speeches": n} for _, code, called, n in rows
    ]
    held = bars([(link, called, n) for link, _, called, n in rows])

    def context() -> dict[str, Any]:
        return {"title": title, "bars": held, "name": name, **(more or {})}

    return answer(
        request, form, "mahdar/list.html", context, data=table, rows=table, columns=_COLUMNS,
        name=name,
    )  # fmt: skip


def _page(request: HttpRequest) -> tuple[int, int]:
    """Return which page of a list is asked for, from 1, and how many rows stand before it."""
    given = request.GET.get("page", "1")
    page = int(given) if given.isdecimal() and 0 < len(given) < 4 and int(given) else 1
    return page, (page - 1) * _SIZE


def _turned(held: dict[str, str], page: int, more: bool) -> dict[str, Any]:
    """Return where the pages before and after one are."""

    def to(number: int) -> str:
        return "?" + urlencode({k: v for k, v in {**held, "page": str(number)}.items() if v})

    return {"previous": to(page - 1) if page > 1 else "", "following": to(page + 1) if more else ""}


def _once() -> str:
    """Return the question for all that is said, each speech once."""
    return f"kind:turn once:{names.interface()}"


def _others() -> QuerySet[models.Record]:
    """Return the records that are left out for that."""
    return left_out(archive().alias, names.interface())


def _tally(facet: str, most: int) -> dict[str, list[tuple[str, int]]]:
    query = _once()
    return _kept.get((stamp(), facet, query), lambda: searcher().tally(query, {facet: most}))


@require_safe
def states(request: HttpRequest, form: str | None = None) -> HttpResponse:
    """List the States that spoke, with who speaks on what."""
    counted = _tally("state", _EVERY)
    rows = [(links.to_state(c), c, names.body_name(c), n) for c, n in counted["state"]]
    more = {"grid": speakers_by(_once(), "state", "topic")} if form is None else {}
    return _listed(request, form, gettext("States"), rows, name="states", more=more)


@require_safe
def organisations(request: HttpRequest, form: str | None = None) -> HttpResponse:
    """List the organisations and bodies that spoke."""

    def make() -> list[tuple[str, int]]:
        table = models.Element.objects.using(archive().alias).filter(
            record__current=True, kind="turn", state=None
        ).exclude(affiliation=None).exclude(record__in=_others())  # fmt: skip
        counted = table.values_list("affiliation").annotate(count=Count("pk"))
        return [(code or "", n) for code, n in counted.order_by("-count", "affiliation")[:_EVERY]]

    rows = [
        (links.to_body(code), code, names.body_name(code), n)
        for code, n in _kept.get((stamp(), "organisations", names.interface()), make)
    ]
    return _listed(request, form, gettext("Organisations"), rows, name="organisations")


@require_safe
def people(request: HttpRequest, form: str | None = None) -> HttpResponse:
    """List the people who spoke most, or those whose name is like one, in any script."""
    wanted = request.GET.get("name", "").strip()[:100]
    page, start = _page(request)
    more_of = False
    if wanted:
        pks = [int(pk) for pk in speakers(archive().alias, wanted)][:_EVERY]
        table = models.Element.objects.using(archive().alias).filter(
            person_id__in=pks, record__current=True
        ).exclude(record__in=_others())  # fmt: skip
        counts = dict(table.values_list("person_id").annotate(count=Count("pk")))
    else:
        counts = {int(pk): n for pk, n in _tally("speaker", _MOST)["speaker"]}
    # One who is printed in several scripts stands there once.
    together = merged(list(counts.items()))
    if not wanted:
        more_of = len(together) > start + _SIZE
        together = together[start : start + _SIZE]
    counts = {pk: n for pk, n, _ in together}
    rows = [
        (links.to_person(code), code, called, counts[pk])
        for pk, code, called in people_called(archive().alias, counts)
    ]
    rows.sort(key=lambda row: (-row[3], row[2]))
    more = {"asks": True, "wanted": wanted} | ({} if wanted else _turned({}, page, more_of))
    return _listed(request, form, gettext("People"), rows, name="people", more=more)


@require_safe
def subjects(request: HttpRequest, form: str | None = None) -> HttpResponse:
    """List the topics."""
    counted = _tally("topic", 100)
    rows = [(links.to_topic(c), c, names.topic_name(c), n) for c, n in counted["topic"]]
    seen = {row[1] for row in rows}
    rows += [
        (links.to_topic(c), c, names.topic_name(c), 0) for c in sorted(topics()) if c not in seen
    ]
    return _listed(request, form, gettext("Topics"), rows, name="topics")


@require_safe
def documents(request: HttpRequest, form: str | None = None) -> HttpResponse:
    """List what is cited most."""
    get = request.GET.get
    kind = get("kind", "")
    kind = kind if kind in _KINDS else ""
    begins = get("symbol", "").strip()[:60]
    page, start = _page(request)
    found = _kept.get(
        (stamp(), "documents", kind, begins, page, names.interface()),
        lambda: most_cited(
            archive(),
            kind=kind or None,
            begins=begins,
            start=start,
            size=_SIZE + 1,
            once=names.interface(),
        ),
    )
    more_of, found = len(found) > _SIZE, found[:_SIZE]
    rows = [(links.to_document(c.target), c.target, c.target, n) for c, n in found]
    kinds = [
        ("", gettext("all")), ("resolution", gettext("resolutions")),
        ("document", gettext("documents")), ("decision", gettext("decisions")),
        ("meeting", gettext("meetings")), ("article", gettext("articles")),
        ("chapter", gettext("chapters")), ("rule", gettext("rules of procedure")),
        ("text", gettext("other texts")),
    ]  # fmt: skip
    more = {"kinds": kinds, "chosen": kind, "begins": begins, "cited": True} | _turned(
        {"kind": kind, "symbol": begins}, page, more_of
    )
    return _listed(request, form, gettext("Documents"), rows, name="documents", more=more)
