"""Report what a cover lacks, and where its title differs from the heading in the body."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from mahdar.languages import Language
from mahdar.model import Finding, Heading, Reading, Record

_NEEDED = {
    "organ": "the organ",
    "meeting_number": "the number of the meeting",
    "date": "the date",
    "president": "the President",
    "opened_at": "the time of opening",
    "closed_at": "the time of closing",
}
_SAME_TITLE = 0.8


def check_cover(record: Record, language: Language) -> Iterator[Finding]:
    """Report missing fields, and titles of the agenda that come back in other words.

    Args:
        record: whose cover to look at.
        language: how titles are compared.
    """
    for field, words in _NEEDED.items():
        if getattr(record, field) is None:
            yield Finding("cover_field_missing", f"{words} was not found", 0.9)
    headings = [item for item in record.body if isinstance(item, Heading)]
    for item in record.agenda:
        for title in filter(None, (item.title, item.subtitle)):
            for heading in headings:
                one, other = language.key(title), language.key(heading.text)
                if one == other:
                    continue
                likeness = SequenceMatcher(None, one, other, autojunk=False).ratio()
                if likeness >= _SAME_TITLE:
                    yield Finding(
                        "heading_differs",
                        f"the cover prints '{title}', the heading in the body '{heading.text}'",
                        round(likeness, 2),
                        (Reading(title, item.spans), Reading(heading.text, heading.spans)),
                    )
