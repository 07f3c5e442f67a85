"""The reading order of a whole record at once, from the continuity of its text.

The blocks lie in the source page by page, and on each page column by column, the
columns in the right order or the wrong one; where a page or a column begins is
not known. Every way to cut the blocks into pages of two columns, and to read
each page's columns in one order or the other, is a path; its score is the sum of
the scores of its junctions (:mod:`mahdar.layout.text.junctions`), of how well the
heights of its columns agree with what a column of this record holds
(:mod:`mahdar.layout.text.columns`), and of how usual its sequence of page orders is.
The best path is found by dynamic programming over (where the page ends, which block
was read last); then the habits of the record are learned from it, and the best path
is sought again until nothing changes. A place keeps a bounded number of states, of
which real records fill few, and a text that asks for more pages to be tried than any
record does is not sought at all (:class:`BeyondBudget`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

import msgspec

from mahdar.layout.text.columns import AFTERS, Columns, heights_of
from mahdar.layout.text.edges import Role
from mahdar.layout.text.floors import Floors
from mahdar.layout.text.junctions import Junctions
from mahdar.sources.block import Block


class Page(msgspec.Struct, frozen=True):
    """One page as it was found: blocks ``start`` to ``middle`` lie first, then up to ``end``.

    ``swapped`` is true where the second stretch is read first. A page with one
    column has ``middle`` equal to ``end``.
    """

    start: int
    middle: int
    end: int
    swapped: bool

    def order(self) -> range | list[int]:
        """Return the numbers of the blocks in reading order."""
        if self.swapped:
            return [*range(self.middle, self.end), *range(self.start, self.middle)]
        return range(self.start, self.end)


class Habits(msgspec.Struct, frozen=True):
    """What the pages of this record are like: their columns, and the share that is swapped."""

    columns: Columns
    swap: float = 0.25


class Path(msgspec.Struct, frozen=True):
    """The best way to read all blocks.

    ``margins`` says, for each page, how much worse the best path is that reads its
    blocks in another order, in nats. ``sought`` is false where seeking the
    order would have taken more than its budget, and the blocks stand as they lie.
    """

    pages: tuple[Page, ...]
    score: float
    habits: Habits
    margins: tuple[float, ...] = ()
    sought: bool = True

    def order(self) -> list[int]:
        """Return the numbers of all blocks in reading order."""
        return [number for page in self.pages for number in page.order()]


# Where the file shows a gap, a page is likely to begin; elsewhere within one.
_AT_GAP, _OVER_GAP = 2.0, -3.0
# A page of one column in a record of two, and a block that belongs to no column.
_ONE_COLUMN, _NO_COLUMN = -9.0, -7.0
# Points of a speech that come in the wrong order: "thirdly" before "firstly".
_MISCOUNTED = -4.0
_ELSEWHERE = -10.0
# The first page has headings, which take more room than their words tell.
_FIRST_PAGE = 1.4
_MOST_BLOCKS = 30
# States that a place keeps, the best ones; pages that may be tried in a round; and after how many
# no further round begins. A record whose every line is a paragraph was seen to take 512,000 in a
# round and 4.7 million in all, others 4,000 in a round.
_MOST_STATES = 48
_MOST_ARCS = 600_000
_ENOUGH_ARCS = 5_000_000
_FEW_PAGES, _RARE, _ALONE = 4, 0.07, 0.05
_ENOUGH_COLUMNS, _MANY_COLUMNS, _CLEARLY = 6, 20, 0.75
# How many standard deviations a column may be off, plus lines for a heading or two.
_WIDEST, _SLACK = 4.0, 3.0

_Key = tuple[int, int]
"""The block that was read last, and the block whose heading gave the floor."""
_State = tuple[float, Page | None, _Key]


class BeyondBudget(Exception):
    """A text has so many short pieces that seeking their order would take too long."""


class Arc(NamedTuple):
    """One page that could have been: read after ``floor`` began to speak, ``first`` block first."""

    page: Page
    floor: int
    first: int
    gain: float
    key: _Key


class Search:
    """Finds the best path; keeps what does not change between rounds."""

    def __init__(self, blocks: Sequence[Block], junctions: Junctions, floors: Floors) -> None:
        self._floors = floors
        self._n = len(blocks)
        self._junctions = junctions
        edges = junctions.edges
        self.heights = heights_of(edges, 1.0)
        self._inner = [0.0, 0.0]
        for number in range(1, self._n):
            self._inner.append(self._inner[-1] + junctions.between(number - 1, number).score)
        usual = median(block.gap for block in blocks) if blocks else 0
        self._hard = [block.breaks for block in blocks] + [True]
        self._gap = [number > 0 and block.gap > usual + 1 for number, block in enumerate(blocks)]
        self._gaps = [0]
        for gap in self._gap:
            self._gaps.append(self._gaps[-1] + gap)
        # The nearest numbered point before and after each place: (block, its number).
        self._last_ordinal = [(-1, 0)]
        for number, edge in enumerate(edges):
            known = self._last_ordinal[-1]
            self._last_ordinal.append((number, edge.ordinal) if edge.ordinal else known)
        self._first_ordinal = [(self._n, 0)] * (self._n + 1)
        for number in range(self._n - 1, -1, -1):
            ordinal = edges[number].ordinal
            following = self._first_ordinal[number + 1]
            self._first_ordinal[number] = (number, ordinal) if ordinal else following
        roles = [edge.role for edge in edges]
        self._first = roles.index(Role.FIRST) if Role.FIRST in roles else None
        self._last = roles.index(Role.LAST) if Role.LAST in roles else None
        self._ends: dict[tuple[int, bool, bool], list[tuple[int, float]]] = {}
        self._tried = 0

    @property
    def is_spent(self) -> bool:
        """Whether so much was tried that what was found has to do."""
        return self._tried > _ENOUGH_ARCS

    def best(self, habits: Habits) -> Path:
        """Return the best path for given habits.

        Raises:
            BeyondBudget: there are more pages to be tried than any record has.
        """
        n = self._n
        self._ends.clear()
        self.heights = heights_of(self._junctions.edges, habits.columns.after)
        # For each place where a page may end: last block and floor -> how they were reached.
        states: list[dict[_Key, _State]] = [{} for _ in range(n + 1)]
        states[0][-1, -1] = (0.0, None, (-1, -1))
        self.states, self.arcs = states, list[Arc]()
        for start in range(n):
            floors: dict[int, list[tuple[float, int]]] = {}
            if len(states[start]) > _MOST_STATES:
                ranked = sorted(states[start].items(), key=lambda item: -item[1][0])
                states[start] = dict(ranked[:_MOST_STATES])
            if len(self.arcs) > _MOST_ARCS:
                raise BeyondBudget
            for (last, floor), state in states[start].items():
                floors.setdefault(floor, []).append((state[0], last))
            for floor, here in floors.items():
                self._from(start, floor, here, habits, states)
        self._tried += len(self.arcs)
        ends = {key: state[0] + self.finish(key[0]) for key, state in states[n].items()}
        key = max(ends, key=ends.__getitem__)
        score, pages, at = ends[key], list[Page](), n
        while at:
            _, reached, before = states[at][key]
            assert reached is not None
            pages.append(reached)
            at, key = reached.start, before
        return Path(tuple(reversed(pages)), score, habits)

    def _from(
        self,
        start: int,
        floor: int,
        here: list[tuple[float, int]],
        habits: Habits,
        states: list[dict[_Key, _State]],
    ) -> None:
        """Try every page that may begin at ``start`` while ``floor`` speaks."""
        arrivals: dict[int, tuple[float, int]] = {}
        swap, keep = math.log(habits.swap), math.log(1 - habits.swap)
        begins = _AT_GAP if self._gap[start] else 0.0

        def offer(page: Page, gain: float, first: int, last: int, after: int) -> None:
            arrival = arrivals.get(first)
            if arrival is None:
                arrival = max((score + self.step(before, first), before) for score, before in here)
                arrivals[first] = arrival
            self.arcs.append(Arc(page, floor, first, gain, (last, after)))
            score = arrival[0] + gain
            known = states[page.end].get((last, after))
            if known is None or score > known[0]:
                states[page.end][last, after] = (score, page, (arrival[1], floor))

        own, after = self._floors.read(start, start + 1, floor)
        offer(Page(start, start + 1, start + 1, False), _NO_COLUMN + own, start, start, after)
        for middle, first_fit in self._columns(start, habits):
            inner_first = self._inner[middle] - self._inner[start + 1]
            own, straight_floor = self._floors.read(start, middle, floor)
            gain = first_fit + begins + inner_first + own + _ONE_COLUMN
            offer(Page(start, middle, middle, False), gain, start, middle - 1, straight_floor)
            if self._hard[middle]:
                continue
            straight_own = own
            for end, second_fit in self._columns(middle, habits, page=start):
                over = self._gaps[end] - self._gaps[start + 1]
                common = first_fit + second_fit + begins + _OVER_GAP * over
                own, after = self._floors.read(middle, end, straight_floor)
                inner = self._inner[end] - self._inner[start + 1] + straight_own + own
                inner += self._counting(start, middle, middle, end)
                offer(Page(start, middle, end, False), common + keep + inner, start, end - 1, after)
                own, after = self._floors.read(middle, end, floor)
                inner = inner_first + self._inner[end] - self._inner[middle + 1] + own
                own, after = self._floors.read(start, middle, after)
                inner += self._junctions.between(end - 1, start).score + own
                inner += self._counting(middle, end, start, middle)
                page = Page(start, middle, end, True)
                offer(page, common + swap + inner, middle, middle - 1, after)

    def _counting(self, start: int, end: int, then: int, last: int) -> float:
        """Return the cost of reading two columns one after the other if points are numbered."""
        before = self._last_ordinal[end]
        after = self._first_ordinal[then]
        if before[0] < start or after[0] >= last or after[1] in (1, before[1] + 1):
            return 0.0
        return _MISCOUNTED if after[1] <= before[1] else 0.0

    def _columns(
        self, start: int, habits: Habits, *, page: int | None = None
    ) -> list[tuple[int, float]]:
        """Return where a column that begins at ``start`` may end, and how well its height fits.

        The first page holds headings and the last one less than the others, so
        their columns may be shorter. ``page`` is where the page began, for the
        second column of one.
        """
        at_start = (start if page is None else page) == 0
        known = self._ends.get((start, at_start, page is None))
        if known is None:
            known = self._find_ends(start, habits, at_start=at_start, first=page is None)
            self._ends[start, at_start, page is None] = known
        return known

    def _find_ends(
        self, start: int, habits: Habits, *, at_start: bool, first: bool
    ) -> list[tuple[int, float]]:
        columns, heights, n = habits.columns, self.heights, self._n
        most = columns.lines + _WIDEST * columns.spread + _SLACK
        least = columns.lines - _WIDEST * columns.spread - _SLACK
        if at_start:
            most = _FIRST_PAGE * columns.lines
        last_page = heights[n] - heights[start] <= 2 * most
        found: list[tuple[int, float]] = []
        for end in range(start + 1, min(n, start + _MOST_BLOCKS) + 1):
            lines = heights[end] - heights[start]
            if lines > most and end > start + 1:
                break
            if at_start or end == n or self._hard[end]:
                loose = 0.0 if end == n else columns.fit_loosely(lines)
                found.append((end, max(loose, columns.fit(lines))))
            elif lines >= least:
                found.append((end, columns.fit(lines)))
            elif last_page and first:
                found.append((end, 0.0))
            if self._hard[end]:
                break
        return found

    def measure(self, stretches: list[tuple[int, int]], after: float, gain: float) -> Columns:
        """Return what columns hold that were found, if paragraph ends take ``after`` lines."""
        heights = heights_of(self._junctions.edges, after)
        found = [heights[end] - heights[start] for start, end in stretches]
        middle = median(found)
        spread = 1.48 * median(abs(height - middle) for height in found)
        return Columns(middle, min(max(spread, 0.02 * middle, 0.5), middle / 6), after, gain)

    def step(self, before: int, after: int) -> float:
        """Return the score of reading ``after`` right after ``before`` (-1: first of all)."""
        if before < 0:
            return 0.0 if self._first in (None, after) else _ELSEWHERE
        return self._junctions.between(before, after).score

    def finish(self, last: int) -> float:
        """Return the score of reading nothing after ``last``."""
        return 0.0 if self._last in (None, last) else _ELSEWHERE


def learn(path: Path, search: Search) -> Habits:
    """Learn from a path what its columns hold and how often they are swapped."""
    pages = [page for page in path.pages if page.middle < page.end]
    swapped = [page for page in pages if page.swapped]
    share = (len(swapped) + 0.5) / (len(pages) + 2.0)
    if len(swapped) <= max(1, _RARE * len(pages)) and len(pages) > _FEW_PAGES:
        # A machine that swaps columns swaps many; a page or two are likelier wrong guesses.
        share *= _ALONE
    stretches = [
        stretch
        for page in pages
        if page.end < path.pages[-1].end and page.start > 0
        for stretch in ((page.start, page.middle), (page.middle, page.end))
    ]
    columns = path.habits.columns
    if len(stretches) >= _ENOUGH_COLUMNS:
        columns = search.measure(stretches, columns.after, columns.gain)
        for after in AFTERS if len(stretches) >= _MANY_COLUMNS else ():
            other = search.measure(stretches, after, columns.gain)
            # Only a clear gain: a few columns agree better by chance with some leading.
            if other.spread / other.lines < _CLEARLY * columns.spread / columns.lines:
                columns = other
    return Habits(columns, share)
