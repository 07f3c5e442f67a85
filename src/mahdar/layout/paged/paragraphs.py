"""Put the lines of a column together to paragraphs: by indent, leading, the ragged last line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from mahdar.layout.paged.line import Line

# Parts of the font's size: an indent, a line that ends early, more leading than usual.
_INDENT = 0.55
_NOISE = 0.35
_EARLY = 2.5
# In justified text only the last line of a paragraph leaves so much empty.
_UNFILLED = 0.8
# A part of the width of the column that running text never leaves empty.
_SHORT = 0.4
# So many lines, as a part of all, reach the edge of a justified column.
_JUSTIFIED = 0.55
_MORE_LEADING = 1.28
_LESS_LEADING = 0.55
_SOME_LEADING = 1.1
_STYLED = 0.8
_SAME_SIZE = 0.12
# A number or letter that a hanging paragraph begins with: "(a)", "1.", "–".
_HANGING = re.compile(r"(?:\(\w{1,4}\)|\w{1,3}[.)]|[•–—-])\s")
_ENDS = re.compile("[.!?:;؟。！？…][\\])}»”\"’']*$")


class Column(msgspec.Struct):
    """The lines of one column with its edges.

    ``start`` and ``end`` are the edges, in points, at which lines begin and end:
    left and right, or right and left for writing from right to left.
    """

    page: int
    band: int
    number: int | None
    start: float
    end: float
    lines: list[Line]
    rtl: bool = False

    def indent(self, line: Line) -> float:
        """Return how far from the edge of the column a line begins, in points."""
        return self.start - line.right if self.rtl else line.left - self.start

    def slack(self, line: Line) -> float:
        """Return how far before the edge of the column a line ends, in points."""
        return line.left - self.end if self.rtl else self.end - line.right


class Habits(msgspec.Struct, frozen=True):
    """How a file sets its paragraphs.

    ``leading`` is the usual distance of two lines in points, ``size`` the usual
    size of the font, ``indents`` whether the first line of a paragraph is set in,
    ``gaps`` whether paragraphs are set apart by more than the usual leading,
    ``justified`` whether lines are stretched to the full width.
    """

    leading: float
    size: float
    indents: bool
    gaps: bool
    justified: bool = False


class Paragraph(msgspec.Struct):
    """Lines of one column that belong together.

    ``first`` is the indent of its first line, ``body`` that of the others (of the
    first where it is alone), both in points from the edge of the column.
    """

    column: Column
    lines: list[Line]
    first: float
    body: float

    @property
    def bold(self) -> bool:
        """Whether all of it is bold and not italic: a heading."""
        characters = sum(line.characters for line in self.lines)
        bold = sum(line.bold for line in self.lines)
        italic = sum(line.italic for line in self.lines)
        return bool(characters) and bold >= _STYLED * characters and italic < 0.5 * characters

    @property
    def italic(self) -> bool:
        """Whether most of it is italic: something that was done."""
        characters = sum(line.characters for line in self.lines)
        return bool(characters) and sum(line.italic for line in self.lines) >= 0.5 * characters

    @property
    def centred(self) -> bool:
        """Whether its lines leave as much room on both sides."""
        return all(
            self.column.indent(line) > 2 * line.size
            and abs(self.column.indent(line) - self.column.slack(line)) < 2 * line.size
            for line in self.lines
        )


def column_of(
    lines: list[Line], page: int, band: int, number: int | None, *, rtl: bool, width: float = 0.0
) -> Column:
    """Make a column of its lines; its edges are where most of its lines begin and end.

    Args:
        lines: from the top down.
        page: its number.
        band: the number of the band of the page that the column is in.
        number: of the column in a pair, None where it is alone.
        rtl: it is read from right to left.
        width: how wide columns of this file are, in points; 0 where unknown.
    """
    starts = sorted(-line.right if rtl else line.left for line in lines)
    ends = sorted((-line.left if rtl else line.right for line in lines), reverse=True)
    few = min(len(lines) - 1, len(lines) // 20)
    start, end = starts[few], ends[few]
    end = max(end, start + width) if width else end
    return Column(page, band, number, -start if rtl else start, -end if rtl else end, lines, rtl)


def habits_of(columns: Sequence[Column]) -> Habits:
    """Return how a file sets its paragraphs, from all its columns."""
    steps: Counter[float] = Counter()
    sizes: Counter[float] = Counter()
    indented = pairs = wide = 0
    for column in columns:
        for line in column.lines:
            sizes[round(line.size, 1)] += line.characters
        for before, line in zip(column.lines, column.lines[1:], strict=False):
            step = before.baseline - line.baseline
            if 0.7 * line.size < step < 3 * line.size:
                steps[round(step * 2) / 2] += 1
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    leading = _usual_leading(steps) if steps else 1.2 * size
    for column in columns:
        for before, line in zip(column.lines, column.lines[1:], strict=False):
            pairs += 1
            wide += before.baseline - line.baseline > _MORE_LEADING * leading
            indented += (
                column.indent(line) > _INDENT * 2 * size and abs(column.indent(before)) < size
            )
    full = sum(column.slack(line) < _NOISE * size for column in columns for line in column.lines)
    justified = full > _JUSTIFIED * max(1, pairs)
    return Habits(leading, size, indented > 0.03 * pairs, wide > 0.05 * pairs, justified)


def _usual_leading(steps: Counter[float]) -> float:
    """Return the commonest step, neighbours counted with it (a scan never repeats itself)."""
    return max(steps, key=lambda step: sum(steps.get(step + d, 0) for d in (-0.5, 0.0, 0.5)))


def paragraphs_of(column: Column, habits: Habits, *, rows: bool = False) -> list[Paragraph]:
    """Cut a column into paragraphs.

    Args:
        column: its lines.
        habits: of the file.
        rows: each line stands for itself, as on the cover.
    """
    groups: list[list[Line]] = []
    for line in column.lines:
        if rows or not groups or _begins(groups[-1], line, column, habits):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [_paragraph(column, group) for group in groups]


def _paragraph(column: Column, lines: list[Line]) -> Paragraph:
    first = column.indent(lines[0])
    others = [column.indent(line) for line in lines[1:]]
    return Paragraph(column, lines, first, min(others) if others else first)


def _begins(group: Sequence[Line], line: Line, column: Column, habits: Habits) -> bool:
    """Tell whether a line begins a paragraph, seen from the lines before it."""
    before = group[-1]
    size = max(before.size, line.size)
    step = before.baseline - line.baseline
    leading = max(habits.leading, 1.05 * min(before.size, line.size))
    if len(group) > 1:  # a paragraph may have a leading of its own
        leading = max(leading, group[-2].baseline - before.baseline)
    if step > _MORE_LEADING * leading or step < -_LESS_LEADING * size:
        return True
    if abs(before.size - line.size) > _SAME_SIZE * size and not before.raised:
        return True
    if line.cells or before.cells:
        return True
    one, other = column.indent(before), column.indent(line)
    noise = _NOISE * size
    heading = _bold(before)
    if heading != _bold(line) and (heading or _bold(line)):
        # A line of a heading and a line of text; a label that fills its line is no heading.
        # A long label fills its line, and goes on in bold or in what is said.
        plain_end = before.bold_lead < len(before.text)
        goes_on = (
            (line.bold_lead > 0 or plain_end or line.text[:1] in "(（")
            and column.slack(before) < _EARLY * size
            and column.indent(line) < _INDENT * size
        )
        if heading and not _is_label(before) and not goes_on:
            return True
        if _bold(line) and not heading:
            return True
    if heading and _bold(line) and _ENDS.search(before.text):
        return True
    stopped = _ENDS.search(before.text) is not None or column.slack(before) > _EARLY * size
    back = _INDENT * size < other < one - _INDENT * size
    if line.bold_lead and not before.bold_lead and other > _INDENT * size and (stopped or back):
        return True  # a name stands at the head of a line that is set in
    if back and line.text.rstrip()[-1:] in ":：" and _is_short(column, line):
        return True  # the head of a list
    if other > one + _INDENT * size:
        hangs = len(group) == 1 and _HANGING.match(before.text) is not None
        if not hangs and not (heading and _bold(line)):
            return True
    elif other < one - _INDENT * size:
        # Back to the edge: the second line of an indented paragraph, or a new one.
        if len(group) > 1 and column.indent(group[-2]) - other > noise:
            return True
        if len(group) == 1 and column.slack(before) > 6 * size and _ENDS.search(before.text):
            return True
        if heading and _bold(line):
            return column.slack(before) > 3 * size
    if (
        habits.indents
        and min(one, other) > _INDENT * size
        and step > _SOME_LEADING * leading
        and _ENDS.search(before.text)
    ):
        return True  # two paragraphs of a line each, both set in
    early = column.slack(before) > (_UNFILLED if habits.justified else _EARLY) * size
    ended = _ENDS.search(before.text) is not None
    if not heading and _is_short(column, before):
        return True  # no line of running text ends so early
    unfilled = habits.justified and column.slack(before) > _EARLY * size
    if unfilled and not heading and other < one - _INDENT * size:
        return True  # a first line that is not full has no second one
    if early and ended and not heading:
        # A justified line is never short; in ragged text a paragraph marked by an indent may go on.
        return habits.justified or column.slack(before) > 5 * size or not habits.indents
    return False


def _is_short(column: Column, line: Line) -> bool:
    """Tell whether a line leaves more empty than running text ever does."""
    return column.slack(line) > _SHORT * abs(column.end - column.start)


def _bold(line: Line) -> bool:
    return (
        line.characters > 0
        and line.bold >= _STYLED * line.characters
        and line.italic < 0.5 * line.characters
    )


def _is_label(line: Line) -> bool:
    return line.text.rstrip().endswith(":")
