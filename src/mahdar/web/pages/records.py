"""The page of a record, two languages beside each other, and the list of records."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from mahdar._version import __version__
from mahdar.archive.descent import Version
from mahdar.publishing.forms import FORMS
from mahdar.web import addresses, links, names
from mahdar.web.answers import answer
from mahdar.web.meetings import meetings
from mahdar.web.pages.downloads import ENDINGS, published
from mahdar.web.reader.page import RecordPage, page_of
from mahdar.web.reader.sides import beside
from mahdar.web.reader.versions import told_versions
from mahdar.web.remembered import Remembered

_rendered = Remembered(24)
_sides = Remembered(8)


@require_safe
def record(request: HttpRequest, address: str, form: str | None = None) -> HttpResponse:
    """Show a record, or give it in another form.

    Args:
        request: with ``beside`` (a language), ``pages`` where they are wanted.
        address: ``S/PV.7050``, ``S/PV.7050/ar``, ``S/PV.7050/ar@1``.
        form: one of those that Mahdar publishes.
    """
    found = addresses.find(address, names.interface())
    if found is None:
        known = addresses.known_as(address)
        if known:
            ending = f".{form}" if form else ""
            return HttpResponsePermanentRedirect(links.to_address(known) + ending)
        raise Http404
    if form:
        return published(request, found, form)
    other = request.GET.get("beside", "")
    shown = f"{found.digest}-{names.interface()}-{__version__}"
    with_pages = request.GET.get("pages") == "1"
    pair = next((e for e in found.languages if e.language == other != found.entry.language), None)
    beside_it = pair.pk if pair else 0
    versions = found.descent()
    seen = f"{with_pages:d}{found.named[0]:d}{found.named[1]:d}-{_digest(versions)}"
    etag = quote_etag(f"{shown}-{beside_it}-{len(found.languages)}-{seen}")
    signed_in = request.user.is_authenticated
    not_modified = None if signed_in else get_conditional_response(request, etag=etag)
    if not_modified is not None:
        return not_modified
    page = _rendered.get(
        (found.entry.pk, names.interface(), with_pages), lambda: page_of(found.entry, with_pages)
    )
    context = _context(found, page, with_pages)
    context["versions"] = told_versions(versions)
    context["is_older"] = any(each.current and each.version > found.entry.version
                              for each in versions)  # fmt: skip
    template = "mahdar/record.html"
    if pair is not None:
        context["sides"] = _sides.get(
            (found.entry.pk, pair.pk, names.interface()), lambda: beside(found.entry, pair)
        )
        context["other"] = pair
        template = "mahdar/beside.html"
    response = render(request, template, context)
    if not signed_in:
        response["ETag"] = etag
        patch_cache_control(response, private=True, max_age=0, must_revalidate=True)
    return response


def _digest(versions: list[Version]) -> str:
    """Return what differs whenever the page would tell something else of the versions."""
    return hashlib.sha256(msgspec.json.encode(versions)).hexdigest()[:16]


def _context(found: addresses.Found, page: RecordPage, with_pages: bool) -> dict[str, Any]:
    entry = found.entry
    return {
        "entry": entry, "found": found, "page": page, "with_pages": with_pages,
        "symbol": entry.key, "base": links.to_record(entry.key, entry.language),
        "permanent": links.to_record(entry.key, entry.language, entry.version),
        "forms": [(form, ENDINGS[form]) for form in FORMS],
        "others": [e for e in found.languages if e.language != entry.language],
        "indexed": entry.current and not found.named[1], "has_data": True,
    }  # fmt: skip


@require_safe
def records(request: HttpRequest, form: str | None = None) -> HttpResponse:
    """List the records, the latest first."""
    day, _, key = request.GET.get("before", "").partition("~")
    organ = request.GET.get("organ", "")
    year = request.GET.get("year", "")
    begins = request.GET.get("symbol", "").strip()
    found, following = meetings(
        names.interface(), before=(day, key) if key else None, organ=organ or None,
        year=int(year) if year.isdecimal() and len(year) == 4 else None, begins=begins,
    )  # fmt: skip
    columns = ("symbol", "date", "organ", "title", "languages", "turns", "words")
    rows = [
        {"symbol": m.key, "date": m.date, "organ": m.organ, "title": m.title,
         "languages": " ".join(m.languages), "turns": m.turns, "words": m.words}
        for m in found
    ]  # fmt: skip
    context = {
        "meetings": found, "following": "~".join(following) if following else "",
        "organ": organ, "year": year, "begins": begins, "organs": names.organ_names(),
    }  # fmt: skip
    return answer(
        request, form, "mahdar/records.html", context, data=rows, rows=rows, columns=columns,
        name="records",
    )  # fmt: skip
