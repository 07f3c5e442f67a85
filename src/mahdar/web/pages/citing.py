"""The page that cites a place: short form, permanent address, and forms for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mahdar.archive.tables import models
from mahdar.errors import NotAnAddress
from mahdar.model.address import Locus, short_form
from mahdar.publishing.bibliography import Reference, publish_references
from mahdar.search.fetching import for_whom
from mahdar.web import addresses, links, names
from mahdar.web.opened import archive
from mahdar.web.options import origin_of

_OF_BODY = ("t", "s")
CITATIONS = {"bib": "bibtex", "ris": "ris", "csl.json": "csl"}
_FIELDS = ("pk", "kind", "label", "state", "affiliation", "capacity", "person__name")


def reference_of(found: addresses.Found, place: str) -> Reference:
    """Return how a place is cited.

    Args:
        found: the record.
        place: ``t12p3``, ``t12``, ``s1`` or nothing for the whole record.

    Raises:
        Http404: the record has no such place.
    """
    entry = found.entry
    symbol = entry.key
    if not place:
        whole = str(found.address)
        return Reference(symbol, entry.language, entry.organ, entry.date, None, "", symbol, whole)
    try:
        locus = Locus.parse(place)
    except NotAnAddress:
        raise Http404 from None
    if locus.series not in _OF_BODY:
        raise Http404
    table = models.Element.objects.using(archive().alias).filter(record_id=entry.pk)
    number = "turn_number" if locus.series == "t" else "number"
    chosen = list(table.filter(**{number: locus.number}).order_by("part_number").values(*_FIELDS))
    held = models.Paragraph.objects.using(archive().alias).filter(
        element_id__in=[row["pk"] for row in chosen]
    )  # fmt: skip
    if locus.paragraph is not None:
        held = held.filter(paragraph_number=locus.paragraph)
    row = held.order_by("paragraph_number").values("element_id", "page").first()
    if row is None:
        raise Http404
    element = next(each for each in chosen if each["pk"] == row["element_id"])
    short = short_form(symbol, row["page"], for_whom(element))
    return Reference(
        symbol, entry.language, entry.organ, entry.date, row["page"], element["label"], short,
        str(found.address.to(locus)),
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
        "self": f"/cite{links.to_address(str(found.address))}" + (f"/{place}" if place else ""),
    }  # fmt: skip
    return render(request, "mahdar/cite.html", context)
