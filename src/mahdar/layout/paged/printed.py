"""The text of a file of pages as one string that knows where each stretch was printed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from mahdar.layout.paged.line import Line
from mahdar.model import Span, Spans
from mahdar.sources.page import Box


class PrintedText:
    """Lines in reading order, one after the other, with their places.

    ``text`` is made by :meth:`add`: each line, then a line end.
    """

    def __init__(self, name: str, *, misread: bool = False) -> None:
        self.name = name
        self.misread = misread
        self._parts: list[str] = []
        self._length = 0
        self._starts: list[int] = []
        self._lines: list[Line] = []
        self._stretches: list[int] = []
        self._text: str | None = None

    def add(self, line: Line, stretch: int) -> None:
        """Add a line.

        Args:
            line: gets its ``offset``.
            stretch: the number of the column, counted through the file, that the line stands in.
        """
        line.offset = self._length
        self._starts.append(self._length)
        self._lines.append(line)
        self._stretches.append(stretch)
        self._parts.append(line.text)
        self._parts.append("\n")
        self._length += len(line.text) + 1
        self._text = None

    @property
    def text(self) -> str:
        """The whole text."""
        if self._text is None:
            self._text = "".join(self._parts)
        return self._text

    def place(self, start: int, end: int) -> Spans:
        """Return where ``text[start:end]`` was printed: a box for each column it stands in."""
        first = max(0, bisect_right(self._starts, start) - 1)
        spans: list[Span] = []
        boxes: list[Box] = []
        began, stretch, page = start, -1, 0
        number = first
        while number < len(self._lines) and self._starts[number] < end:
            line, offset = self._lines[number], self._starts[number]
            if self._stretches[number] != stretch and boxes:
                spans.append(_span(began, offset - 1, page, boxes))
                boxes = []
            if not boxes:
                began, stretch, page = max(start, offset), self._stretches[number], line.page
            boxes.append(_part_of(line, max(0, start - offset), min(len(line.text), end - offset)))
            number += 1
        if boxes:
            spans.append(_span(began, end, page, boxes))
        return tuple(spans)

    def line_at(self, offset: int) -> Line:
        """Return the line that holds an offset into the text."""
        return self._lines[max(0, bisect_right(self._starts, offset) - 1)]


def _span(start: int, end: int, page: int, boxes: Iterable[Box]) -> Span:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    box = (round(min(lefts), 1), round(min(bottoms), 1), round(max(rights), 1), round(max(tops), 1))
    return Span(start=start, end=end, page=page, box=box)


def _part_of(line: Line, start: int, end: int) -> Box:
    """Return the box of part of a line; within a piece, characters are taken to be equally wide."""
    if start <= 0 and end >= len(line.text):
        return line.box
    left, right = line.box[2], line.box[0]
    for piece in line.pieces:
        low, high = max(start, piece.start), min(end, piece.start + piece.length)
        if low >= high:
            continue
        width = (piece.box[2] - piece.box[0]) / max(1, piece.length)
        if line.rtl:
            one, other = (
                piece.box[2] - (high - piece.start) * width,
                piece.box[2] - (low - piece.start) * width,
            )
        else:
            one, other = (
                piece.box[0] + (low - piece.start) * width,
                piece.box[0] + (high - piece.start) * width,
            )
        left, right = min(left, one), max(right, other)
    if left > right:
        return line.box
    return (left, line.box[1], right, line.box[3])
