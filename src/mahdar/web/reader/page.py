"""All that the page of a record shows, made once for a version and a language of the interface."""

from __future__ import annotations

import msgspec

from mahdar.archive.store import Entry
from mahdar.model import Record, Turn
from mahdar.web.names import interface
from mahdar.web.opened import archive
from mahdar.web.reader.body import Rendered, Shown, render
from mahdar.web.reader.contents import Line, contents_of
from mahdar.web.reader.findings import Noted, noted
from mahdar.web.reader.sources import has_pictures


class RecordPage(msgspec.Struct, frozen=True):
    """The page of a record without the frame of the site.

    ``elsewhere`` are the findings that have no place in the meeting.
    """

    entry: Entry
    symbol: str
    date: str | None
    place: str | None
    opened: str | None
    closed: str | None
    language: str
    rendered: Rendered
    lines: tuple[Line, ...]
    elsewhere: tuple[Noted, ...]
    findings: int
    turns: int
    votes: int
    pictures: bool


def record_of(entry: Entry) -> Record:
    """Return a record from the archive."""
    (record,) = archive().records([entry])
    return record


def page_of(entry: Entry, with_pages: bool = False) -> RecordPage:
    """Return the page of a record, in the language of the interface.

    Args:
        entry: of the archive.
        with_pages: show the pages of the source beside the words.

    Raises:
        NothingToPublish: the record has no body.
    """
    record = record_of(entry)
    pictures = has_pictures(entry)
    shown = Shown(entry.key, record.symbol or entry.key, entry.language, entry.version, pictures)
    found = noted(record)
    rendered = render(record, shown, [each for each in found if each.locus])
    if with_pages and pictures:
        from mahdar.web.reader.leaves import with_leaves

        rendered = with_leaves(rendered, record, shown)
    return RecordPage(
        entry, shown.symbol, record.date, record.place, record.opened_at, record.closed_at,
        record.language, rendered, tuple(contents_of(record, interface())),
        tuple(each for each in found if not each.locus), len(found),
        sum(isinstance(item, Turn) for item in record.body), len(record.votes()), pictures,
    )  # fmt: skip
