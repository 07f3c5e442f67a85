"""What every page of the site knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

from mahdar._version import __version__
from mahdar.web import names
from mahdar.web.options import origin_of


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the language and direction of the interface, and what the frame of a page shows."""
    code = names.interface()
    path = request.path.rstrip("/") or "/latest"
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    user = getattr(request, "user", None)
    return {
        "interface": code,
        "direction": names.direction(code),
        "mahdar_version": __version__,
        "interface_languages": [(code[:2], name) for code, name in settings.LANGUAGES],
        "perms_upload": user is not None and user.has_perm("web.add_upload"),
        "here": request.get_full_path(),
        "data_path": path,
        "data_query": query,
        "origin": _origin(request),
    }


def _origin(request: HttpRequest) -> str:
    """Return how addresses begin; nothing on the page that refuses a name not our own."""
    try:
        return origin_of(request)
    except DisallowedHost:
        return ""
