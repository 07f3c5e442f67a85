"""Hold the States named in a vote against the totals announced for it."""

from __future__ import annotations

from collections.abc import Iterator

from mahdar.model import Finding, Reading, Record


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
            yield Finding(
                "vote_totals_differ",
                "the lists name {} in favour, {} against, {} abstaining;".format(*named)
                + " the record announces {}, {}, {}".format(*announced),
                0.9,
                (Reading(vote.text[:120], vote.spans),),
            )
