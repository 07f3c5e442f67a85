"""How much a column of this record holds, from where its paragraphs break off.

In whichever order the columns of a page were written down, a paragraph that
breaks off does so at the foot of a column. So the blocks that stop inside a
sentence lie a column's height apart, or a multiple of it, and that height shows
before anything is known about the order.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from mahdar.layout.text.edges import Edge, Foot


class Columns(msgspec.Struct, frozen=True):
    """What a column holds: ``lines`` and their standard deviation ``spread``.

    ``lines`` is 0 where the text shows no columns. ``after`` is what the end of a
    paragraph takes besides its words, in lines: the unfilled part of its last line
    and the leading. ``gain`` is how much better the record is told with columns of
    that height than without, in nats.
    """

    lines: float = 0.0
    spread: float = 0.0
    after: float = 1.0
    gain: float = 0.0

    def fit(self, lines: float) -> float:
        """Return how well a column of ``lines`` lines agrees, in nats against any height."""
        off = (lines - self.lines) / self.spread
        density = math.exp(-off * off / 2) / (self.spread * math.sqrt(2 * math.pi))
        return math.log(((1 - _ODD) * density + _ODD * _ANY) / _ANY)

    def fit_loosely(self, lines: float) -> float:
        """Return how well a column agrees that headings or a page break made irregular."""
        off = max(0.0, abs(lines - self.lines) - 0.1 * self.lines) / (0.15 * self.lines)
        return max(-off * off / 2, _LEAST_FIT)


LEAST, MOST = 10, 80
"""Columns of fewer or more lines are not looked for."""
_ANY = 1 / 60
_LEAST_FIT = -8.0
# One column in fifty is of an odd height: a heading, a table, the last page.
_ODD = 0.02
# A column ends in the middle of a sentence three times in four; a block that stops
# in the middle of one elsewhere was broken by the machine that read the page.
_ENDS_CLOSED = math.log(0.25)
_ENDS_OPEN = math.log(0.75)
_BROKEN_INSIDE = -3.5
_FEWEST_BREAKS = 2
# Other heights are tried that differ by a tenth and explain nearly as much.
_APART, _NEAR, _MOST_HEIGHTS = 0.1, 10.0, 4
# Blocks that a column may hold: short ones take so little height that hundreds would fit.
_MOST_BLOCKS = 60
# Another leading than usual is tried where it explains clearly more.
_OTHER_LEADING = 2.0


AFTERS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
"""What the end of a paragraph may take besides its words, in lines."""


def heights_of(edges: Sequence[Edge], after: float) -> list[float]:
    """Return the height of all that stands before each block, and of all of them, in lines."""
    heights = [0.0]
    for edge in edges:
        heights.append(heights[-1] + edge.lines + after * edge.ends)
    return heights


def find_columns(edges: Sequence[Edge], breaks: Sequence[bool]) -> list[Columns]:
    """Find the heights of a column that best explain where the text breaks off.

    Args:
        edges: of the blocks, as they lie in the source.
        breaks: for each block, whether the file shows a page break before it.

    Returns:
        The best height, then others that explain it nearly as well; none where the
        text shows no columns. Heights are in lines of
        :data:`mahdar.layout.text.edges.LINE_CHARACTERS` characters.
    """
    broken = [edge.foot in (Foot.OPEN, Foot.UNFINISHED) for edge in edges]
    if sum(broken) < _FEWEST_BREAKS:
        return []
    # Told without columns, each block that breaks off was broken by the machine.
    nothing = _BROKEN_INSIDE * sum(broken)

    def weigh(lines: float, after: float) -> Columns:
        columns = Columns(lines, max(1.2, 0.035 * lines), after)
        gain = _segment(heights_of(edges, after), broken, breaks, columns) - nothing
        return Columns(columns.lines, columns.spread, after, gain)

    weighed: list[Columns] = []
    lines = float(LEAST)
    while lines <= MOST:  # coarsely, by a standard deviation at a time
        weighed.append(weigh(lines, 1.0))
        lines += max(1.0, 0.05 * lines)
    found: list[Columns] = []
    for columns in sorted(weighed, key=lambda columns: -columns.gain):
        apart = all(abs(columns.lines - one.lines) > _APART * one.lines for one in found)
        near = not found or columns.gain > found[0].gain - _NEAR
        if columns.gain > 0 and apart and near and len(found) < _MOST_HEIGHTS:
            found.append(columns)
    unfilled = sum(edge.ends for edge in edges)
    refined: list[Columns] = []
    for columns in found:
        best = columns
        for step in (-1.0, -0.5, 0.5, 1.0):
            other = weigh(columns.lines + step * columns.spread, columns.after)
            best = max(best, other, key=lambda one: one.gain)
        refined.append(best)
        number = heights_of(edges, best.after)[-1] / best.lines
        for after in (0.0, 0.5, 1.5):  # other leading, and so other heights
            longer = best.lines + (after - best.after) * unfilled / number
            other = weigh(max(longer, 1.0), after)
            if other.gain > best.gain + _OTHER_LEADING:
                refined.append(other)
    refined.sort(key=lambda columns: -columns.gain)
    return refined[:_MOST_HEIGHTS]


def _segment(
    heights: Sequence[float], broken: Sequence[bool], breaks: Sequence[bool], columns: Columns
) -> float:
    """Return the score of the best cut of all blocks into columns of a given height."""
    n = len(broken)
    insides = [0.0]
    for is_broken in broken:
        insides.append(insides[-1] + (_BROKEN_INSIDE if is_broken else 0.0))
    top_height = columns.lines * 2
    # By quarters of a line; far from the usual height every height is as odd.
    fits = [math.log(_ODD)] * (int(columns.lines * 8) + 2)
    reach = int(24 * columns.spread)
    usual = int(columns.lines * 4)
    for quarter in range(max(0, usual - reach), min(len(fits), usual + reach)):
        fits[quarter] = columns.fit(quarter / 4)
    peak = columns.fit(columns.lines)
    best = [-1e9] * (n + 1)
    best[0] = 0.0
    first = 0
    for end in range(1, n + 1):
        while first < end - 1 and (
            heights[end] - heights[first] > top_height or end - first > _MOST_BLOCKS
        ):
            first += 1
        # That a paragraph ends at the foot of a column is chance, and its height proves
        # nothing; that one breaks off there is what columns do.
        end_cost = _ENDS_OPEN if broken[end - 1] else _ENDS_CLOSED - peak
        inside = insides[end - 1]
        top = -1e9
        for start in range(end - 1, first - 1, -1):
            height = heights[end] - heights[start]
            fit = fits[int(height * 4 + 0.5)] if height <= top_height else fits[0]
            if (start == 0 or end == n) and fit < 0.0 and height <= top_height:
                fit = 0.0
            value = best[start] + fit + inside - insides[start]
            top = max(top, value)
            if breaks[start]:
                break
        best[end] = top + end_cost
    return best[n]
