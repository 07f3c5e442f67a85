"""Saved searches: kept by somebody who is signed in, with a notice when a new record matches."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core import signing
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mahdar.archive.tables import models
from mahdar.model.cleaning import clean
from mahdar.search.query import parse
from mahdar.web import names
from mahdar.web.models import SavedSearch
from mahdar.web.opened import archive
from mahdar.web.options import site_options

MOST = 200
_SALT = "saved-search"


def token_of(search: SavedSearch) -> str:
    """Return what stands in the address that ends the notices of a saved search."""
    return signing.dumps(search.pk, salt=_SALT)


@never_cache
@login_required
@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """Show somebody's saved searches."""
    assert isinstance(request.user, User)
    context = {
        "searches": SavedSearch.objects.filter(owner=request.user).order_by("name"),
        "mails": site_options().mail is not None, "mail": request.user.email,
    }  # fmt: skip
    return render(request, "mahdar/saved.html", context)


@login_required
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep a question."""
    assert isinstance(request.user, User)
    query = _typed(request, "query", 2000)
    parse(query)  # what cannot be understood is refused with its place
    if SavedSearch.objects.filter(owner=request.user).count() < MOST:
        newest = models.Record.objects.using(archive().alias).aggregate(last=Max("pk"))["last"] or 0
        SavedSearch.objects.get_or_create(
            owner=request.user, query=query,
            defaults={
                "name": _typed(request, "name", 200) or query[:200],
                "interface": names.interface(), "seen": newest,
            },
        )  # fmt: skip
    return HttpResponseRedirect("/saved")


def _typed(request: HttpRequest, name: str, most: int) -> str:
    """Return what somebody typed, on one line: it stands in mail and in the database."""
    return " ".join(clean(request.POST.get(name, "")).split())[:most]


@login_required
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a saved search, or turn its notices on or off."""
    search = get_object_or_404(SavedSearch, pk=pk, owner=request.user)
    if request.POST.get("do") == "remove":
        search.delete()
    else:
        search.by_mail = request.POST.get("do") == "tell"
        search.save(update_fields=["by_mail"])
    return HttpResponseRedirect("/saved")


@csrf_exempt  # programs that read mail send this without a form (RFC 8058); the token is signed
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End the notices of a saved search by the address in one of them."""
    try:
        pk = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        raise Http404 from None
    search = SavedSearch.objects.filter(pk=pk).first()
    done = request.method == "POST"
    if done and search is not None:
        search.by_mail = False
        search.save(update_fields=["by_mail"])
    return render(request, "mahdar/unsubscribe.html", {"search": search, "done": done})
