"""The whole record."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from mahdar.model.body import Act, BodyItem, Decision, Turn, Vote
from mahdar.model.people import Member, Person
from mahdar.model.place import Spans

FORMAT = 2
"""The number of the form of a record as data, raised when that changes."""

Status = Literal["provisional", "final", "unknown"]
SessionKind = Literal["regular", "special", "emergency_special"]

FindingCode = Annotated[
    str,
    msgspec.Meta(
        pattern="^[a-z][a-z0-9]*(_[a-z0-9]+)*$",
        description="The kind of a finding. Each kind that Mahdar makes has a file of this name in"
        " mahdar/findings/kinds; a record may hold kinds of an earlier or a later edition.",
        examples=["roster_name_differs", "symbol_malformed"],
    ),
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
    ``kashida`` (characters that only stretch a line), ``note`` (a footnote
    whose mark was not found) or ``unplaced`` (nothing that Mahdar knows; a finding says so).
    """

    kind: str
    text: str
    spans: Spans


class Reading(msgspec.Struct, frozen=True):
    """One of several readings of a doubtful place."""

    text: str
    spans: Spans


class Anchor(msgspec.Struct, frozen=True, omit_defaults=True):
    """Words of a record, to be found again in another reading or version of it.

    ``locus`` is where they stand (``t12p3:5-17``; None: the record as a whole), ``exact`` the
    words, ``prefix`` and ``suffix`` what stands before and after them, blanks folded. ``rival`` is
    how many characters of these stand before and after the same words elsewhere too (None: they
    stand nowhere else), ``framed`` whether these surroundings are to be found there only: so that
    no twin is taken for them when they are gone. See :mod:`mahdar.model.anchor`.
    """

    locus: str | None = None
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    rival: tuple[int, int] | None = None
    framed: bool = False


class Finding(msgspec.Struct, frozen=True, omit_defaults=True):
    """A doubtful place, reported and left as printed.

    ``score`` is how sure Mahdar is that something is wrong, 0 to 1; ``readings``
    are the printed forms that disagree, ``proposed`` the likely right one. Their
    spans point at words that have their place elsewhere in the record. ``message``
    tells it in English; ``case`` and ``facts`` are what it is told with in any language
    (:func:`mahdar.findings.explain_finding`). ``anchor`` is the place that it is about, ``id`` an
    identity made of kind and anchor: it stays the same where other findings come and go, and where
    what is around the place moves.
    """

    code: FindingCode
    message: str
    score: float
    readings: tuple[Reading, ...] = ()
    proposed: str | None = None
    case: str = ""
    facts: dict[str, Fact] = {}
    anchor: Anchor | None = None
    id: str = ""


class Origin(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a version of a record comes from.

    ``how`` is ``read`` (by a program, from print), ``corrected`` or ``composed`` (by people);
    ``by`` the program with its version, or the person; ``based_on`` the address of the version
    that was corrected, in the archive that says so; ``seal`` the SHA-256 of the record as data
    (without its origin) when this was written down: whoever changes a record by hand breaks it.
    ``base_seal`` is the seal of the version that it is based on, by which that is known in any
    archive.
    """

    how: Literal["read", "corrected", "composed"]
    by: str = ""
    based_on: str | None = None
    seal: str | None = None
    base_seal: str | None = None


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A verbatim record as data; what ``mahdar read --format json`` prints.

    Dates are ISO 8601 (``2013-10-28``), times ``10:10``, languages ISO 639-1,
    States ISO 3166-1 alpha-3. ``format`` numbers the form of this data: turns and paragraphs
    count from 1 since format 2; :func:`mahdar.model.formats.decode_record` reads older ones.
    """

    format: int = FORMAT
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
    session_kind: SessionKind = "regular"
    decisions: tuple[Decision, ...] = ()
    people: tuple[Person, ...] = ()
    origin: Origin | None = None

    def cover_label(self, field: str) -> str | None:
        """Return what the cover prints for a field (``organ``, ``date``), None where it is not."""
        return next((found.label for found in self.cover if found.field == field), None)

    def turns(self) -> tuple[Turn, ...]:
        """Return the turns of the meeting, in order."""
        return tuple(item for item in self.body if isinstance(item, Turn))

    def turn(self, number: int) -> Turn:
        """Return the turn of a number, from 1, as addresses count them.

        Raises:
            IndexError: there is none.
        """
        if number < 1:
            raise IndexError(number)
        return self.turns()[number - 1]

    def votes(self) -> tuple[Vote, ...]:
        """Return the votes of the meeting that name States, in order."""
        return tuple(item for item in self.body if isinstance(item, Vote))

    def acts(self, name: str | None = None) -> tuple[Act, ...]:
        """Return the acts of the meeting in order; with ``name``, only those of that name."""
        return tuple(
            item for item in self.body if isinstance(item, Act) and name in (None, item.act)
        )
