"""Pictures of a question: its speeches by year and organ, and who speaks on what."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mahdar.errors import QueryError
from mahdar.web import names
from mahdar.web.answers import answer
from mahdar.web.opened import searcher
from mahdar.web.pages.profiles import speakers_by
from mahdar.web.pictures import Series, timeline

_BY = ("state", "speaker")


@require_safe
def pictures(request: HttpRequest, form: str | None = None) -> HttpResponse:
    """Show the pictures of a question."""
    query = request.GET.get("q", "").strip()
    who = request.GET.get("by", "state")
    who = who if who in _BY else "state"
    problem: QueryError | None = None
    series: list[Series] = []
    held = None
    try:
        rows = searcher().crossed(query, ("organ", 8), ("year", 200))
        series = [
            Series(organ, names.organ_name(organ), {int(year): n for year, n in counted})
            for organ, _, counted in sorted(rows)
        ]
        held = speakers_by(query, who, "topic")
    except QueryError as error:
        if form:
            raise
        problem = error
    table = [
        {"organ": each.code, "year": year, "speeches": n}
        for each in series
        for year, n in sorted(each.counts.items())
    ]

    def context() -> dict[str, Any]:
        return {
            "query": query, "by": who, "problem": problem, "grid": held,
            "picture": timeline(series, gettext("Speeches by year and organ")),
            "ways": [("state", gettext("by State")), ("speaker", gettext("by person"))],
        }  # fmt: skip

    return answer(
        request, form, "mahdar/pictures.html", context, data=table, rows=table,
        columns=("organ", "year", "speeches"), name="timeline",
    )  # fmt: skip
