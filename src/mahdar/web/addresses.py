"""From an address that a reader asks for to a version of a record."""

from __future__ import annotations

import re
import zlib

import msgspec

from mahdar.archive.store import Entry
from mahdar.archive.tables import models
from mahdar.errors import ArchiveError
from mahdar.search.resolving import symbols
from mahdar.web.opened import archive

_ADDRESS = re.compile(
    r"(?P<key>[^@]+?)(?:/(?P<language>[a-z]{2})(?:@(?P<version>\d{1,6}))?)?$"
)  # fmt: skip


class Found(msgspec.Struct, frozen=True):
    """A version of a record that somebody asked for.

    ``languages`` are the present versions of the same meeting, ``versions`` all of this
    language, the newest first; ``named`` tells whether the address names language, and version.
    """

    entry: Entry
    languages: tuple[Entry, ...]
    versions: tuple[Entry, ...]
    named: tuple[bool, bool]

    @property
    def place(self) -> str:
        """The permanent address without its place."""
        return f"{self.entry.key}/{self.entry.language}@{self.entry.version}"


def find(address: str, prefer: str) -> Found | None:
    """Return what an address means, None where there is nothing.

    Args:
        address: ``S/PV.7050``, ``S/PV.7050/ar``, ``S/PV.7050/ar@1``.
        prefer: the language to take where the address names none; else English, else any.
    """
    parts = _ADDRESS.match(address.strip("/"))
    if parts is None:
        return None
    table = models.Record.objects.using(archive().alias).filter(key=parts["key"])
    names = Entry.__struct_fields__
    rows = [Entry(**row) for row in table.order_by("language", "-version").values(*names)]
    language, version = parts["language"], parts["version"]
    present = tuple(row for row in rows if row.current)
    if language is None:
        rank = {prefer: 0, "en": 1}
        chosen = min(present, key=lambda row: rank.get(row.language, 2), default=None)
    else:
        of_language = [row for row in rows if row.language == language]
        chosen = next(
            (row for row in of_language
             if (row.version == int(version) if version else row.current)), None,
        )  # fmt: skip
    if chosen is None:
        return None
    versions = tuple(row for row in rows if row.language == chosen.language)
    return Found(chosen, present, versions, (language is not None, version is not None))


def known_as(address: str) -> str | None:
    """Return the address of what somebody wrote otherwise; None where the archive has it not.

    Args:
        address: such as ``s/pv.7050`` or ``s/pv.7050/ar``.
    """
    parts = _ADDRESS.match(address.strip("/"))
    if parts is None:
        return None
    key = parts["key"]
    for symbol in symbols(key) + symbols(key.upper()):
        if symbol != key and _plain(symbol) == _plain(key):
            named = symbol + address.strip("/")[len(key) :]
            if find(named, "en"):
                return named
    return None


def _plain(symbol: str) -> str:
    return "".join(sign for sign in symbol.casefold() if sign.isalnum())


def contents(entry: Entry) -> bytes:
    """Return the JSON of a record, as ``mahdar read`` prints it, and as it is kept.

    Raises:
        ArchiveError: it is damaged.
    """
    row = models.Record.objects.using(archive().alias).only("contents").get(pk=entry.pk)
    try:
        return zlib.decompress(row.contents)
    except zlib.error as error:
        raise ArchiveError(
            f"record {entry.key} is damaged ({error}): remove it and add its file again"
        ) from None


def digest(entry: Entry) -> str:
    """Return the SHA-256 of the JSON of a record."""
    table = models.Record.objects.using(archive().alias)
    return str(table.values_list("digest", flat=True).get(pk=entry.pk))
