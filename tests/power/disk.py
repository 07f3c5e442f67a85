"""What a disk may hold after a power cut: all that was synced, and any part of the rest."""

from __future__ import annotations

import random
import struct
from pathlib import Path
from typing import NamedTuple

_HEADER = struct.Struct("=cbHIQ")
_SECTOR = 512


class Entry(NamedTuple):
    """A write (``w``, appended ``a``), a cut to a length (``t``) or a sync (``s``) of a file."""

    kind: str
    file: int
    at: int
    data: bytes


def read_log(path: Path) -> list[Entry]:
    """Read what ``log_writes.c`` wrote down; an entry cut short at the end does not count."""
    data = path.read_bytes()
    entries, at = [], 0
    while at + _HEADER.size <= len(data):
        kind, file, _, length, place = _HEADER.unpack_from(data, at)
        at += _HEADER.size
        if at + length > len(data):
            break
        entries.append(Entry(kind.decode(), file, place, data[at : at + length]))
        at += length
    return entries


def after_cut(entries: list[Entry], cut: int, file: int, rng: random.Random) -> bytes:
    """Return what one file may hold when the power goes before entry ``cut``.

    What was written before the last sync of the file is there. Of each later write, any of
    its sectors may be there or not.
    """
    mine = [(n, entry) for n, entry in enumerate(entries[:cut]) if entry.file == file]
    synced = max((n for n, entry in mine if entry.kind == "s"), default=-1)
    held = bytearray()
    for n, entry in mine:
        if entry.kind == "t":
            if n < synced or rng.random() < 0.5:
                del held[entry.at :]
                held.extend(bytes(entry.at - len(held)))
        elif entry.kind in "aw":
            at = len(held) if entry.kind == "a" else entry.at
            if n < synced:
                _put(held, at, entry.data)
                continue
            for start in range(0, len(entry.data), _SECTOR):
                if rng.random() < 0.5:
                    _put(held, at + start, entry.data[start : start + _SECTOR])
    return bytes(held)


def _put(held: bytearray, at: int, data: bytes) -> None:
    if at > len(held):
        held.extend(bytes(at - len(held)))
    held[at : at + len(data)] = data
