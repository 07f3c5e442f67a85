"""Where versions of records come from: what a file says of it, what is kept, what is given out."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from mahdar._version import __version__
from mahdar.archive.tables import models
from mahdar.errors import NotAnAddress
from mahdar.model import Record
from mahdar.model.address import Address
from mahdar.model.formats import is_sealed, seal_of, sealed
from mahdar.model.record import Origin

PROGRAM = f"mahdar {__version__}"
_SEALED_SINCE = 2
"""The form of JSON that was the first to have seals: that an older file has none says nothing."""
_SEAL = re.compile("[0-9a-f]{64}")


class Claim(msgspec.Struct, frozen=True):
    """What a file says of where its record comes from.

    ``origin`` is there where it may be believed: Mahdar has read the file, or it is JSON with a
    seal that holds. Else ``seal`` is the broken one, and ``unsealed`` tells that JSON has none
    where Mahdar would have written one.
    """

    origin: Origin | None = None
    seal: str = ""
    unsealed: bool = False


class Base(msgspec.Struct, frozen=True):
    """The version that another is based on: its address in this archive, and its digest."""

    address: str = ""
    digest: str = ""


class Told(msgspec.Struct, frozen=True):
    """What somebody who adds corrections says of them: whose they are, of which version."""

    by: str = ""
    base: Base | None = None


class _Numbered(msgspec.Struct):
    format: int = 1


def claim_of(data: bytes, record: Record) -> Claim:
    """Return what the JSON of a record says of its origin, and whether to believe it.

    Args:
        data: the JSON.
        record: that was made of it.

    >>> from mahdar import read, specimen_path
    >>> record = read(specimen_path())
    >>> claim_of(msgspec.json.encode(record), record).origin.how
    'read'
    >>> changed = msgspec.structs.replace(record, place="Geneva")
    >>> claim_of(msgspec.json.encode(changed), changed).seal == record.origin.seal
    True
    """
    origin = record.origin
    if origin is None or not origin.seal:
        number = msgspec.json.decode(data, type=_Numbered).format
        return Claim(unsealed=number >= _SEALED_SINCE)
    if is_sealed(record) or _as_written(data) == origin.seal:
        return Claim(origin)
    return Claim(seal=_seal(origin.seal), unsealed=True)


def _as_written(data: bytes) -> str:
    """Return the seal of JSON as it stands: of another form than this Mahdar would write it in."""
    return seal_of(msgspec.json.encode({**msgspec.json.decode(data), "origin": None}))


def _seal(text: str | None) -> str:
    return text if text and _SEAL.fullmatch(text) else ""


def origin_for(alias: str, key: str, language: str, claim: Claim, told: Told) -> Origin:
    """Return the origin of a version that is to be kept; call it before that is put in.

    What a seal vouches for is believed. Else a person changed the file: a broken seal shows it,
    somebody says so, or another version is there and the file has no seal. The version that it is
    based on is the one that somebody names, that the broken seal names, or the current one.

    Args:
        alias: of the database.
        key: of the record.
        language: of the record.
        claim: what its file says.
        told: what somebody says of it.
    """
    if claim.origin is not None:
        base = _base_said(alias, key, language, claim.origin)
        return _origin(claim.origin.how, claim.origin.by, base)
    if claim.seal:
        base = told.base or base_with(alias, key, language, claim.seal) or Base("", claim.seal)
        return _origin("corrected", told.by, base)
    current = _current(alias, key, language)
    if told.by or told.base or (claim.unsealed and current):
        return _origin("corrected", told.by, told.base or current)
    return Origin("read")


def _origin(how: Any, by: str, base: Base | None) -> Origin:
    if base is None:
        return Origin(how, by)
    return Origin(how, by, base.address or None, None, base.digest or None)


def _base_said(alias: str, key: str, language: str, origin: Origin) -> Base | None:
    """Return what a version is based on in this archive: addresses of others mean nothing here."""
    seal = _seal(origin.base_seal)
    if seal:
        return base_with(alias, key, language, seal) or Base("", seal)
    return base_at(alias, origin.based_on) if origin.based_on else None


def base_at(alias: str, address: str) -> Base | None:
    """Return the version at a whole address; None where there is none."""
    try:
        named = Address.parse(address)
    except NotAnAddress:
        return None
    return _first(alias, key=named.key, language=named.language, version=named.version)


def base_with(alias: str, key: str, language: str, digest: str) -> Base | None:
    """Return the version with a digest, of this record or, where its symbol was mended, another."""
    return _first(alias, key=key, language=language, digest=digest) or _first(alias, digest=digest)


def _current(alias: str, key: str, language: str) -> Base | None:
    return _first(alias, key=key, language=language, current=True)


def _first(alias: str, **wanted: Any) -> Base | None:
    table = models.Record.objects.using(alias).filter(**wanted).order_by("pk")
    row = table.values_list("key", "language", "version", "digest").first()
    return None if row is None else Base(str(Address(*row[:3])), row[3])


def given_out(alias: str, row: models.Record, record: Record) -> Record:
    """Return a record of the archive with its origin, sealed.

    Args:
        alias: of the database.
        row: of the version.
        record: its contents.
    """
    base = base_with(alias, row.key, row.language, row.base_digest) if row.base_digest else None
    kept = base or Base(row.based_on, row.base_digest)
    return sealed(record, _origin(row.origin, row.by, kept))
