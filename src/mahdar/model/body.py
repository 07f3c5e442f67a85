"""What a meeting is made of: headings, acts, turns and their paragraphs."""

from __future__ import annotations

from typing import Literal

import msgspec

from mahdar.model.people import Affiliation, Capacity, Name
from mahdar.model.place import Spans

ActName = Literal[
    "opened",
    "resumed",
    "agenda_adopted",
    "invited",
    "floor_given",
    "document_noted",
    "statement_adopted",
    "capacity_changed",
    "speakers_exhausted",
    "suspended",
    "closed",
]


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph of a statement.

    ``text`` is what is printed, emphasis marks left out and line ends turned to
    spaces; ``spans`` are the stretches of the source it came from, in reading
    order, more than one where a column or page cut the paragraph.
    """

    text: str
    spans: Spans


class Heading(msgspec.Struct, frozen=True, tag_field="kind", tag="heading"):
    """A heading between the turns; ``level`` counts from 1."""

    text: str
    level: int
    spans: Spans


class Place(msgspec.Struct, frozen=True):
    """Where in the body an act was spoken.

    ``turn`` counts the turns of the body from 0, ``paragraph`` the paragraphs of
    that turn from 0 (through all its parts), ``start`` and ``end`` are offsets
    in characters into that paragraph's ``text``.
    """

    turn: int
    paragraph: int
    start: int
    end: int


class Act(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="kind", tag="act"):
    """Something that was done, not only said.

    A printed act ("The meeting was called to order at 10.10 a.m.") has ``spans``
    of its own and ``place`` None. A spoken act is the President's formula within
    a turn: its words belong to the turn, so it has no spans but a ``place``, and
    stands in the body right after that turn.

    Further fields, each present only where the act has it: ``time`` (ISO
    hh:mm), ``rule`` (number of the provisional rule of procedure), ``person``,
    ``affiliation``, ``symbol`` (of a document), ``capacity`` and ``state`` (what
    the President now speaks as), ``phase`` (``stage`` where only the present
    stage of the consideration ended).
    """

    act: ActName
    text: str
    spans: Spans
    place: Place | None = None
    time: str | None = None
    rule: int | None = None
    person: Name | None = None
    affiliation: Affiliation | None = None
    symbol: str | None = None
    capacity: Capacity | None = None
    phase: str | None = None


class Part(msgspec.Struct, frozen=True):
    """A stretch of a turn that is spoken in one capacity."""

    capacity: Capacity
    affiliation: Affiliation | None
    paragraphs: tuple[Paragraph, ...]


class Turn(msgspec.Struct, frozen=True, tag_field="kind", tag="turn"):
    """One speaker's turn, from one bold name to the next.

    ``label`` is the printed opening with its colon left out, ``spans`` its place.
    ``language`` is the language spoken (ISO 639-1) and ``interpreted`` is true
    where the printed text is an interpretation of it. Where the capacity changes
    within the turn, ``paragraphs`` is empty and ``parts`` holds them;
    :meth:`all_paragraphs` gives them either way.
    """

    label: str
    speaker: Name
    capacity: Capacity
    affiliation: Affiliation | None
    language: str
    interpreted: bool
    paragraphs: tuple[Paragraph, ...]
    spans: Spans
    parts: tuple[Part, ...] = ()

    def all_paragraphs(self) -> tuple[Paragraph, ...]:
        """Return the paragraphs of the turn in order, through all its parts."""
        if not self.parts:
            return self.paragraphs
        return tuple(p for part in self.parts for p in part.paragraphs)

    def words(self) -> int:
        """Return how many words were spoken (runs of printed signs between blanks)."""
        return sum(len(p.text.split()) for p in self.all_paragraphs())


BodyItem = Heading | Act | Turn
