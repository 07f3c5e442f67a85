"""Read the roster on the cover: the President, then the members."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from mahdar.authority import find_state, likely_state
from mahdar.findings import report
from mahdar.languages import Language
from mahdar.model import Member, Name, Reading, Spans, State
from mahdar.parsing.cover_fields import Cover
from mahdar.parsing.names import read_name

_CELLS = re.compile(r"\t+| {3,}|\s*\|\s*|(?:\s*\.){3,}\s*")
_BRACKET = re.compile(r"[(（]([^()（）]+(?:\([^()]*\)[^()]*)?)[)）][\s.]*$")
_TWO = re.compile(r"\s*/\s*")
_COLON = re.compile(r"[:：]")
_LONGEST_LEAD, _SAME_WORD = 24, 0.8


class Roster:
    """Reads the lines of the roster of one cover."""

    def __init__(self, cover: Cover, language: Language) -> None:
        self._cover, self._language = cover, language
        data, key = language.data.cover, language.key
        self._president = {key(words) for words in data.president}
        self._members = {key(words) for words in data.members}
        self._present = {key(words) for words in data.present}

    def line(self, line: str, spans: Spans, *, try_only: bool = False) -> bool:
        """Read one line; tell whether it belongs to the roster.

        Args:
            line: as printed, with tabulators or rows of dots between its cells.
            spans: its place.
            try_only: change nothing.
        """
        lead, colon, rest = line.replace("：", ":", 1).partition(":")
        key = self._language.key(lead.strip()) if colon else ""
        if self._is(key, self._president) and rest.strip() and self._cover.president is None:
            return try_only or self._read_president(rest, spans)
        if self._is(key, self._present):
            return try_only or self._read_present(rest, spans)
        if key in self._members:
            line = rest
            if not line.strip():
                if not try_only:
                    self._cover.put("members", lead, None, spans)
                return True
        return self._read_member(line, spans, try_only=try_only)

    def goes_on(self, line: str, spans: Spans) -> bool:
        """Read the second line of a State's name that was too long for its cell."""
        if not self._cover.members or _CELLS.search(line.strip()):
            return False
        last = self._cover.members[-1]
        state = find_state(f"{last.state.label} {line.strip()}", self._language)
        if state is None:
            return False
        self._cover.members[-1] = Member(state, last.representative, spans=last.spans + spans)
        self._cover.findings[:] = [
            f
            for f in self._cover.findings
            if not any(r.text == last.state.label for r in f.readings)
        ]
        return True

    def _is(self, key: str, words: set[str]) -> bool:
        """Tell whether a word is one of some, a misread letter passed over."""
        if key in words:
            return True
        return (
            0 < len(key) <= _LONGEST_LEAD
            and len(key) > 5
            and any(SequenceMatcher(None, key, word).ratio() >= _SAME_WORD for word in words)
        )

    def _read_president(self, rest: str, spans: Spans) -> bool:
        cells = [cell.strip() for cell in _CELLS.split(rest) if cell.strip()]
        label = " ".join(cells)
        bracket = _BRACKET.search(label)
        printed = label[: bracket.start()].strip(" .") if bracket else label
        country = bracket.group(1).strip() if bracket else ""
        name, *others = _TWO.split(printed)
        self._cover.president = Member(
            self._state(country, spans), read_name(name, self._language), spans=spans
        )
        for other in others:  # two who preside by turns: who sits when is not told
            reading = (Reading(other, spans),)
            self._cover.findings.append(report("cover_text_unplaced", 0.5, reading, line=other))
        return True

    def _read_present(self, rest: str, spans: Spans) -> bool:
        """Read a list of States whose representatives are not named."""
        names = _COLON.split(rest)[-1]
        for name in re.split(r"\s*[,،;]\s*", names.strip(" .")):
            if name.strip():
                state = self._state(name.strip(), spans)
                self._cover.members.append(Member(state, Name(""), spans=()))
        self._cover.put("present", " ".join(rest.split()), len(self._cover.members), spans)
        return True

    def _read_member(self, line: str, spans: Spans, *, try_only: bool) -> bool:
        cells = [cell.strip() for cell in _CELLS.split(line.strip()) if cell.strip()]
        if len(cells) < 2 or len(line) > 260:
            cells = self._split(line.strip())
        if len(cells) < 2:
            return False
        name = read_name(cells[-1], self._language)
        label = " ".join(cells[:-1])
        state = find_state(label, self._language)
        if state is None and name.honorific is None:
            return False
        if not try_only:
            self._cover.members.append(
                Member(state or self._state(label, spans), name, spans=spans)
            )
        return True

    def _split(self, line: str) -> list[str]:
        """Split a line without columns before its honorific: "Togo Mr. Menan"."""
        view = self._language.fold.view(line)
        for word in re.finditer(r"(?<=\s)\S", line):
            found = self._language.honorific_pattern.match(view.text, word.start())
            if found and find_state(line[: word.start()].strip(" ."), self._language):
                return [line[: word.start()].strip(" ."), line[word.start() :]]
        return []

    def _state(self, label: str, spans: Spans) -> State:
        state = find_state(label, self._language)
        if state is not None:
            return state
        likely = likely_state(label, self._language)
        self._cover.findings.append(
            report("name_unknown", 0.7, (Reading(label, spans),), name=label)
            if likely is None
            else report(
                "state_misread",
                0.7,
                (Reading(label, spans),),
                case="roster",
                name=label,
                state=likely.code or "",
            )
        )
        return likely or State(label, None)
