"""Where on the site something is: one place for the shape of addresses."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from mahdar.model.address import Address

_SAFE = "/()@:,.+-"


def _path(*parts: str) -> str:
    return "/" + "/".join(quote(part, safe=_SAFE) for part in parts)


def to_record(
    key: str, language: str | None = None, version: int | None = None, place: str = ""
) -> str:
    """Return the address of a record, or of a turn or paragraph of it.

    Args:
        key: its symbol.
        language: ISO 639-1; where it is not given, readers get the one that suits them.
        version: for good; the present one where it is not given.
        place: such as ``t12p3``.

    >>> to_record("S/PV.3980 (Resumption 1)", "ar", 1, "t12p3")
    '/S/PV.3980%20(Resumption%201)/ar@1#t12p3'
    """
    return to_address(str(Address(key, language, version)) + (f"#{place}" if place else ""))


def to_address(address: str) -> str:
    """Return where a permanent address such as ``S/PV.7050/ar@1#t12p3`` is.

    >>> to_address("S/PV.7050/ar@1#t12p3")
    '/S/PV.7050/ar@1#t12p3'
    """
    record, _, place = address.partition("#")
    return _path(record) + (f"#{place}" if place else "")


def to_state(code: str) -> str:
    """Return the page of a State: ``/states/TCD``."""
    return _path("states", code)


def to_body(code: str) -> str:
    """Return the page of an organisation or group: ``/organisations/OIC``."""
    return _path("organisations", code)


def to_affiliation(code: str) -> str:
    """Return the page of a State or body, whichever the code means.

    >>> to_affiliation("TCD"), to_affiliation("OIC")
    ('/states/TCD', '/organisations/OIC')
    """
    from mahdar.web.names import is_state

    return to_state(code) if is_state(code) else to_body(code)


def to_person(code: str) -> str:
    """Return the page of a person: ``/people/RUS:churkin``."""
    return _path("people", code)


def to_document(symbol: str) -> str:
    """Return the page of a document, a resolution, an article: ``/documents/CHARTER/51``."""
    return _path("documents", symbol)


def to_topic(code: str) -> str:
    """Return the page of a topic."""
    return _path("topics", code)


def to_search(query: str = "", **more: str) -> str:
    """Return the page that answers a question.

    >>> to_search("state:TCD", sort="newest")
    '/search?q=state%3ATCD&sort=newest'
    """
    held = {"q": query, **more}
    return "/search?" + urlencode({name: value for name, value in held.items() if value})


def to_page(key: str, language: str, version: int, page: int) -> str:
    """Return the picture of a page of the source."""
    return _path("pages", str(Address(key, language, version)), f"{page}.png")


def to_mention(kind: str, identity: str | None) -> str | None:
    """Return where what a text names or cites is; None where the site has no page for it.

    >>> to_mention("state", "TCD"), to_mention("article", "CHARTER/51"), to_mention("date", None)
    ('/states/TCD', '/documents/CHARTER/51', None)
    """
    if identity is None or kind in ("date", "office", "turn"):
        return None
    if kind == "state":
        return to_state(identity)
    if kind in ("organisation", "group"):
        return to_body(identity)
    return to_person(identity) if kind == "person" else to_document(identity)
