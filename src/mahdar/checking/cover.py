"""Report what a cover lacks, and where its title differs from the heading in the body."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from mahdar.findings import report
from mahdar.languages import Language
from mahdar.model import Finding, Heading, Reading, Record

_NEEDED = ("organ", "meeting_number", "date", "president", "opened_at", "closed_at")
_SAME_TITLE = 0.8


def check_cover(record: Record, language: Language) -> Iterator[Finding]:
    """Report missing fields, and titles of the agenda that come back in other words.

    Args:
        record: whose cover to look at.
        language: how titles are compared.
    """
    for field in _NEEDED:
        if getattr(record, field) is None:
            yield report("cover_field_missing", 0.9, case=field)
    headings = [item for item in record.body if isinstance(item, Heading)]
    for item in record.agenda:
        for title in filter(None, (item.title, item.subtitle)):
            for heading in headings:
                one, other = language.key(title), language.key(heading.text)
                if one == other:
                    continue
                likeness = SequenceMatcher(None, one, other, autojunk=False).ratio()
                if likeness >= _SAME_TITLE:
                    yield report(
                        "heading_differs",
                        round(likeness, 2),
                        (Reading(title, item.spans), Reading(heading.text, heading.spans)),
                        cover=title,
                        body=heading.text,
                    )
