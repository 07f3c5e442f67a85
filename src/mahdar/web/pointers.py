"""Pages that a reader may mean who types a name or a symbol into the search box."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from django.utils.translation import gettext

from mahdar.archive.tables import models
from mahdar.authority.who import exactly
from mahdar.search.resolving import symbols
from mahdar.web import addresses, links, names
from mahdar.web.opened import archive

_LONGEST = 120
_QUERY = frozenset('":()*=')


class Pointer(msgspec.Struct, frozen=True):
    """A page: what kind of thing it tells of, its name, where it is."""

    kind: str
    name: str
    link: str


def pointers(text: str) -> list[Pointer]:
    """Return the pages of what a text names.

    Args:
        text: as typed; a name of a State or body in any of the six languages, a symbol.
    """
    if not text or len(text) > _LONGEST:
        return []
    if "/" in text:
        return list(_of_symbol(text))
    if _QUERY.intersection(text):
        return []
    return [
        Pointer(_kind(answer.code), names.body_name(answer.code), links.to_affiliation(answer.code))
        for answer in exactly(text)
        if answer.kind != "office"
    ]


def _kind(code: str) -> str:
    return gettext("State") if names.is_state(code) else gettext("Organisation")


def _of_symbol(text: str) -> Iterator[Pointer]:
    known = text if addresses.find(text, "en") else addresses.known_as(text)
    if known:
        yield Pointer(gettext("Record"), known, links.to_address(known))
    mentions = models.Mention.objects.using(archive().alias)
    for symbol in dict.fromkeys(symbols(text)):
        if mentions.filter(target=symbol).exists():
            yield Pointer(gettext("Document"), symbol, links.to_document(symbol))
            return
