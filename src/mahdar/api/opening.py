"""What the functions take: files, streams, JSON, symbols of the archive; how a file is read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypedDict, Unpack

from mahdar.errors import NoArchive, ToolMissing
from mahdar.model import Record
from mahdar.sources.files import is_json
from mahdar.sources.limits import Limits
from mahdar.sources.opening import bytes_of, take_bytes
from mahdar.sources.options import Options

if TYPE_CHECKING:
    from mahdar.reading.read import ReadFile

__all__ = [
    "File",
    "Given",
    "Reading",
    "Record",
    "open_record",
    "options_of",
    "read_one",
    "read_stages",
]

File = str | Path | BinaryIO
"""A path, or a stream of bytes such as ``sys.stdin.buffer``."""
Given = Record | File
"""A record; or what :func:`open_record` makes one from."""


class Reading(TypedDict, total=False):
    """How to read a file; :func:`mahdar.read` says what each means."""

    language: str | None
    ocr: bool
    limits: Limits | None
    isolated: bool
    name: str | None


def options_of(
    *,
    language: str | None = None,
    ocr: bool = False,
    limits: Limits | None = None,
    isolated: bool = True,
    name: str | None = None,
) -> Options:
    """Return how to read a file as the rooms below take it.

    >>> options_of(language="ar").language
    'ar'
    """
    del name  # of the stream, not of the reading
    return Options(language, ocr, limits or Limits(), isolated)


def read_stages(file: File, **reading: Unpack[Reading]) -> ReadFile:
    """Read a file and keep every stage, so that it is read once to be explained and drawn.

    Args:
        file: as for :func:`mahdar.read`.
        reading: as for :func:`mahdar.read`.

    Returns:
        What :func:`mahdar.explain`, :func:`mahdar.draw_columns` and :func:`mahdar.draw_pages`
        take in place of a file; its ``record`` is the record.

    Raises:
        InputError: as for :func:`mahdar.read`.

    >>> from mahdar import specimen_path
    >>> read_stages(specimen_path()).record.symbol
    'S/PV.99901'
    """
    from mahdar.reading.bounded import read_stages_bounded

    return read_stages_bounded(*_taken(file, reading), options_of(**reading))


def read_one(file: File, **reading: Unpack[Reading]) -> Record:
    """Read a file, or the JSON of a record, to a record; see :func:`mahdar.read`."""
    data, name = _taken(file, reading)
    if is_json(data):
        from mahdar.publishing.publish import read_json

        return read_json(data, name)
    from mahdar.reading.bounded import read_bounded

    return read_bounded(data, name, options_of(**reading))


def _taken(file: File, reading: Reading) -> tuple[bytes, str]:
    """Return the bytes of a file, and what messages call it."""
    limits = reading.get("limits") or Limits()
    if isinstance(file, str | Path):
        return bytes_of(file, limits.size), str(file)
    name = reading.get("name") or str(getattr(file, "name", "the stream"))
    return take_bytes(file, name, limits.size), name


def open_record(given: Given, **reading: Unpack[Reading]) -> Record:
    """Return a record, wherever it is.

    Args:
        given: a file as for :func:`mahdar.read`, the JSON of a record in a file, the symbol of a
            record in the usual archive (``S/PV.7050``, ``S/PV.7050/ar``, ``S/PV.7050/ar@1``), or
            a record, which is returned as it is.
        reading: as for :func:`mahdar.read`.

    Raises:
        InputError: the file cannot be read, or is no record.
        ArchiveError: the archive has no such record, or has it in several languages.

    >>> from mahdar import specimen_path
    >>> record = open_record(specimen_path())
    >>> record.symbol
    'S/PV.99901'
    >>> open_record(record) is record
    True
    """
    if isinstance(given, Record):
        return given
    named = isinstance(given, str | Path) and not Path(given).exists()
    if named and (kept := _archived(str(given))):
        return kept
    return read_one(given, **reading)


def _archived(symbol: str) -> Record | None:
    """Return the record that the usual archive has under a symbol; None where it has none."""
    # Symbols begin with a capital and have a slash; no archive is opened for other names.
    if "/" not in symbol or not symbol[:1].isupper():
        return None
    try:
        from mahdar.api.archives import open_archive

        archive = open_archive(make=False)
    except (NoArchive, ToolMissing):
        return None
    return archive.record(symbol)
