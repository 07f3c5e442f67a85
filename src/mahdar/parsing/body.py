"""From passages in reading order to headings, acts and turns."""

from __future__ import annotations

import msgspec

from mahdar.languages import Language
from mahdar.languages.openings import Opening, read_opening
from mahdar.layout.edges import EdgeReader
from mahdar.layout.passage import Passage
from mahdar.model import (
    Act,
    Affiliation,
    BodyItem,
    Capacity,
    Finding,
    FindingCode,
    Furniture,
    Heading,
    Paragraph,
    Part,
    Place,
    Reading,
    Spans,
    Turn,
)
from mahdar.parsing.acts import Shift, capacity_act, capacity_shift, printed_act, spoken_acts
from mahdar.parsing.cover import Cover
from mahdar.parsing.names import Label, read_label


class _Open(msgspec.Struct):
    """A turn that is still being read."""

    label: Label
    printed: str
    spans: Spans
    number: int
    paragraphs: list[Paragraph] = []
    parts: list[Part] = []
    acts: list[Act] = []
    capacity: Capacity = "unknown"
    affiliation: Affiliation | None = None
    counted: int = 0


class Body(msgspec.Struct):
    """What the text after the cover was found to hold."""

    items: list[BodyItem] = []
    furniture: list[Furniture] = []
    findings: list[Finding] = []


