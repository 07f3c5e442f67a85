"""How a record is kept: its JSON, packed with zlib, known by its SHA-256."""

from __future__ import annotations

import hashlib
import zlib

import msgspec

from mahdar.model import Record

_LEVEL = 6


def pack(record: Record) -> tuple[bytes, str]:
    """Return a record as it is kept and the SHA-256 of its JSON."""
    data = msgspec.json.encode(record)
    return zlib.compress(data, _LEVEL), hashlib.sha256(data).hexdigest()


def unpack(contents: bytes | memoryview) -> Record:
    """Return a record from how it is kept.

    Raises:
        zlib.error, msgspec.DecodeError: it is damaged.

    >>> from mahdar.specimens.build import specimen
    >>> unpack(pack(specimen("fr"))[0]).symbol
    'S/PV.99902'
    """
    return msgspec.json.decode(zlib.decompress(contents), type=Record)
