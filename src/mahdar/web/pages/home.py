"""The first page: the box to search in, the latest records, what is in the archive."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from mahdar.archive.tables import models
from mahdar.languages import language_codes
from mahdar.web import links, names
from mahdar.web.answers import answer
from mahdar.web.housekeeping import is_kept
from mahdar.web.meetings import Meeting, meetings
from mahdar.web.opened import archive, stamp
from mahdar.web.options import site_options
from mahdar.web.pictures import Series, Timeline, timeline
from mahdar.web.remembered import Remembered

_LATEST = 10
_kept = Remembered(32)


def home(request: HttpRequest, form: str | None = None) -> HttpResponse:
    """Show the first page."""
    code = names.interface()
    latest = _kept.get((stamp(), "latest", code), lambda: meetings(code, size=_LATEST)[0])
    totals = _kept.get((stamp(), "totals"), lambda: archive().totals())
    columns = ("symbol", "date", "title", "languages")
    rows = [
        {"symbol": m.key, "date": m.date, "title": m.title, "languages": " ".join(m.languages)}
        for m in latest
    ]
    data = {"latest": rows, "totals": totals}

    def context() -> dict[str, Any]:
        return {
            "latest": latest, "totals": _sum(totals), "languages": sorted(totals),
            "picture": _kept.get((stamp(), "years", code), by_year),
            "example": _example(latest),
        }  # fmt: skip

    return answer(
        request, form, "mahdar/home.html", context, data=data, rows=rows, columns=columns,
        name="latest",
    )  # fmt: skip


def _sum(totals: dict[str, Any]) -> dict[str, int]:
    return {
        name: sum(row[name] or 0 for row in totals.values())
        for name in ("records", "turns", "words")
    }


def _example(latest: list[Meeting]) -> str:
    return latest[0].key if latest else "S/PV.7050"


def by_year() -> Timeline | None:
    """Return the picture of the meetings in the archive, by year and organ."""
    table = models.Record.objects.using(archive().alias).filter(current=True).exclude(year=None)
    counts: dict[str, dict[int, int]] = defaultdict(dict)
    rows = table.values_list("organ", "year").annotate(count=Count("key", distinct=True))
    for organ, year, count in rows:
        counts[organ or ""][year] = count
    series = [
        Series(organ, names.organ_name(organ), held) for organ, held in sorted(counts.items())
    ]
    return timeline(series, gettext("Meetings in the archive, by year"))


def choose_language(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the language that a reader wants the interface in, and go back."""
    following = request.GET.get("next", "/")
    allowed = {request.get_host()}
    if not url_has_allowed_host_and_scheme(following, allowed, require_https=False):
        following = "/"
    response = HttpResponseRedirect(following)
    if code in language_codes():
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, names.for_django(code),
            max_age=settings.LANGUAGE_COOKIE_AGE, samesite="Lax", httponly=True,
            secure=site_options().secure,
        )  # fmt: skip
    return response


def about(request: HttpRequest) -> HttpResponse:
    """Show what the site is, how to search, and the keys."""
    from mahdar.search.query import fields

    code = names.interface()
    rows = [
        {"name": next((n for n in row["names"] if _in(n, code)), name), "example": row["example"],
         "field": name}
        for name, row in fields().items()
    ]  # fmt: skip
    return render(request, "mahdar/about.html", {"fields": rows, "example": links.to_search})


def _in(name: str, code: str) -> bool:
    """Tell whether the name of a field is written as a language is."""
    first = name[0]
    if code == "ar":
        return "\u0600" <= first <= "\u06ff"
    if code == "zh":
        return "\u4e00" <= first <= "\u9fff"
    return "\u0400" <= first <= "\u04ff" if code == "ru" else first.isascii()


def alive(_request: HttpRequest) -> HttpResponse:
    """Tell whoever watches over the site that it answers, and that the archive does."""
    models.Clock.objects.using(archive().alias).first()
    kept = "works" if is_kept() else "is away: files are not read, indexes not kept in step"
    return HttpResponse(f"ok\nhousekeeper {kept}\n", content_type="text/plain")
