"""The Index to Proceedings of a year, in the language of the interface, and its downloads."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mahdar.archive.tables import models
from mahdar.study.proceedings import Proceedings, proceedings
from mahdar.study.proceedings_forms import publish_proceedings, sections
from mahdar.web import names
from mahdar.web.answers import answer, as_json, packed
from mahdar.web.opened import archive, stamp
from mahdar.web.remembered import Remembered

_kept = Remembered(6)


@require_safe
def years(request: HttpRequest, form: str | None = None) -> HttpResponse:
    """List the years of which there is an index."""
    table = models.Record.objects.using(archive().alias).filter(current=True).exclude(year=None)
    rows: list[dict[str, Any]] = [
        {"year": year, "organ": organ or ""}
        for year, organ in table.values_list("year", "organ").distinct().order_by("-year", "organ")
    ]

    def context() -> dict[str, Any]:
        held: dict[int, list[str]] = {}
        for row in rows:
            held.setdefault(row["year"], []).append(row["organ"])
        return {"years": held}

    return answer(
        request, form, "mahdar/proceedings_years.html", context, data=rows, rows=rows,
        columns=("year", "organ"), name="proceedings",
    )  # fmt: skip


@require_safe
def index(
    request: HttpRequest, year: int, organ: str | None = None, form: str | None = None
) -> HttpResponse:
    """Show the index of a year, or give it as JSON, CSV (five tables, packed) or PDF."""
    table = models.Record.objects.using(archive().alias).filter(current=True, year=year)
    if not (table.filter(organ=organ) if organ else table).exists():
        raise Http404
    code = names.interface()
    made: Proceedings = _kept.get(
        (stamp(), year, organ, code),
        lambda: proceedings(archive(), year, organ=organ, language=code),
    )
    name = f"index-{organ}-{year}" if organ else f"index-{year}"
    if form == "json":
        return as_json(request, made)
    if form:
        files = publish_proceedings(made, form)
        if form == "csv":
            files, form = {"": packed(files)}, "csv.zip"
        kind = {"pdf": "application/pdf", "csv.zip": "application/zip"}.get(form, "text/html")
        response = HttpResponse(next(iter(files.values())), content_type=kind)
        response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
        return response
    held = [s for s in sections(made) if s.get("rows") or s.get("groups") or s.get("parts")]
    context = {
        "index": made, "sections": held, "year": year, "organ": organ,
        "organs": sorted({o for o in table.values_list("organ", flat=True) if o}),
        "has_data": True,
    }  # fmt: skip
    return render(request, "mahdar/proceedings.html", context)
