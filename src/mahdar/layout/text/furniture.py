"""Tell what is printed on every page apart from what is said: page numbers, running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from mahdar.sources.block import Block

_PAGE = re.compile(
    r"[-–—\s(]*(?:\d{1,3}\s*[/-]\s*\d{1,3}|[-–—]\s*\d{1,3}\s*[-–—]|\d{1,3})[-–—\s)]*"
)
_JOB = re.compile(r"(?:\*?\d{7}\*?|\d{2}-\d{5})(?:\s*\(\w\))?(?:\s+\d{6})?")
_SYMBOL = re.compile(r"[A-Z]{1,2}/(?:\d+/)?PV\.\d+(?:\s*\([^)]*\))?")
_SHORTEST_RUN = 3
_LONGEST = 80


def furniture_kind(blocks: Sequence[Block]) -> list[str | None]:
    """Return, for each block, the kind of furniture that it is, or None.

    Page numbers alone on a line count only where there are several; job numbers
    and lines of dashes always.
    """
    kinds: list[str | None] = []
    for block in blocks:
        text = block.text.strip()
        kinds.append("rule" if block.rule else furniture_of_line(text))
    counts = Counter(kind for kind in kinds if kind)
    return [
        None if kind in ("page_number", "running_head") and counts[kind] < _SHORTEST_RUN else kind
        for kind in kinds
    ]


def furniture_of_line(text: str) -> str | None:
    """Return the kind of furniture that a line is by its words alone, or None.

    >>> furniture_of_line("10-70469 (E)"), furniture_of_line("2/3"), furniture_of_line("A/65/PV.71")
    ('job_number', 'page_number', 'running_head')
    """
    if len(text) > _LONGEST or "\n" in text:
        return None
    if _JOB.fullmatch(text):
        return "job_number"
    if _PAGE.fullmatch(text):
        return "page_number"
    if _SYMBOL.search(text) and not _SYMBOL.sub("", text).strip(" -–—/0123456789٠١٢٣٤٥٦٧٨٩"):
        return "running_head"
    return None
