"""From an address that a reader asks for to a version of a record."""

from __future__ import annotations

from typing import Any

import msgspec

from mahdar.archive.descent import COLUMNS, Version, arrange
from mahdar.archive.store import Entry
from mahdar.archive.tables import models
from mahdar.errors import NotAnAddress
from mahdar.model.address import Address
from mahdar.search.resolving import symbols
from mahdar.web.opened import archive


class Found(msgspec.Struct, frozen=True):
    """A version of a record that somebody asked for.

    ``languages`` are the present versions of the same meeting; ``named`` tells whether the address
    names language, and version; ``rows`` are all versions in this language, as the table of records
    has them.
    """

    entry: Entry
    languages: tuple[Entry, ...]
    named: tuple[bool, bool]
    rows: tuple[dict[str, Any], ...]

    @property
    def address(self) -> Address:
        """Where the version is, for good."""
        return self.entry.address

    @property
    def digest(self) -> str:
        """The SHA-256 of the JSON of the record."""
        return str(next(row["digest"] for row in self.rows if row["pk"] == self.entry.pk))

    def descent(self) -> list[Version]:
        """Return all versions in this language, each after the one that it is based on."""
        return arrange(archive().alias, self.rows)


def find(address: str, prefer: str) -> Found | None:
    """Return what an address means, None where there is nothing.

    Args:
        address: ``S/PV.7050``, ``S/PV.7050/ar``, ``S/PV.7050/ar@1``, ``S/PV.7050@1``.
        prefer: the language to take where the address names none; else English, else any.
    """
    named = parsed(address)
    if named is None:
        return None
    table = models.Record.objects.using(archive().alias).filter(key=named.key)
    held = list(table.order_by("language", "-version").values(*COLUMNS))
    rows = [Entry(**{name: row[name] for name in Entry.__struct_fields__}) for row in held]
    present = tuple(row for row in rows if row.current)
    wanted = [
        row for row in rows
        if named.language in (None, row.language)
        and (row.current if named.version is None else row.version == named.version)
    ]  # fmt: skip
    rank = {prefer: 0, "en": 1}
    chosen = min(wanted, key=lambda row: rank.get(row.language, 2), default=None)
    if chosen is None:
        return None
    own = tuple(row for row in held if row["language"] == chosen.language)
    return Found(chosen, present, (named.language is not None, named.version is not None), own)


def parsed(address: str) -> Address | None:
    """Return an address as it stands in a path of the site; None where it is none."""
    try:
        return Address.parse(address.strip("/"))
    except NotAnAddress:
        return None


def known_as(address: str) -> str | None:
    """Return the address of what somebody wrote otherwise; None where the archive has it not.

    Args:
        address: such as ``s/pv.7050`` or ``s/pv.7050/ar``.
    """
    given = parsed(address)
    if given is None:
        return None
    for symbol in symbols(given.key) + symbols(given.key.upper()):
        if symbol != given.key and _plain(symbol) == _plain(given.key):
            named = str(Address(symbol, given.language, given.version, given.locus))
            if find(named, "en"):
                return named
    return None


def _plain(symbol: str) -> str:
    return "".join(character for character in symbol.casefold() if character.isalnum())


def contents(entry: Entry) -> bytes:
    """Return the JSON of a record with where it comes from, as ``mahdar read`` prints it.

    Raises:
        ArchiveError: it is damaged.
    """
    (record,) = archive().records([entry])
    return msgspec.json.encode(record)


def digest(entry: Entry) -> str:
    """Return the SHA-256 of the JSON of a record."""
    table = models.Record.objects.using(archive().alias)
    return str(table.values_list("digest", flat=True).get(pk=entry.pk))
