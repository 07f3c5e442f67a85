"""Report symbols that are not well formed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mahdar.checking.places import locate
from mahdar.checking.registry import reports
from mahdar.citations import find_symbols
from mahdar.findings import report
from mahdar.model import Finding, Reading, Record
from mahdar.sources.block import Printed


@reports("symbol_malformed", order=50)
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
        times = {"times": elsewhere} if elsewhere else {}
        yield report(
            "symbol_malformed",
            0.95,
            (*readings, Reading(found.proposed, ())),
            case="cited" if elsewhere else "",
            printed=found.printed, proposed=found.proposed, likely=found.proposed, **times,
        )  # fmt: skip
