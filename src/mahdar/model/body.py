"""What a meeting is made of: headings, acts, turns and their paragraphs."""

from __future__ import annotations

from typing import Literal

import msgspec

from mahdar.model.address import Locus
from mahdar.model.mention import Mentions
from mahdar.model.people import Affiliation, Capacity, Name, Party, State
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
    "seated",
    "chair_taken",
    "decided",
    "adopted",
    "retained",
    "rejected",
    "withdrawn",
    "vote_announced",
    "balloted",
    "silence",
    "advised",
    "escorted",
    "applause",
    "narrated",
    "floor_asked",
    "put_to_vote",
    "asked",
    "adjourned",
    "consultations_held",
    "silence_asked",
    "sponsors_added",
    "vote_requested",
    "time_limited",
    "concluded",
    "welcomed",
    "series_opened",
]
Purpose = Literal["before_vote", "after_vote", "right_of_reply", "point_of_order"]
"""Why somebody takes the floor, where the President said so: to explain a vote before or
after it, in exercise of the right of reply, or on a point of order."""


class Note(msgspec.Struct, frozen=True):
    """A footnote: ``at`` is the offset of its ``mark`` in the paragraph's text."""

    at: int
    mark: str
    text: str
    spans: Spans


class Paragraph(msgspec.Struct, frozen=True, omit_defaults=True):
    """A paragraph of a statement.

    ``text`` is what is printed, emphasis marks left out and line ends turned to
    spaces; ``spans`` are the stretches of the source it came from, in reading
    order, more than one where a column or page cut the paragraph. ``notes`` are
    the footnotes whose marks stand in it, ``mentions`` what it names and cites.
    """

    text: str
    spans: Spans
    notes: tuple[Note, ...] = ()
    mentions: Mentions = ()


class Heading(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="kind", tag="heading"):
    """A heading between the turns; ``level`` counts from 1.

    Where it names items of the agenda ("Agenda items 21 to 26"), ``items`` are
    their numbers, one by one; ``continued`` is true where it says so; ``symbols`` are those of
    the documents that it names.
    """

    text: str
    level: int
    spans: Spans
    items: tuple[str, ...] = ()
    continued: bool = False
    symbols: tuple[str, ...] = ()


class Totals(msgspec.Struct, frozen=True):
    """How many voted for, against, and abstained, as the record says in words or digits."""

    in_favour: int
    against: int
    abstaining: int


class Within(msgspec.Struct, frozen=True):
    """Where among the words of a turn something was spoken.

    ``turn_number`` counts the turns of the body from 1, ``paragraph_number`` the paragraphs of
    that turn from 1 (through all its parts), as addresses do (``t12p3``); ``start`` and ``end`` are
    offsets in characters into that paragraph's ``text``, from 0.
    """

    turn_number: int
    paragraph_number: int
    start: int
    end: int

    @property
    def locus(self) -> Locus:
        """The same as a place in the record: ``t12p3:5-17``; ``t12p3`` where it has no words."""
        where = Locus("t", self.turn_number, self.paragraph_number)
        return where.at(self.start, self.end) if self.end > self.start else where


class Act(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="kind", tag="act"):
    """Something that was done, not only said.

    A printed act ("The meeting was called to order at 10.10 a.m.") has ``spans``
    of its own; its ``within`` is None, unless it is printed within a turn that goes
    on after it: then it stands after that turn, and ``within`` is the paragraph
    before which it is printed (``start`` and ``end`` 0). A spoken act is the
    President's formula within
    a turn: its words belong to the turn, so it has no spans but is ``within`` it, and
    stands in the body right after that turn.

    Further fields, each present only where the act has it: ``time`` (ISO
    hh:mm), ``rule`` (number of the provisional rule of procedure), ``person``,
    ``affiliation``, ``symbol`` (of a document), ``capacity`` and ``state`` (what
    the President now speaks as), ``phase`` (``stage`` where only the present
    stage of the consideration ended), ``until`` (ISO hh:mm, when a suspended
    meeting was resumed), ``draft`` (what was adopted, retained, rejected or
    withdrawn, as printed), ``number`` (of the resolution or decision that it
    became, as printed), ``totals`` (of the vote on it), ``meant`` (how a
    delegation said afterwards that it had meant to vote), ``parties`` (all of them, where there
    are several; ``person`` and ``affiliation`` are the first), ``symbols`` (all that the sentence
    names), ``practice`` (invited by previous practice and no rule), ``unanimous``, ``purpose`` (for
    which the floor is given), ``introduces`` (it is given to introduce something),
    ``on_behalf_of`` (the group for which it is given), ``pronoun`` (it is given to
    "him" or "her", named before), ``without_vote``, ``of_draft`` (the documents are drafts),
    ``veto`` (it says that a permanent member's vote kept the draft from being adopted),
    ``date`` (ISO, where one is printed beside the time).
    """

    act: ActName
    text: str
    spans: Spans
    within: Within | None = None
    time: str | None = None
    rule: int | None = None
    person: Name | None = None
    affiliation: Affiliation | None = None
    symbol: str | None = None
    capacity: Capacity | None = None
    phase: str | None = None
    until: str | None = None
    draft: str | None = None
    number: str | None = None
    totals: Totals | None = None
    meant: str | None = None
    parties: tuple[Party, ...] = ()
    symbols: tuple[str, ...] = ()
    practice: bool = False
    unanimous: bool = False
    purpose: Purpose | None = None
    introduces: bool = False
    on_behalf_of: str | None = None
    pronoun: bool = False
    without_vote: bool = False
    of_draft: bool = False
    veto: bool = False
    date: str | None = None

    def all_parties(self) -> tuple[Party, ...]:
        """Return all whom it names, in order."""
        if self.parties or (self.person is None and self.affiliation is None):
            return self.parties
        return (Party(self.person, self.affiliation),)


class Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """A stretch of a turn that is spoken in one capacity and one language.

    Where a mark on a line of its own changes the language, ``mark`` is that line
    as printed, ``spans`` its place, ``language`` and ``interpreted`` as in a turn;
    otherwise they are as the turn has them.
    """

    capacity: Capacity
    affiliation: Affiliation | None
    paragraphs: tuple[Paragraph, ...]
    language: str | None = None
    interpreted: bool | None = None
    mark: str | None = None
    spans: Spans = ()


class Turn(msgspec.Struct, frozen=True, tag_field="kind", tag="turn"):
    """One speaker's turn, from one bold name to the next.

    ``label`` is the printed opening with its colon left out, ``spans`` its place.
    ``language`` is the language spoken (ISO 639-1) and ``interpreted`` is true
    where the printed text is an interpretation of it. Where the capacity or the
    language changes within the turn, ``paragraphs`` is empty and ``parts`` holds
    them; :meth:`all_paragraphs` gives them either way. ``role`` is a function
    printed after the State ("Rapporteur of the Third Committee"), ``purpose`` why
    the floor was taken, ``on_behalf_of`` the group for which somebody says to speak, ``group``
    its code, ``aligned`` the codes of the States that the statement names as aligning
    themselves with it; ``spoken_for`` all groups, where there are several, ``aligns_with`` with
    whose statements the speaker aligns. ``person`` is the identity of the speaker, in
    ``Record.people``. ``chair`` is who sits in the Chair, in the turns of whoever presides, None
    where that is not known; ``acting`` is true where the label names an acting presiding officer.
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
    role: str | None = None
    purpose: Purpose | None = None
    on_behalf_of: str | None = None
    person: str | None = None
    group: str | None = None
    aligned: tuple[str, ...] = ()
    spoken_for: tuple[str, ...] = ()
    aligns_with: tuple[str, ...] = ()
    chair: Party | None = None
    acting: bool = False

    def all_parts(self) -> tuple[Part, ...]:
        """Return the parts of the turn in order; one that holds it all where it has none."""
        return self.parts or (Part(self.capacity, self.affiliation, self.paragraphs),)

    def all_paragraphs(self) -> tuple[Paragraph, ...]:
        """Return the paragraphs of the turn in order, through all its parts."""
        return tuple(p for part in self.all_parts() for p in part.paragraphs)

    def words(self) -> int:
        """Return how many words were spoken (runs of printed characters between blanks)."""
        return sum(len(p.text.split()) for p in self.all_paragraphs())


class Vote(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="kind", tag="vote"):
    """A vote with the States named under each head.

    ``spans`` cover the line that says how the vote was taken and the lists.
    ``totals`` are those that the record announces for it, None where it does not.
    """

    method: Literal["recorded", "show_of_hands", "roll_call", "unknown"]
    in_favour: tuple[State, ...]
    against: tuple[State, ...]
    abstaining: tuple[State, ...]
    text: str
    spans: Spans
    not_participating: tuple[State, ...] = ()
    totals: Totals | None = None


class Candidate(msgspec.Struct, frozen=True):
    """Somebody voted for in a secret ballot, as printed, and the votes obtained."""

    label: str
    votes: int


class Ballot(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="kind", tag="ballot"):
    """The result of a secret ballot, as the President reads it out.

    Its words belong to the turn before it; ``within`` is the paragraph of that turn in which
    the result begins. The numbers are None where they are not printed.
    """

    within: Within
    candidates: tuple[Candidate, ...]
    group: str | None = None
    papers: int | None = None
    invalid: int | None = None
    valid: int | None = None
    abstentions: int | None = None
    voting: int | None = None
    majority: int | None = None


class Decision(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of a draft: the short form of the act that says so.

    ``act_index`` is the index of that act in the list ``Record.body``, ``vote_index`` that of the
    vote, both from 0, as lists of programs are counted. ``draft`` is the draft as the act names it,
    ``symbol`` its symbol where one is known. ``vetoed_by`` are the permanent members, by code,
    whose votes against it kept it from being adopted.
    """

    outcome: Literal["adopted", "retained", "rejected", "withdrawn"]
    how: Literal["vote", "without_vote", "unknown"]
    act_index: int
    draft: str | None = None
    symbol: str | None = None
    number: str | None = None
    totals: Totals | None = None
    vote_index: int | None = None
    vetoed_by: tuple[str, ...] = ()


BodyItem = Heading | Act | Turn | Vote | Ballot
