"""A block of the source: plain text that remembers where each character was printed."""

from __future__ import annotations

from bisect import bisect_right
from typing import Protocol

import msgspec

from mahdar.model import Spans

Run = tuple[int, int, int]
"""(offset in the plain text, offset in the source, length), all in characters."""


class Printed(Protocol):
    """A source whose text is one string, and which knows where each stretch of it was printed."""

    @property
    def name(self) -> str:
        """What to call the file in messages."""

    @property
    def text(self) -> str:
        """The whole text."""

    @property
    def misread(self) -> bool:
        """Whether the text was read off pictures of pages, letters often wrong."""

    def place(self, start: int, end: int) -> Spans:
        """Return where ``text[start:end]`` was printed; ``start`` is less than ``end``."""


class Note(msgspec.Struct, frozen=True):
    """A footnote: the offset of its mark in the text, the mark, its words and their bounds."""

    at: int
    mark: str
    text: str
    start: int
    end: int


class Block(msgspec.Struct, frozen=True):
    r"""A stretch of the source that nothing interrupts: between two blank lines.

    ``text`` is plain: emphasis marks gone, blanks within a line made single, line
    ends ``\n``. ``runs`` map it back to the source. ``start`` and ``end`` bound
    all that belongs to the block, marks included. ``level`` is the level of a
    Markdown heading, 0 for none. ``bold`` is how many characters of ``text`` at
    its start are emphasised. ``gap`` is how many line ends stand before the
    block; ``breaks`` is true where the file shows a page break there.
    ``rule`` marks a line of dashes or stars. ``italic`` is how many characters at
    its start are set in italics, ``notes`` are the footnotes with their marks in it.
    """

    text: str
    runs: tuple[Run, ...]
    start: int
    end: int
    level: int = 0
    bold: int = 0
    gap: int = 0
    breaks: bool = False
    rule: bool = False
    italic: int = 0
    notes: tuple[Note, ...] = ()

    def cut(self, at: int, source: str) -> int:
        """Return the offset in ``source`` at which to cut before ``text[at]``.

        Marks that stand between the two sides stay with the left one, up to the
        first blank; so ``**The President:** I`` cut before ``I`` leaves the
        closing stars with the label.

        Args:
            at: offset into ``text``, 0 to ``len(text)``.
            source: the whole decoded file.
        """
        if at <= 0:
            return self.start
        if at >= len(self.text):
            return self.end
        number = bisect_right(self.runs, (at - 1, 1 << 62, 0)) - 1
        start, offset, length = self.runs[number]
        before = offset + min(at - start, length)
        following = self.runs[number + 1] if number + 1 < len(self.runs) else None
        if at < start + length:
            after = offset + at - start
        else:  # the character is the blank between two runs, or the first of the next
            after = following[1] if following else self.end
        while before < after and not source[before].isspace():
            before += 1
        return before

    def spans(self, start: int, end: int, source: Printed) -> Spans:
        """Return where ``text[start:end]`` was printed: nothing if it is empty.

        Neighbouring slices share no character of the source and leave none out.
        Blanks at either end of the span are left out.
        """
        text = source.text
        left, right = self.cut(start, text), self.cut(end, text)
        while left < right and text[left].isspace():
            left += 1
        while right > left and text[right - 1].isspace():
            right -= 1
        return source.place(left, right) if left < right else ()
