"""What an editor of records looks for: from a record to findings. A rule is a module of its own."""

from __future__ import annotations

from mahdar.checking.registry import Given, rules
from mahdar.languages import Language
from mahdar.model import Finding, Record
from mahdar.sources.block import Printed


def check(record: Record, language: Language, source: Printed) -> tuple[Finding, ...]:
    """Look a record through and return what is doubtful, in the order of the rules.

    Args:
        record: as parsed.
        language: of the record.
        source: the file it comes from.
    """
    given = Given(record, language, source)
    return tuple(finding for rule in rules() for finding in rule.run(given))


__all__ = ["check"]
