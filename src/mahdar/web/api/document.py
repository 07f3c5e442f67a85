"""The OpenAPI document: what django-ninja makes of the operations, with the schema of a record."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

from mahdar.api.records import schema as record_schema
from mahdar.web.api.problems import KIND

_PLACE = "#/components/schemas/"


class MahdarAPI(NinjaAPI):
    """An API whose document has the contract of ``mahdar read`` in it."""

    def get_openapi_schema(self, **arguments: Any) -> Any:
        """Return the document, with the schemas of a record in place of a name for it."""
        made = super().get_openapi_schema(**arguments)
        return with_problems(with_record(made))


def with_problems(document: Any) -> Any:
    """Return an OpenAPI document that says of what kind errors are (RFC 9457)."""
    for methods in document["paths"].values():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                if int(status) >= 400 and "content" in response:
                    (held,) = response["content"].values()
                    response["content"] = {KIND: held}
    return document


def with_record(document: Any) -> Any:
    """Return an OpenAPI document in which ``RecordDocument`` is the schema of a record.

    Args:
        document: with a component of that name.
    """
    schemas = document["components"]["schemas"]
    record = record_schema()
    parts = record.pop("$defs")
    record.pop("$schema", None)
    schemas["RecordDocument"] = record
    schemas |= parts
    _point(schemas["RecordDocument"])
    for part in parts.values():
        _point(part)
    return document


def _point(node: Any) -> None:
    """Turn references within a JSON Schema into such within the document."""
    if isinstance(node, dict):
        where = node.get("$ref")
        if isinstance(where, str) and where.startswith("#/$defs/"):
            node["$ref"] = _PLACE + where.removeprefix("#/$defs/")
        for value in node.get("discriminator", {}).get("mapping", {}) if isinstance(
            node.get("discriminator"), dict) else ():  # fmt: skip
            mapping = node["discriminator"]["mapping"]
            mapping[value] = mapping[value].replace("#/$defs/", _PLACE)
        for value in node.values():
            _point(value)
    elif isinstance(node, list):
        for value in node:
            _point(value)


class Docs(DocsBase):
    """The site has a page of its own for the API, which speaks the reader's language."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """Lead to that page."""
        del request, api, kwargs
        return HttpResponse(status=303, headers={"Location": "/api"})


def schema_bytes() -> bytes:
    """Return the JSON Schema of a record."""
    return msgspec.json.format(msgspec.json.encode(record_schema()), indent=1) + b"\n"
