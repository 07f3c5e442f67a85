"""Read the cover: organ, number, date, roster, agenda, notice."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from mahdar.authority import find_state
from mahdar.citations import find_symbols
from mahdar.languages import Language
from mahdar.languages.fold import digits_value
from mahdar.layout.front import front_parts
from mahdar.model import (
    AgendaItem,
    CoverField,
    Document,
    Finding,
    Member,
    Notice,
    Reading,
    Span,
    State,
    Status,
)
from mahdar.parsing.names import read_name
from mahdar.parsing.values import read_date, read_ordinal, read_time
from mahdar.sources.block import Block

_CELLS = re.compile(r"\t+| {3,}|\s*\|\s*|(?:\s*\.){3,}\s*")


class Cover(msgspec.Struct):
    """What the cover was found to print; filled line by line."""

    fields: list[CoverField] = []
    organ: str | None = None
    status: Status = "unknown"
    meeting_number: int | None = None
    year: int | None = None
    date: str | None = None
    time: str | None = None
    place: str | None = None
    president: Member | None = None
    members: list[Member] = []
    agenda: list[AgendaItem] = []
    documents: list[Document] = []
    notice: Notice | None = None
    unplaced: list[tuple[str, tuple[Span, ...]]] = []
    findings: list[Finding] = []

    def put(self, field: str, label: str, value: str | int | None, spans: tuple[Span, ...]) -> None:
        """Keep a field as printed and as understood."""
        self.fields.append(CoverField(field, label, value, spans))


def read_cover(blocks: Sequence[Block], language: Language, source: str) -> Cover:
    """Read the blocks of the cover.

    Every sign of them ends in one field, roster line, agenda item, the notice, or
    ``unplaced``.

    Args:
        blocks: as they lie in the file.
        language: its facts.
        source: the whole decoded file.
    """
    cover = Cover()
    agenda_from, notice_from = front_parts(blocks, language)
    head_to = notice_from if agenda_from is None else agenda_from
    roster = _Roster(cover, language, source)
    for block in blocks[:head_to]:
        for start, end in _lines(block):
            line = block.text[start:end]
            spans = block.spans(start, end, source)
            if not (_single(cover, line, spans, language) or roster.line(block, start, end)):
                cover.unplaced.append((line, spans))
    if agenda_from is not None:
        head = blocks[agenda_from]
        cover.put("agenda", head.text, None, head.spans(0, len(head.text), source))
        _agenda(cover, blocks[agenda_from + 1 : notice_from], language, source)
    rest = blocks[notice_from:]
    if rest:
        spans = tuple(s for block in rest for s in block.spans(0, len(block.text), source))
        text = " ".join(" ".join(block.text.split()) for block in rest)
        cover.notice = Notice(text, spans)
    if cover.president:
        # The President's line is counted once: the member that presides has no spans.
        first = msgspec.structs.replace(cover.president, presides=True, spans=())
        cover.members.insert(0, first)
    return cover


def _lines(block: Block) -> list[tuple[int, int]]:
    found, start = [], 0
    for line in block.text.split("\n"):
        found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def _single(cover: Cover, line: str, spans: tuple[Span, ...], language: Language) -> bool:
    """Read a line that is one or several single values; tell whether it was one."""
    data, key = language.data.cover, language.key(line)
    for status in data.status:
        if key.strip(".*") in {language.key(form) for form in status.forms}:
            cover.status = status.value
            cover.put("status", line, status.value, spans)
            return True
    for organ in data.organs:
        if key in {language.key(form) for form in organ.forms} and cover.organ is None:
            cover.organ = organ.code
            cover.put("organ", line, organ.code, spans)
            return True
    symbol = re.fullmatch(r"([A-Z]+)/(?:\d+/)?PV\.(\d+)(?:\s*\(.*\))?\*?", line.strip())
    if symbol:
        cover.meeting_number = cover.meeting_number or int(symbol.group(2))
        cover.put("symbol", line, line.strip().rstrip("*"), spans)
        return True
    year = language.match(data.year, line, whole=True)
    if year:
        value = read_ordinal(year.values["ordinal"], language)
        if value is not None:
            cover.year = value
            cover.put("year_of_organ", line, value, spans)
            return True
    meeting = language.match(data.meeting, line, whole=True)
    if meeting and cover.meeting_number is None:
        number = digits_value(meeting.values["number"].replace(" ", "").replace(",", ""))
        if number is not None:
            cover.meeting_number = number
            cover.put("meeting_number", line, number, spans)
            return True
    date = read_date(line, language)
    if date and cover.date is None:
        cover.date = date.value
        time = language.match(language.data.calendar.time_lead, line[date.end :])
        if time:
            cover.time = read_time(time.values["time"], language)
        cover.put("date", line, date.value + (f"T{cover.time}" if cover.time else ""), spans)
        if date.weekday_differs:
            cover.findings.append(
                Finding(
                    "date_weekday_differs",
                    f"the cover prints '{line}', but {date.value} is another day of the week",
                    0.9,
                    (Reading(line, spans),),
                )
            )
        return True
    time = language.match(language.data.calendar.time_lead, line, whole=True)
    if time and cover.time is None:
        cover.time = read_time(time.values["time"], language)
        cover.put("scheduled_time", line, cover.time, spans)
        return True
    if cover.place is None and key in {language.key(place) for place in data.places}:
        cover.place = line
        cover.put("place", line, line, spans)
        return True
    return False


class _Roster:
    """Reads the lines of the roster: President, then the members."""

    def __init__(self, cover: Cover, language: Language, source: str) -> None:
        self._cover, self._language, self._source = cover, language, source
        data, key = language.data.cover, language.key
        self._president = {key(words) for words in data.president}
        self._members = {key(words) for words in data.members}

    def line(self, block: Block, start: int, end: int) -> bool:
        """Read one line of a block; tell whether it belongs to the roster."""
        language = self._language
        line = block.text[start:end]
        spans = block.spans(start, end, self._source)
        lead, _, rest = line.partition(":")
        key = language.key(lead.strip())
        if key in self._president and rest.strip() and self._cover.president is None:
            cells = [cell.strip() for cell in _CELLS.split(rest) if cell.strip()]
            label = " ".join(cells)
            bracket = re.search(r"[(（]([^()（）]+(?:\([^()]*\)[^()]*)?)[)）]\s*$", label)
            printed = label[: bracket.start()].strip() if bracket else label
            country = bracket.group(1).strip() if bracket else ""
            self._cover.president = Member(
                self._state(country, spans), read_name(printed, language), spans=spans
            )
            return True
        if key in self._members:
            line = rest
            if not line.strip():
                self._cover.put("members", lead, None, spans)
                return True
        cells = [cell.strip() for cell in _CELLS.split(line.strip()) if cell.strip()]
        if len(cells) < 2 or len(line) > 160:
            cells = self._split(line.strip())
        if len(cells) < 2:
            return False
        name = read_name(cells[-1], language)
        state = find_state(" ".join(cells[:-1]), language)
        if state is None and name.honorific is None:
            return False
        member = Member(state or self._state(" ".join(cells[:-1]), spans), name, spans=spans)
        self._cover.members.append(member)
        return True

    def _split(self, line: str) -> list[str]:
        """Split a line without columns before its honorific: "Togo Mr. Menan"."""
        view = self._language.fold.view(line)
        for word in re.finditer(r"(?<=\s)\S", line):
            found = self._language.honorific_pattern.match(view.text, word.start())
            if found and find_state(line[: word.start()].strip(" ."), self._language):
                return [line[: word.start()].strip(" ."), line[word.start() :]]
        return []

    def _state(self, label: str, spans: tuple[Span, ...]) -> State:
        state = find_state(label, self._language)
        if state is None:
            self._cover.findings.append(
                Finding(
                    "name_unknown",
                    f"the roster names '{label}', which is no State that Mahdar knows",
                    0.7,
                    (Reading(label, spans),),
                )
            )
            return State(label, None)
        return state


def _agenda(cover: Cover, blocks: Sequence[Block], language: Language, source: str) -> None:
    """Read the items of the agenda with the documents that stand under each."""
    letters = [language.key(words) for words in language.data.cover.letter]
    title: list[str] = []
    subtitle: list[str] = []
    documents: list[str] = []
    spans: list[Span] = []

    def close() -> None:
        if title:
            cover.agenda.append(
                AgendaItem(
                    " ".join(title), " ".join(subtitle) or None, tuple(documents), tuple(spans)
                )
            )
        for lines in (title, subtitle, documents, spans):
            lines.clear()

    for block in blocks:
        text = " ".join(block.text.split())
        place = block.spans(0, len(block.text), source)
        symbols = [found.printed for found in find_symbols(text)]
        if title and (symbols or any(language.key(text).startswith(form) for form in letters)):
            documents += symbols
            spans += place
            cover.documents += [Document(symbol, text) for symbol in symbols]
            continue
        if documents:
            close()
        first, *others = block.text.split("\n")
        if not title:
            title.append(" ".join(first.split()))
            subtitle += [" ".join(line.split()) for line in others]
        else:
            subtitle.append(text)
        spans += place
        if symbols:
            documents += symbols
            cover.documents += [Document(symbol, text) for symbol in symbols]
    close()
