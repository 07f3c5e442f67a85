"""Tell what is printed around the text of a page from the text: heads, feet, margins."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from mahdar.languages.words import names_that_go_on
from mahdar.layout.paged.line import Line, line_of, rows_of
from mahdar.layout.text.furniture import furniture_of_line
from mahdar.sources.page import Page, Run

# The parts of the frame, from the top and from the foot, in which heads and feet stand.
_HEAD, _FOOT = 0.16, 0.12
_WIDE_RULE = 0.55
_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"\b[ivxlcdm]+\b", re.IGNORECASE)
_MARGIN_NUMBER = re.compile(r"\d{1,3}")
_BARCODE = re.compile(r"\*\d{5,}[A-Z]?\*|[|│▌]{4,}")
_SHORTEST, _LONGEST_NAME = 3, 80


def part_pages(
    pages: Sequence[Page], recycle: Sequence[str], key: object = None, *, rtl: bool = False
) -> list[tuple[list[Run], list[tuple[str, Line]]]]:
    """Return, for each page, the runs of its text and its furniture with the kind of each.

    Args:
        pages: of one file.
        recycle: folded words that stand beside the mark of recycled paper and the like.
        key: folds text for comparison.
        rtl: the file is read from right to left.
    """
    fold = key if callable(key) else str.casefold
    texts: list[list[Run]] = []
    kinds: list[list[tuple[str, Line]]] = []
    edges: list[list[tuple[Line, list[Run]]]] = []
    for page in pages:
        body, outside = _outside(page, rtl=rtl)
        texts.append(body)
        kinds.append(outside)
        edges.append(_edge_lines(page, body, rtl=rtl))
    repeated = _repeated(edges, pages)
    for n, page in enumerate(pages):
        gone: set[int] = set()
        head_rule = _head_rule(page) if page.number > 1 else None
        rows = {
            round(line.baseline)
            for line, _ in edges[n]
            if page.number > 1 and furniture_of_line(line.text) == "running_head"
        }
        for line, runs in edges[n]:
            beside = any(abs(line.baseline - row) < line.size for row in rows)
            kind = "running_head" if beside else None
            kind = (
                furniture_of_line(line.text) or kind
                if beside
                else _kind(line, page, repeated, head_rule, recycle, fold, n, len(pages))
            )
            if kind:
                kinds[n].append((kind, line))
                gone |= {id(run) for run in runs}
        texts[n] = [run for run in texts[n] if id(run) not in gone]
        texts[n], numbers = _margin_numbers(texts[n])
        kinds[n] += [("line_number", line_of([run], page.number)) for run in numbers]
    return list(zip(texts, kinds, strict=True))


def _outside(page: Page, *, rtl: bool) -> tuple[list[Run], list[tuple[str, Line]]]:
    """Part what lies outside the frame or does not run horizontally from the rest."""
    left, bottom, right, top = page.frame
    body: list[Run] = []
    found: list[tuple[str, Line]] = []
    for run in page.runs:
        x, y = (run.left + run.right) / 2, (run.bottom + run.top) / 2
        if not (left - 1 <= x <= right + 1 and bottom - 1 <= y <= top + 1):
            found.append(("outside_page", line_of([run], page.number, rtl=rtl)))
        elif run.turned:
            found.append(("turned_text", line_of([run], page.number, rtl=rtl)))
        else:
            body.append(run)
    return body, found


def _edge_lines(page: Page, runs: Sequence[Run], *, rtl: bool) -> list[tuple[Line, list[Run]]]:
    """Return the lines at the head and the foot of a page, cells apart."""
    _, bottom, _, top = page.frame
    height = top - bottom
    near = [
        run
        for run in runs
        if run.baseline > top - _HEAD * height or run.baseline < bottom + _FOOT * height
    ]
    out: list[tuple[Line, list[Run]]] = []
    for row in rows_of(near):
        group = [row[0]]
        for run in row[1:]:
            if run.left - max(r.right for r in group) > 1.2 * run.size:
                out.append((line_of(group, page.number, rtl=rtl), group))
                group = []
            group.append(run)
        out.append((line_of(group, page.number, rtl=rtl), group))
    return out


def _pattern(text: str) -> str:
    return _DIGITS.sub("0", " ".join(text.casefold().split()))


def _repeated(
    edges: Sequence[Sequence[tuple[Line, list[Run]]]], pages: Sequence[Page]
) -> set[tuple[str, int]]:
    """Return (pattern, height in steps of 6 points) of lines that come back on several pages."""
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page, lines in zip(pages, edges, strict=True):
        for line, _ in lines:
            if len(line.text) <= 120:
                seen[_pattern(line.text), round((page.frame[3] - line.baseline) / 6)].add(
                    page.number
                )
    counts: Counter[tuple[str, int]] = Counter()
    for (pattern, height), numbers in seen.items():
        for near in (height - 1, height, height + 1):
            counts[pattern, near] += len(numbers)
    least = max(_SHORTEST, len(pages) // 6)
    return {place for place, count in counts.items() if count >= least}


def _head_rule(page: Page) -> float | None:
    """Return the height of the rule under the running head, or None."""
    left, bottom, right, top = page.frame
    near = [
        (b + t) / 2
        for x, b, r, t in page.rules
        if t > top - _HEAD * (top - bottom) and t - b < r - x
    ]
    whole = sum(
        r - x
        for x, b, r, t in page.rules
        if near and abs((b + t) / 2 - min(near)) < 2 and t - b < r - x
    )
    return min(near) if near and whole > _WIDE_RULE * (right - left) else None


def _kind(
    line: Line,
    page: Page,
    repeated: set[tuple[str, int]],
    head_rule: float | None,
    recycle: Sequence[str],
    fold: object,
    n: int,
    pages: int,
) -> str | None:
    text = line.text.strip()
    _, bottom, _, top = page.frame
    height = top - bottom
    at_head = line.baseline > top - _HEAD * height
    folded = fold(text) if callable(fold) else text
    if any(words and words in folded and len(folded) < len(words) + 12 for words in recycle):
        return "recycling_mark"
    if _BARCODE.fullmatch(text):
        return "barcode"
    if head_rule is not None and line.baseline > head_rule:
        return furniture_of_line(text) or "running_head"
    known = furniture_of_line(text)
    if known == "job_number":
        return known
    if at_head and page.number > 1 and _goes_on(text):
        return "running_head"
    steps = round((top - line.baseline) / 6)
    if (page.number > 1 or known == "page_number") and (_pattern(text), steps) in repeated:
        return known or "running_head"
    if known and page.number > 1:
        # A lone number at the very edge; one in the text would have company on its line.
        edge = 0.09 * height
        if line.baseline > top - edge or line.baseline < bottom + edge:
            return known
    if known == "page_number" and pages > 1 and n > 0:
        return known
    return None


def _goes_on(text: str) -> bool:
    """Tell whether a line at the head of a page names who goes on: "(Mr. Malik, USSR)"."""
    return (
        text[:1] in "(["
        and text[-1:] in ")]"
        and len(text) < _LONGEST_NAME
        and text[1:].lstrip().startswith(names_that_go_on())
    )


def _margin_numbers(runs: list[Run]) -> tuple[list[Run], list[Run]]:
    """Part the numbers that count the lines in the margin from the text."""
    numbers = [run for run in runs if _MARGIN_NUMBER.fullmatch(run.text.strip())]
    if len(numbers) < _SHORTEST:
        return runs, []
    text = [run for run in runs if not _MARGIN_NUMBER.fullmatch(run.text.strip())]
    if not text:
        return runs, []
    left = min(run.left for run in text)
    right = max(run.right for run in text)
    outer = [run for run in numbers if run.right < left + 1 or run.left > right - 1]
    values = [int(run.text) for run in sorted(outer, key=lambda run: -run.baseline)]
    steps = {b - a for a, b in itertools.pairwise(values)}
    if len(values) < _SHORTEST or len(steps) != 1 or not steps <= {1, 2, 5, 10}:
        return runs, []
    gone = {id(run) for run in outer}
    return [run for run in runs if id(run) not in gone], outer
