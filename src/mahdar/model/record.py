"""The whole record."""

from __future__ import annotations

from typing import Literal

import msgspec

from mahdar.model.body import Act, BodyItem, Decision, Turn, Vote
from mahdar.model.people import Member, Person
from mahdar.model.place import Spans

Status = Literal["provisional", "final", "unknown"]

FindingCode = Literal[
    "roster_name_differs",
    "roster_speaker_absent",
    "roster_incomplete",
    "symbol_malformed",
    "symbol_differs",
    "resolution_year_differs",
    "cover_field_missing",
    "cover_text_unplaced",
    "name_unknown",
    "language_unknown",
    "date_weekday_differs",
    "heading_differs",
    "order_doubtful",
    "join_doubtful",
    "label_doubtful",
    "text_before_first_turn",
    "name_misread",
    "state_misread",
    "vote_totals_differ",
    "vote_name_unknown",
    "vote_name_twice",
    "ballot_differs",
    "hyphen_doubtful",
    "text_in_doubt",
    "page_without_text",
    "note_without_mark",
    "other_language",
]

Fact = str | int | tuple[str, ...]
"""What the sentence of a finding is filled with: words as printed, a number, a list."""


class CoverField(msgspec.Struct, frozen=True):
    """A line of the cover that is a single value.

    ``field`` names it (``organ``, ``date``, ``place``, …), ``label`` is what is
    printed, ``value`` what it means (``2013-10-28``); both are kept.
    """

    field: str
    label: str
    value: str | int | None
    spans: Spans


class AgendaItem(msgspec.Struct, frozen=True):
    """An item of the agenda; ``documents`` are the symbols printed under it."""

    title: str
    subtitle: str | None
    documents: tuple[str, ...]
    spans: Spans


class Document(msgspec.Struct, frozen=True):
    """A document before the meeting: its symbol and the words that describe it.

    The words stand in the agenda, which holds their place in the source.
    """

    symbol: str
    label: str


class Notice(msgspec.Struct, frozen=True):
    """The notice on corrections at the foot of the cover."""

    text: str
    spans: Spans


class Furniture(msgspec.Struct, frozen=True):
    """What is printed on a page but belongs to no one's words.

    ``kind`` is ``running_head``, ``page_number``, ``line_number``, ``rule``,
    ``job_number``, ``barcode``, ``recycling_mark``, ``outside_page`` (text that lies off the
    printed page), ``turned_text``, ``other_language`` (the second of two languages
    side by side), ``hyphen`` (one undone at the end of a line),
    ``kashida`` (signs that only stretch a line), ``note`` (a footnote
    whose mark was not found) or ``unplaced`` (nothing that Mahdar knows; a finding says so).
    """

    kind: str
    text: str
    spans: Spans


class Reading(msgspec.Struct, frozen=True):
    """One of several readings of a doubtful place."""

    text: str
    spans: Spans


class Finding(msgspec.Struct, frozen=True, omit_defaults=True):
    """A doubtful place, reported and left as printed.

    ``score`` is how sure Mahdar is that something is wrong, 0 to 1; ``readings``
    are the printed forms that disagree, ``proposed`` the likely right one. Their
    spans point at words that have their place elsewhere in the record. ``message``
    tells it in English; ``case`` and ``facts`` are what it is told with in any language
    (:func:`mahdar.findings.explain_finding`).
    """

    code: FindingCode
    message: str
    score: float
    readings: tuple[Reading, ...] = ()
    proposed: str | None = None
    case: str = ""
    facts: dict[str, Fact] = {}


class Record(msgspec.Struct, frozen=True):
    """A verbatim record as data; what ``mahdar read --format json`` prints.

    Dates are ISO 8601 (``2013-10-28``), times ``10:10``, languages ISO 639-1,
    States ISO 3166-1 alpha-3.
    """

    symbol: str | None
    organ: str | None
    meeting_number: int | None
    language: str
    status: Status
    date: str | None
    scheduled_time: str | None
    opened_at: str | None
    closed_at: str | None
    place: str | None
    year_of_organ: int | None
    president: Member | None
    members: tuple[Member, ...]
    agenda: tuple[AgendaItem, ...]
    documents: tuple[Document, ...]
    notice: Notice | None
    cover: tuple[CoverField, ...]
    body: tuple[BodyItem, ...]
    furniture: tuple[Furniture, ...]
    findings: tuple[Finding, ...]
    session: int | None = None
    decisions: tuple[Decision, ...] = ()
    people: tuple[Person, ...] = ()

    def cover_label(self, field: str) -> str | None:
        """Return what the cover prints for a field (``organ``, ``date``), None where it is not."""
        return next((found.label for found in self.cover if found.field == field), None)

    def turns(self) -> tuple[Turn, ...]:
        """Return the turns of the meeting, in order."""
        return tuple(item for item in self.body if isinstance(item, Turn))

    def votes(self) -> tuple[Vote, ...]:
        """Return the votes of the meeting that name States, in order."""
        return tuple(item for item in self.body if isinstance(item, Vote))

    def acts(self, name: str | None = None) -> tuple[Act, ...]:
        """Return the acts of the meeting in order; with ``name``, only those of that name."""
        return tuple(
            item for item in self.body if isinstance(item, Act) and name in (None, item.act)
        )
