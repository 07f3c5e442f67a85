"""What an editor of records looks for: from a record to findings."""

from __future__ import annotations

from mahdar.checking.cover import check_cover
from mahdar.checking.roster import check_roster
from mahdar.checking.symbols import check_one_symbol, check_resolutions, check_symbols
from mahdar.checking.votes import check_votes
from mahdar.languages import Language
from mahdar.model import Finding, Record
from mahdar.sources.block import Printed


def check(record: Record, language: Language, source: Printed) -> tuple[Finding, ...]:
    """Look a record through and return what is doubtful, in the order of the checks.

    Args:
        record: as parsed.
        language: of the record.
        source: the file it comes from.
    """
    return (
        *check_cover(record, language),
        *check_roster(record, language),
        *check_symbols(record, source),
        *check_one_symbol(record, source, language),
        *check_resolutions(record, source),
        *check_votes(record),
    )


__all__ = ["check"]
