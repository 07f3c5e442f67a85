"""Find the columns of a page from the page itself, and the order in which they are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

import msgspec

from mahdar.layout.paged.line import rows_of
from mahdar.sources.page import Box, Page, Run

Gutter = tuple[float, float]
"""Left and right edge, in points, of the empty strip between two columns."""

# A rule across more than this part of the frame parts what is above it from what is below.
_WIDE_RULE = 0.55
# An empty strip narrower than this is no gutter.
_NARROWEST = 6.0
# A gutter is looked for in this middle part of the printed width.
_MIDDLE = (0.3, 0.7)
_FEWEST_LINES = 5
_FEWEST_KNOWN = 2
_SAME_HEIGHT = 3
_UNEVEN, _HALF = 0.02, 0.3
# The gutter of a file shows on so many of its pages.
_SAMPLE = 12
_SIDE_LINES = 3
# Runs of fewer characters than this on average are single words; words stand less far apart than
# this part of the size.
_WORDY, _WORD_GAP = 14, 0.65
_TABLE, _CELL_WIDTH = 0.6, 0.7
_LEADERS = re.compile(r"(?:\.\s*){4,}")
# Of all runs beside a gutter, so many may run across it and still be single lines.
_CROSSING = 0.12


class Region(msgspec.Struct, frozen=True):
    """A part of a page that is read from the top down before the next one.

    ``column`` is 0 or 1 within a pair of columns, None where the text runs across
    the page. ``left`` and ``right`` are the edges of the column in points.
    """

    page: int
    band: int
    column: int | None
    left: float
    right: float
    runs: tuple[Run, ...]


def usual_gutter(pages: Sequence[tuple[Page, Sequence[Run]]]) -> Gutter | None:
    """Return the gutter that most pages of a file share, or None for one column.

    Args:
        pages: each with its runs, furniture left out.
    """
    full = [runs for _, runs in pages if len(runs) > 2 * _FEWEST_LINES]
    step = max(1, len(full) // _SAMPLE)
    sample = full[::step]
    found = [gutter for runs in sample if (gutter := _gutter(_segments(runs), _FEWEST_LINES))]
    if not found:
        return next((g for page, runs in pages if (g := _begun_gutter(page, runs))), None)
    if len(found) * 3 < len(sample):
        return None
    return (median(left for left, _ in found), median(right for _, right in found))


def _begun_gutter(page: Page, runs: Sequence[Run]) -> Gutter | None:
    """Return the gutter of a page whose second column has just begun, or None.

    The first column is full and keeps to its half; whatever stands in the other half begins
    at its head, as far from the middle of the page as the first column ends before it.
    """
    segments = _segments(runs)
    if page.number == 1 or len(segments) <= 2 * _FEWEST_LINES:
        return None
    left, _, right, _ = page.frame
    middle = (left + right) / 2
    before = [run for run in segments if run.right <= middle]
    after = [run for run in segments if run.left >= middle]
    if not before or not after or len(before) + len(after) < len(segments):
        return None
    gutter = (max(run.right for run in before), min(run.left for run in after))
    even = abs((gutter[0] + gutter[1]) / 2 - middle) < _UNEVEN * (right - left)
    level = abs(max(r.baseline for r in before) - max(r.baseline for r in after)) <= _SAME_HEIGHT
    fuller = max(before, after, key=len)  # the right one, where that is read first
    filled = _usual_width(fuller) > _HALF * (right - left)
    return gutter if even and level and filled and gutter[1] - gutter[0] >= _NARROWEST else None


def regions_of(page: Page, runs: Sequence[Run], usual: Gutter | None, *, rtl: bool) -> list[Region]:
    """Return the regions of a page in reading order.

    Args:
        page: for its rules and frame.
        runs: its runs, furniture left out.
        usual: the gutter of the file, if it has one.
        rtl: of two columns the right one is read first.
    """
    regions: list[Region] = []
    segments = _segments(runs)
    # The pages of a scan lie differently on the glass each time.
    if page.scanned or _known(segments, usual) is None:
        usual = _gutter(segments, _FEWEST_LINES) or usual
    for number, part in enumerate(
        part for band in _bands(page, runs) for part in _parts(band, usual)
    ):
        regions += _columns(page.number, number, part, usual, rtl=rtl)
    return regions


def _bands(page: Page, runs: Sequence[Run]) -> list[list[Run]]:
    """Part the runs of a page at the rules that go across it, from the top down."""
    left, _, right, _ = page.frame
    if page.scanned:
        return [list(runs)]  # what looks like a rule is a stain
    wide = _WIDE_RULE * (right - left)
    levels = sorted(
        {
            round((b + t) / 2)
            for x, b, r, t in _joined(page.rules)
            if r - x > wide and t - b < r - x
        },
        reverse=True,
    )
    bands: list[list[Run]] = [[] for _ in range(len(levels) + 1)]
    for run in runs:
        number = 0
        while number < len(levels) and run.baseline < levels[number]:
            number += 1
        bands[number].append(run)
    return [band for band in bands if band]


def _joined(rules: Sequence[Box]) -> list[Box]:
    """Join rules that are drawn in pieces on one line."""
    out: list[Box] = []
    for rule in sorted(
        (r for r in rules if r[3] - r[1] < r[2] - r[0]), key=lambda r: (round(r[1]), r[0])
    ):
        if out and abs(out[-1][1] - rule[1]) < 1.5 and rule[0] <= out[-1][2] + 2:
            last = out.pop()
            rule = (last[0], min(last[1], rule[1]), max(last[2], rule[2]), max(last[3], rule[3]))
        out.append(rule)
    return out


def _parts(band: list[Run], usual: Gutter | None) -> list[list[Run]]:
    """Part a band where lines run across the gutter: a wide heading, a list of votes."""
    segments = _segments(band)
    gutter = _known(segments, usual) or _gutter(segments, _FEWEST_LINES)
    if gutter is None:
        return [band]
    crossing = [segment for segment in segments if _crosses(segment, gutter)]
    if not crossing:
        return [band]
    spans = sorted(((run.bottom, run.top) for run in crossing), reverse=True)
    parts: list[tuple[float, list[Run]]] = []
    wide: list[list[float]] = []
    for bottom, top in spans:
        if wide and top > wide[-1][0] - 0.5 * (top - bottom):
            wide[-1] = [min(wide[-1][0], bottom), max(wide[-1][1], top)]
        else:
            wide.append([bottom, top])
    rest = list(band)
    for bottom, top in wide:
        inside = [run for run in rest if bottom - 1 <= (run.bottom + run.top) / 2 <= top + 1]
        above = [run for run in rest if run not in inside and run.baseline > top]
        rest = [run for run in rest if run not in inside and run not in above]
        if above:
            parts.append((top + 1, above))
        parts.append((top, inside))
    if rest:
        parts.append((0.0, rest))
    merged: list[list[Run]] = []
    was_wide = False
    for _, runs in parts:
        is_wide = any(_crosses(segment, gutter) for segment in _segments(runs))
        if merged and is_wide and was_wide:
            merged[-1] += runs
        else:
            merged.append(list(runs))
        was_wide = is_wide
    return merged


def _columns(
    page: int, band: int, runs: list[Run], usual: Gutter | None, *, rtl: bool
) -> list[Region]:
    segments = _segments(runs)
    gutter = _known(segments, usual) or _gutter(segments, _FEWEST_LINES)
    if gutter is None:
        edge = _side_column(segments) if page == 1 else None
        groups = [runs]
        if edge is not None:
            groups = [
                [run for run in runs if run.right <= edge],
                [run for run in runs if run.right > edge],
            ]
        return [
            Region(page, band, None, *_extent(group), tuple(group))
            for group in (reversed(groups) if rtl else groups)
            if group
        ]
    middle = (gutter[0] + gutter[1]) / 2
    sides = [
        [run for run in runs if (run.left + run.right) / 2 < middle],
        [run for run in runs if (run.left + run.right) / 2 >= middle],
    ]
    out = []
    for column, side in enumerate(reversed(sides) if rtl else sides):
        if side:
            left, right = _extent(side)
            out.append(Region(page, band, column, left, right, tuple(side)))
    return out


def _side_column(runs: Sequence[Run]) -> float | None:
    """Return the left edge of a column of short lines beside others, as at the foot of a cover.

    A table whose cells are joined by rows of dots is no such thing.
    """
    if any(_LEADERS.search(run.text) for run in runs):
        return None
    for edge in sorted({round(run.left) for run in runs})[1:]:
        beside = [run for run in runs if abs(run.left - edge) <= 2]
        before = [run for run in runs if run.left < edge - 2]
        if len(beside) < _SIDE_LINES or len({round(r.baseline) for r in before}) < _SIDE_LINES:
            continue
        size = max(run.size for run in beside)
        rows = {round(run.baseline) for run in before}
        if sum(round(run.baseline) in rows for run in beside) > _TABLE * len(beside):
            return None  # the cells of a table stand on the lines of their rows
        if all(run.right < edge - size for run in before) and all(
            run.left >= edge - 2 for run in runs if run not in before
        ):
            return float(edge) - size
    return None


def _extent(runs: Sequence[Run]) -> tuple[float, float]:
    return min(run.left for run in runs), max(run.right for run in runs)


def _crosses(run: Run, gutter: Gutter) -> bool:
    return run.left < gutter[0] - 2 and run.right > gutter[1] + 2


def _known(runs: Sequence[Run], usual: Gutter | None) -> Gutter | None:
    """Return the usual gutter where these runs keep it free, both sides in use."""
    if usual is None:
        return None
    middle = (usual[0] + usual[1]) / 2
    across = [run for run in runs if run.left < usual[0] - 2 and run.right > usual[1] + 2]
    left = {round(run.baseline) for run in runs if run.right <= middle}
    right = {round(run.baseline) for run in runs if run.left >= middle}
    few, many = sorted((len(left), len(right)))
    if len(across) > _CROSSING * len(runs):
        return None
    # The last line of a text may stand alone at the head of the second column.
    lone = few == 1 and not across and many >= _FEWEST_LINES
    if few < _FEWEST_KNOWN and not (lone and abs(max(left) - max(right)) <= _SAME_HEIGHT):
        return None
    before = [run for run in runs if run.right <= middle]
    after = [run for run in runs if run.left >= middle]
    first, last = _extent(runs)
    return None if _is_table(before, after, last - first) else usual


def _gutter(runs: Sequence[Run], fewest: int) -> Gutter | None:
    """Return the emptiest strip in the middle of some runs, if text stands on both sides of it.

    Args:
        runs: of a page or a band.
        fewest: so many lines there must be on each side.
    """
    if len(runs) < 2 * fewest:
        return None
    left, right = _extent(runs)
    width = int(right - left) + 2
    if width < 60 or width > 20_000:
        return None
    steps = [0] * (width + 2)
    for run in runs:
        steps[int(run.left - left)] += 1
        steps[min(width, int(run.right - left) + 1)] -= 1
    covered, level = [0] * width, 0
    for x in range(width):
        level += steps[x]
        covered[x] = level
    low, high = int(_MIDDLE[0] * width), int(_MIDDLE[1] * width)
    most = max(1, int(_CROSSING * len(runs)))
    best: tuple[float, int, int] | None = None
    x = low
    while x < high:
        if covered[x] > most:
            x += 1
            continue
        start = x
        while x < high and covered[x] <= most:
            x += 1
        floor = min(covered[start:x])
        # The strip is where fewest run across; its edges are where that changes.
        inner = [k for k in range(start, x) if covered[k] == floor]
        a, b = inner[0], inner[-1]
        centre = abs((a + b) / 2 - width / 2) / width
        score = (b - a) - 4 * floor - 60 * centre
        if b - a >= _NARROWEST and (best is None or score > best[0]):
            best = (score, a, b)
    if best is None:
        return None
    gutter = (left + best[1], left + best[2])
    middle = (gutter[0] + gutter[1]) / 2
    before = [run for run in runs if run.right <= middle]
    after = [run for run in runs if run.left >= middle]
    if min(len({round(r.baseline) for r in side}) for side in (before, after)) < fewest:
        return None
    if not before or not after:
        return None
    if _is_table(before, after, width):
        return None
    one = _usual_width(before)
    other = _usual_width(after)
    if min(one, other) < 0.45 * max(one, other) or one + other < 0.5 * width:
        return None
    return gutter


def _is_table(before: Sequence[Run], after: Sequence[Run], width: float) -> bool:
    """Tell whether two sides are the cells of a table: short, and on the same lines."""
    one, other = ({round(run.baseline) for run in side} for side in (before, after))
    few, many = sorted((one, other), key=len)
    near = many | {y + 1 for y in many} | {y - 1 for y in many}
    if len(few & near) <= _TABLE * len(few):
        return False
    widest = max(_usual_width(before), _usual_width(after))
    return widest < _CELL_WIDTH * width / 2


def _segments(runs: Sequence[Run]) -> Sequence[Run]:
    """Put words that stand close together into one run, where a file holds single words.

    The words of a line that goes across the page leave strips between them that look like a gutter.
    """
    if not runs or sum(len(run.text) for run in runs) > _WORDY * len(runs):
        return runs
    out: list[Run] = []
    for row in rows_of(runs):
        group = [row[0]]
        reach = row[0].right
        for run in row[1:]:
            if run.left - reach < _WORD_GAP * max(run.size, group[-1].size):
                group.append(run)
            else:
                out.append(_merged(group))
                group = [run]
                reach = run.right
            reach = max(reach, run.right)
        out.append(_merged(group))
    return out


def _merged(runs: Sequence[Run]) -> Run:
    return msgspec.structs.replace(
        runs[0],
        text="".join(run.text for run in runs),
        right=max(run.right for run in runs),
        bottom=min(run.bottom for run in runs),
        top=max(run.top for run in runs),
        lefts=(),
        rights=(),
    )


def _usual_width(runs: Sequence[Run]) -> float:
    """Return how wide the lines of a column are: the third quarter of its lines."""
    rows: dict[int, list[float]] = {}
    for run in runs:
        row = rows.setdefault(round(run.baseline), [run.left, run.right])
        row[0], row[1] = min(row[0], run.left), max(row[1], run.right)
    widths = sorted(right - left for left, right in rows.values())
    return widths[min(len(widths) - 1, 3 * len(widths) // 4)]
