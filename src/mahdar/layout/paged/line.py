"""Put the runs of a column together to lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from mahdar.layout.paged.bidi import logical_line
from mahdar.sources.packed import packed
from mahdar.sources.page import Box, Run

# A gap between two runs that is wider than this part of the font's size is a blank.
_BLANK = 0.17
# One wider than this sets two cells of a table apart.
_CELL = 1.6
# Runs stand on one line where their baselines differ by less than this part of the size.
_SAME_LINE = 0.35
_RAISED = 0.75


class Piece(msgspec.Struct, frozen=True, gc=False):
    """Where part of a line's text was printed: ``text[start:start + length]`` within ``box``."""

    start: int
    length: int
    box: Box


class Line(msgspec.Struct):
    """A line of text within one column.

    ``bold`` and ``italic`` count its characters in that style, blanks left out;
    ``bold_lead`` and ``italic_lead`` how many characters at its head are in it.
    ``offset`` is where the line begins in the text of the whole file, once laid.
    ``fillers`` are characters that only stretched the line and are not part of its text.
    ``raised`` are the (start, end) of characters set above the line, such as the mark
    of a footnote.
    """

    text: str
    page: int
    box: Box
    baseline: float
    size: float
    pieces: tuple[Piece, ...]
    characters: int = 0
    bold: int = 0
    italic: int = 0
    bold_lead: int = 0
    italic_lead: int = 0
    raised: tuple[tuple[int, int], ...] = ()
    rtl: bool = False
    read: bool = False
    offset: int = -1
    cells: bool = False
    fillers: str = ""

    @property
    def left(self) -> float:
        """Left edge in points."""
        return self.box[0]

    @property
    def right(self) -> float:
        """Right edge in points."""
        return self.box[2]


def rows_of(runs: Iterable[Run]) -> list[list[Run]]:
    """Group runs that stand on one line, from the top down, each row from left to right.

    Small raised characters go with the line that they are raised from.
    """
    ordered = sorted(runs, key=lambda run: -run.baseline)
    rows: list[list[Run]] = []
    base = size = 0.0
    for run in ordered:
        if rows:
            step = base - run.baseline
            if step <= _SAME_LINE * max(size, 0.6 * run.size) or (
                # A raised mark came first and opened the row; the line itself follows.
                size < _RAISED * run.size and step < _RAISED * run.size
            ):
                rows[-1].append(run)
                if run.size > size:
                    base, size = run.baseline, run.size
                continue
        rows.append([run])
        base, size = run.baseline, run.size
    for row in rows:
        row.sort(key=lambda run: run.left)
    return rows


def lines_of(
    runs: Sequence[Run], page: int, *, cells: bool = False, rtl: bool = False
) -> list[Line]:
    """Return the lines of one column, from the top down.

    Args:
        runs: all runs of the column.
        page: its number.
        cells: set a tabulator where a gap is as wide as between cells of a table.
        rtl: the column is written from right to left.
    """
    return [line_of(row, page, cells=cells, rtl=rtl) for row in rows_of(runs)]


def line_of(row: Sequence[Run], page: int, *, cells: bool = False, rtl: bool = False) -> Line:
    """Make one line of the runs that stand on it, from left to right."""
    size = max(run.size for run in row)
    box = (
        min(run.left for run in row),
        min(run.bottom for run in row),
        max(run.right for run in row),
        max(run.top for run in row),
    )
    base = next(run.baseline for run in row if run.size == size)
    if any(run.lefts for run in row):
        return _from_characters(row, page, box, base, size, cells=cells, rtl=rtl)
    text = ""
    pieces: list[Piece] = []
    raised: list[tuple[int, int]] = []
    characters = bold = italic = bold_lead = italic_lead = 0
    reach = box[0]
    with_cells = False
    for run in row:
        words = run.text
        if text:
            gap = run.left - reach
            blank = text[-1].isspace()
            if cells and gap > _CELL * size:
                text, blank, with_cells = text.rstrip() + "\t", True, True
            elif (
                not blank
                and words[0] != " "
                and gap > _BLANK * min(size, 2 * run.size)
                and not (packed(text[-1]) or packed(words[0]))
            ):
                text, blank = text + " ", True
            if blank:
                words = words.lstrip()
        else:
            words = words.lstrip()
        start = len(text)
        text += words
        reach = max(reach, run.right)
        bare = len(words.strip())
        pieces.append(Piece(start, len(words.rstrip()), (run.left, run.bottom, run.right, run.top)))
        if run.size < _RAISED * size and run.baseline > base + 0.15 * size:
            raised.append((start, start + bare))
        if run.bold:
            if bold_lead == start or not text[bold_lead:start].strip():
                bold_lead = len(text)
            bold += bare
        if run.italic:
            if italic_lead == start or not text[italic_lead:start].strip():
                italic_lead = len(text)
            italic += bare
        characters += bare
    return Line(
        text.rstrip(), page, box, base, size, tuple(pieces), characters, bold, italic, bold_lead,
        italic_lead, tuple(raised), False, row[0].read, -1, with_cells,
    )  # fmt: skip


def _from_characters(
    row: Sequence[Run], page: int, box: Box, base: float, size: float, *, cells: bool, rtl: bool
) -> Line:
    """Make a line of runs that know the place of each character, in the order of reading."""
    characters, fillers = logical_line(row, size, rtl=rtl, cell=_CELL * size if cells else None)
    text = "".join(character.text for character in characters)
    pieces: list[Piece] = []
    count = bold = italic = bold_lead = italic_lead = 0
    position = 0
    start = -1
    owner: Run | None = None
    left = right = 0.0
    for character in characters:
        run = character.run
        if run is None or run is not owner:
            if owner is not None and start >= 0:
                pieces.append(
                    Piece(start, position - start, (left, owner.bottom, right, owner.top))
                )
            owner, start, left, right = (
                run,
                position if run else -1,
                character.left,
                character.right,
            )
        if run is not None:
            left, right = min(left, character.left), max(right, character.right)
            if not character.text.isspace():
                count += len(character.text)
                if run.bold:
                    bold += len(character.text)
                    if bold_lead == position or not text[bold_lead:position].strip():
                        bold_lead = position + len(character.text)
                if run.italic:
                    italic += len(character.text)
                    if italic_lead == position or not text[italic_lead:position].strip():
                        italic_lead = position + len(character.text)
        position += len(character.text)
    if owner is not None and start >= 0:
        pieces.append(Piece(start, position - start, (left, owner.bottom, right, owner.top)))
    return Line(
        text, page, box, base, size, tuple(pieces), count, bold, italic, bold_lead, italic_lead,
        (), rtl, row[0].read, -1, "\t" in text,
        fillers,
    )  # fmt: skip
