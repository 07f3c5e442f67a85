"""Give a file to the archive: an editor drops it, watches it being read, and adds it."""

from __future__ import annotations

import hashlib
import logging
import os
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mahdar.web.incoming import drawing_path, leave_nothing
from mahdar.web.models import Upload
from mahdar.web.options import site_options

_log = logging.getLogger("mahdar.safety")
_SHOWN = 20
_WAITING = 10
_MIB = 1 << 20


def _ending(head: bytes) -> str | None:
    r"""Return what a file is by its first bytes; None where it is nothing that is read here.

    >>> _ending(b"%PDF-1.7"), _ending(b"MZ\x90\x00"), _ending("محضر".encode())
    ('pdf', None, 'txt')
    """
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx"
    if b"\x00" in head or head.lstrip()[:1] in (b"<", b"{"):
        return None
    try:
        head[:-4].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 8:
            return None
    return "txt"


@never_cache
@login_required
@permission_required("web.add_upload", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file."""
    assert isinstance(request.user, User)
    problem = ""
    if request.method == "POST":
        given = request.FILES.get("file")
        waiting = Upload.objects.filter(owner=request.user, state__in=["waiting", "reading"])
        if not isinstance(given, UploadedFile) or not given.size:
            problem = gettext("Choose a file that is not empty.")
        elif given.size > site_options().largest:
            problem = gettext("The file is larger than %(most)s MiB.") % {
                "most": site_options().largest // _MIB
            }
        elif waiting.count() >= _WAITING:
            problem = gettext("Wait until the files that you gave are read.")
        else:
            try:
                kept = _keep(given, request.user)
            except OSError as error:
                _log.error("a file could not be kept: %s", error.strerror)
                problem = gettext("The file cannot be kept now: no room is left. Try again later.")
                return render(
                    request,
                    "mahdar/upload.html",
                    {"problem": problem, "most": site_options().largest // _MIB},
                    status=507,
                )
            if kept is not None:
                return HttpResponseRedirect(f"/uploads/{kept.pk}")
            problem = gettext("This is no PDF, no Word file (DOCX) and no text in UTF-8.")
    context = {
        "problem": problem, "most": site_options().largest // _MIB,
        "uploads": Upload.objects.filter(owner=request.user).order_by("-pk")[:_SHOWN],
    }  # fmt: skip
    return render(request, "mahdar/upload.html", context, status=400 if problem else 200)


def _keep(given: UploadedFile[Any], owner: User) -> Upload | None:
    """Keep a file under the digest of its bytes; its name is only ever shown."""
    ending = _ending(given.read(4096))
    if ending is None:
        _log.warning("user %s gave a file of another kind", owner.pk)
        return None
    folder = site_options().folder / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    new = folder / f".{os.getpid()}-{os.urandom(8).hex()}"
    digest = hashlib.sha256()
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for chunk in given.chunks(1 << 20):  # from its beginning
                file.write(chunk)
                digest.update(chunk)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    name = "".join(
        character for character in Path(given.name or "").name if character.isprintable()
    )[:200]
    kept = Upload(
        owner=owner, name=name or "file", digest=digest.hexdigest(), ending=ending,
        size=given.size or 0,
    )  # fmt: skip
    new.replace(folder / f"{kept.digest}.{ending}")
    kept.save()
    _log.info("user %s gave file %s", owner.pk, kept.digest)
    return kept


def _own(request: HttpRequest, pk: int) -> Upload:
    return get_object_or_404(Upload, pk=pk, owner=request.user)


@never_cache
@login_required
@permission_required("web.add_upload", raise_exception=True)
@require_safe
def watch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far the reading of a file is, and what came of it."""
    held = _own(request, pk)
    context = {"upload": held, "pages": range(1, held.drawn + 1),
               "running": held.state in ("waiting", "reading", "adding")}  # fmt: skip
    return render(request, "mahdar/watch.html", context)


@never_cache
@login_required
@permission_required("web.add_upload", raise_exception=True)
@require_safe
def drawing(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Show a page with what was made of it."""
    path = drawing_path(_own(request, pk), number)
    if not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), content_type="image/png")


@login_required
@permission_required("web.add_upload", raise_exception=True)
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put what was read into the archive, or let go of it."""
    held = _own(request, pk)
    if request.POST.get("do") == "forget":
        if held.state not in ("reading", "adding", "added"):
            held.delete()
            leave_nothing(held)
        return HttpResponseRedirect("/uploads")
    if held.state == "read":
        held.state = "adding"  # the housekeeper does it: a file is never read by what answers
        held.save(update_fields=["state", "changed"])
    return HttpResponseRedirect(f"/uploads/{pk}")
