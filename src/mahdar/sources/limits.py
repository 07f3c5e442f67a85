"""What reading one file may take: the one budget for every kind of source."""

from __future__ import annotations

import msgspec


class Limits(msgspec.Struct, frozen=True):
    """What reading one file may take; a file that would take more is refused.

    ``seconds`` and ``mebibytes`` of memory bound the process that reads it, ``size`` (bytes, as
    it lies or unpacked) what is taken at all. ``pages`` and ``characters`` (of one page) bound a
    PDF; ``pieces`` (paragraphs, lines, rows), ``line`` (characters of one piece), ``depth`` (of
    elements in one another) and ``spans`` (cells that one cell of a table covers) every other
    source.
    """

    pages: int = 5000
    characters: int = 200_000
    seconds: float = 120.0
    mebibytes: int = 1536
    size: int = 512 << 20
    pieces: int = 200_000
    line: int = 1_000_000
    depth: int = 100
    spans: int = 1000


USUAL = Limits()
"""Far more than any record takes: the longest at hand has 70 pages and 1,100 paragraphs."""
