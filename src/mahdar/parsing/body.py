"""From passages in reading order to headings, acts, votes and turns."""

from __future__ import annotations

import re

import msgspec

from mahdar.authority import find_affiliation, find_state
from mahdar.citations import find_symbols
from mahdar.findings import report
from mahdar.languages import Language
from mahdar.languages.openings import Opening, language_of_mark, read_opening
from mahdar.layout.text.edges import EdgeReader
from mahdar.layout.text.passage import Passage
from mahdar.model import (
    Act,
    Affiliation,
    BodyItem,
    Finding,
    FindingCode,
    Furniture,
    Heading,
    Note,
    Paragraph,
    Reading,
    Spans,
    Vote,
)
from mahdar.parsing.acts import (
    Shift,
    capacity_act,
    capacity_shift,
    printed_act,
    sentences,
)
from mahdar.parsing.ballots import check_ballot, read_ballots
from mahdar.parsing.cover_fields import Cover
from mahdar.parsing.groups import aligned_with, groups_spoken_for
from mahdar.parsing.headings import read_items
from mahdar.parsing.misread import (
    ITALIC_LIKE,
    LINE_LIKE,
    Misread,
    misread_line,
    read_misread_opening,
    relabelled,
)
from mahdar.parsing.names import read_label
from mahdar.parsing.open_turn import OpenTurn
from mahdar.parsing.spoken import hear_chair, hear_delegation, sounds_spoken
from mahdar.parsing.values import read_time
from mahdar.parsing.votes import OpenVote, read_head, read_totals
from mahdar.sources.block import Printed

# Acts after which a speaker goes on without being named anew.
_WITHIN = ("chair_taken", "silence", "seated", "escorted", "applause", "narrated")
_LONGEST_LINE = 110
_LONGEST_TOLD = 240
_QUOTES = "“\"«„‘'「『"
_OPENING = 4
"""Paragraphs of a statement in which a speaker says for whom."""
_BRACKET = re.compile(r"[(（]")
_NUMBERED = re.compile(r"^\s*\d{1,2}[.)]\s+")
_ENDS_VOTING = ("adopted", "retained", "rejected", "vote_announced")


class Body(msgspec.Struct):
    """What the text after the cover was found to hold."""

    items: list[BodyItem] = []
    furniture: list[Furniture] = []
    findings: list[Finding] = []


