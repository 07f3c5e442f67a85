"""Report document symbols that are not well formed, with the form they likely had."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mahdar.checking.places import locate
from mahdar.citations import find_symbols
from mahdar.model import Finding, Reading, Record
from mahdar.sources.block import Printed


def check_symbols(record: Record, source: Printed) -> Iterator[Finding]:
    """Report each malformed symbol once for each place.

    Args:
        record: whose paragraphs to look through.
        source: the file it comes from, to find the place.
    """
    paragraphs = [p for turn in record.turns() for p in turn.all_paragraphs()]
    symbols = [(p, found) for p in paragraphs for found in find_symbols(p.text)]
    well = Counter(found.printed for _, found in symbols if not found.proposed)
    for paragraph, found in symbols:
        if found.proposed is None:
            continue
        readings = [Reading(found.printed, locate(paragraph, found.printed, source))]
        elsewhere = well.get(found.proposed, 0)
        times = "once" if elsewhere == 1 else f"{elsewhere} times"
        known = f", which this record cites {times} elsewhere" if elsewhere else ""
        yield Finding(
            "symbol_malformed",
            f"'{found.printed}' is no well-formed document symbol;"
            f" most likely '{found.proposed}'{known}",
            0.95,
            (*readings, Reading(found.proposed, ())),
            found.proposed,
        )
