"""Who has the floor while a stretch is read: speakers name their own State.

A block that names a State far more often belongs to the turn of that State's
delegation than to any other. So each order of the columns, which gives the
blocks before a turn's heading to one speaker or to another, is more or less
likely. The names are those that the headings of the record itself print.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from mahdar.languages import Language
from mahdar.languages.openings import language_of_mark, read_opening
from mahdar.sources.block import Block

# A delegation names its own State in about one block of four.
_OWN = 0.25
_MOST = 2.5
_NOBODY = -1


class Floors:
    """For each stretch of blocks and each speaker before it: how likely, and who speaks after."""

    def __init__(self, blocks: Sequence[Block], language: Language) -> None:
        n = len(blocks)
        names: dict[int, str] = {}
        self._heads: list[int] = []
        for number, block in enumerate(blocks):
            opening = read_opening(block.text, language, bold=block.bold)
            if opening is None:
                continue
            self._heads.append(number)
            for words, _, _ in opening.brackets:
                if language_of_mark(words, language) is None:
                    names[number] = language.key(words)
        keys = [language.key(block.text) for block in blocks]
        self._own: dict[int, list[float]] = {}
        by_name: dict[str, list[float]] = {}
        for head, name in names.items():
            if name not in by_name:
                short = " ".join(name.split()[:2])
                found = [short in key for key in keys]
                value = math.log(_OWN / max((sum(found) + 0.5) / (n + 1), 0.01))
                value = min(_MOST, max(0.0, value))
                sums = [0.0]
                for is_found in found:
                    sums.append(sums[-1] + (value if is_found else 0.0))
                by_name[name] = sums
            self._own[head] = by_name[name]
        # The next heading at or after each block, and what the blocks after it are worth.
        self._next = [n] * (n + 1)
        heads = frozenset(self._heads)
        for number in range(n - 1, -1, -1):
            self._next[number] = number if number in heads else self._next[number + 1]
        self._last = [_NOBODY] * (n + 1)
        self._inside = [0.0] * (n + 1)
        for number in range(n):
            self._last[number + 1] = number if number in heads else self._last[number]
            own = self._own.get(self._last[number + 1])
            gain = own[number + 1] - own[number] if own else 0.0
            self._inside[number + 1] = self._inside[number] + gain

    def read(self, start: int, end: int, floor: int) -> tuple[float, int]:
        """Read a stretch after ``floor`` began to speak.

        Args:
            start: the first block of the stretch.
            end: the block after its last.
            floor: the block whose heading gave the floor, -1 if none did yet.

        Returns:
            The score in nats, and the block whose heading gave the floor at the end.
        """
        head = min(self._next[start], end)
        own = self._own.get(floor)
        score = own[head] - own[start] if own else 0.0
        if head == end:
            return score, floor
        return score + self._inside[end] - self._inside[head], self._last[end]
