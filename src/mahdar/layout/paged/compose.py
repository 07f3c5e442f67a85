"""From pages to columns of lines, with the furniture set aside: all that needs no language."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

import msgspec

from mahdar.languages.words import common_words, recycled_words
from mahdar.layout.paged.line import Line, lines_of
from mahdar.layout.paged.margins import part_pages
from mahdar.layout.paged.paragraphs import Column, Habits, column_of, habits_of
from mahdar.layout.paged.regions import Region, regions_of, usual_gutter
from mahdar.sources.page import PageSource

_WORD = re.compile(r"\w+")


class Composed(msgspec.Struct):
    """The columns of a file in reading order, its furniture, and how it sets paragraphs.

    ``parallel`` maps the number of a column in a pair to the language that it is
    written in, where the two columns hold one text in two languages.
    """

    source: PageSource
    columns: list[Column]
    furniture: list[tuple[str, Line]]
    habits: Habits
    rtl: bool
    parallel: dict[int, str]

    def sample(self) -> str:
        """Return the first lines of the file, to recognise its language by."""
        lines = [line.text for column in self.columns[:16] for line in column.lines]
        return " ".join(lines[:400])


def compose(source: PageSource) -> Composed:
    """Find furniture, columns and lines of all pages.

    Args:
        source: pages as their file holds them.
    """
    rtl = _reads_rtl(source)
    parted = part_pages(source.pages, recycled_words(), rtl=rtl)
    texts = [(page, runs) for page, (runs, _) in zip(source.pages, parted, strict=True)]
    usual = usual_gutter(texts)
    regions: list[Region] = []
    for page, runs in texts:
        if runs:
            regions += regions_of(page, runs, usual, rtl=rtl)
    widths = sorted(r.right - r.left for r in regions if r.column is not None and len(r.runs) > 12)
    width = widths[len(widths) // 2] if widths else 0.0
    columns: list[Column] = []
    for region in regions:
        lone = _lone(region, width)
        cells = region.column is None and not lone and (usual is not None or region.page == 1)
        lines = lines_of(region.runs, region.page, cells=cells, rtl=rtl)
        known = width if region.column is not None or lone else 0.0
        columns.append(
            column_of(lines, region.page, region.band, region.column, rtl=rtl, width=known)
        )
    furniture = [piece for _, pieces in parted for piece in pieces]
    return Composed(source, columns, furniture, habits_of(columns), rtl, _parallel(columns))


def _lone(region: Region, width: float) -> bool:
    """Tell whether a region without a neighbour is a column all the same, its pair left empty."""
    return width > 0 and region.right - region.left <= 1.05 * width and region.page > 1


def _reads_rtl(source: PageSource) -> bool:
    right = left = 0
    for page in source.pages:
        for run in page.runs:
            if page.rtl:
                kinds = Counter(unicodedata.bidirectional(character) for character in run.text)
                right += kinds["R"] + kinds["AL"]
                left += kinds["L"]
            else:
                left += len(run.text)
    return right > left


def _parallel(columns: Sequence[Column]) -> dict[int, str]:
    """Return the language of each of two columns where most pages hold two languages."""
    counts: dict[int, Counter[str]] = {0: Counter(), 1: Counter()}
    for column in columns:
        if column.number in counts:
            language = likely_language(" ".join(line.text for line in column.lines))
            if language:
                counts[column.number][language] += 1
    if not counts[0] or not counts[1]:
        return {}
    (one, times), (other, others) = counts[0].most_common(1)[0], counts[1].most_common(1)[0]
    mostly = times > 0.6 * counts[0].total() and others > 0.6 * counts[1].total()
    return {0: one, 1: other} if one != other and mostly else {}


def likely_language(text: str) -> str | None:
    """Return the language whose commonest words a text holds most of, or None.

    >>> likely_language("the members of the Council"), likely_language("les membres du Conseil")
    ('en', 'fr')
    """
    words = Counter(_WORD.findall(text.casefold()))
    scores = {code: sum(words[word] for word in common) for code, common in common_words().items()}
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] > 0 else None
