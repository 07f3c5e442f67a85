"""What reading a file that somebody gave may take, and what is written down of it."""

from __future__ import annotations

import msgspec

SECONDS = 300
"""How long reading one file may take, its pictures included."""
MEBIBYTES = 1536
"""The memory that reading a PDF may take."""
DRAWN = 40
"""How many pages are drawn to be looked at."""


class Outcome(msgspec.Struct, frozen=True):
    """What came of reading a file, as the process that read it writes it down."""

    problem: str = ""
    summary: str = ""
    symbol: str = ""
    language: str = ""
    pages: int = 0
    turns: int = 0
    findings: int = 0
    drawn: int = 0
