"""What reading one file may take."""

from __future__ import annotations

import msgspec


class Limits(msgspec.Struct, frozen=True):
    """What reading one PDF may take; a file that would take more is refused.

    ``pages`` and ``characters`` (of one page) bound what is read; ``seconds`` of work and
    ``mebibytes`` of memory bound the process that reads it.
    """

    pages: int = 5000
    characters: int = 200_000
    seconds: float = 120.0
    mebibytes: int = 1536


class Request(msgspec.Struct):
    """What the reading process is asked for: a file, and what it may take."""

    path: str
    limits: Limits
