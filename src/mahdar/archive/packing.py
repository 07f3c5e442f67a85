"""How a record is kept: its JSON, packed with zlib, known by its SHA-256."""

from __future__ import annotations

import zlib

from mahdar.model import Record
from mahdar.model.formats import content_of, decode_record, seal_of

_LEVEL = 6


def pack(record: Record) -> tuple[bytes, str]:
    """Return a record as it is kept, without its origin, and the SHA-256 of that JSON."""
    data = content_of(record)
    return zlib.compress(data, _LEVEL), seal_of(data)


def unpack(contents: bytes | memoryview) -> Record:
    """Return a record from how it is kept.

    Raises:
        zlib.error, msgspec.DecodeError: it is damaged.

    >>> from mahdar.specimens.build import specimen
    >>> unpack(pack(specimen("fr"))[0]).symbol
    'S/PV.99902'
    """
    return decode_record(zlib.decompress(contents))


def repack(contents: bytes | memoryview, digest: str) -> tuple[bytes, str]:
    """Return the contents of a record in the present format, and their SHA-256.

    Args:
        contents: of whatever format there has been.
        digest: of their JSON as it was put in.

    Raises:
        zlib.error, msgspec.DecodeError: they cannot be read.
        ValueError: they are not what was put in.

    >>> from mahdar.specimens.build import specimen
    >>> repack(*pack(specimen("fr"))) == pack(specimen("fr"))
    True
    """
    data = zlib.decompress(contents)
    if seal_of(data) != digest:
        raise ValueError("its contents are not what was put in")
    return pack(decode_record(data))
