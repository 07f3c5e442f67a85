"""Count the members on the cover: an organ has so many seats."""

from __future__ import annotations

from collections.abc import Iterator

from mahdar.checking.registry import reports
from mahdar.findings import report
from mahdar.model import Finding, Reading, Record
from mahdar.organs import read_organ


@reports("roster_incomplete", order=30)
def check_seats(record: Record) -> Iterator[Finding]:
    """Report a roster that names more or fewer members than the organ had in that year.

    Args:
        record: whose ``members`` to count.
    """
    organ = read_organ(record.organ)
    if organ is None or record.date is None:
        return
    year = int(record.date[:4])
    seats = organ.seats_in(year)
    if seats is not None and len(record.members) != seats:
        yield report(
            "roster_incomplete",
            0.9,
            tuple(Reading(m.state.label, m.spans) for m in record.members if m.spans),
            named=len(record.members), seats=seats, year=year,
        )  # fmt: skip
