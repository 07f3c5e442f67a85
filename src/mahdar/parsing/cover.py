"""Read the cover: organ, number, date, roster, agenda, notice."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from mahdar.languages import Language
from mahdar.layout.text.front import front_parts
from mahdar.model import Notice, Spans
from mahdar.parsing.agenda import read_agenda
from mahdar.parsing.cover_fields import Cover, is_organ, read_single
from mahdar.parsing.roster import Roster
from mahdar.sources.block import Block, Printed
from mahdar.sources.packed import one_line

_TABS = re.compile(r"\t+")
_LEADERS = re.compile(r"(?:\.\s*){4,}")
_JOB = re.compile(r"\s*\d{2}-\d{5}(?:\s*\([A-Z]\))?\s*")
_LONGEST_PAIR = 90


def read_cover(blocks: Sequence[Block], language: Language, source: Printed) -> Cover:
    """Read the blocks of the cover.

    Every character of them ends in one field, roster line, agenda item, the notice, or
    ``unplaced``.

    Args:
        blocks: as they lie in the file.
        language: its facts.
        source: the file they come from.
    """
    cover = Cover()
    agenda_from, notice_from = front_parts(blocks, language)
    head_to = notice_from if agenda_from is None else agenda_from
    roster = Roster(cover, language)
    lines = [
        (block.text[start:end], block.spans(start, end, source))
        for block in blocks[:head_to]
        for start, end in _paragraph_or_lines(block, language)
    ]
    _head(cover, lines, roster, language)
    if agenda_from is not None:
        head = blocks[agenda_from]
        cover.put("agenda", head.text, None, head.spans(0, len(head.text), source))
        read_agenda(cover, blocks[agenda_from + 1 : notice_from], language, source)
    _foot(cover, blocks[notice_from:], language, source)
    if cover.president:
        # The President's line is counted once: the member that presides has no spans.
        first = msgspec.structs.replace(cover.president, presides=True, spans=())
        code = first.state.code
        # A list of those present names the President's State again.
        others = [m for m in cover.members if m.representative.label or m.state.code != code]
        cover.members[:] = [first, *others]
    return cover


def _paragraph_or_lines(block: Block, language: Language) -> list[tuple[int, int]]:
    """Return the bounds of what is read as one: the whole block where it is one value or a list."""
    whole = one_line(block.text)
    data = language.data.cover
    lines = block.text.split("\n")
    if len(lines) > 1 and is_organ(whole, language):
        return [(0, len(block.text))]
    if (
        len(lines) > 1
        and not any(read_single(Cover(), line, (), language) for line in lines)
        and (
            read_single(Cover(), whole, (), language)
            or language.match(data.held, whole, whole=True)
            or any(language.key(whole).startswith(language.key(w) + ":") for w in data.present)
        )
    ):
        return [(0, len(block.text))]
    return _lines(block)


def _lines(block: Block) -> list[tuple[int, int]]:
    found, start = [], 0
    for line in block.text.split("\n"):
        found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def _head(cover: Cover, lines: list[tuple[str, Spans]], roster: Roster, language: Language) -> None:
    """Read the lines above the agenda; a value may be printed on two of them."""
    number = 0
    listing = False  # within a table of contents, whose lines may be anything
    while number < len(lines):
        line, spans = lines[number]
        line = " ".join(line.split("\n"))
        number += 1
        if not _LEADERS.search(line) and read_single(cover, line, spans, language):
            listing = cover.fields[-1].field == "contents"
            continue
        cells = [cell for cell in _TABS.split(line) if cell.strip()]
        if len(cells) > 1 and _cells(cover, cells, spans, language):
            continue
        if number < len(lines):
            following, other = lines[number]
            together = f"{line} {following}"
            whole = following.strip().startswith("(") or line.count("(") > line.count(")")
            if (whole and roster.line(together, spans + other)) or (
                len(together) < _LONGEST_PAIR
                and not roster.line(line, spans, try_only=True)
                and read_single(cover, together, spans + other, language)
            ):
                number += 1
                continue
        if roster.line(line, spans) or roster.goes_on(line, spans):
            listing = False
            continue
        if listing or (_LEADERS.search(line) and line.rstrip()[-1:].isdigit()):
            cover.put("contents", line, None, spans)
            continue
        if not any(character.isalnum() for character in line):
            cover.put("rule", line, None, spans)
        else:
            cover.unplaced.append((line, spans))


def _cells(cover: Cover, cells: list[str], spans: Spans, language: Language) -> bool:
    """Read a line that prints two values side by side; tell whether all of it was understood."""
    if not all(read_single(Cover(), cell.strip(), (), language) for cell in cells):
        return False
    for number, cell in enumerate(cells):
        # The line is counted once, with its first value.
        place = spans if number == 0 else ()
        if not read_single(cover, cell.strip(), place, language):
            cover.put("other", cell.strip(), None, place)
    return True


def _foot(cover: Cover, blocks: Sequence[Block], language: Language, source: Printed) -> None:
    """Read the notice at the foot of the cover, and what is printed beside it."""
    words: list[str] = []
    places: list[Spans] = []
    for block in blocks:
        text = one_line(block.text)
        start = 0
        job = _JOB.match(text)
        if job and job.end() < len(text):
            start = job.end()
            cover.put("job_number", job.group().strip(), None, block.spans(0, start, source))
        elif all(read_single(Cover(), line, (), language) for line in block.text.split("\n")):
            for a, b in _lines(block):
                read_single(cover, block.text[a:b], block.spans(a, b, source), language)
            continue
        words.append(text[start:].strip())
        places.append(block.spans(start, len(block.text), source))
    if words:
        spans = tuple(span for place in places for span in place)
        cover.notice = Notice(one_line("\n".join(words)), spans)
