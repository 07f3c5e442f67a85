"""Hold the States named in a vote against the totals announced for it."""

from __future__ import annotations

from collections.abc import Iterator

from mahdar.checking.registry import reports
from mahdar.findings import report
from mahdar.model import Finding, Reading, Record


@reports("vote_totals_differ", order=80)
def check_votes(record: Record) -> Iterator[Finding]:
    """Report each vote whose lists do not add up to what the record announces.

    Args:
        record: whose votes to count.
    """
    for vote in record.votes():
        if vote.totals is None:
            continue
        named = (len(vote.in_favour), len(vote.against), len(vote.abstaining))
        totals = vote.totals
        announced = (totals.in_favour, totals.against, totals.abstaining)
        if named != announced:
            yield report(
                "vote_totals_differ",
                0.9,
                (Reading(vote.text[:120], vote.spans),),
                in_favour=named[0], against=named[1], abstaining=named[2],
                said_in_favour=announced[0], said_against=announced[1],
                said_abstaining=announced[2],
            )  # fmt: skip
