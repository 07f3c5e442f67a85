"""Hold the headings in the body against the titles of the agenda on the cover."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from mahdar.checking.registry import reports
from mahdar.findings import report
from mahdar.languages import Language
from mahdar.model import Finding, Heading, Reading, Record

_SAME_TITLE = 0.8


@reports("heading_differs", order=20)
def check_headings(record: Record, language: Language) -> Iterator[Finding]:
    """Report titles of the agenda that come back in other words.

    Args:
        record: whose agenda and headings to compare.
        language: how titles are compared.
    """
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
