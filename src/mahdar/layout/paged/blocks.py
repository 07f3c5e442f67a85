"""Make blocks of paragraphs: their lines put on one, hyphens undone, notes at their marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from mahdar.layout.paged.hyphens import Hyphenation, ends_in_hyphen
from mahdar.layout.paged.line import Line
from mahdar.layout.paged.notes import Footnote, find_mark, without_mark
from mahdar.layout.paged.paragraphs import Paragraph
from mahdar.layout.paged.printed import PrintedText
from mahdar.sources.block import Block, Note, Run
from mahdar.sources.packed import one_line, packed

_HEADING = 0.9
_OPENING = frozenset("([{«“（")
_BLANKS = re.compile(r"\s+")


class Undone(msgspec.Struct, frozen=True):
    """A hyphen that was undone: the word made, why, and how sure (0 to 1)."""

    word: str
    reason: str
    confidence: float
    start: int
    end: int


class BlockMaker:
    """Makes the blocks of one file; lays each line into its text as it comes."""

    def __init__(
        self, printed: PrintedText, lines: Sequence[Line], hyphened: Sequence[str] = ()
    ) -> None:
        """Prepare.

        Args:
            printed: takes each line.
            lines: all lines of the file, to learn which words it prints.
            hyphened: words of its language that keep the hyphen after them.
        """
        self._printed = printed
        self._hyphenation = Hyphenation((line.text for line in lines), hyphened)
        self._columns: dict[int, int] = {}
        self._page = 0
        self.hyphens: list[Block] = []
        self.undone: list[Undone] = []
        self.loose: list[Footnote] = []

    def block(self, paragraph: Paragraph, *, cover: bool = False) -> Block:
        """Make a block.

        Args:
            paragraph: its lines get their place in the text.
            cover: it stands on the cover, where a line may be a value of its own.
        """
        column = paragraph.column
        stretch = self._columns.setdefault(id(column), len(self._columns))
        text = ""
        runs: list[Run] = []
        bold = italic = 0
        styled_bold = styled_italic = True
        for number, line in enumerate(paragraph.lines):
            self._printed.add(line, stretch)
            if number:
                text = self._joined(text, paragraph.lines[number - 1], line, runs, cover=cover)
            start = len(text)
            if styled_bold and line.bold_lead:
                bold = start + line.bold_lead
            if styled_italic and line.italic_lead:
                italic = start + line.italic_lead
            styled_bold = styled_bold and line.bold_lead >= len(line.text)
            styled_italic = styled_italic and line.italic_lead >= len(line.text)
            text += line.text
            runs.append((start, line.offset, len(line.text)))
        first, last = paragraph.lines[0], paragraph.lines[-1]
        level = 0
        if paragraph.bold and not text.rstrip().endswith(":"):
            indent = paragraph.first if not paragraph.centred else 0.0
            level = 1 if indent < _HEADING * first.size else 2
        breaks = column.page != self._page
        self._page = column.page
        return Block(
            text,
            tuple(runs),
            first.offset,
            last.offset + len(last.text),
            level=level,
            bold=min(bold, len(text)),
            italic=min(italic, len(text)),
            breaks=breaks,
        )

    def line_block(self, line: Line) -> Block:
        """Make a block of a single line, such as a running head."""
        self._printed.add(line, -1 - len(self._columns) - line.page)
        return Block(
            line.text,
            ((0, line.offset, len(line.text)),),
            line.offset,
            line.offset + len(line.text),
        )

    def _joined(self, text: str, before: Line, line: Line, runs: list[Run], *, cover: bool) -> str:
        """Return the text so far, ready for the next line."""
        if ends_in_hyphen(text):
            made = self._hyphenation.decide(text, line.text)
            if made is not None and not made.kept:
                start, offset, length = runs[-1]
                runs[-1] = (start, offset, length - 1)
                at = before.offset + len(before.text) - 1
                self.hyphens.append(Block(text[-1], ((0, at, 1),), at, at + 1))
                word = text.rsplit(None, 1)[-1][:-1] + line.text.split(None, 1)[0]
                self.undone.append(Undone(word, made.reason, made.confidence, at, line.offset))
                return text[:-1]
            if made is not None:
                return text
        if len(text) > 1 and text[-1] == "/" and text[-2].isalnum() and line.text[:1].isalnum():
            return text  # a symbol broken at its stroke
        if text[-1:] in _OPENING:
            return text
        if not cover and (packed(text[-1:]) or packed(line.text[:1])):
            return text
        return text + "\n"

    def attach(
        self, notes: Sequence[Footnote], pieces: Sequence[tuple[Paragraph, Block]]
    ) -> dict[int, Block]:
        """Return the blocks that hold the mark of a footnote, by their place in ``pieces``.

        A note whose mark is not found on its page is kept in :attr:`loose`.

        Args:
            notes: of the file.
            pieces: the paragraphs of the text, each with its block.
        """
        changed: dict[int, Block] = {}
        for note in notes:
            found = self._marked(note, pieces, changed)
            if found is None:
                self.loose.append(note)
                continue
            number, at = found
            block = changed.get(number, pieces[number][1])
            parts = [self.block(paragraph) for paragraph in note.paragraphs]
            words = one_line("\n".join(part.text for part in parts))
            kept = Note(
                at, note.mark, without_mark(words, note.mark), parts[0].start, parts[-1].end
            )
            changed[number] = msgspec.structs.replace(block, notes=(*block.notes, kept))
        return changed

    @staticmethod
    def _marked(
        note: Footnote, pieces: Sequence[tuple[Paragraph, Block]], changed: dict[int, Block]
    ) -> tuple[int, int] | None:
        """Return which piece holds the mark of a note, and the offset of the mark in its block."""
        here = [
            (paragraph.column.number != note.column, number)
            for number, (paragraph, _) in enumerate(pieces)
            if paragraph.column.page == note.page
        ]
        for _, number in sorted(here):
            paragraph, block = pieces[number]
            taken = {kept.at for kept in changed.get(number, block).notes}
            for line in paragraph.lines:
                for start, end in line.raised:
                    if start and line.text[start:end].strip() == note.mark:
                        at = _offset_in(block, line.offset + start)
                        if at not in taken:
                            return number, at
            plain = find_mark(block.text, note.mark)
            if plain is not None and plain not in taken:
                return number, plain
        return None


def _offset_in(block: Block, offset: int) -> int:
    """Return the offset in a block's text of an offset in the text of the file."""
    for start, place, length in block.runs:
        if place <= offset <= place + length:
            return start + offset - place
    return 0
