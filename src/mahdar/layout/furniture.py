"""Tell what is printed on every page apart from what is said: page numbers, running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from mahdar.sources.block import Block

_PAGE = re.compile(r"[-–—\s(]*(?:\d{1,3}\s*/\s*\d{1,3}|[-–—]\s*\d{1,3}\s*[-–—]|\d{1,3})[-–—\s)]*")
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
        if block.rule:
            kinds.append("rule")
        elif len(text) > _LONGEST or "\n" in text:
            kinds.append(None)
        elif _JOB.fullmatch(text):
            kinds.append("job_number")
        elif _PAGE.fullmatch(text):
            kinds.append("page_number")
        elif _SYMBOL.search(text) and not _SYMBOL.sub("", text).strip(" -–—/0123456789٠١٢٣٤٥٦٧٨٩"):
            kinds.append("running_head")
        else:
            kinds.append(None)
    counts = Counter(kind for kind in kinds if kind)
    return [
        None if kind in ("page_number", "running_head") and counts[kind] < _SHORTEST_RUN else kind
        for kind in kinds
    ]
