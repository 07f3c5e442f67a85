"""The page that cites a place: short form, permanent address, and forms for other programs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mahdar.archive.addresses import short_form
from mahdar.archive.tables import models
from mahdar.publishing.bibliography import Reference, publish_references
from mahdar.search.fetching import for_whom
from mahdar.web import addresses, links, names
from mahdar.web.opened import archive
from mahdar.web.options import origin_of

_PLACE = re.compile(r"(?:t(\d{1,6})(?:p(\d{1,6}))?|s(\d{1,6}))?$")
CITATIONS = {"bib": "bibtex", "ris": "ris", "csl.json": "csl"}
_FIELDS = ("pk", "kind", "label", "state", "affiliation", "capacity", "person__name", "turn")


def reference_of(found: addresses.Found, place: str) -> Reference:
    """Return how a place is cited.

    Args:
        found: the record.
        place: ``t12p3``, ``t12``, ``s1`` or nothing for the whole record.

    Raises:
        Http404: the record has no such place.
    """
    parts = _PLACE.match(place)
    if parts is None:
        raise Http404
    entry = found.entry
    symbol = entry.key
    permanent = found.place + (f"#{place}" if place else "")
    if not place:
        return Reference(
            symbol, entry.language, entry.organ, entry.date, None, "", symbol, permanent
        )
    table = models.Speech.objects.using(archive().alias).filter(record_id=entry.pk)
    turn, number, position = (int(part) - 1 if part else None for part in parts.groups())
    chosen = table.filter(**({"turn": turn} if turn is not None else {"position": position}))
    speeches = list(chosen.order_by("part").values(*_FIELDS))
    held = models.Paragraph.objects.using(archive().alias).filter(
        speech_id__in=[row["pk"] for row in speeches]
    )  # fmt: skip
    paragraph = (held.filter(number=number) if number is not None else held).order_by("number")
    row = paragraph.values("speech_id", "page").first()
    if row is None:
        raise Http404
    speech = next(each for each in speeches if each["pk"] == row["speech_id"])
    short = short_form(symbol, row["page"], for_whom(speech))
    return Reference(
        symbol, entry.language, entry.organ, entry.date, row["page"], speech["label"], short,
        permanent,
    )  # fmt: skip


def cited(references: Sequence[Reference], form: str, name: str) -> HttpResponse:
    """Answer with references for another program.

    Args:
        references: to write.
        form: how the address ends, a key of ``CITATIONS``.
        name: of the file, without its ending.
    """
    text = publish_references(references, CITATIONS[form])
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


@require_safe
def cite(
    request: HttpRequest, address: str, place: str = "", form: str | None = None
) -> HttpResponse:
    """Show how to cite a place, or give the citation for another program."""
    found = addresses.find(address, names.interface())
    if found is None:
        raise Http404
    reference = reference_of(found, place)
    if form:
        return cited([reference], form, "citation")
    context: dict[str, Any] = {
        "reference": reference, "entry": found.entry, "place": place,
        "permanent": origin_of(request) + links.to_address(reference.address),
        "back": links.to_address(reference.address),
        "written": [(ending, kind, publish_references([reference], kind))
                    for ending, kind in CITATIONS.items()],
        "self": f"/cite{links.to_address(found.place)}" + (f"/{place}" if place else ""),
    }  # fmt: skip
    return render(request, "mahdar/cite.html", context)
