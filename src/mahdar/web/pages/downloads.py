"""Records in every form that Mahdar publishes, pictures of pages, and the files themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from mahdar._version import __version__
from mahdar.model.naming import file_name
from mahdar.publishing.forms import Form
from mahdar.publishing.publish import publish
from mahdar.web import addresses
from mahdar.web.answers import packed, to_save
from mahdar.web.making import MAKER, why_not
from mahdar.web.middleware import client
from mahdar.web.networks import network_of
from mahdar.web.options import site_options
from mahdar.web.reader.page import record_of
from mahdar.web.reader.sources import page_picture, source_file

if TYPE_CHECKING:
    from mahdar.archive.store import Entry
    from mahdar.web.addresses import Found

ENDINGS: dict[Form, str] = {
    "pdf": "pdf", "docx": "docx", "html": "html", "text": "txt", "akn": "akn.xml",
    "tei": "tei.xml", "json": "json", "csv": "csv", "parquet": "parquet.zip",
}  # fmt: skip
"""How the address of each form ends."""
FORM_OF = {ending: form for form, ending in ENDINGS.items()} | {"csv.zip": "tables"}
_DEAR = ("pdf", "docx")
"""Forms that take a tenth of a second or more; the others are made when they are asked for."""
_KINDS = {
    "pdf": "application/pdf", "html": "text/html", "txt": "text/plain",
    "akn.xml": "application/akn+xml", "tei.xml": "application/tei+xml",
    "json": "application/json", "csv": "text/csv", "zip": "application/zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip


def published(request: HttpRequest, found: Found, ending: str) -> HttpResponse:
    """Answer with a record in a form.

    Args:
        request: to answer.
        found: which record.
        ending: of the address, a key of ``FORM_OF``.
    """
    if ending not in FORM_OF:
        raise Http404
    entry = found.entry
    etag = quote_etag(f"{addresses.digest(entry)}-{ending}-{__version__}")
    request.may_be_shared = True  # type: ignore[attr-defined]
    response = get_conditional_response(request, etag=etag)
    if response is None:
        data, last = _file(found, ending, network_of(client(request)))
        response = HttpResponse(data, content_type=f"{_KINDS[last]}{_charset(last)}")
        if last != "json":
            response["Content-Disposition"] = to_save(_named(entry, f".{ending}"))
    response["ETag"] = etag
    if found.named[1]:
        patch_cache_control(response, public=True, max_age=86400)
    return response


def _charset(ending: str) -> str:
    return "; charset=utf-8" if ending in ("txt", "html", "csv") else ""


def _named(entry: Entry, ending: str) -> str:
    """Return what the file of a record is called."""
    return file_name(f"{entry.key}.{entry.language}", ending)


def _file(found: Found, ending: str, asker: str) -> tuple[bytes, str]:
    """Return the bytes, and by which ending their kind is known."""
    form = FORM_OF[ending]
    if form == "json":
        return addresses.contents(found.entry), "json"
    if form in _DEAR:
        return _made(found, form, ending, asker), ending
    record = record_of(found.entry)
    if form == "csv":  # one table is one file: what was said
        return b"\xef\xbb\xbf" + publish(record, "csv")["paragraphs.csv"], "csv"
    made = publish(record, "csv" if form == "tables" else form)  # type: ignore[arg-type]
    if len(made) == 1:
        return next(iter(made.values())), ending
    return packed(made), "zip"


def _made(found: Found, form: str, ending: str, asker: str) -> bytes:
    """Return a form that takes time, from what is kept or from a process that makes it."""
    name = f"{addresses.digest(found.entry)}-{__version__}.{ending}"
    target = site_options().folder / "made" / name[:2] / name
    made = MAKER.make(
        target, "mahdar.web.exporting", form, str(target),
        given=lambda: addresses.contents(found.entry), asker=asker,
    )  # fmt: skip
    if made is None:
        raise why_not(target)
    return made.read_bytes()


@require_safe
def page(request: HttpRequest, address: str, number: int) -> HttpResponseBase:
    """Show the picture of a page of the source."""
    found = addresses.find(address, "en")
    if found is None or not all(found.named):
        raise Http404
    path = page_picture(found.entry, number, network_of(client(request)))
    if path is None:
        raise Http404
    response = FileResponse(path.open("rb"), content_type="image/png")
    response["Cache-Control"] = "public, max-age=86400"
    return response


@require_safe
def source(request: HttpRequest, address: str) -> HttpResponseBase:
    """Give the PDF that a record was read from, to be saved: it is not shown in the site."""
    del request
    found = addresses.find(address, "en")
    held = source_file(found.entry) if found else None
    if found is None or held is None:
        raise Http404
    response = FileResponse(
        held[0].open("rb"), as_attachment=True, filename=_named(found.entry, ".source.pdf"),
        content_type="application/octet-stream",
    )  # fmt: skip
    response["Cache-Control"] = "private, max-age=0"
    return response
