"""Show what the layout did: pages, blocks, their order before and after, joins, confidence."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from mahdar.layout.text.flow import PageReport
from mahdar.reading.read import ReadFile


class BlockReport(msgspec.Struct, frozen=True):
    """One block: its number, place and edges."""

    number: int
    start: int
    end: int
    head: str
    foot: str


class Explanation(msgspec.Struct, frozen=True):
    """The whole reading of a file, for a person who asks why.

    ``column_lines`` is what a column was found to hold, in lines, 0 where the text
    shows no columns; ``moved`` counts the pages whose columns were swapped.
    """

    source: str
    language: str
    column_lines: float
    moved: int
    blocks: tuple[BlockReport, ...]
    pages: tuple[PageReport, ...]


_EDGE = 34


def explain_reading(read: ReadFile) -> Explanation:
    """Return the explanation of a reading.

    Args:
        read: from :func:`mahdar.reading.read.read_file`.
    """
    return Explanation(
        source=read.source.name,
        language=read.language.data.code,
        column_lines=round(read.flow.column_lines, 1),
        moved=sum(page.moved for page in read.flow.pages),
        blocks=tuple(
            BlockReport(
                number,
                block.start,
                block.end,
                block.text[:_EDGE].replace("\n", " "),
                block.text[-_EDGE:].replace("\n", " "),
            )
            for number, block in enumerate(read.flow.blocks)
        ),
        pages=read.flow.pages,
    )


def explain_text(explanation: Explanation) -> str:
    """Return the explanation as text, a page a paragraph.

    Args:
        explanation: from :func:`explain_reading`.
    """
    return "\n".join(_lines(explanation)) + "\n"


def _lines(explanation: Explanation) -> Iterator[str]:
    pages = len(explanation.pages) - 1
    yield f"{explanation.source}: {len(explanation.blocks)} blocks"
    if explanation.column_lines:
        yield (
            f"{pages} pages of columns of about {explanation.column_lines} lines;"
            f" the columns of {explanation.moved} pages were swapped"
        )
    else:
        yield "no columns: the text was left in the order in which it lies"
    for page in explanation.pages:
        yield ""
        if page.number == 0:
            yield f"Cover: blocks {_ranges(page.before)}"
            continue
        what = "columns swapped" if page.moved else "left as it lies"
        yield f"Page {page.number}: {what}, confidence {page.confidence:.3f}"
        yield f"  before: blocks {_ranges(page.before)}"
        yield f"  after:  blocks {_ranges(page.after)}"
        for number in page.after:
            block = explanation.blocks[number]
            yield f"    {number:4}  {block.head} … {block.foot}"
        for join in page.joins:
            yield (
                f"  join {join.before} + {join.after} ({join.confidence:.3f}):"
                f" {join.foot[-_EDGE:]} ▐ {join.head[:_EDGE]}"
            )


def _ranges(numbers: tuple[int, ...]) -> str:
    """Write numbers as runs.

    >>> _ranges((5, 6, 7, 1, 2))
    '5-7, 1-2'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
