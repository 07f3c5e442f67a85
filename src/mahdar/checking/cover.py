"""Report what a cover lacks."""

from __future__ import annotations

from collections.abc import Iterator

from mahdar.checking.registry import reports
from mahdar.findings import report
from mahdar.model import Finding, Record

_NEEDED = ("organ", "meeting_number", "date", "president", "opened_at", "closed_at")


@reports("cover_field_missing", order=10)
def check_cover(record: Record) -> Iterator[Finding]:
    """Report missing fields.

    Args:
        record: whose cover to look at.
    """
    for field in _NEEDED:
        if getattr(record, field) is None:
            yield report("cover_field_missing", 0.9, case=field)