class BodyReader:
    """Reads one record's passages, one after the other."""

    def __init__(self, cover: Cover, language: Language, source: str, edges: EdgeReader) -> None:
        """Prepare.

        Args:
            cover: of the same record; its roster tells members from the invited.
            language: its facts.
            source: the whole decoded file.
            edges: knows the lines that stand alone in this record.
        """
        self._cover, self._language, self._source, self._edges = cover, language, source, edges
        self._members = frozenset(m.state.code for m in cover.members if m.state.code)
        self._open: _Open | None = None
        self._before: _Open | None = None
        self._turns = 0
        self._last_level = 1
        self.body = Body()

    def read(self, passages: tuple[Passage, ...]) -> Body:
        """Read all passages and return what they hold."""
        for passage in passages:
            self._passage(passage)
        self._close()
        return self.body

    def _passage(self, passage: Passage) -> None:
        text, language = passage.text, self._language
        whole = passage.spans(0, len(text), self._source)
        act = printed_act(text, whole, language)
        if act:
            self._close()
            self.body.items.append(act)
            return
        if passage.level or self._edges.role(text) is not None:
            self._close()
            level = passage.level or self._last_level
            self._last_level = level
            self.body.items.append(Heading(text, level, whole))
            return
        opening = read_opening(text, language, bold=passage.bold)
        if opening:
            self._close()
            self._begin(passage, opening)
            start = opening.end
            while start < len(text) and text[start].isspace():
                start += 1
            if start < len(text):
                self._paragraph(passage, start)
            return
        if self._open is None:
            self._without_turn(passage, whole)
            return
        self._paragraph(passage, 0)

    def _without_turn(self, passage: Passage, spans: Spans) -> None:
        """Place text that follows no turn: a line of the agenda, or nothing that is known."""
        letters = [self._language.key(words) for words in self._language.data.cover.letter]
        if any(self._language.key(passage.text).startswith(words) for words in letters):
            self.body.items.append(Heading(passage.text, self._last_level + 1, spans))
            return
        if self._before is not None:
            # An act or a heading came between; whoever spoke before it goes on.
            known = self._before
            self._open = _Open(
                known.label, known.printed, (), self._turns,
                capacity=known.capacity, affiliation=known.affiliation,
            )  # fmt: skip
            self._turns += 1
            message = f"no name stands before this; taken to be said by '{known.printed}' still"
            self._find("label_doubtful", message, 0.5, spans)
            self._paragraph(passage, 0)
            return
        self.body.furniture.append(Furniture("unplaced", passage.text, spans))
        message = "this text belongs to no turn: no name stands before it"
        self._find("text_before_first_turn", message, 0.8, spans)

    def _begin(self, passage: Passage, opening: Opening) -> None:
        label = read_label(passage.text, opening, self._language, self._members)
        spans = passage.spans(0, opening.end, self._source)
        printed = " ".join(passage.text[: opening.label_end].split())
        self._open = _Open(
            label,
            printed,
            spans,
            self._turns,
            capacity=label.capacity,
            affiliation=label.affiliation,
        )
        self._turns += 1
        if not opening.certain:
            self._find("label_doubtful", f"'{printed}' opens a turn without a colon", 0.4, spans)
        if label.unknown_mark:
            self._find(
                "language_unknown",
                f"'{label.unknown_mark}' in the label '{printed}' names no language that is known",
                0.6,
                spans,
            )

    def _paragraph(self, passage: Passage, start: int) -> None:
        """Add a paragraph to the open turn, cut where the capacity of the speaker changes."""
        turn = self._open
        assert turn is not None
        text, end = passage.text, len(passage.text)
        presides = turn.label.capacity == "president"
        shift = capacity_shift(text[start:], self._language) if presides else None
        if shift is None or (shift.resumed and turn.capacity == "president"):
            self._add(passage, start, end)
            return
        cut = start + (shift.start if shift.resumed else shift.end)
        if shift.resumed:
            if cut > start:
                self._add(passage, start, cut)
            self._change(shift, text[start:], turn, offset=cut - start)
            self._add(passage, cut, end)
            return
        self._change_after(passage, start, cut, shift)
        while cut < end and text[cut].isspace():
            cut += 1
        if cut < end:
            self._add(passage, cut, end)

    def _change(self, shift: Shift, text: str, turn: _Open, *, offset: int) -> None:
        self._end_part(turn)
        turn.capacity, turn.affiliation = "president", None
        place = Place(turn.number, turn.counted, shift.start - offset, shift.end - offset)
        turn.acts.append(capacity_act(shift, text, place, None))

    def _change_after(self, passage: Passage, start: int, cut: int, shift: Shift) -> None:
        turn = self._open
        assert turn is not None
        state = self._cover.president.state if self._cover.president else None
        affiliation = Affiliation(state.label, "state", state.code) if state else None
        place = Place(turn.number, turn.counted, shift.start, shift.end)
        act = capacity_act(shift, passage.text[start:], place, affiliation)
        self._add(passage, start, cut)
        turn.acts.append(act)
        self._end_part(turn)
        turn.capacity, turn.affiliation = "national", affiliation

    def _add(self, passage: Passage, start: int, end: int) -> None:
        turn = self._open
        assert turn is not None
        text = passage.text[start:end]
        paragraph = Paragraph(text.strip(), passage.spans(start, end, self._source))
        if turn.capacity == "president":
            turn.acts += spoken_acts(paragraph.text, turn.number, turn.counted, self._language)
        turn.paragraphs.append(paragraph)
        turn.counted += 1

    @staticmethod
    def _end_part(turn: _Open) -> None:
        if turn.paragraphs:
            part = Part(turn.capacity, turn.affiliation, tuple(turn.paragraphs))
            turn.parts.append(part)
            turn.paragraphs = []

    def _close(self) -> None:
        """End the open turn, and put the acts that were spoken in it after it."""
        turn = self._open
        if turn is None:
            return
        label = turn.label
        if turn.parts:
            self._end_part(turn)
        spoken = label.language or self._language.data.code
        self.body.items.append(
            Turn(
                label=turn.printed,
                speaker=label.name,
                capacity=label.capacity,
                affiliation=label.affiliation,
                language=spoken,
                interpreted=spoken != self._language.data.code,
                paragraphs=tuple(turn.paragraphs),
                spans=turn.spans,
                parts=tuple(turn.parts),
            )
        )
        self.body.items += turn.acts
        self._open, self._before = None, turn

    def _find(self, code: FindingCode, message: str, score: float, spans: Spans) -> None:
        reading = Reading(self._source[spans[0].start : spans[0].end] if spans else "", spans)
        self.body.findings.append(Finding(code, message, score, (reading,)))
