"""The page about the API, made from its OpenAPI document: plain, without a script."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

_EXAMPLES = {
    "/api/v2/records": "?limit=5", "/api/v2/search": "?q=kind:turn",
    "/api/v2/authority/names": "?name=Chad", "/api/v2/concordance": "?word=peace",
    "/api/v2/authority/people": "", "/api/v2/topics": "", "/api/v2/authority/states": "",
    "/api/v2/authority/organisations": "", "/api/v2/schema": "", "/api/v2/votes": "",
}  # fmt: skip


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show the operations of the API with their parameters."""
    from mahdar.web.api.v2 import api

    document = api.get_openapi_schema()
    operations = [
        {
            "path": path, "method": method.upper(), "summary": held.get("summary", ""),
            "about": held.get("description", ""), "parameters": _parameters(held),
            "example": path + _EXAMPLES[path] if path in _EXAMPLES else "",
            "answers": sorted(str(status) for status in held["responses"]),
        }
        for path, methods in document["paths"].items()
        for method, held in methods.items()
    ]  # fmt: skip
    about = document["info"]["description"].split("\n\n")
    return render(request, "mahdar/api.html", {"operations": operations, "about": about})


def _parameters(operation: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {
            "name": each["name"], "where": each["in"], "needed": each.get("required", False),
            "about": each.get("description") or each["schema"].get("description") or "",
            "kind": _kind(each["schema"]),
        }
        for each in operation.get("parameters", [])
    ]  # fmt: skip


def _kind(schema: dict[str, Any]) -> str:
    options = [each for each in schema.get("anyOf", [schema]) if each.get("type") != "null"]
    return " | ".join(
        " | ".join(map(str, each["enum"])) if "enum" in each else str(each.get("type", ""))
        for each in options
    )