class BodyReader:
    """Reads one record's passages, one after the other."""

    def __init__(
        self, cover: Cover, language: Language, source: Printed, edges: EdgeReader
    ) -> None:
        """Prepare.

        Args:
            cover: of the same record; its roster tells members from the invited.
            language: its facts.
            source: the file it comes from.
            edges: knows the lines that stand alone in this record.
        """
        self._cover, self._language, self._source, self._edges = cover, language, source, edges
        # Where the cover names no roster, as in the Assembly, every State is a member.
        seated = frozenset(m.state.code for m in cover.members if m.state.code)
        self._members = seated if len(seated) > 1 else frozenset[str]()
        self._open: OpenTurn | None = None
        self._before: OpenTurn | None = None
        self._pending: list[Act] = []
        self._vote: OpenVote | None = None
        self._closed = False
        self._turns = 0
        self._last_level = 1
        self.body = Body()

    def read(self, passages: tuple[Passage, ...]) -> Body:
        """Read all passages and return what they hold."""
        for passage in passages:
            self._passage(passage)
        self._close()
        self._end_vote()
        return self.body

    def _passage(self, passage: Passage) -> None:
        text, language = passage.text, self._language
        whole = passage.spans(0, len(text), self._source)
        if self._vote is not None and self._vote.take(text, whole):
            return
        act = printed_act(text, whole, language)
        if act:
            self._act(act)
            return
        if language.holds(language.act_forms("vote_taken").printed, text, whole=True):
            self._close()
            self._end_vote()
            self._vote = OpenVote(text, whole, language, misread=self._source.misread)
            return
        if self._vote is None and read_head(text, language, misread=self._source.misread):
            self._close()
            self._vote = OpenVote("", (), language, misread=self._source.misread)
            if self._vote.take(text, whole):
                return
            self._vote = None
        opening = read_opening(text, language, bold=passage.bold, is_state=self._is_state)
        misread: Misread | None = None
        if self._source.misread:
            if opening is None or not self._understood(opening):
                misread = read_misread_opening(text, language, self._members)
                opening = misread.opening if misread else opening
            if opening is None and self._misread_line(passage, whole):
                return
        heading = (
            passage.level > 0
            or self._edges.role(_NUMBERED.sub("", text)) is not None
            or bool(read_items(text, language)[0])
        )
        if heading and not (opening and opening.certain):
            self._heading(passage, whole)
            return
        if opening:
            self._close()
            self._end_vote()
            self._begin(passage, opening, misread)
            start = opening.end
            while start < len(text) and text[start].isspace():
                start += 1
            if start < len(text):
                self._paragraph(passage, start)
            return
        if self._mark(text, whole) or self._narrated(passage, whole):
            return
        if self._open is None:
            self._without_turn(passage, whole)
        if self._open is not None:
            self._open.acts += self._pending
            self._pending = []
            self._paragraph(passage, 0)

    def _is_state(self, label: str) -> bool:
        return find_affiliation(label, self._language).code is not None

    def _act(self, act: Act) -> None:
        """Place a printed line: within the turn that goes on after it, or between two."""
        self._end_vote(act)
        if self._open is not None and act.act in _WITHIN:
            # Whether the turn goes on shows only in what follows.
            self._pending.append(msgspec.structs.replace(act, within=self._open.here()))
            return
        self._close()
        self._closed = act.act == "closed"
        self.body.items.append(act)

    def _heading(self, passage: Passage, spans: Spans) -> None:
        self._close()
        self._end_vote()
        text = passage.text
        level = passage.level or self._last_level
        self._last_level = level
        items, continued = read_items(text, self._language)
        symbols = tuple(found.printed for found in find_symbols(text))
        self.body.items.append(Heading(text, level, spans, items, continued, symbols))

    def _mark(self, text: str, spans: Spans) -> bool:
        """Read a mark of language on a line of its own, such as "(spoke in French)"."""
        bare = text.strip()
        if self._open is None or len(bare) > 120 or bare[:1] not in "(（" or bare[-1:] not in ")）":
            return False
        spoken = language_of_mark(bare[1:-1].strip(), self._language)
        if spoken is None:
            return False
        self._open.speak(spoken, bare, spans)
        return True

    def _narrated(self, passage: Passage, spans: Spans) -> bool:
        """Place a line that tells what happened, in no words that are known.

        Such a line is printed in italics; where a source has none, it is known by looking
        like procedure, and that it is not understood is reported.
        """
        text, language = passage.text.strip(), self._language
        if self._source.misread or len(text) > _LONGEST_TOLD or text[:1] in _QUOTES:
            return False
        unknown = language.holds(language.data.procedure.line_signs, text)
        ended = text.rstrip(")）]").endswith(tuple(language.data.writing.sentence_end))
        slanted = ended and all(b.italic >= len(b.text.rstrip()) - 1 for b in passage.blocks)
        if not unknown and not (slanted and self._before_or_open()):
            return False
        if len(list(sentences(text, language))) != 1 or sounds_spoken(text, language):
            return False
        if unknown:
            self._find_act(spans, text, "line")
        self._act(Act("narrated", text, spans))
        return True

    def _before_or_open(self) -> bool:
        return self._open is not None or self._before is not None

    def _without_turn(self, passage: Passage, spans: Spans) -> None:
        """Place text that follows no turn: a line of the agenda, or nothing that is known."""
        letters = [self._language.key(words) for words in self._language.data.cover.letter]
        if any(self._language.key(passage.text).startswith(words) for words in letters):
            self.body.items.append(Heading(passage.text, self._last_level + 1, spans))
            return
        if self._closed:
            # The printer's name, a price: nothing is said after the meeting rose.
            self.body.furniture.append(Furniture("imprint", passage.text, spans))
            return
        if self._before is not None:
            # An act or a heading came between; whoever spoke before it goes on.
            known = self._before
            self._turns += 1
            self._open = OpenTurn(
                known.label, known.printed, (), self._turns, known.home, known.language,
                capacity=known.capacity, affiliation=known.affiliation,
            )  # fmt: skip
            self._find("label_doubtful", 0.5, spans, "no_name", name=known.printed)
            return
        self.body.furniture.append(Furniture("unplaced", passage.text, spans))
        self._find("text_before_first_turn", 0.8, spans)

    def _understood(self, opening: Opening) -> bool:
        """Tell whether each bracket of a label is a State or a mark that is known."""
        return all(
            language_of_mark(words, self._language) or self._is_state(words)
            for words, _, _ in opening.brackets
        ) and bool(opening.honorific or opening.office)

    def _misread_line(self, passage: Passage, spans: Spans) -> bool:
        """Read a line of procedure of which letters were misread."""
        text = passage.text
        if self._vote is not None and self._vote.seen:
            # Between the lists and the next name only the result is printed.
            self._find("text_in_doubt", 0.5, spans, "vote", text=text)
            self._act(Act("vote_announced", text, spans, totals=read_totals(text, self._language)))
            return True
        if len(text) > _LONGEST_LINE:
            return False
        for name in ("closed", "opened", "resumed", "agenda_adopted", "decided", "vote_taken"):
            forms = list(self._language.act_forms(name).printed)
            like, printed = misread_line(text, forms)
            if like < (ITALIC_LIKE if passage.blocks[0].italic else LINE_LIKE):
                continue
            self._find("text_in_doubt", 1 - like, spans, "line", text=text, likely=forms[0])
            if name == "vote_taken":
                self._close()
                self._end_vote()
                self._vote = OpenVote(text, spans, self._language, misread=True)
            else:
                time = read_time(printed, self._language) if printed else None
                self._act(Act(name, text, spans, time=time))  # type: ignore[arg-type]
            return True
        return False

    def _begin(self, passage: Passage, opening: Opening, misread: Misread | None = None) -> None:
        label = read_label(passage.text, opening, self._language, self._members)
        if misread:
            label = relabelled(label, misread, self._members)
        spans = passage.spans(0, opening.end, self._source)
        printed = " ".join(passage.text[: opening.label_end].split())
        home = self._language.data.code
        self._turns += 1
        self._open = OpenTurn(
            label,
            printed,
            spans,
            self._turns,
            home,
            label.language or home,
            capacity=label.capacity,
            affiliation=label.affiliation,
        )
        called = self._language.key(_BRACKET.split(label.name.label)[0].strip())
        self._open.acting = any(
            called == self._language.key(form) for form in self._language.data.labels.acting
        )
        if not opening.certain:
            self._find("label_doubtful", 0.4, spans, "no_colon", label=printed)
        if label.unknown_mark:
            mark = label.unknown_mark
            self._find("language_unknown", 0.6, spans, mark=mark, label=printed)

    def _paragraph(self, passage: Passage, start: int) -> None:
        """Add a paragraph to the open turn, cut where the capacity of the speaker changes."""
        turn = self._open
        assert turn is not None
        text, end = passage.text, len(passage.text)
        shift = capacity_shift(text[start:], self._language) if turn.presides else None
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
        if not turn.groups:
            told = self._language.match(self._language.data.procedure.for_group, text[start:cut])
            turn.groups = (told.values["group"].strip(),) if told else ()
        self._change_after(passage, start, cut, shift)
        while cut < end and text[cut].isspace():
            cut += 1
        if cut < end:
            self._add(passage, cut, end)

    def _change(self, shift: Shift, text: str, turn: OpenTurn, *, offset: int) -> None:
        turn.end_part()
        turn.capacity, turn.affiliation = "president", None
        within = turn.here(shift.start - offset, shift.end - offset)
        turn.acts.append(capacity_act(shift, text, within, None))

    def _change_after(self, passage: Passage, start: int, cut: int, shift: Shift) -> None:
        turn = self._open
        assert turn is not None
        state = self._cover.president.state if self._cover.president else None
        affiliation = Affiliation(state.label, "state", state.code) if state else None
        within = turn.here(shift.start, shift.end)
        act = capacity_act(shift, passage.text[start:], within, affiliation)
        self._add(passage, start, cut)
        turn.acts.append(act)
        turn.end_part()
        turn.capacity, turn.affiliation = "national", affiliation

    def _add(self, passage: Passage, start: int, end: int) -> None:
        turn = self._open
        assert turn is not None
        text = passage.text[start:end]
        lead = len(text) - len(text.lstrip())
        notes = tuple(
            Note(at - start - lead, note.mark, note.text, self._source.place(note.start, note.end))
            for at, note in passage.notes()
            if start <= at < end
        )
        paragraph = Paragraph(text.strip(), passage.spans(start, end, self._source), notes)
        if turn.capacity == "president":
            heard = hear_chair(paragraph.text, turn.here(), self._language)
            turn.acts += heard.acts
            for first, last in heard.unknown:
                first, last = first + start + lead, last + start + lead
                self._find_act(passage.spans(first, last, self._source), passage.text[first:last])
        else:
            turn.acts += hear_delegation(paragraph.text, turn.here(), self._language)
        turn.add(paragraph)
        from_floor = not turn.presides and turn.counted <= _OPENING
        if from_floor:
            turn.aligns_with += aligned_with(paragraph.text, self._language)
        if not turn.groups and (from_floor or turn.capacity == "national"):
            groups = groups_spoken_for(paragraph.text, self._language)
            turn.groups = tuple(group for group in groups if not self._is_own(group, turn))

    def _is_own(self, group: str, turn: OpenTurn) -> bool:
        """Tell whether a group is no more than the State that the speaker speaks for anyway."""
        own = turn.affiliation.code if turn.affiliation else None
        state = find_state(group, self._language) if own else None
        return state is not None and state.code == own

    def _close(self) -> None:
        """End the open turn, and put the acts that were spoken in it after it."""
        turn = self._open
        if turn is not None:
            finished = turn.finish()
            self.body.items.append(finished)
            self.body.items += turn.acts
            if turn.presides:
                self._ballots(finished.all_paragraphs(), turn.number)
            self._open, self._before = None, turn
        # Nothing of the turn came after these: they stand between two turns.
        self.body.items += [msgspec.structs.replace(act, within=None) for act in self._pending]
        self._pending = []

    def _ballots(self, paragraphs: tuple[Paragraph, ...], turn: int) -> None:
        for ballot in read_ballots(paragraphs, turn, self._language):
            self.body.items.append(ballot)
            finding = check_ballot(ballot)
            if finding:
                self.body.findings.append(finding)

    def _end_vote(self, act: Act | None = None) -> None:
        if self._vote is None:
            return
        vote: Vote = self._vote.finish(act.totals if act and act.act in _ENDS_VOTING else None)
        self.body.items.append(vote)
        self.body.findings += self._vote.findings
        self._vote = None

    def _find_act(self, spans: Spans, text: str, case: str = "words") -> None:
        """Report words that look like procedure and are not understood."""
        reading = (Reading(text, spans),)
        self.body.findings.append(report("act_not_understood", 0.5, reading, case=case, text=text))

    def _find(
        self, code: FindingCode, score: float, spans: Spans, case: str = "", **facts: str
    ) -> None:
        words = self._source.text[spans[0].start : spans[0].end] if spans else ""
        self.body.findings.append(report(code, score, (Reading(words, spans),), case=case, **facts))
