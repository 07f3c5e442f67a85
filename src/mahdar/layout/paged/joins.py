"""Decide whether a paragraph goes on at the head of the next column or page."""

from __future__ import annotations

import re
from collections.abc import Callable

from mahdar.layout.paged.paragraphs import Habits, Paragraph
from mahdar.sources.block import Block

_ENDS = re.compile("[.!?;؟。！？…][\\])}»”\"’']*$")
_UNFINISHED = re.compile("[,،、–—-]$")
_INDENT = 0.55
_EARLY = 2.5
_CERTAIN, _LIKELY, _FAIR = 0.99, 0.93, 0.8


def join_of(
    before: Paragraph,
    after: Paragraph,
    block: Block,
    habits: Habits,
    opens_turn: Callable[[Block], bool],
) -> float | None:
    """Return how sure it is that ``after`` goes on where ``before`` broke off, None if it does not.

    Args:
        before: the last paragraph of a column.
        after: the first paragraph of the next one.
        block: the same, as a block.
        habits: how the file sets its paragraphs.
        opens_turn: tells whether a block begins with a speaker's name.
    """
    if before.bold or after.bold:
        return None
    last, first = before.lines[-1], after.lines[0]
    size = habits.size
    set_in = after.first - after.body > _INDENT * size or (
        len(after.lines) == 1 and after.first > before.body + _INDENT * size
    )
    if after.first > before.body + 3 * size and not before.lines[-1].cells:
        return None
    if before.italic != after.italic and not _mixed(before):
        return None
    text = last.text.rstrip()
    ended = _ENDS.search(text) is not None
    early = before.column.slack(last) > _EARLY * size
    small = first.text[:1].islower()
    if len(before.lines) == len(after.lines) == 1 and ended and habits.indents:
        set_in = set_in or after.first > _INDENT * size  # two paragraphs of a line each
    if set_in:
        # A first line that is set in begins a paragraph, whatever stands before it.
        return None
    if after.first < before.body - _INDENT * size and not (len(before.lines) == 1 and not ended):
        return None
    if opens_turn(block):
        return None
    if not ended and not text.endswith(":"):
        if early and not small and not _UNFINISHED.search(text):
            return None
        return _CERTAIN if small or not early else _LIKELY
    if early or not habits.indents:
        return None
    return _LIKELY if small else _FAIR


def _mixed(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is set partly in italics."""
    characters = sum(line.characters for line in paragraph.lines)
    italic = sum(line.italic for line in paragraph.lines)
    return 0.15 * characters < italic < 0.85 * characters
