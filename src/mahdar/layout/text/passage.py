"""A paragraph put together again from the blocks that a column or page cut it into."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

import msgspec

from mahdar.model import Span, Spans
from mahdar.sources.block import Block, Note, Printed
from mahdar.sources.packed import breaks_word, packed


class Passage(msgspec.Struct, frozen=True):
    """One or more blocks read as one text.

    ``text`` is on one line; ``starts`` are the offsets in it at which the blocks
    begin; ``bold`` is how many characters at its head are emphasised; ``joins`` says
    how sure each join is, 0 to 1.
    """

    blocks: tuple[Block, ...]
    text: str
    starts: tuple[int, ...]
    joins: tuple[float, ...] = ()

    @property
    def level(self) -> int:
        """The level of a heading, 0 for other text."""
        return self.blocks[0].level

    @property
    def bold(self) -> int:
        """How many characters at the head of the text are emphasised."""
        first = self.blocks[0]
        if len(self.blocks) > 1 and first.bold >= len(first.text) and self.blocks[1].bold:
            return self.starts[1] + self.blocks[1].bold
        return first.bold

    def notes(self) -> Iterator[tuple[int, Note]]:
        """Yield the footnotes of the passage, each with the offset of its mark in ``text``."""
        for offset, block in zip(self.starts, self.blocks, strict=True):
            for note in block.notes:
                yield offset + note.at, note

    def spans(self, start: int, end: int, source: Printed) -> Spans:
        """Return where ``text[start:end]`` was printed, one span for each block it touches.

        The slices of a passage share no character of the source and leave none out.
        """
        found: list[Span] = []
        first = bisect_right(self.starts, start) - 1
        for number in range(max(first, 0), len(self.blocks)):
            offset, block = self.starts[number], self.blocks[number]
            if offset >= end:
                break
            found += block.spans(max(0, start - offset), min(len(block.text), end - offset), source)
        return tuple(found)


def join_blocks(blocks: list[Block], joins: list[float]) -> Passage:
    """Put blocks together to one passage.

    Args:
        blocks: in reading order.
        joins: how sure each join is, one fewer than blocks.

    >>> from mahdar.sources.marks import make_block
    >>> join_blocks([make_block("of the", 0), make_block("Council.", 8)], [1.0]).text
    'of the Council.'
    """
    text, starts = "", list[int]()
    for block in blocks:
        piece = block.text.replace("\n", " ").replace("\t", " ")
        if text and not _without_blank(text, piece):
            text += " "
        starts.append(len(text))
        text += piece
    return Passage(tuple(blocks), text, tuple(starts), tuple(joins))


def _without_blank(before: str, after: str) -> bool:
    """Tell whether two pieces of one paragraph stand together without a blank."""
    return (
        packed(before[-1])
        or packed(after[0])
        or breaks_word(before, after[0])
        or before[-1] in "([{«“（"
        or (before[-1] == "/" and before[-2:-1].isalnum() and after[0].isalnum())
    )
