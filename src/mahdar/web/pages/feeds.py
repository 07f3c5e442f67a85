"""Atom feeds (RFC 4287): of a search, a State, an organisation, a person, a topic, all records."""

from __future__ import annotations

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mahdar.archive.tables import models
from mahdar.model.cleaning import clean
from mahdar.study.profiles import What, query_for
from mahdar.topics import topics
from mahdar.web import links, names
from mahdar.web.meetings import meetings
from mahdar.web.opened import archive, searcher
from mahdar.web.options import origin_of
from mahdar.web.people import other_codes
from mahdar.web.questions import question_of

_SIZE = 30
_KINDS: dict[str, What] = {
    "states": "state", "organisations": "organisation", "people": "person", "topics": "topic",
}  # fmt: skip


def _feed(request: HttpRequest, title: str, page: str) -> Atom1Feed:
    origin = origin_of(request)
    return Atom1Feed(
        title=f"{title} – Mahdar", link=origin + page, description="",
        language=names.interface(), feed_url=origin + request.get_full_path(),
        feed_guid=origin + page,
    )  # fmt: skip


def _day(date: str | None) -> datetime.datetime | None:
    try:
        day = datetime.date.fromisoformat(date or "")
    except ValueError:
        return None
    return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)


def _written(request: HttpRequest, feed: Atom1Feed) -> HttpResponse:
    request.may_be_shared = True  # type: ignore[attr-defined]
    for held in (feed.feed, *feed.items):  # an archive may hold what was never cleaned
        held.update({key: clean(text) for key, text in held.items() if isinstance(text, str)})
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )


def _of_query(request: HttpRequest, query: str, title: str, page: str) -> HttpResponse:
    feed = _feed(request, title, page)
    found = searcher().search(query, sort="newest", size=_SIZE, facets=False)
    added = _added([hit.symbol for hit in found.hits])
    for hit in found.hits:
        if not hit.passages:
            continue
        best = hit.passages[0]
        feed.add_item(
            title=f"{best.cited}: {hit.speaker}" if hit.speaker else best.cited,
            link=origin_of(request) + links.to_address(best.address), description=best.text,
            unique_id=origin_of(request) + links.to_address(best.address), pubdate=_day(hit.date),
            updateddate=added.get(hit.symbol) or _day(hit.date) or _epoch(),
        )  # fmt: skip
    return _written(request, feed)


def _epoch() -> datetime.datetime:
    return datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


def _added(symbols: list[str]) -> dict[str, datetime.datetime]:
    table = models.Record.objects.using(archive().alias).filter(key__in=symbols, current=True)
    return dict(table.values_list("key", "added"))


@require_safe
def search_feed(request: HttpRequest) -> HttpResponse:
    """Give what is found by a question, the newest first."""
    asked = question_of(request)
    if not asked.query:
        return records_feed(request)
    return _of_query(request, asked.query, asked.query, "/search" + asked.address())


@require_safe
def profile_feed(request: HttpRequest, where: str, code: str) -> HttpResponse:
    """Give what a State, organisation or person said, or what was said on a topic."""
    what = _KINDS[where]
    if what == "person":
        person = models.Person.objects.using(archive().alias).filter(code=code).first()
        if person is None:
            raise Http404
        title = person.name
    elif what == "topic":
        if code not in topics():
            raise Http404
        title = names.topic_name(code)
    else:
        if what == "state" and not names.is_state(code):
            raise Http404
        title = names.body_name(code)
    also = other_codes(code) if what == "person" else ()
    query = query_for(what, code, also, once=names.interface())
    return _of_query(request, query, title, f"/{where}/{code}")


@require_safe
def records_feed(request: HttpRequest) -> HttpResponse:
    """Give the latest records."""
    feed = _feed(request, gettext("Records"), "/records")
    added = {}
    found, _ = meetings(names.interface(), size=_SIZE)
    added = _added([m.key for m in found])
    for meeting in found:
        address = origin_of(request) + links.to_record(meeting.key)
        feed.add_item(
            title=f"{meeting.key}: {meeting.title}", link=address, unique_id=address,
            description=meeting.title, pubdate=_day(meeting.date),
            updateddate=added.get(meeting.key) or _epoch(),
        )  # fmt: skip
    return _written(request, feed)
