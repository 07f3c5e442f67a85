"""Count the members on the cover: an organ has so many seats."""

from __future__ import annotations

from collections.abc import Iterator

from mahdar.checking.registry import reports
from mahdar.findings import report
from mahdar.model import Finding, Reading, Record

# How many members an organ has seated, by the first year in which it did: Charter,
# Article 23, in force from 1946 and as amended from 1966.
_SEATS = {"SC": ((1946, 11), (1966, 15))}


@reports("roster_incomplete", order=30)
def check_seats(record: Record) -> Iterator[Finding]:
    """Report a roster that names more or fewer members than the organ had in that year.

    Args:
        record: whose ``members`` to count.
    """
    seats = _SEATS.get(record.organ, ()) if record.organ else ()
    year = int(record.date[:4]) if record.date else None
    expected = [number for first, number in seats if year and year >= first]
    if expected and len(record.members) != expected[-1]:
        yield report(
            "roster_incomplete",
            0.9,
            tuple(Reading(m.state.label, m.spans) for m in record.members if m.spans),
            named=len(record.members), seats=expected[-1], year=year or 0,
        )  # fmt: skip
